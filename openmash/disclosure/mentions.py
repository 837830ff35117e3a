"""Who is named in a text that is to leave, besides the people whom the enquiry is about (I7)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from openmash.enquiries.models import Enquiry, Party
from openmash.kit.legible import bare
from openmash.people.models import Name, Relationship
from openmash.people.queries import leads_of, names_of, records_of
from openmash.people.risks import near_by_risk

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True)
class Outsider:
    """Somebody the hub knows, not of the enquiry's people. `marks` are the single names that give them away."""

    lead: int
    name: str
    full_names: frozenset[str]
    marks: frozenset[str]

    def is_named_in(self, text: str) -> bool:
        """By a full name in any case, or by one name of theirs that begins with a capital."""
        text = bare(text)
        flat = " ".join(_WORD.findall(text.casefold()))
        if any(re.search(rf"\b{re.escape(name)}\b", flat) for name in self.full_names):
            return True
        return any(_bare(word) in self.marks for word in _WORD.findall(text) if word[0].isupper())


def people_of(enquiry: Enquiry) -> frozenset[int]:
    """The leads of everyone whom the enquiry is about."""
    return frozenset(leads_of(Party.objects.filter(enquiry=enquiry).values_list("person", flat=True)).values())


def outsiders_of(enquiry: Enquiry, *, also: Iterable[int] = ()) -> tuple[Outsider, ...]:
    """Everyone of the family's other enquiries and relations, and `also`, who is not of this enquiry's people."""
    own = people_of(enquiry)
    records = {record for of_one in records_of(own).values() for record in of_one}
    family = Party.objects.filter(person__in=records).values("enquiry")
    near = set(Party.objects.filter(enquiry__in=family).values_list("person", flat=True)) | set(also)
    for pair in Relationship.objects.filter(Q(person__in=records) | Q(other__in=records)).values_list(
        "person", "other"
    ):
        near |= set(pair)
    others = frozenset(leads_of(near | near_by_risk(own)).values()) - own
    known = _names_by_lead(own | others)
    in_scope = {part for lead in own for pair in known.get(lead, ()) for part in _parts(pair)}
    names = names_of(others)
    return tuple(_outsider(lead, names[lead].name, known.get(lead, ()), in_scope) for lead in sorted(others))


def _names_by_lead(leads: frozenset[int]) -> dict[int, list[tuple[str, str]]]:
    of_record = {record: lead for lead, records in records_of(leads).items() for record in records}
    known: dict[int, list[tuple[str, str]]] = {}
    for record, given, family in Name.objects.filter(person__in=of_record).values_list("person", "given", "family"):
        known.setdefault(of_record[record], []).append((given, family))
    return known


def _outsider(lead: int, name: str, known: Iterable[tuple[str, str]], in_scope: set[str]) -> Outsider:
    pairs = list(known)
    whole = [bare(f"{given} {family}").casefold() for given, family in pairs if given and family]
    full = {" ".join(_WORD.findall(name)) for name in whole}
    marks = {part for pair in pairs for part in _parts(pair)} - in_scope
    return Outsider(lead, name, frozenset(full), frozenset(marks))


def _parts(pair: tuple[str, str]) -> set[str]:
    return {_bare(word) for part in pair for word in _WORD.findall(bare(part)) if len(word) > 1}


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word.casefold())
