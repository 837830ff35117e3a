"""Who is in an enquiry, as an agency may be told of them: what it needs in order to find them, and no more (M98)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from openmash.enquiries.codes import ROLES_IN_ENQUIRY
from openmash.enquiries.models import Party
from openmash.people.models import Identifier, Name, Residence
from openmash.people.queries import NameLine, names_of, records_of
from openmash.people.relations import RELATIONS
from openmash.people.whereabouts import protection


@dataclass(frozen=True)
class Member:
    """One person. `address` and `identifiers` are told only to an agency that needs them for a match; a protected
    address to none.

    `relation` is to the child, in words; `identifiers` are (kind, value); `lives_in_household` is None when not known.
    """

    person: int
    name: str
    other_names: tuple[str, ...]
    born_on: date | None
    due_on: date | None
    age: str
    role: str
    relation: str
    lives_in_household: bool | None
    address: str
    identifiers: tuple[tuple[str, str], ...]


def household(enquiry_number: int, *, today: date | None = None) -> tuple[Member, ...]:
    """The people in one enquiry, children first."""
    return households([enquiry_number], today=today).get(enquiry_number, ())


def households(enquiry_numbers: Iterable[int], *, today: date | None = None) -> dict[int, tuple[Member, ...]]:
    """The people in each of these enquiries. Seven queries, however many."""
    parties = list(Party.objects.filter(enquiry__in=list(enquiry_numbers)).order_by("order", "id"))
    lines = names_of([party.person_id for party in parties], today=today)
    known = _known_of(lines.values())
    members: dict[int, list[Member]] = defaultdict(list)
    for party in parties:
        line = lines[party.person_id]
        members[party.enquiry_id].append(_member(party, line, known[line.lead]))
    return {enquiry: tuple(found) for enquiry, found in members.items()}


@dataclass(frozen=True)
class _Known:
    names: tuple[str, ...]
    address: str
    identifiers: tuple[tuple[str, str], ...]


def _member(party: Party, line: NameLine, known: _Known) -> Member:
    relation = RELATIONS[party.relation_to_child].name if party.relation_to_child in RELATIONS else ""
    return Member(
        person=party.person_id,
        name=line.name,
        other_names=() if line.is_unborn else tuple(name for name in known.names if name != line.name),
        born_on=line.born_on,
        due_on=line.due_on,
        age=line.age,
        role=party.role,
        relation=relation or ROLES_IN_ENQUIRY.get(party.role, party.role),
        lives_in_household=party.lives_in_household,
        address=known.address,
        identifiers=known.identifiers,
    )


def _known_of(lines: Iterable[NameLine]) -> dict[int, _Known]:
    """By lead: the names, the present address and the identifiers that any of its records has."""
    together = records_of({line.lead for line in lines})
    lead_of = {record: lead for lead, records in together.items() for record in records}
    names, identifiers = defaultdict(list), defaultdict(list)
    addresses: dict[int, str] = {}
    for name in Name.objects.filter(person__in=lead_of).order_by("-id"):
        names[lead_of[name.person_id]].append(str(name))
    for found in Identifier.objects.filter(person__in=lead_of).order_by("id"):
        identifiers[lead_of[found.person_id]].append((found.kind, found.value))
    live = Residence.objects.filter(person__in=lead_of, until=None).select_related("address")
    guard = protection()
    for residence in live.order_by("id"):
        lead = lead_of[residence.person_id]
        addresses[lead] = "" if guard.hides(lead, residence.address) else str(residence.address)
    return {
        lead: _Known(
            names=tuple(dict.fromkeys(names[lead])),
            address=addresses.get(lead, ""),
            identifiers=tuple(dict.fromkeys(identifiers[lead])),
        )
        for lead in lead_of.values()
    }
