"""Linking everybody with everybody: ours from and to PostgreSQL, Splink from files to a file, on the same records."""

import json
import resource
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from time import perf_counter

import psycopg
from django.utils import timezone

from bench.matching.figures import Judged, at_precision
from bench.matching.hub import Whose, load
from bench.matching.table import Table
from openmash.people.matching import linking
from openmash.people.matching.clusters import Known
from openmash.people.matching.statistics import count_again
from openmash.people.matching.whole import all_links
from openmash.people.models import IndexEntry

SURE, LESS_SURE = 0.95, 0.1
Pair = tuple[float, int, int]
"""A score, and two records."""


def splink(table: Table, folder: Path, whose: Mapping[int, Whose]) -> dict[str, float]:
    """Splink in a process of its own, so that its memory is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.matching.baseline", str(folder)], capture_output=True, text=True, check=True
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    table.tell(
        "Splink: bulk link, s (training apart) / GB",
        f"{told['link']:.1f} ({told['train']:.1f}) / {told['memory'] / 2**30:.2f}",
    )
    import duckdb

    rows = duckdb.sql(f"SELECT * FROM '{folder / 'splink.parquet'}'").fetchall()
    tell_accuracy(table, "Splink", rows, whose, is_ours=False)
    return told


def stored(owner_url: str) -> list[Pair]:
    """The links that the product wrote, as records."""
    with psycopg.connect(owner_url) as owner:
        return owner.execute(
            "SELECT score, one.record, other.record FROM people_link link"
            " JOIN people_indexentry one ON one.id = link.first JOIN people_indexentry other ON other.id = link.second"
        ).fetchall()


def clusters(owner_url: str) -> Iterator[list[int]]:
    """The records that the product holds to be one person."""
    with psycopg.connect(owner_url) as owner:
        for (records,) in owner.execute(
            "SELECT array_agg(record) FROM people_indexentry WHERE cluster IS NOT NULL GROUP BY cluster HAVING count(*) > 1"
        ):
            yield records


def ours(table: Table, owner_url: str, whose: Mapping[int, Whose], baseline: dict[str, float] | None) -> float:
    """The product's own linking of everything that is new, as `mash feed link` does it; how many seconds it took."""
    began = perf_counter()
    link()
    took = perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    goal = f"<= {1.5 * baseline['link']:.0f} s, <= 2 GB" if baseline else "<= 2 GB"
    is_met = memory <= 2 and (baseline is None or took <= 1.5 * baseline["link"])
    table.tell("ours: bulk link, s / GB (with the truth in memory)", f"{took:.1f} / {memory:.2f}", goal, is_met=is_met)
    links, groups = stored(owner_url), list(clusters(owner_url))
    tell_accuracy(table, "ours", links, whose, is_ours=True)
    tell_clusters(table, groups, whose)
    _tell_joined(table, links, groups, whose)
    _tell_scored(table, whose)
    return took


def delta(table: Table, folder: Path, owner_url: str, whole: float) -> None:
    """One record in a hundred changes: how long is it linked, and are the links those of linking everything anew?"""
    load(folder, is_delta=True)
    began = perf_counter()
    link()
    took = perf_counter() - began
    after = set(stored(owner_url))
    with psycopg.connect(owner_url) as owner:
        owner.execute("DELETE FROM people_link")
        owner.execute("UPDATE people_indexentry SET cluster = NULL, is_pending = true")
    link()
    differ = len({pair[1:] for pair in after} ^ {pair[1:] for pair in stored(owner_url)})
    table.tell(
        "ours: a delta of 1 %, s (links that differ from a whole run)",
        f"{took:.1f} ({differ:,} of {len(after):,})",
        f"<= {whole / 20:.1f} s, 0",
        is_met=took <= whole / 20 and differ == 0,
    )


def link() -> None:
    linking.link_changed(now=timezone.now())


def count_names() -> None:
    """By how common names are the score weighs them."""
    with linking.open_index():
        count_again(timezone.now())


