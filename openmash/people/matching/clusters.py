"""Clusters: the entries of the index that are held to be one person, built from links and from what people said.

The best link is looked at first, and joins two groups where all that either says, taken together, is still one person.
"""

from collections.abc import Iterable, Mapping

from django.db import connection

from openmash.people.markers import GUARDING
from openmash.people.matching.described import Described, together
from openmash.people.matching.score import score
from openmash.people.matching.statistics import commonness
from openmash.people.matching.stored import described_by
from openmash.people.matching.told import are_apart, told
from openmash.people.models import IndexEntry, Judgement, Link, Marker

Pair = tuple[int, int]


class Known:
    """What the index says of these entries."""

    def __init__(self, entries: Iterable[int]) -> None:
        rows = IndexEntry.objects.filter(pk__in=list(entries)).values_list(
            "pk", "facts", "is_restricted", "person", "person__lead"
        )
        self._facts: dict[int, str] = {}
        self._described: dict[int, Described] = {}
        self.lead: dict[int, int] = {}
        self.person: dict[int, int] = {}
        self.restricted: set[int] = set()
        for entry, facts, is_restricted, person, lead in rows:
            self._facts[entry] = facts
            if person:
                self.person[entry], self.lead[entry] = person, lead or person
            if is_restricted:
                self.restricted.add(entry)
        marked = Marker.objects.filter(kind__in=GUARDING, until=None, person__in=self.person.values())
        guarded = set(marked.values_list("person_id", flat=True))
        self.guarded = {entry for entry, person in self.person.items() if person in guarded}

    def may_link(self, first: int, second: int) -> bool:
        """A restricted record is never linked by the machine."""
        return first in self._facts and second in self._facts and not {first, second} & self.restricted

    def may_join(self, ours: frozenset[int], theirs: frozenset[int]) -> bool:
        """Whose identity is protected is shown to people as a pair, and joined by them alone."""
        return not (ours | theirs) & self.guarded

    def score(self, first: int, second: int) -> float:
        return score(self._said(first), self._said(second), commonness()).score

    def is_one_person(self, ours: Iterable[int], theirs: Iterable[int]) -> bool:
        both = [together([self._said(one) for one in sorted(group)]) for group in (ours, theirs)]
        return score(both[0], both[1], commonness()).band == "match"

    def entries(self) -> Iterable[int]:
        return self._facts.keys()

    def _said(self, entry: int) -> Described:
        if entry not in self._described:
            self._described[entry] = described_by(self._facts[entry])
        return self._described[entry]


def build(everyone: Iterable[int], scored: Mapping[Pair, bool] | None = None) -> dict[int, frozenset[int]]:
    """The group of each of these entries, from nothing. They are all who hang together.

    `scored` says of links that were scored just now whether they join.
    """
    known, scored = Known(everyone), scored or {}
    group_of = {one: frozenset({one}) for one in known.entries()}
    for lead in set(known.lead.values()):
        _join(group_of, [one for one in known.lead if known.lead[one] == lead])
    same, records_apart = told(group_of)
    for first, second in same:
        _join(group_of, [first, second])
    apart = _said_different(known)
    links = Link.objects.filter(first__in=list(known.entries())).order_by("-score", "first", "second")
    for first, second in links.values_list("first", "second"):
        ours, theirs = group_of.get(first), group_of.get(second)
        if ours is None or theirs is None or ours == theirs or not known.may_link(first, second):
            continue
        if not known.may_join(ours, theirs) or _are_apart(ours, theirs, known, apart):
            continue
        if are_apart(ours, theirs, records_apart):
            continue
        is_alone = len(ours) == 1 == len(theirs) and (first, second) in scored
        if scored[first, second] if is_alone else known.is_one_person(ours, theirs):
            _join(group_of, [*ours, *theirs])
    return group_of


def _said_different(known: Known) -> set[frozenset[int]]:
    """Pairs of leads of whom somebody said that they are not the same person."""
    lead_of = {person: known.lead[entry] for entry, person in known.person.items()}
    said = Judgement.objects.filter(says=Judgement.DIFFERENT, undone_at=None, first__in=lead_of, second__in=lead_of)
    return {frozenset({lead_of[one], lead_of[two]}) for one, two in said.values_list("first_id", "second_id")}


def _are_apart(ours: frozenset[int], theirs: frozenset[int], known: Known, apart: set[frozenset[int]]) -> bool:
    leads = ({known.lead[one] for one in group if one in known.lead} for group in (ours, theirs))
    our_leads, their_leads = leads
    return any(frozenset({one, two}) in apart for one in our_leads for two in their_leads)


def _join(group_of: dict[int, frozenset[int]], members: Iterable[int]) -> None:
    group = frozenset(one for member in members for one in group_of[member])
    for one in group:
        group_of[one] = group


def write(group_of: dict[int, frozenset[int]]) -> None:
    """The cluster of each entry, in one statement; those that stay as they are are not written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_indexentry entry SET cluster = new.cluster"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS new (entry, cluster)"
            " WHERE entry.id = new.entry AND entry.cluster IS DISTINCT FROM new.cluster",
            [list(group_of), [min(group) if len(group) > 1 else None for group in group_of.values()]],
        )
