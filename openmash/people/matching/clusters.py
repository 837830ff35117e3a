"""Clusters: the entries of the index that are held to be one person, built from links and from what people said.

The best link is looked at first, and joins two groups where all that either says, taken together, is still one person.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from django.db import connection

from openmash.people.markers import GUARDING
from openmash.people.matching.columns import Numbers
from openmash.people.matching.described import Described, together
from openmash.people.matching.many import Likely, Many
from openmash.people.matching.score import POSSIBLE, score
from openmash.people.matching.statistics import commonness
from openmash.people.matching.told import told
from openmash.people.models import Judgement, Marker

_AT_ONCE = 10_000
Group = frozenset[int]
Link = tuple[int, int, bool | None]
"""Two entries by their places, and whether the machine may join them, where they were scored just now."""


class Known:
    """What the index says of these entries, or of all. An entry is known here by its place among them, from nought."""

    def __init__(self, entries: Iterable[int] | None = None) -> None:
        wanted = None if entries is None else list(entries)
        numbers: list[int] = []
        self.restricted: set[int] = set()
        self.commonness = commonness()
        self.many = Many(self._facts(wanted, numbers))
        self.entries: Numbers = np.array(numbers, np.int64)
        rows = list(read(_PEOPLE, wanted, wanted))
        places = self.places([entry for entry, _, _ in rows]).tolist()
        self.lead = dict(zip(places, (lead for _, _, lead in rows), strict=True))
        marked = set(Marker.objects.filter(kind__in=GUARDING, until=None).values_list("person", flat=True))
        self.guarded = {place for place, (_, person, _) in zip(places, rows, strict=True) if person in marked}
        self._lead_of = {person: lead for _, person, lead in rows}

    def _facts(self, wanted: list[int] | None, numbers: list[int]) -> Iterator[str]:
        for entry, facts, is_restricted in read(_ENTRIES, wanted, wanted):
            if is_restricted:
                self.restricted.add(len(numbers))
            numbers.append(entry)
            yield facts

    def places(self, entries: Iterable[int] | Numbers) -> Numbers:
        """Where these entries stand."""
        return np.searchsorted(self.entries, np.asarray(entries, np.int64))

    def likely(self, ones: Numbers, others: Numbers, least: float = POSSIBLE) -> Likely:
        """The pairs of these places that are worth a link."""
        return self.many.likely(ones, others, self.commonness, least)

    def pairs(self, entries: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those of these pairs of which both are known."""
        there = set(self.entries.tolist())
        both = [pair for pair in entries if pair[0] in there and pair[1] in there]
        places = self.places(np.array(both, np.int64).reshape(-1, 2))
        return [(one, other) for one, other in places.tolist()]

    def said_different(self) -> set[frozenset[int]]:
        """Pairs of leads of whom somebody said that they are not the same person."""
        said = Judgement.objects.filter(says=Judgement.DIFFERENT, undone_at=None).values_list("first", "second")
        both = [pair for pair in said if pair[0] in self._lead_of and pair[1] in self._lead_of]
        return {frozenset({self._lead_of[one], self._lead_of[other]}) for one, other in both}


_ENTRIES = """
SELECT id, facts, is_restricted FROM people_indexentry WHERE %s::bigint[] IS NULL OR id = ANY (%s) ORDER BY id
"""
_PEOPLE = """
SELECT entry.id, person.id, coalesce(person.lead_id, person.id)
FROM people_indexentry entry JOIN people_person person ON person.id = entry.person_id
WHERE %s::bigint[] IS NULL OR entry.id = ANY (%s)
"""


def read(statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
    """Many rows, as they come."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows


class Clusters:
    """Groups of places that grow together. Whoever is in none is alone."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self.group_of: dict[int, Group] = {}
        self._said: dict[Group, Described] = {}
        told_same, told_apart = told()
        self._different = known.said_different()
        self._apart = {frozenset(pair) for pair in known.pairs(told_apart)}
        self._join_told(known.pairs(told_same))

    def _join_told(self, same: Iterable[tuple[int, int]]) -> None:
        by_lead: dict[int, list[int]] = defaultdict(list)
        for place, lead in self._known.lead.items():
            by_lead[lead].append(place)
        for places in (*by_lead.values(), *same):
            self._join([self._group(place) for place in places])

    def build(self, links: Iterable[Link]) -> None:
        """Join whom these links may join. They come in their order, the likeliest first."""
        for first, second, is_match in links:
            ours, theirs = self._group(first), self._group(second)
            if ours != theirs and self._may_join(first, second, ours, theirs):
                is_alone = is_match is not None and len(ours) == 1 == len(theirs)
                if is_match if is_alone else self._is_one_person(ours, theirs):
                    self._join([ours, theirs])

    def _group(self, place: int) -> Group:
        return self.group_of.get(place) or frozenset({place})

    def _join(self, groups: Iterable[Group]) -> None:
        joined = frozenset().union(*groups)
        for place in joined:
            self.group_of[place] = joined

    def _may_join(self, first: int, second: int, ours: Group, theirs: Group) -> bool:
        """A restricted record is never linked by the machine; whose identity is protected is joined by people alone."""
        known = self._known
        if known.restricted & {first, second} or (known.guarded and known.guarded & (ours | theirs)):
            return False
        return not (self._apart and _are_apart(ours, theirs, self._apart)) and not (
            self._different and _are_apart(self._leads(ours), self._leads(theirs), self._different)
        )

    def _leads(self, group: Group) -> set[int]:
        return {self._known.lead[place] for place in group if place in self._known.lead}

    def _is_one_person(self, ours: Group, theirs: Group) -> bool:
        return score(self._says(ours), self._says(theirs), self._known.commonness).band == "match"

    def _says(self, group: Group) -> Described:
        """All that a group says. It is asked again for each further link of theirs."""
        if group not in self._said:
            self._said[group] = together([self._known.many.described(place) for place in sorted(group)])
        return self._said[group]

    def numbered(self) -> Numbers:
        """The cluster of each entry, which is its smallest entry; nought for who is alone."""
        found, entries = np.zeros(len(self._known.entries), np.int64), self._known.entries
        for place, group in self.group_of.items():
            if len(group) > 1:
                found[place] = entries[min(group)]
        return found


def _are_apart(ours: Iterable[int], theirs: Iterable[int], apart: set[frozenset[int]]) -> bool:
    return any(frozenset({one, other}) in apart for one in ours for other in theirs)


def write(entries: list[int], clusters: list[int]) -> None:
    """The cluster of each entry, nought for none, in one statement; those that stay as they are are not written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_indexentry entry SET cluster = nullif(new.cluster, 0)"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS new (entry, cluster)"
            " WHERE entry.id = new.entry AND entry.cluster IS DISTINCT FROM nullif(new.cluster, 0)",
            [entries, clusters],
        )