def wanted_pairs(whose: Mapping[int, Whose]) -> int:
    """How many pairs of records are of one person."""
    many: dict[int, int] = defaultdict(int)
    for one in whose.values():
        many[one.person] += 1
    return sum(each * (each - 1) // 2 for each in many.values())


def tell_accuracy(table: Table, who: str, pairs: Iterable[Pair], whose: Mapping[int, Whose], *, is_ours: bool) -> None:
    kept = list(pairs)
    judged: list[Judged] = [(score, whose[one].person == whose[other].person) for score, one, other in kept]
    wanted = wanted_pairs(whose)
    sure = at_precision(judged, wanted)
    which = ", of the links that are kept" if is_ours else ""
    table.tell(f"{who}: bulk, recall at 99 % precision{which}", f"{sure.recall:.3f} from {sure.threshold:.3f}")
    right = sum(is_right for _, is_right in judged)
    table.tell(f"{who}: bulk, scored at all / pairs", f"{right / max(wanted, 1):.3f} / {len(kept):,}")
    _tell_siblings(table, who, kept, whose, is_ours=is_ours)


def _tell_siblings(table: Table, who: str, pairs: list[Pair], whose: Mapping[int, Whose], *, is_ours: bool) -> None:
    """Of all pairs of children of one household: those that share a link that no person looks at."""
    children: dict[int, set[int]] = defaultdict(set)
    for one in whose.values():
        if one.is_child:
            children[one.household].add(one.person)
    all_pairs = sum(len(each) * (len(each) - 1) // 2 for each in children.values())
    linked, twins = set(), set()
    for score, first, second in pairs:
        one, other = whose[first], whose[second]
        if (
            score >= SURE
            and one.person != other.person
            and one.household == other.household
            and one.is_child
            and other.is_child
        ):
            linked.add(frozenset((one.person, other.person)))
            if one.twin == other.person:
                twins.add(frozenset((one.person, other.person)))
    rate = 1000 * len(linked) / max(all_pairs, 1)
    goal = ["<= 1"] if is_ours else []
    table.tell(
        f"{who}: siblings linked, of 1,000 pairs (twins)",
        f"{rate:.2f} ({len(twins)})",
        *goal,
        is_met=rate <= 1 if is_ours else None,
    )


def _tell_joined(table: Table, links: list[Pair], groups: list[list[int]], whose: Mapping[int, Whose]) -> None:
    """Two records may also be joined by way of a third that both are linked with."""
    held = {(min(one, other), max(one, other)): score for score, one, other in links}
    for records in groups:
        for pair in combinations(sorted(records), 2):
            held.setdefault(pair, SURE)
    judged = [(score, whose[one].person == whose[other].person) for (one, other), score in held.items()]
    sure = at_precision(judged, wanted_pairs(whose))
    table.tell("ours: bulk, linked or joined through others, recall at 99 % precision", f"{sure.recall:.3f}")


def _tell_scored(table: Table, whose: Mapping[int, Whose]) -> None:
    """Every pair that the product scores, as Splink's are judged: it keeps a link from 0.85, and Splink from 0.1."""
    with linking.open_index():
        records = dict(IndexEntry.objects.values_list("pk", "record"))
        known = Known()
        _, found = all_links(known, LESS_SURE)
    ends = (known.entries[found.ones].tolist(), known.entries[found.others].tolist())
    judged = [
        (score, whose[records[one]].person == whose[records[other]].person)
        for score, one, other in zip(found.scores.tolist(), *ends, strict=True)
    ]
    sure = at_precision(judged, wanted_pairs(whose))
    table.tell(
        "ours: bulk, recall at 99 % precision, of all that is scored",
        f"{sure.recall:.3f} from {sure.threshold:.3f}",
        ">= 0.95",
        is_met=sure.recall >= 0.95,
    )


def tell_clusters(table: Table, groups: Iterable[list[int]], whose: Mapping[int, Whose]) -> None:
    """What the product joined in the end, its constraints included."""
    right = joined = 0
    for records in groups:
        many: dict[int, int] = defaultdict(int)
        for record in records:
            many[whose[record].person] += 1
        joined += len(records) * (len(records) - 1) // 2
        right += sum(each * (each - 1) // 2 for each in many.values())
    table.tell(
        "ours: records joined, precision / recall",
        f"{right / max(joined, 1):.4f} / {right / max(wanted_pairs(whose), 1):.3f}",
    )
