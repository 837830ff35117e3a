"""Linking: which entries of the index are of one person. What has changed is compared with whatever shares a key.

Two entries that are alike enough get a `Link`; the review queue shows those between people of the hub. Entries that are
surely one person get one `cluster`. The machine joins no two people of the hub: a cluster may hold both until somebody
says *same*, and never does once somebody said *not the same*. Clusters are built anew from all links of those that they
touch, best first, so that a delta ends as a full run would. Source: design of person matching, 3 and 4.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import connection, transaction

from openmash.people.markers import GUARDING
from openmash.people.matching.described import Described, together
from openmash.people.matching.score import MODEL_VERSION, POSSIBLE, score
from openmash.people.matching.statistics import commonness, count_again
from openmash.people.matching.stored import described_by
from openmash.people.matching.told import are_apart, told, told_with
from openmash.people.models import IndexEntry, Judgement, Link, Marker, Statistics

AT_ONCE = 500
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
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('openmash.linking', 'on', true)")
        yield
        cursor.execute("SELECT set_config('openmash.linking', '', true)")


def link_changed(*, now: datetime, within: float = float("inf")) -> Linked:
    """Link every entry that is new or has changed since it was linked last; a batch a transaction.

    After so many seconds it stops behind a batch; what is left is linked when it is next called.
    """
    until = monotonic() + within
    _count_names(now)
    entries = pairs = links = 0
    while monotonic() < until and (batch := _next_batch()):
        compared, made = _link(batch)
        entries, pairs, links = entries + len(batch), pairs + compared, links + made
    return Linked(entries, pairs, links)


def look_again(people: Iterable[int]) -> None:
    """Somebody said same, or not the same, or took it back: these people's entries are linked anew."""
    with open_index():
        IndexEntry.objects.filter(person__in=list(people)).update(is_pending=True)


def look_at_records_again(records: Iterable[int]) -> None:
    """The same of agencies' records."""
    with open_index():
        IndexEntry.objects.filter(record__in=list(records)).update(is_pending=True)


def _count_names(now: datetime) -> None:
    """Once a day, and when so many came that what is common may have changed."""
    with open_index():
        last = Statistics.objects.order_by("-pk").values_list("counted_at", "entries").first()
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
        _alone()
        pairs = _sharing(batch)
        known = _Known({one for pair in pairs for one in pair} | set(batch))
        found = {pair: known.score(*pair) for pair in pairs if known.may_link(*pair)}
        links = [
            Link(first=first, second=second, score=likely, model_version=MODEL_VERSION)
            for (first, second), likely in found.items()
            if likely >= POSSIBLE
        ]
        touched = set(batch) | _linked_with(batch)
        Link.objects.filter(first__in=batch).delete()
        Link.objects.filter(second__in=batch).delete()
        Link.objects.bulk_create(links, batch_size=5_000)
        _cluster(touched | {one for link in links for one in (link.first, link.second)})
        IndexEntry.objects.filter(pk__in=batch).update(is_pending=False)
        return len(pairs), len(links)


