"""People and family: who lives with the children, whether each adult was asked about, and who works with them.

Every adult where a child lives is to be checked, not the parents alone (M53); one page shows what is known of the whole
family and what nobody has told us (M5, M18, M20, M72).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.design.pictures import Picture
from openmash.desk.enquiry import area_of
from openmash.desk.person_family import family_picture
from openmash.desk.relatives import NOT_ASKED, Someone, everyone, near, once_for_siblings, together
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import EarlierLine, of_people, parties, years_as_child
from openmash.gathering.covered import people_asked_about
from openmash.people.around import Around, around, housemates
from openmash.people.portrait import Colleague
from openmash.people.queries import family_of, records_of

NO_ADDRESS = "Address not known"


@dataclass(frozen=True)
class Home:
    """Those who live under one roof. `is_childs` when somebody whom the enquiry is about lives there."""

    address: str
    is_childs: bool
    people: tuple[Someone, ...]
    together: tuple[str, ...]

    @property
    def unchecked(self) -> tuple[Someone, ...]:
        """The adults where a child lives whom no agency was asked about."""
        return tuple(
            one for one in self.people if self.is_childs and one.is_to_be_checked and one.check.state == NOT_ASKED
        )


@dataclass(frozen=True)
class Contact:
    """A professional, and everybody here whom they work with."""

    line: Colleague
    works_with: tuple[str, ...]


@dataclass(frozen=True)
class Elsewhere:
    """Another enquiry about somebody here, and about whom."""

    line: EarlierLine
    about: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    picture: Picture | None
    homes: tuple[Home, ...]
    was_anybody_asked: bool
    network: tuple[Contact, ...]
    others: tuple[Elsewhere, ...]

    @property
    def people(self) -> tuple[Someone, ...]:
        return tuple(one for home in self.homes for one in home.people)

    @property
    def unchecked(self) -> tuple[Someone, ...]:
        return tuple(one for home in self.homes for one in home.unchecked)

    @property
    def children(self) -> tuple[Someone, ...]:
        return tuple(one for one in self.people if one.is_child and one.is_named)

    @property
    def gaps(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What nobody has told us, and of whom: those whom the enquiry names, and who lives with the children."""
        missing: dict[str, list[str]] = {}
        for home in self.homes:
            for one in home.people:
                for gap in one.gaps if one.is_named or home.is_childs else ():
                    missing.setdefault(gap, []).append(one.name)
        return tuple((gap, tuple(names)) for gap, names in missing.items())


@holding(Permission.SEE_ENQUIRIES)
def people_area(request: HttpRequest, reference: str) -> HttpResponse:
    """The family diagram, the households with every adult in them, and what is known and not known of each."""
    by = request.user
    return area_of(
        request, reference, "people/", "desk/family.html", lambda enquiry, now: family(enquiry, by=by, now=now)
    )


def family(enquiry: Enquiry, *, by: User, now: datetime) -> Family:
    """The whole family of an enquiry, as `by` may know it. The number of queries does not grow with the family."""
    today = timezone.localdate(now)
    named = {party.lead: party for party in parties(enquiry.pk)}
    whom = frozenset(lead for lead, party in named.items() if party.role in ("child", "unborn")) or frozenset(named)
    living_there = housemates(whom, by=by)
    kept = frozenset(named) | living_there
    view = near(family_of(kept, by=by, today=today), kept, frozenset(named))
    leads = [one.lead for one in view.people]
    known, records = around(leads, by=by, today=today), records_of(leads)
    asked = people_asked_about(enquiry)
    young = years_as_child(records, besides=enquiry.pk)
    people = tuple(
        one if one.is_child else replace(one, known_as_child=young.get(one.lead, 0))
        for one in everyone(view, named, known, records, asked, whom)
    )
    return Family(
        picture=family_picture(once_for_siblings(view), focus=whom) if leads else None,
        homes=_homes(people, dict(view.households), whom),
        was_anybody_asked=bool(asked),
        network=_network(people, known),
        others=_elsewhere(enquiry, people, records, by),
    )


def _homes(people: Iterable[Someone], addresses: Mapping[str, str], whom: frozenset[int]) -> tuple[Home, ...]:
    """The children's homes first, then the others, then those of whom no address is known."""
    under: dict[str, list[Someone]] = {}
    for one in people:
        under.setdefault(one.home, []).append(one)
    found = []
    for key, living in under.items():
        is_childs = any(one.lead in whom for one in living)
        adults = [one for one in living if one.is_to_be_checked] if is_childs else []
        found.append(Home(addresses.get(key, NO_ADDRESS), is_childs, tuple(living), together(adults)))
    return tuple(sorted(found, key=lambda home: (not home.is_childs, home.address == NO_ADDRESS)))


def _network(people: Iterable[Someone], known: Mapping[int, Around]) -> tuple[Contact, ...]:
    """Each professional once, with the latest that was said of them, and everybody whom they work with."""
    lines: dict[tuple[str, ...], Colleague] = {}
    whom: dict[tuple[str, ...], list[str]] = {}
    for one in people:
        for line in known[one.lead].professionals if one.lead in known else ():
            key = (line.agency, line.role, line.name, line.contact)
            lines[key] = line
            whom.setdefault(key, []).append(one.name)
    return tuple(Contact(line, tuple(dict.fromkeys(whom[key]))) for key, line in sorted(lines.items()))


def _elsewhere(
    enquiry: Enquiry, people: Iterable[Someone], records: Mapping[int, frozenset[int]], by: User
) -> tuple[Elsewhere, ...]:
    """Every other enquiry about anybody here, adults' among them, whoever they were about (M20)."""
    names = {record: one.name for one in people for record in records.get(one.lead, ())}
    lines = of_people(names, by=by, besides=enquiry.pk)
    return tuple(
        Elsewhere(line, tuple(dict.fromkeys(names[person] for person in line.people if person in names)))
        for line in lines
    )
