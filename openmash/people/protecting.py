"""Protecting where somebody is, opening it for a reason, and ending the protection, which takes two people."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils import timezone

from openmash.agencies.models import User
from openmash.audit.action import Refused, action, reading
from openmash.audit.actors import Actor
from openmash.kit.verdict import need
from openmash.people.actions import end_marker, mark
from openmash.people.around import housemates, is_child
from openmash.people.kept import kept_from
from openmash.people.markers import GUARDING
from openmash.people.matching.search import areas_known_to
from openmash.people.models import Contact, Marker, Person, Professional, Residence, Unprotecting
from openmash.people.pairs import records_with
from openmash.people.policies import (
    may_agree_unprotecting,
    may_decline_unprotecting,
    may_open_whereabouts,
    may_propose_unprotecting,
    may_protect,
)
from openmash.people.whereabouts import protection

LEAST = 20  # characters: "case" is no reason


@dataclass(frozen=True)
class Whereabouts:
    """All that tells where one person is: (what, when or who, source) by kind. `numbers` name the contacts in order."""

    lead: int
    homes: tuple[tuple[str, str, str], ...]
    contacts: tuple[tuple[str, str, str], ...]
    professionals: tuple[tuple[str, str, str], ...]
    numbers: tuple[int, ...]

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return (self.lead,)


@action(may=may_protect, event="whereabouts.protected", keeps=("because",), lock=False)
def protect(person: Person, *, by: User, now: datetime, because: str) -> Marker:
    """From now on nobody is told where this person is, nor the children who live with them.

    Anybody who may see the person may do this: it fails safe. The whole reason is on the ledger.
    """
    _demand(bool(because.strip()), "Say from whom, and why.", "whereabouts.protected")
    today = timezone.localdate(now)
    source = f"{by.name}: {because.strip()}"[:120]
    said = {"kind": "do_not_disclose", "agency": by.agency, "since": today, "source": source}
    for child in _children_with(person, by, today):
        mark(child, by=by, now=now, **said)
    return mark(person, by=by, now=now, **said)


def _children_with(person: Person, by: Actor, today: date) -> list[Person]:
    others = housemates([person.lead_id_or_own], by=by) - {person.lead_id_or_own} - protection().leads
    rows = Person.objects.filter(pk__in=others)
    return [row for row in rows if is_child(row.born_on, row.due_on, today)]


@reading(may=may_open_whereabouts, event="whereabouts.opened", keeps=("because",))
def open_whereabouts(person: Person, *, by: User, now: datetime, because: str) -> Whereabouts:
    """Where somebody is whose whereabouts are protected: for a reason, which is on the ledger before it is shown."""
    _demand(len(because.strip()) >= LEAST, f"Give a reason of at least {LEAST} characters.", "whereabouts.opened")
    records = records_with([person.lead_id_or_own])
    stays = Residence.objects.filter(person__in=records).select_related("address").order_by("-id")
    ring = Contact.objects.filter(person__in=records, until=None).order_by("-id")
    safe = {True: "safe to use", False: "not safe to use", None: "not known whether it is safe to use"}
    workers = Professional.objects.filter(person__in=records, until=None).order_by("agency", "id")
    return Whereabouts(
        person.lead_id_or_own,
        tuple((str(one.address), "Now" if one.until is None else "Before", one.source) for one in stays),
        tuple((one.value, ": ".join(filter(None, [safe[one.is_safe], one.hours])), one.source) for one in ring),
        tuple((one.agency, ", ".join(filter(None, [one.name, one.role, one.contact])), one.source) for one in workers),
        tuple(one.pk for one in ring),
    )


@action(may=may_propose_unprotecting, event="whereabouts.unprotecting-proposed", lock=False)
def propose_unprotecting(person: Person, *, by: User, now: datetime, because: str, their_view: str) -> Unprotecting:
    """The first of two people: why no protection is needed any more, and what the protected person says to that."""
    event = "whereabouts.unprotecting-proposed"
    _demand(bool(because.strip()) and bool(their_view.strip()), "Say why, and what the person says.", event)
    _demand(guard_of(person, by=by).proposed is None, "This has been proposed already.", event)
    return Unprotecting.objects.create(
        person=person, by=by, at=now, because=because.strip(), their_view=their_view.strip()
    )


@action(may=may_agree_unprotecting, event="whereabouts.unprotected")
def agree_unprotecting(proposed: Unprotecting, *, by: User, now: datetime) -> Unprotecting:
    """The second person agrees, one of the two a practice manager: every marker that protects ends today."""
    proposed.answered_by, proposed.answered_at, proposed.is_agreed = by, now, True
    proposed.save()
    live = Marker.objects.filter(
        person__in=records_with([proposed.person.lead_id_or_own]), kind__in=GUARDING, until=None
    )
    for marker in live.select_related("person"):
        end_marker(marker, timezone.localdate(now))
    return proposed


@action(may=may_decline_unprotecting, event="whereabouts.unprotecting-declined")
def decline_unprotecting(proposed: Unprotecting, *, by: User, now: datetime, because: str) -> Unprotecting:
    """Not agreed, with a reason; or taken back by whoever proposed it."""
    proposed.answered_by, proposed.answered_at, proposed.answer = by, now, because
    proposed.save()
    return proposed


@dataclass(frozen=True)
class UnprotectingLine:
    """What waits for a second person."""

    number: int
    because: str
    their_view: str
    by: str
    is_mine: bool
    at: datetime


@dataclass(frozen=True)
class Guard:
    """Whether a person is protected, and what was proposed."""

    is_protected: bool
    proposed: UnprotectingLine | None


def guard_of(person: Person, *, by: Actor) -> Guard:
    row = Unprotecting.objects.filter(person=person.lead_id_or_own, answered_at=None).select_related("by").first()
    line = None
    if row:
        is_mine = row.by_id == by.ledger_id
        line = UnprotectingLine(row.pk, row.because, row.their_view, row.by.name, is_mine, row.at)
    return Guard(person.lead_id_or_own in protection().leads, line)


def load_unprotecting(number: int, *, by: Actor) -> Unprotecting:
    """One that waits, of a person whom `by` may know; otherwise 404."""
    rows = Unprotecting.objects.filter(answered_at=None, person__area__in=areas_known_to(by))
    row = rows.exclude(person__in=kept_from(by)).select_related("person", "by").filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _demand(is_so: bool, otherwise: str, event: str) -> None:
    if not is_so:
        raise Refused(event, need(is_so, otherwise))
