"""The children around an adult (M58), and the enquiries about one household that belong together (M20)."""

from dataclasses import dataclass

from openmash.audit.actors import Actor
from openmash.enquiries.models import Enquiry, Party
from openmash.enquiries.queries import EarlierLine, of_people
from openmash.people.around import around, housemates
from openmash.people.family import family_of
from openmash.people.kept import kept_from
from openmash.people.queries import leads_of, records_of


@dataclass(frozen=True)
class ChildLine:
    """One child. `why` says how they belong to the adult; `open_in` the open enquiries that name them."""

    lead: int
    name: str
    age: str
    why: str
    open_in: tuple[str, ...]


def children_around(enquiry: Enquiry, *, by: Actor) -> tuple[ChildLine, ...]:
    """Every child of the household or tied to somebody of it, as far as `by` may match people. The named come first."""
    named, home, everybody = _people(enquiry, by)
    family = family_of(named | home, by=by)
    everybody |= {one.lead for one in family.people}
    children = {lead for lead, facts in around(everybody, by=by).items() if facts.is_child}
    open_in = _open_in(enquiry, children, by)
    return tuple(
        ChildLine(one.lead, one.name, one.age, _why(one.lead, named, home), open_in.get(one.lead, ()))
        for one in sorted(family.people, key=lambda one: (one.lead not in named, one.lead not in home, one.lead))
        if one.lead in children
    )


def same_household(enquiry: Enquiry, *, by: Actor) -> tuple[EarlierLine, ...]:
    """Enquiries of the other kind about somebody of this household: a child's beside an adult's, and back (M20)."""
    _, _, everybody = _people(enquiry, by)
    records = {number for group in records_of(everybody).values() for number in group}
    is_adults = enquiry.kind == "adult"
    return tuple(
        line for line in of_people(records, by=by, besides=enquiry.pk) if (line.kind == "adult") is not is_adults
    )


def _people(enquiry: Enquiry, by: Actor) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """By lead: who is named, who lives where they live, and both together."""
    parties = Party.objects.filter(enquiry=enquiry).values_list("person", flat=True)
    named = frozenset(leads_of(parties).values())
    home = housemates(named, by=by) - kept_from(by)
    return named, home, named | home


def _open_in(enquiry: Enquiry, children: set[int], by: Actor) -> dict[int, tuple[str, ...]]:
    lead_of = {record: lead for lead, group in records_of(children).items() for record in group}
    found: dict[int, list[str]] = {}
    for line in of_people(lead_of, by=by, besides=enquiry.pk):
        for lead in {lead_of[person] for person in line.people if line.is_open and person in lead_of}:
            found.setdefault(lead, []).append(line.reference if line.may_open else line.area)
    return {lead: tuple(lines) for lead, lines in found.items()}


def _why(lead: int, named: frozenset[int], home: frozenset[int]) -> str:
    if lead in named:
        return "Named in this enquiry"
    return "Lives at the same address" if lead in home else "Related to somebody in the household"
