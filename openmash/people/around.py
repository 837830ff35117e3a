"""What surrounds many people at once: who lives with them, who works with them, and what nobody has told us of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from openmash.audit.actors import Actor
from openmash.people.gaps import gaps
from openmash.people.identifiers import kind_name
from openmash.people.matching.search import areas_known_to
from openmash.people.models import Identifier, Person, Professional, Relationship, Residence
from openmash.people.named import records_of
from openmash.people.portrait import WITHHELD_COLLEAGUE, Colleague
from openmash.people.relations import RELATIONS
from openmash.people.ties import MarkerLine, markers_by_lead
from openmash.people.whereabouts import protection

ADULT_AT = 18
Value = TypeVar("Value")


@dataclass(frozen=True)
class Around:
    """One person among many. `is_child` is None when no date of birth is known."""

    lead: int
    is_child: bool | None
    markers: tuple[MarkerLine, ...]
    professionals: tuple[Colleague, ...]
    gaps: tuple[str, ...]


def around(leads: Iterable[int], *, by: Actor, today: date | None = None) -> dict[int, Around]:
    """What surrounds each of these people, by lead. Eight queries, however many they are.

    Only people of the areas in which `by` may match people.
    """
    now, areas = today or timezone.localdate(), areas_known_to(by)
    records = records_of(leads)
    lead_of = {record: lead for lead, group in records.items() for record in group}
    rows = Person.objects.filter(pk__in=lead_of, area__in=areas)
    known = {lead_of[row.pk]: row for row in sorted(rows, key=lambda row: row.pk in records)}  # the lead's own row wins
    homes, numbers = _homes(lead_of), _numbers(lead_of)
    network, parents = _network(lead_of), _parents(lead_of)
    guard = protection()
    carried = markers_by_lead(known, guard)
    return {
        lead: Around(
            lead=lead,
            is_child=is_child(row.born_on, row.due_on, now),
            markers=carried.get(lead, ()),
            professionals=(WITHHELD_COLLEAGUE,) if lead in guard.leads and lead in network else network.get(lead, ()),
            gaps=gaps(
                row,
                homes.get(lead, ()),
                numbers.get(lead, set()),
                network.get(lead, ()),
                parents.get(lead, ()),
                now,
                is_child=bool(is_child(row.born_on, row.due_on, now)),
            ),
        )
        for lead, row in known.items()
    }


def housemates(leads: Iterable[int], *, by: Actor) -> frozenset[int]:
    """Everybody, by lead, whose home was last recorded as where one of these people lives now; they themselves too.

    Every adult where a child lives is to be found, a lodger whom nobody named this time among them (M53). Whoever
    shows them leaves out those who are `kept_from(by)`.
    """
    return _at_home_with(leads, Q(person__area__in=areas_known_to(by)))


def living_with(leads: Iterable[int]) -> frozenset[int]:
    """The same in every area, those included who have no home: for a check that shows nobody whom it found."""
    asked = frozenset(leads)
    return asked | _at_home_with(asked, Q()) if asked else asked


def _at_home_with(leads: Iterable[int], which: Q) -> frozenset[int]:
    lead_of = {record: lead for lead, group in records_of(leads).items() for record in group}
    places = set(last_homes(Residence.objects.filter(person__in=lead_of)).values())
    there = Residence.objects.filter(which, address__in=places, until=None)
    found = {lead or person for person, lead in there.values_list("person_id", "person__lead_id")}
    every = {record for group in records_of(found).values() for record in group}
    latest = last_homes(Residence.objects.filter(person__in=every))
    return frozenset(lead for lead, place in latest.items() if place in places)


def is_child(born_on: date | None, due_on: date | None, today: date) -> bool | None:
    """Under 18, or unborn; None when no date is known."""
    if born_on is None:
        return True if due_on else None
    return (today.year - born_on.year) - ((today.month, today.day) < (born_on.month, born_on.day)) < ADULT_AT


def last_homes(stays: QuerySet[Residence]) -> dict[int, int]:
    """Where each person lives now, by lead: the address that was last recorded."""
    rows = stays.filter(until=None).order_by("recorded_at", "id")
    return dict(rows.annotate(lead=Coalesce("person__lead_id", "person_id")).values_list("lead", "address_id"))


def _homes(lead_of: Mapping[int, int]) -> dict[int, list[int]]:
    rows = Residence.objects.filter(person__in=lead_of).values_list("person_id", "address_id")
    return _by_lead(rows, lead_of)


def _numbers(lead_of: Mapping[int, int]) -> dict[int, set[str]]:
    rows = Identifier.objects.filter(person__in=lead_of).values_list("person_id", "kind")
    return {lead: {kind_name(kind) for kind in kinds} for lead, kinds in _by_lead(rows, lead_of).items()}


def _network(lead_of: Mapping[int, int]) -> dict[int, tuple[Colleague, ...]]:
    columns = ("agency", "role", "name", "contact", "since", "last_seen", "source")
    rows = Professional.objects.filter(person__in=lead_of, until=None).order_by("agency", "id")
    pairs = ((person, Colleague(*facts)) for person, *facts in rows.values_list("person_id", *columns))
    return {lead: tuple(dict.fromkeys(lines)) for lead, lines in _by_lead(pairs, lead_of).items()}


def _parents(lead_of: Mapping[int, int]) -> dict[int, list[str]]:
    kinds = [key for key, kind in RELATIONS.items() if kind.draws == "parent"]
    rows = Relationship.objects.filter(other__in=lead_of, kind__in=kinds, is_mistaken=False)
    return _by_lead(rows.values_list("other_id", "kind"), lead_of)


def _by_lead(pairs: Iterable[tuple[int, Value]], lead_of: Mapping[int, int]) -> dict[int, list[Value]]:
    found: dict[int, list[Value]] = {}
    for person, value in pairs:
        found.setdefault(lead_of[person], []).append(value)
    return found
