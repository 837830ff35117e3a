"""Linking everything at once, from the index to the index: where so much is new that pair by pair would take hours.

Which pairs are worth scoring is found over sets (`shortlist.py`); what links them, and what joins them, is what links
and joins a delta (`score.py`, `linking.py`), so that both end alike. The scoring is shared by processes.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from itertools import islice
from pathlib import Path

import duckdb
from django.db import connection
from django.db.models import Q

from openmash.people.matching.clusters import build
from openmash.people.matching.index import processes
from openmash.people.matching.linking import Linked, alone, open_index, too_common
from openmash.people.matching.score import MODEL_VERSION, POSSIBLE, Commonness, score
from openmash.people.matching.shortlist import Shortlist
from openmash.people.matching.statistics import commonness
from openmash.people.matching.stored import described_by
from openmash.people.matching.told import told
from openmash.people.models import IndexEntry, RecordJudgement

MEMORY, THREADS, AHEAD, TOGETHER = "1GB", 2, 4, 5_000
Scored = tuple[int, int, float, bool]
"""Two entries, how likely they are one person, and whether the machine may join them."""


def link_all() -> Linked:
    """Link the whole index anew, as linking every entry by itself would."""
    is_own = connection.in_atomic_block  # then nobody else has changed what is seen
    with processes(THREADS) as pool, open_index():
        alone()
        began = None if is_own else now_seen()
        pairs, links = all_links(too_common(), commonness(), None if is_own else pool)
        write_links(links)
        groups = hanging_together(((one, other) for one, other, *_ in links), _of_one_person())
        scored = {(one, other): is_match for one, other, _, is_match in links}
        found: dict[int, int] = {}
        for some in _in_parts(groups):
            group_of = build(some, scored)
            found |= {one: min(group) for one, group in group_of.items() if len(group) > 1}
        write_clusters(found, began)
        return Linked(IndexEntry.objects.count(), pairs, len(links))


def likely(batch: list[tuple[int, str, int, str]], known: Commonness) -> list[Scored]:
    """Those of a batch of pairs that are worth a link."""
    facts = {entry: told for pair in batch for entry, told in (pair[:2], pair[2:])}
    described = {entry: described_by(told) for entry, told in facts.items()}
    found = ((one, other, score(described[one], described[other], known)) for one, _, other, _ in batch)
    return [(one, other, it.score, it.band == "match") for one, other, it in found if it.score >= POSSIBLE]


def all_links(common: list[int], known: Commonness, pool: Executor | None) -> tuple[int, list[Scored]]:
    """How many pairs were compared, and every link of the index. Call within `linking.open_index`."""
    with tempfile.TemporaryDirectory(prefix="openmash-linking-") as kept:
        settings = {"threads": THREADS, "memory_limit": MEMORY, "temp_directory": kept}
        with duckdb.connect(str(Path(kept) / "index.duckdb"), config=settings) as base:
            _read(base, Path(kept) / "entries.csv")
            shortlist = Shortlist(base)
            pairs = shortlist.make(common)
            return pairs, sorted(one for batch in _scored(shortlist.batches(), known, pool) for one in batch)


def _read(base: duckdb.DuckDBPyConnection, file: Path) -> None:
    """What the index says of everybody who may be linked, from PostgreSQL to DuckDB."""
    statement = "COPY (SELECT id, facts, keys FROM people_indexentry WHERE NOT is_restricted) TO STDOUT (FORMAT csv)"
    with file.open("wb") as out, connection.cursor() as cursor, cursor.copy(statement) as rows:
        out.writelines(rows)
    base.execute(
        "CREATE TABLE entries AS SELECT * FROM read_csv(?, header = false, auto_detect = false, delim = ',',"
        " quote = '\"', escape = '\"', columns = {'id': 'BIGINT', 'facts': 'VARCHAR', 'keys': 'VARCHAR'})",
        [str(file)],
    ).fetchall()
    file.unlink()


def _scored(
    batches: Iterator[list[tuple[int, str, int, str]]], known: Commonness, pool: Executor | None
) -> Iterator[list[Scored]]:
    if pool is None:
        yield from (likely(batch, known) for batch in batches)
        return
    waiting = [pool.submit(likely, batch, known) for batch in islice(batches, AHEAD)]
    while waiting:
        yield waiting.pop(0).result()
        waiting += [pool.submit(likely, batch, known) for batch in islice(batches, 1)]


def write_links(links: Iterable[Scored]) -> None:
    """All links anew."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_link")
        with cursor.copy("COPY people_link (first, second, score, model_version) FROM STDIN") as rows:
            for first, second, likelihood, _ in links:
                rows.write_row((first, second, likelihood, MODEL_VERSION))


def hanging_together(links: Iterable[tuple[int, int]], alike: Iterable[list[int]]) -> list[list[int]]:
    """Entries that links connect, or that are of one person already: each such group, in order."""
    leader: dict[int, int] = {}

    def find(one: int) -> int:
        while (above := leader.setdefault(one, one)) != one:
            leader[one] = one = leader[above]
        return one

    for first, second in (*links, *((group[0], one) for group in alike for one in group[1:])):
        leader[find(first)] = find(second)
    groups: dict[int, list[int]] = defaultdict(list)
    for one in sorted(leader):
        groups[find(one)].append(one)
    return list(groups.values())


def _of_one_person() -> list[list[int]]:
    """Entries of people of the hub whom somebody joined, and records of whom somebody said that they are one person."""
    groups: dict[int, list[int]] = defaultdict(list)
    rows = IndexEntry.objects.filter(person__isnull=False).order_by("pk").values_list("pk", "person", "person__lead")
    for entry, person, lead in rows:
        groups[lead or person].append(entry)
    said = RecordJudgement.objects.filter(undone_at=None).values_list("record", "other", "person")
    records = {number for record, other, _ in said for number in (record, other) if number}
    judged = IndexEntry.objects.filter(Q(record__in=records) | Q(person__in={person for *_, person in said if person}))
    same, _ = told(judged.values_list("pk", flat=True))
    return [*(group for group in groups.values() if len(group) > 1), *map(list, same)]


def _in_parts(groups: Iterable[list[int]]) -> Iterator[list[int]]:
    """Whole groups, some thousand entries at once."""
    some: list[int] = []
    for group in groups:
        some += group
        if len(some) >= TOGETHER:
            yield some
            some = []
    yield some


def now_seen() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def write_clusters(cluster_of: dict[int, int], began: str | None) -> None:
    """The cluster of every entry, each written once. Who was changed since we began waits for the next time."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE linked (entry bigint PRIMARY KEY, cluster bigint) ON COMMIT DROP")
        with cursor.copy("COPY linked FROM STDIN") as rows:
            for pair in cluster_of.items():
                rows.write_row(pair)
        cursor.execute("ANALYZE linked")
        cursor.execute(_WRITE, {"began": began})
        cursor.execute("DROP TABLE linked")


_WRITE = """
UPDATE people_indexentry entry SET cluster = new.cluster, is_pending = entry.is_pending AND NOT coalesce(
  pg_visible_in_snapshot(entry.xmin::text::xid8, %(began)s::pg_snapshot), true)
FROM (SELECT every.id, linked.cluster FROM people_indexentry every LEFT JOIN linked ON linked.entry = every.id) new
WHERE entry.id = new.id AND (entry.is_pending OR entry.cluster IS DISTINCT FROM new.cluster)
"""
