"""What is seen of requests for what is held about somebody. Everything returned is a finished, frozen value."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.http import Http404
from django.utils import timezone

from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.audit.action import known_to
from openmash.design.document import Document
from openmash.kit.verdict import Verdict, need
from openmash.people.kept import kept_from
from openmash.people.models import Name, Person
from openmash.people.queries import NameLine, names_of
from openmash.records.answering import ONE_UNDECIDED, all_decided
from openmash.records.asked import SubjectRequest
from openmash.records.codes import ASKERS, GIVEN, GROUNDS
from openmash.records.giving import Decided, decided, document, for_machines
from openmash.records.material import things_held
from openmash.records.request_policies import (
    may_approve_answer,
    may_export,
    may_extend,
    may_open,
    may_propose_answer,
    may_read_request,
    may_work_on,
)

MOST_FOUND = 20


@dataclass(frozen=True)
class RequestLine:
    number: int
    about: str
    area: str
    asker: str
    asker_name: str
    asker_right: str
    received_on: date
    identity: str
    due_on: date
    is_late: bool
    extended_because: str
    stands: str
    proposed: str
    approved: str
    closed: str


@dataclass(frozen=True)
class ThingLine:
    """A thing held, without its words."""

    key: str
    reference: str
    title: str
    source: str
    on: date | None
    points: int
    given: str
    ground: str


@dataclass(frozen=True)
class ThingView:
    """A thing held, word for word."""

    line: ThingLine
    text: str
    digest: str
    points: tuple[str, ...]
    given: str
    ground: str
    left_out: str
    because: str


@dataclass(frozen=True)
class RequestSheet:
    """One request with all that is held. `shown` is the hash of what was proposed."""

    request: RequestLine
    lines: tuple[ThingLine, ...]
    undecided: int
    next_key: str
    shown: str
    may_work: Verdict
    may_extend: Verdict
    may_propose: Verdict
    may_approve: Verdict
    may_export: Verdict


@dataclass(frozen=True)
class Exported:
    """What leaves: the document, and the same for machines."""

    document: Document
    for_machines: bytes


def load_person(number: int, *, by: User) -> Person:
    """The row of somebody of an area whose records `by` keeps; otherwise 404."""
    row = Person.objects.filter(pk=number).first()
    return known_to(by, row, may_open, event="person.looked-up-for-records")


def load_request(number: int, *, by: User) -> SubjectRequest:
    """The row; 404 when there is none or it is not for `by`. Call it bound."""
    row = SubjectRequest.objects.select_related("area", "proposed_by", "approved_by", "closed_by", "identity_by")
    return known_to(by, row.filter(pk=number).first(), may_read_request, event="subject-request.looked-up")


def people(*, by: User, given: str, family: str, born_on: date | None) -> tuple[NameLine, ...]:
    """Who bears these names in the areas whose records `by` keeps: whole names, never a part of one."""
    rows = Name.objects.filter(person__area__in=by.areas_where(Permission.KEEP_RECORDS), family__iexact=family)
    rows = rows.filter(given__iexact=given) if given else rows
    rows = rows.filter(person__born_on=born_on) if born_on else rows
    numbers = list(dict.fromkeys(rows.order_by("person").values_list("person", flat=True)))
    lines = names_of(numbers)
    return tuple({line.lead: line for line in lines.values()}.values())[:MOST_FOUND]


def requests(*, by: User) -> tuple[RequestLine, ...]:
    rows = SubjectRequest.objects.filter(area__in=by.areas_where(Permission.AGREE_RECORDS)).order_by(
        F("closed_at").desc(nulls_first=True), "received_on"
    )
    rows = rows.exclude(person__in=kept_from(by))
    rows = rows.select_related("area", "proposed_by", "approved_by", "closed_by", "identity_by")
    return tuple(request_line(row) for row in rows[:100])


def request_line(row: SubjectRequest) -> RequestLine:
    def by_whom(who: User | None, at: datetime | None) -> str:
        return f"{who.name}, {timezone.localdate(at):%-d %B %Y}" if who and at else ""

    stands = "Closed" if row.closed_at else "Approved" if row.approved_at else "Waits" if row.proposed_at else "Open"
    return RequestLine(
        number=row.pk,
        about=names_of([row.person_id])[row.person_id].name,
        area=row.area.name,
        asker=ASKERS[row.asker],
        asker_name=row.asker_name,
        asker_right=row.asker_right,
        received_on=row.received_on,
        identity=f"{row.identity_how}. Verified by {row.identity_by.name}",
        due_on=row.due_on,
        is_late=row.closed_at is None and row.due_on < timezone.localdate(),
        extended_because=row.extended_because,
        stands=stands,
        proposed=by_whom(row.proposed_by, row.proposed_at),
        approved=by_whom(row.approved_by, row.approved_at),
        closed=f"{by_whom(row.closed_by, row.closed_at)}: {row.closed_because}" if row.closed_at else "",
    )


def sheet(request: SubjectRequest, *, by: User) -> RequestSheet:
    found = _found(request)
    waiting = [one for one in found if one.decision is None]
    return RequestSheet(
        request=request_line(request),
        lines=tuple(_line(one) for one in found),
        undecided=len(waiting),
        next_key=waiting[0].thing.key if waiting else "",
        shown=request.body_hash,
        may_work=may_work_on(by, request),
        may_extend=may_extend(by, request),
        may_propose=may_propose_answer(by, request) & need(not waiting, ONE_UNDECIDED),
        may_approve=may_approve_answer(by, request) & need(not waiting, ONE_UNDECIDED),
        may_export=may_export(by, request) & need(not waiting, ONE_UNDECIDED),
    )


def _found(request: SubjectRequest) -> tuple[Decided, ...]:
    return decided(things_held(request), {row.key: row for row in request.items.all()})


def _line(one: Decided) -> ThingLine:
    thing, row = one.thing, one.decision
    return ThingLine(
        thing.key, thing.reference, thing.title, thing.source, thing.on, len(thing.points),
        GIVEN[row.given] if row else "", GROUNDS.get(row.ground, "") if row else "",
    )  # fmt: skip


def thing(request: SubjectRequest, key: str) -> ThingView:
    """One thing held, with the decision that stands; 404 when there is none of this key."""
    one = next((found for found in _found(request) if found.thing.key == key), None)
    if one is None:
        raise Http404
    row = one.decision
    return ThingView(
        _line(one), one.thing.text, one.thing.digest, one.thing.points,
        row.given if row else "", row.ground if row else "", row.left_out if row else "", row.because if row else "",
    )  # fmt: skip


def exported(request: SubjectRequest, now: datetime) -> Exported:
    """What would leave now. Refused while one thing is undecided."""
    found = all_decided(request)
    made = document(request, found, hub=request.area.hub_name, made_at=now)
    return Exported(made, for_machines(request, found))
