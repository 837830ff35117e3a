"""Saying anew whether a number or an address may be used: what was said before ends, and stays on record."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import Http404
from django.utils import timezone

from openmash.agencies.models import User
from openmash.audit.action import Refused, action, known_to
from openmash.audit.actors import Actor
from openmash.kit.verdict import need
from openmash.people.matching.search import areas_known_to
from openmash.people.models import Amendment, Contact, Person
from openmash.people.pairs import records_with
from openmash.people.policies import may_say_safe
from openmash.people.telephones import contact_key
from openmash.people.whereabouts import WITHHELD, protection

SAFE, UNSAFE, UNKNOWN, GONE = "safe", "unsafe", "unknown", "gone"
SAYS = {
    SAFE: "Safe to use",
    UNSAFE: "Not safe to use",
    UNKNOWN: "Nobody knows whether it is safe",
    GONE: "Not theirs any more",
}
KINDS = {"telephone": "Telephone", "email": "E-mail address"}
MOST = 120  # characters of a reason: it stands beside the change in the history
_STANDS = {SAFE: True, UNSAFE: False, UNKNOWN: None}


@dataclass(frozen=True)
class ContactLine:
    """One number or address, whoever told it how often: `number` names it, `says` is a key of `SAYS`."""

    number: int
    kind: str
    value: str
    says: str
    told: tuple[str, ...]
    hours: str = ""


@action(may=may_say_safe, event="contact.safety-said", keeps=("contact", "says", "because"))
def say_safe(
    person: Person, *, by: User, now: datetime, contact: int, says: str, because: str, hours: str = ""
) -> Person:
    """From now on this is how safe it is, for every record of the person, until an enquiry tells of it anew.

    `contact` is one of the person's, `says` a key of `SAYS`, otherwise ValueError. `hours`: when and how it may be
    used, of one that is safe. Pass `seen=` the version shown.
    """
    if says not in SAYS:
        raise ValueError(f"Nobody says {says} of a contact. There are {', '.join(SAYS)}.")
    if not (why := because.strip()):
        raise Refused("contact.safety-said", need(False, "Enter how you know."))
    rows = _records_rows(person, by)
    chosen = next((row for row in rows if row.pk == contact), None)
    if chosen is None:
        raise Http404
    today, same = timezone.localdate(now), [row for row in rows if _key(row) == _key(chosen)]
    before = _stands([row for row in same if row.until is None])
    Contact.objects.filter(pk__in=[row.pk for row in same if row.until is None]).update(until=today)
    if says != GONE:
        Contact.objects.create(
            person=person, kind=chosen.kind, value=chosen.value, is_safe=_STANDS[says], since=today,
            hours=hours.strip() if says == SAFE else "", source=f"{by.name}: {why}"[:120], recorded_at=now,
        )  # fmt: skip
    told = (f"{chosen.value}: {SAYS[one].lower()}" for one in (before, says))
    Amendment.objects.create(
        person=person, what=chosen.kind, before=next(told), after=next(told), source=why[:MOST], by=by, at=now
    )
    person.version += 1
    person.save(update_fields=["version"])
    return person


def contact_lines(person: Person, *, by: Actor) -> tuple[ContactLine, ...]:
    """Each number and address of the person once, with all who told it. Of a protected one none: it tells where."""
    if person.lead_id_or_own in protection().leads:
        return ()
    by_key: dict[tuple[str, str], list[Contact]] = {}
    for row in _records_rows(person, by):
        by_key.setdefault(_key(row), []).append(row)
    return tuple(_line(rows) for rows in by_key.values())


def contact_line(person: Person, number: int, *, by: Actor) -> ContactLine:
    """One of them, of a protected person without its value; otherwise 404, as for whoever may not change it."""
    known_to(by, person, may_say_safe, event="contact.safety-said")
    rows = _records_rows(person, by)
    chosen = next((row for row in rows if row.pk == number), None)
    if chosen is None:
        raise Http404
    line = _line([row for row in rows if _key(row) == _key(chosen)])
    is_protected = person.lead_id_or_own in protection().leads
    return replace(line, value=WITHHELD, told=(), hours="") if is_protected else line


def _line(rows: list[Contact]) -> ContactLine:
    live = [row for row in rows if row.until is None]
    told = tuple(dict.fromkeys(row.source for row in (live or rows[-1:]) if row.source))
    hours = next((row.hours for row in reversed(live) if row.hours), "")
    return ContactLine(rows[0].pk, KINDS[rows[0].kind], rows[0].value, _stands(live), told, hours)


def _stands(live: list[Contact]) -> str:
    """Once called unsafe it stays unsafe until that is ended, whoever says otherwise since."""
    said = {row.is_safe for row in live}
    return UNSAFE if False in said else SAFE if True in said else UNKNOWN if live else GONE


def _records_rows(person: Person, by: Actor) -> list[Contact]:
    records = records_with([person.lead_id_or_own])
    rows = Contact.objects.filter(person__in=records, person__area__in=areas_known_to(by), kind__in=KINDS)
    return list(rows.order_by("id"))


def _key(row: Contact) -> tuple[str, str]:
    return contact_key(row.kind, row.value)
