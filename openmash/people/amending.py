"""Making chosen facts what a record says now, keeping what it said before, and leaving an amendment for each change."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from openmash.agencies.models import User
from openmash.people.facts import COLUMNS, Fact, FactValue
from openmash.people.identifiers import kind_name, show
from openmash.people.matching.index import put_people
from openmash.people.matching.keys import KEYS_VERSION, keys_of
from openmash.people.matching.rows import describe_records
from openmash.people.models import Amendment, Contact, Identifier, Name, Person, Residence
from openmash.people.recording import address_row, identifier_row
from openmash.people.telephones import tidy_telephone


def amend(person: Person, facts: tuple[Fact, ...], by: User, now: datetime) -> Person:
    """Apply the facts to this record, and find it under its new keys from now on."""
    for fact in facts:
        before, after = _APPLIED.get(fact.what, _column)(person, fact, now)
        if before != after:
            Amendment.objects.create(
                person=person, what=fact.what, before=before, after=after, source=fact.source, by=by, at=now
            )
    person.version += 1
    person.save()
    told = describe_records([person.pk])[person.pk]
    person.keys = keys_of(told)
    person.keys_version = KEYS_VERSION
    person.save(update_fields=["keys", "keys_version"])
    put_people({person: told})
    return person


def said(value: FactValue | None) -> str:
    """A value in words, for the amendment and for the page."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, tuple):
        return " ".join(filter(None, value))
    return value or ""


def _column(person: Person, fact: Fact, _: datetime) -> tuple[str, str]:
    if fact.what not in COLUMNS:
        raise ValueError(f"{fact.what} cannot be amended.")
    before = getattr(person, fact.what)
    setattr(person, fact.what, fact.value)
    if fact.what == "born_on":
        person.is_birth_date_estimated = False
    return said(before), said(fact.value)


def _name(person: Person, fact: Fact, now: datetime) -> tuple[str, str]:
    given, family = _two(fact)
    usual = person.names.filter(is_usual=True).order_by("-id").first()
    person.names.filter(is_usual=True).update(is_usual=False)
    Name.objects.create(person=person, given=given, family=family, **_dated(fact, now))
    return str(usual) if usual else "", said((given, family))


def _address(person: Person, fact: Fact, now: datetime) -> tuple[str, str]:
    lines, postcode = _two(fact)
    address = address_row(person.area, lines, postcode)
    since = fact.since or timezone.localdate(now)
    living = person.residences.filter(until=None).select_related("address").order_by("-id")
    before = str(living[0].address) if living else ""
    living.exclude(address=address).update(until=since)
    if not living.filter(address=address).exists():
        Residence.objects.create(person=person, address=address, **_dated(fact, now) | {"since": since})
    return before, str(address)


def _contact(person: Person, fact: Fact, now: datetime) -> tuple[str, str]:
    value = tidy_telephone(str(fact.value)) if fact.what == "telephone" else str(fact.value)
    if person.contacts.filter(kind=fact.what, value=value, until=None).exists():
        return value, value
    Contact.objects.create(person=person, kind=fact.what, value=value, **_dated(fact, now))
    return "", value


def _identifier(person: Person, fact: Fact, now: datetime) -> tuple[str, str]:
    row: Identifier = identifier_row(*_two(fact), person=person, **_dated(fact, now))
    words = f"{kind_name(row.kind)} {show(row.kind, row.value)}"
    if person.identifiers.filter(kind=row.kind, value=row.value).exists():
        return words, words
    row.save()
    return "", words


def _two(fact: Fact) -> tuple[str, str]:
    if not isinstance(fact.value, tuple):
        raise TypeError(f"The value of {fact.what} has two parts.")
    return fact.value


def _dated(fact: Fact, now: datetime) -> dict[str, Any]:
    return {"source": fact.source, "since": fact.since, "recorded_at": now}


_APPLIED: dict[str, Callable[[Person, Fact, datetime], tuple[str, str]]] = {
    "name": _name,
    "address": _address,
    "telephone": _contact,
    "email": _contact,
    "identifier": _identifier,
}
