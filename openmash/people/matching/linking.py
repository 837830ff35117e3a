"""Linking: which entries of the index are of one person. What has changed is compared with whatever shares a key.

Two entries that are alike enough get a `Link`; the review queue shows those between people of the hub. Entries that are
surely one person get one `cluster`. The machine joins no two people of the hub: a cluster may hold both until somebody
says *same*, and never does once somebody said *not the same*. Clusters are built anew from all links of those that they
touch, best first, so that a delta ends as a full run would. Source: design of person matching, 3 and 4.
"""

import gc
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

import numpy as np
from django.db import connection, transaction

from openmash.audit.signing import set_signed
from openmash.people.matching.clusters import Clusters, Known, write
from openmash.people.matching.columns import Numbers
from openmash.people.matching.score import MODEL_VERSION
from openmash.people.matching.statistics import count_again
from openmash.people.matching.told import told
from openmash.people.models import IndexEntry, Statistics

AT_ONCE = 2_000
MUCH, A_GREAT_PART = 2_000, 20
COUNTED_FOR, GROWN_BY, GROWN_TOO = timedelta(days=1), 1.2, 1_000
ONE_AT_A_TIME = 7_254_114  # the number of the lock that whoever links holds
Pair = tuple[int, int]


@dataclass(frozen=True)
class Linked:
    """How many entries were looked at, how many pairs compared, and how many links they have now."""

    entries: int
    pairs: int
    links: int


@contextmanager
def open_index() -> Iterator[None]:
    """The whole index, for the length of one transaction: linking has to see what no user may."""
    with transaction.atomic():
        set_signed("openmash.linking", "on", connection)
        yield
        set_signed("openmash.linking", "", connection)


def link_changed(*, now: datetime, within: float = float("inf")) -> Linked:
    """Link every entry that is new or has changed since it was linked last; a batch a transaction.

    With a limit it stops behind a batch after so many seconds, and does nothing while somebody else links: what is left
    is linked when it is next called. Without one, all is linked at once where much is new.
    """
    until, has_time = monotonic() + within, within == float("inf")
    if not has_time and not _is_free():
        return Linked(0, 0, 0)
    _count_names(now)
    with _all_is_kept():
        if has_time and _is_much():
            from openmash.people.matching.whole import link_all  # which itself uses what is here

            return link_all()
        entries = pairs = links = 0
        while monotonic() < until and (batch := _next_batch()):
            compared, made = _link(batch)
            entries, pairs, links = entries + len(batch), pairs + compared, links + made
        return Linked(entries, pairs, links)


@contextmanager
def _all_is_kept() -> Iterator[None]:
    """Python looks for garbage the oftener the more is made: among so much that is all kept, half of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _is_much() -> bool:
    """Whether so much is new that all is sooner linked at once."""
    with open_index():
        new = IndexEntry.objects.filter(is_pending=True).count()
        return new > MUCH and new > IndexEntry.objects.count() // A_GREAT_PART


def look_again(people: Iterable[int]) -> None:
    """Somebody said same, or not the same, or took it back: these people's entries are linked anew."""
    with open_index():
        IndexEntry.objects.filter(person__in=list(people)).update(is_pending=True)


def look_at_records_again(records: Iterable[int]) -> None:
    """The same of agencies' records."""
    with open_index():
        IndexEntry.objects.filter(record__in=list(records)).update(is_pending=True)


def _count_names(now: datetime) -> None:
    """Once a day, and when so many came that what is common may have changed.

    Where the score has changed since everything was linked, everything is to be linked anew.
    """
    with open_index():
        last = Statistics.objects.order_by("-pk").values_list("counted_at", "entries", "model_version").first()
        if last and last[2] != MODEL_VERSION:
            IndexEntry.objects.filter(is_pending=False).update(is_pending=True)
            last = None
        if not IndexEntry.objects.filter(is_pending=True).exists():
            return
        if last is None or last[0] < now - COUNTED_FOR or IndexEntry.objects.count() > GROWN_BY * last[1] + GROWN_TOO:
            count_again(now)


