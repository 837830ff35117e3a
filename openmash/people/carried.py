"""People as another system takes them in: raw values and codes, one for each, with nothing to type again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openmash.people.models import Contact, Identifier, Name, Person, Residence
from openmash.people.whereabouts import Protection, protection

COLUMNS = ("sex", "born_on", "is_birth_date_estimated", "due_on", "died_on", "ethnicity", "language",
           "needs_interpreter", "religion", "disability", "communication", "nationality",
           "self_description")  # fmt: skip


@dataclass(frozen=True)
class Carried:
    """One person. Whoever is guarded (nobody may learn where they are) carries neither address nor number to ring."""

    given: str
    family: str
    other_names: str
    facts: dict[str, Any]
    address_lines: str = ""
    postcode: str = ""
    telephone: str = ""
    email: str = ""
    numbers: dict[str, str] = field(default_factory=dict)
    is_guarded: bool = False


def carried(records: Iterable[int]) -> dict[int, Carried]:
    """By record: what it and the lead that it was joined to say; the lead first. Six queries, however many."""
    rows = {row.pk: row for row in Person.objects.filter(pk__in=set(records)).select_related("lead")}
    of = {pk: [row.lead_id, pk] if row.lead_id else [pk] for pk, row in rows.items()}
    everyone = {pk for pair in of.values() for pk in pair}
    told = {model: _told(model, everyone) for model in (Name, Identifier, Residence, Contact)}
    guard = protection()
    return {pk: _carried(row, _of_these(told, of[pk]), guard) for pk, row in rows.items()}


def _of_these(told: dict[Any, dict[int, list[Any]]], records: list[int]) -> dict[Any, list[Any]]:
    return {model: [one for record in records for one in found[record]] for model, found in told.items()}


def _told(model: Any, people: set[int]) -> dict[int, list[Any]]:
    """The latest first."""
    rows = model.objects.filter(person__in=people).order_by("-id")
    if model is Residence:
        rows = rows.filter(until=None).select_related("address")
    if model is Contact:
        rows = rows.filter(until=None)
    found = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _carried(row: Person, told: dict[Any, list[Any]], guard: Protection) -> Carried:
    lead = row.lead or row
    facts = {name: _first(getattr(lead, name), getattr(row, name)) for name in COLUMNS}
    facts["sex"] = lead.sex if lead.sex != "U" else row.sex
    names = sorted(told[Name], key=lambda name: not name.is_usual)
    usual = names[0] if names else Name()
    others = dict.fromkeys(str(name) for name in names if str(name) != str(usual))
    is_guarded = lead.pk in guard.leads
    homes = [stay for stay in told[Residence] if not guard.hides(lead.pk, stay.address)]
    ring = {} if is_guarded else {one.kind: one.value for one in reversed(told[Contact])}
    return Carried(
        given=usual.given,
        family=usual.family,
        other_names=", ".join(others),
        facts=facts,
        address_lines=homes[0].address.lines if homes else "",
        postcode=homes[0].address.postcode if homes else "",
        telephone=ring.get("telephone", ""),
        email=ring.get("email", ""),
        numbers={one.kind: one.value for one in reversed(told[Identifier])},
        is_guarded=is_guarded,
    )


def _first(*values: Any) -> Any:
    return next((value for value in values if value not in (None, "")), values[-1])


def in_words(value: Any) -> Any:
    """A day as 2017-04-09; everything else as it is."""
    return value.isoformat() if isinstance(value, date) else value
