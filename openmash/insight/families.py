"""Families in need of high-end support, quarter by quarter (M44): nobody is counted twice because several know them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Q
from django.db.models.functions import Coalesce

from openmash.agencies.models import User
from openmash.decisions.models import Decision
from openmash.enquiries.models import Party
from openmash.insight.policies import areas_counted
from openmash.insight.queries import Figures, figures
from openmash.people.around import last_homes
from openmash.people.models import Marker, Person, Residence

QUARTERS = 5
HIGHEST = 4
CARRIED = ("cp_plan", "looked_after")


@dataclass(frozen=True)
class Families:
    """By quarter, the earliest first."""

    by_quarter: Figures


@dataclass(frozen=True)
class Quarter:
    """Of the financial year, which begins in April."""

    first: date
    last: date

    @property
    def label(self) -> str:
        return f"{self.first:%B} to {self.last:%B %Y}"


def families(*, by: User, today: date) -> Families:
    """Families with a decision of level 4 signed in the quarter, or with somebody on a child protection plan or looked
    after on any day of it, in the areas where `by` counts. Six queries, and two a quarter.
    """
    areas = areas_counted(by)
    family_of = _families(areas)
    counts = {}
    for quarter in quarters(today):
        people = _people_in_need(areas, quarter)
        counts[quarter.label] = len({family_of.get(person, person) for person in people})
    return Families(figures(counts))


def quarters(today: date) -> tuple[Quarter, ...]:
    """The quarter of today and those before it, the earliest first."""
    index = today.year * 4 + (today.month - 1) // 3
    starts = [date(number // 4, number % 4 * 3 + 1, 1) for number in range(index - QUARTERS + 1, index + 2)]
    return tuple(Quarter(first, following - timedelta(days=1)) for first, following in pairwise(starts))


def _people_in_need(areas: Iterable[int], quarter: Quarter) -> set[int]:
    """By lead: the people of enquiries decided at level 4, and those who carry it themselves."""
    decided = Decision.objects.filter(
        level=HIGHEST, signed_at__date__range=(quarter.first, quarter.last), enquiry__area__in=areas
    )
    parties = Party.objects.filter(enquiry__in=decided.values("enquiry"))
    carried = Marker.objects.filter(
        Q(since=None) | Q(since__lte=quarter.last),
        Q(until=None) | Q(until__gte=quarter.first),
        kind__in=CARRIED,
        person__area__in=areas,
    )
    lead = Coalesce("person__lead_id", "person_id")
    return {
        *parties.annotate(lead=lead).values_list("lead", flat=True),
        *carried.annotate(lead=lead).values_list("lead", flat=True),
    }


def _families(areas: Iterable[int]) -> dict[int, int]:
    """By lead, one person who stands for the family: all who are named in one enquiry, or last lived at one address."""
    groups: dict[tuple[str, int], list[int]] = {}
    parties = Party.objects.filter(enquiry__area__in=areas).annotate(lead=Coalesce("person__lead_id", "person_id"))
    for enquiry, lead in parties.values_list("enquiry", "lead"):
        groups.setdefault(("enquiry", enquiry), []).append(lead)
    people = Person.objects.filter(area__in=areas)
    for lead, address in last_homes(Residence.objects.filter(person__in=people)).items():
        groups.setdefault(("address", address), []).append(lead)
    stands: dict[int, int] = {}
    for group in groups.values():
        first = _root(stands, group[0])
        for lead in group[1:]:
            stands[_root(stands, lead)] = first
    return {lead: _root(stands, lead) for group in groups.values() for lead in group}


def _root(stands: dict[int, int], lead: int) -> int:
    while stands.get(lead, lead) != lead:
        stands[lead] = stands.get(stands[lead], stands[lead])
        lead = stands[lead]
    return lead