def _next_batch() -> list[int]:
    with open_index():
        return list(IndexEntry.objects.filter(is_pending=True).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


def _link(batch: list[int]) -> tuple[int, int]:
    """Compare a batch with whatever shares a telling key; write its links, and the clusters that they touch."""
    with open_index():
        alone()
        pairs = _sharing(batch)
        known = Known(np.unique(pairs).tolist())
        links = known.likely(known.places(pairs[:, 0]), known.places(pairs[:, 1]))
        touched = {*batch, *_near(_LINKED, batch)}
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_link WHERE first = ANY (%s)", [batch])
            cursor.execute("DELETE FROM people_link WHERE second = ANY (%s)", [batch])
        firsts, seconds = known.entries[links.ones].tolist(), known.entries[links.others].tolist()
        write_links(firsts, seconds, links.scores.tolist())
        are_matches = dict(zip(zip(firsts, seconds, strict=True), links.are_matches.tolist(), strict=True))
        _cluster(_hanging_together({*touched, *firsts, *seconds}), are_matches)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE people_indexentry SET is_pending = false WHERE id = ANY (%s)", [batch])
        return len(pairs), len(firsts)


def _cluster(entries: set[int], are_matches: dict[Pair, bool]) -> None:
    """Build the clusters of these entries, who are all who hang together, from nothing."""
    known = Known(entries)
    with connection.cursor() as cursor:
        cursor.execute(_LINKS, {"entries": list(entries)})
        links = cursor.fetchall()
    clusters = Clusters(known)
    ends = [known.places([link[side] for link in links]).tolist() for side in (0, 1)]
    clusters.build(zip(*ends, map(are_matches.get, links), strict=True))
    write(known.entries.tolist(), clusters.numbered().tolist())


def write_links(firsts: list[int], seconds: list[int], scores: list[float]) -> None:
    """Add these links. Row-level security takes no COPY."""
    statement = (
        "INSERT INTO people_link (first, second, score, model_version)"
        " SELECT *, %s FROM unnest(%s::bigint[], %s::bigint[], %s::float8[])"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [MODEL_VERSION, firsts, seconds, scores])


def alone() -> None:
    """Two that link at once would each build clusters from half of the links: one waits for the other's batch."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _is_free() -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        return bool(cursor.fetchone()[0])


def too_common() -> list[int]:
    """The keys by which nobody is linked, whole or in part."""
    return Statistics.objects.order_by("-pk").values_list("stop_keys", flat=True).first() or []


def _sharing(batch: list[int]) -> Numbers:
    """The pairs, smaller first, one a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT first, second FROM openmash_sharing(%s, %s)", [batch, too_common()])
        return np.array(cursor.fetchall(), np.int64).reshape(-1, 2)


def _near(statement: str, entries: Iterable[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"entries": list(entries)})
        return {entry for (entry,) in cursor.fetchall()}


def _hanging_together(touched: set[int]) -> set[int]:
    """Whoever is reached from these by links, by a cluster they were in, by a joined person, or by what was said."""
    beside: dict[int, set[int]] = defaultdict(set)
    for one, other in itertools.chain(*told()):
        beside[one].add(other)
        beside[other].add(one)
    found, new = set(touched), set(touched)
    while new:
        near = _near(_LINKED + _ALIKE, new).union(*(beside[one] for one in new & beside.keys()))
        new = near - found
        found |= new
    return found


_LINKED = """
SELECT second FROM people_link WHERE first = ANY (%(entries)s)
UNION SELECT first FROM people_link WHERE second = ANY (%(entries)s)
"""
_ALIKE = """
UNION SELECT id FROM people_indexentry WHERE cluster IN (
  SELECT cluster FROM people_indexentry WHERE id = ANY (%(entries)s) AND cluster IS NOT NULL)
UNION SELECT entry.id FROM people_indexentry entry JOIN people_person person ON person.id = entry.person_id
WHERE coalesce(person.lead_id, person.id) IN (
  SELECT coalesce(own.lead_id, own.id) FROM people_indexentry JOIN people_person own ON own.id = person_id
  WHERE people_indexentry.id = ANY (%(entries)s))
"""
_LINKS = """
SELECT first, second FROM people_link WHERE first = ANY (%(entries)s) AND second = ANY (%(entries)s)
ORDER BY score DESC, first, second
"""