def _alone() -> None:
    """Two that link at once would each build clusters from half of the links: one waits for the other's batch."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _sharing(batch: list[int]) -> list[Pair]:
    common = Statistics.objects.order_by("-pk").values_list("stop_keys", flat=True).first() or []
    with connection.cursor() as cursor:
        cursor.execute("SELECT first, second FROM openmash_sharing(%s, %s)", [batch, common])
        return [(first, second) for first, second in cursor.fetchall()]


def _linked_with(entries: Iterable[int]) -> set[int]:
    wanted = list(entries)
    ends = set(Link.objects.filter(first__in=wanted).values_list("second", flat=True))
    return ends | set(Link.objects.filter(second__in=wanted).values_list("first", flat=True))


class _Known:
    """What the index says of these entries."""

    def __init__(self, entries: Iterable[int]) -> None:
        rows = IndexEntry.objects.filter(pk__in=list(entries)).values_list(
            "pk", "facts", "is_restricted", "person", "person__lead"
        )
        self.facts: dict[int, Described] = {}
        self.lead: dict[int, int] = {}
        self.person: dict[int, int] = {}
        self.restricted: set[int] = set()
        for entry, facts, is_restricted, person, lead in rows:
            self.facts[entry] = described_by(facts)
            if person:
                self.person[entry], self.lead[entry] = person, lead or person
            if is_restricted:
                self.restricted.add(entry)
        marked = Marker.objects.filter(kind__in=GUARDING, until=None, person__in=self.person.values())
        guarded = set(marked.values_list("person_id", flat=True))
        self.guarded = {entry for entry, person in self.person.items() if person in guarded}

    def may_link(self, first: int, second: int) -> bool:
        """A restricted record is never linked by the machine."""
        return first in self.facts and second in self.facts and not {first, second} & self.restricted

    def may_join(self, ours: frozenset[int], theirs: frozenset[int]) -> bool:
        """Whose identity is protected is shown to people as a pair, and joined by them alone."""
        return not (ours | theirs) & self.guarded

    def score(self, first: int, second: int) -> float:
        return score(self.facts[first], self.facts[second], commonness()).score

    def is_one_person(self, ours: Iterable[int], theirs: Iterable[int]) -> bool:
        both = [together([self.facts[one] for one in sorted(group)]) for group in (ours, theirs)]
        return score(both[0], both[1], commonness()).band == "match"


def _cluster(touched: set[int]) -> None:
    """Build the clusters of everybody who hangs together with these entries, from nothing."""
    everyone = _hanging_together(touched)
    known = _Known(everyone)
    group_of = {one: frozenset({one}) for one in known.facts}
    for lead in set(known.lead.values()):
        _join(group_of, [one for one in known.lead if known.lead[one] == lead])
    same, records_apart = told(everyone)
    for first, second in same:
        _join(group_of, [first, second])
    apart = _said_different(known)
    links = Link.objects.filter(first__in=everyone, second__in=everyone).order_by("-score", "first", "second")
    for first, second in links.values_list("first", "second"):
        ours, theirs = group_of.get(first), group_of.get(second)
        if ours is None or theirs is None or ours == theirs or not known.may_link(first, second):
            continue
        if not known.may_join(ours, theirs) or _are_apart(ours, theirs, known, apart):
            continue
        if are_apart(ours, theirs, records_apart):
            continue
        if known.is_one_person(ours, theirs):
            _join(group_of, [*ours, *theirs])
    _write(group_of)


def _hanging_together(touched: set[int]) -> set[int]:
    """Whoever is reached from these entries by links, by a cluster they were in, or by a joined person."""
    found, new = set(touched), set(touched)
    while new:
        near = _linked_with(new) | told_with(new)
        rows = IndexEntry.objects.filter(pk__in=new).values_list("cluster", "person__lead", "person")
        clusters = {cluster for cluster, _, _ in rows if cluster}
        leads = {lead or person for _, lead, person in rows if person}
        near |= set(IndexEntry.objects.filter(cluster__in=clusters).values_list("pk", flat=True))
        near |= set(IndexEntry.objects.filter(person__in=leads).values_list("pk", flat=True))
        near |= set(IndexEntry.objects.filter(person__lead__in=leads).values_list("pk", flat=True))
        new = near - found
        found |= new
    return found


def _said_different(known: _Known) -> set[frozenset[int]]:
    """Pairs of leads of whom somebody said that they are not the same person."""
    lead_of = {person: known.lead[entry] for entry, person in known.person.items()}
    said = Judgement.objects.filter(says=Judgement.DIFFERENT, undone_at=None, first__in=lead_of, second__in=lead_of)
    return {frozenset({lead_of[one], lead_of[two]}) for one, two in said.values_list("first_id", "second_id")}


def _are_apart(ours: frozenset[int], theirs: frozenset[int], known: _Known, apart: set[frozenset[int]]) -> bool:
    leads = ({known.lead[one] for one in group if one in known.lead} for group in (ours, theirs))
    our_leads, their_leads = leads
    return any(frozenset({one, two}) in apart for one in our_leads for two in their_leads)


def _join(group_of: dict[int, frozenset[int]], members: Iterable[int]) -> None:
    group = frozenset(one for member in members for one in group_of[member])
    for one in group:
        group_of[one] = group


def _write(group_of: dict[int, frozenset[int]]) -> None:
    """The cluster of each entry, in one statement; those that stay as they are are not written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_indexentry entry SET cluster = new.cluster"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS new (entry, cluster)"
            " WHERE entry.id = new.entry AND entry.cluster IS DISTINCT FROM new.cluster",
            [list(group_of), [min(group) if len(group) > 1 else None for group in group_of.values()]],
        )
