"""Linking everything at once, from the index to the index: where so much is new that batch by batch would take longer.

All pairs that share a key are scored over sets (`many.py`). What joins entries is what joins those of a batch
(`clusters.py`), and so both end alike.
"""

from collections.abc import Iterator
from itertools import count

import numpy as np
from django.db import connection

from openmash.people.matching.clusters import Clusters, Known, read
from openmash.people.matching.columns import Numbers
from openmash.people.matching.linking import Linked, alone, open_index, too_common, write_links
from openmash.people.matching.many import Likely
from openmash.people.matching.score import POSSIBLE

TOGETHER = 25_000  # entries whose pairs are in memory at once
_HEAD, _KEY = 20, np.dtype([("length", ">i4"), ("key", ">i4")])  # how PostgreSQL sends an array of integers


def link_all() -> Linked:
    """Link the whole index anew, as linking every entry by itself would."""
    is_own = connection.in_atomic_block  # then nobody else has changed what is seen
    with open_index():
        alone()
        began = None if is_own else now_seen()
        known = Known()
        pairs, links = all_links(known)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_link")
        write_links(known.entries[links.ones].tolist(), known.entries[links.others].tolist(), links.scores.tolist())
        clusters = Clusters(known)
        clusters.build(zip(*(part.tolist() for part in (links.ones, links.others, links.are_matches)), strict=True))
        write_clusters(known.entries, clusters.numbered(), began)
        return Linked(len(known.entries), pairs, len(links.scores))


def all_links(known: Known, least: float = POSSIBLE) -> tuple[int, Likely]:
    """How many pairs were compared, and all that are at least so likely, the likeliest first."""
    keys, places = _postings(known)
    compared, found = 0, []
    for ones, others in sharing(keys, places, len(known.entries)):
        compared += len(ones)
        found.append(known.likely(ones, others, least))
    parts = zip(*((each.ones, each.others, each.scores, each.are_matches) for each in found), strict=True)
    ones, others, scores, are_matches = map(np.concatenate, parts)
    order = np.lexsort((others, ones, -scores))
    return compared, Likely(ones[order], others[order], scores[order], are_matches[order])


def _postings(known: Known) -> tuple[Numbers, Numbers]:
    """Every key with the place of each entry that has it, in order; without those too common to link by."""
    entries, counts, sent = [], [], []
    for entry, keys in read(_KEYS):
        entries.append(entry)
        counts.append((len(keys) - _HEAD) // _KEY.itemsize)
        sent.append(keys[_HEAD:])
    keys = np.frombuffer(b"".join(sent), _KEY)["key"].astype(np.int64)
    owners = np.repeat(np.array(entries, np.int64), counts)
    kept = np.isin(owners, known.entries) & ~np.isin(keys, np.array(too_common(), np.int64))
    postings = each_once(keys[kept] << 32 | known.places(owners[kept]))
    return postings >> 32, postings & 0xFFFF_FFFF


def sharing(keys: Numbers, places: Numbers, many: int, together: int = TOGETHER) -> Iterator[tuple[Numbers, Numbers]]:
    """All pairs of places that share a key, smaller first, each once, in parts. The postings come in order."""
    for start in range(0, max(many, 1), together):
        at, pairs = np.flatnonzero((places >= start) & (places < start + together)), []
        for further in count(1):
            at = at[at + further < len(keys)]
            at = at[keys[at] == keys[at + further]]
            if not len(at):
                break
            pairs.append(places[at] << 32 | places[at + further])
        found = each_once(np.concatenate(pairs)) if pairs else np.empty(0, np.int64)
        yield found >> 32, found & 0xFFFF_FFFF


def each_once(numbers: Numbers) -> Numbers:
    """In order. NumPy's own `unique` takes several times as long for so many."""
    numbers.sort()
    return numbers[np.flatnonzero(np.diff(numbers, prepend=numbers[:1] - 1))]


def now_seen() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def write_clusters(entries: Numbers, clusters: Numbers, began: str | None) -> None:
    """The cluster of every entry, each written once. Who was changed since we began waits for the next time."""
    joined = np.flatnonzero(clusters)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE linked (entry bigint PRIMARY KEY, cluster bigint) ON COMMIT DROP")
        with cursor.copy("COPY linked FROM STDIN") as rows:
            for pair in zip(entries[joined].tolist(), clusters[joined].tolist(), strict=True):
                rows.write_row(pair)
        cursor.execute("ANALYZE linked")
        cursor.execute(_WRITE, {"began": began})
        cursor.execute("DROP TABLE linked")


_KEYS = "SELECT id, array_send(keys) FROM people_indexentry WHERE NOT is_restricted AND cardinality(keys) > 0"
_WRITE = """
UPDATE people_indexentry entry SET cluster = new.cluster, is_pending = entry.is_pending AND NOT coalesce(
  pg_visible_in_snapshot(entry.xmin::text::xid8, %(began)s::pg_snapshot), true)
FROM (SELECT every.id, linked.cluster FROM people_indexentry every LEFT JOIN linked ON linked.entry = every.id) new
WHERE entry.id = new.id AND (entry.is_pending OR entry.cluster IS DISTINCT FROM new.cluster)
"""
