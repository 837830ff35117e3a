"""What is seen of the post: what waits, what could not be sent, what was done, and whom the hub writes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from openmash.agencies.models import Address, Agency, Area, Domain, User
from openmash.agencies.policies import may_keep_address
from openmash.agencies.roles import Permission
from openmash.audit.action import known_to
from openmash.design.moments import day
from openmash.gathering.models import Request
from openmash.post.codes import PROBLEMS, REQUEST, STATES, WAITING, WAYS
from openmash.post.models import Dispatch, Enclosure, MailboxLook, Reply
from openmash.post.policies import may_open_enclosure, may_open_reply

SHOWN = 50


@dataclass(frozen=True)
class ReplyLine:
    """One reply in a list, without what it says. `reference` and `agency` are empty when it names none."""

    token: UUID
    reference: str
    agency: str
    sender: str
    way: str
    state: str
    why: str
    received_at: datetime
    is_sealed: bool
    by: str


@dataclass(frozen=True)
class UnsentLine:
    """One request that has not reached its agency."""

    reference: str
    request: UUID
    agency: str
    since: datetime
    problem: str


@dataclass(frozen=True)
class MailboxState:
    looked_at: datetime | None
    problem: str
    problem_since: datetime | None


def _replies(areas: Iterable[int]) -> QuerySet[Reply]:
    """Those that answer a request about an enquiry that is kept from the reader are not among them."""
    rows = Reply.objects.filter(Q(area__in=list(areas)) | Q(area=None))
    rows = rows.filter(Q(request=None) | Q(request__in=Request.objects.all()))
    return rows.select_related("request__enquiry", "request__agency", "agency", "by")


def waiting(areas: Iterable[int]) -> tuple[ReplyLine, ...]:
    """What waits for a person in these areas, or belongs to none, what has waited longest first."""
    rows = _replies(areas).filter(state=WAITING).order_by("received_at", "id")
    return tuple(_line(row) for row in rows[: SHOWN + 1])


def done(areas: Iterable[int]) -> tuple[ReplyLine, ...]:
    """What was dealt with last."""
    rows = _replies(areas).exclude(state=WAITING).order_by("-at", "-id")
    return tuple(_line(row) for row in rows[:SHOWN])


def _line(row: Reply) -> ReplyLine:
    problem = next((PROBLEMS[key] for key in PROBLEMS if key in row.problems), "")
    agency = row.request.agency.name if row.request else row.agency.name if row.agency else ""
    return ReplyLine(
        token=row.token,
        reference=row.request.enquiry.reference if row.request else "",
        agency=agency,
        sender=row.sender,
        way=WAYS[row.way],
        state=STATES[row.state],
        why=problem,
        received_at=row.received_at,
        is_sealed=row.is_sealed,
        by=row.by.name if row.by else "",
    )


def unsent(areas: Iterable[int]) -> tuple[UnsentLine, ...]:
    """Requests that have not gone out or have come back, and for which somebody is asked to ring."""
    rows = Dispatch.objects.filter(kind=REQUEST, telephone_since__isnull=False, request__enquiry__area__in=list(areas))
    rows = rows.filter(Q(sent_at=None) | Q(failed_at__isnull=False))
    rows = rows.filter(request__answered_at=None, request__withdrawn_at=None).exclude(try_at=None, failed_at=None)
    return tuple(
        UnsentLine(
            reference=row.request.enquiry.reference,
            request=row.request.token,
            agency=row.request.agency.name,
            since=row.telephone_since or row.written_at,
            problem=row.last_problem,
        )
        for row in rows.select_related("request__enquiry", "request__agency").order_by("written_at", "id")[: SHOWN + 1]
    )


def mailbox() -> MailboxState | None:
    """The last look into the hub's mailbox; none before the first."""
    row = MailboxLook.objects.first()
    return MailboxState(row.looked_at, row.problem, row.problem_since) if row else None


def load_reply(token: UUID, *, by: User) -> Reply:
    """The row, for those who may open it; 404 for everybody else, as for none."""
    rows = Reply.objects.select_related("request__enquiry__area", "request__agency", "agency", "brought_by", "by")
    return known_to(by, rows.filter(token=token).first(), may_open_reply, event="reply.looked-up")


def load_enclosure(number: int, *, by: User) -> Enclosure:
    row = Enclosure.objects.select_related("reply").filter(pk=number).first()
    return known_to(by, row, may_open_enclosure, event="enclosure.looked-up")


def requests_by_post(*, by: User, agency: int | None) -> tuple[tuple[str, str], ...]:
    """The requests that a reply could answer: to the agency whose address it came from, if it is anybody's."""
    rows = Request.objects.filter(agency__mode=Agency.EMAIL, withdrawn_at=None)
    rows = rows.filter(enquiry__area__in=by.areas_where(Permission.CHASE), dispatches__isnull=False).distinct()
    if agency:
        rows = rows.filter(agency=agency)
    found = rows.select_related("enquiry", "agency").order_by("-asked_at", "-id")[:SHOWN]
    return tuple(
        (str(row.token), f"{row.enquiry.reference}, {row.agency.name}, asked on {day(row.asked_at)}") for row in found
    )


def load_request_by_post(token: str, *, by: User) -> Request:
    """The request that somebody chose; 404 when it is not theirs to choose."""
    rows = Request.objects.select_related("enquiry__area", "agency")
    row = rows.filter(token=token, enquiry__area__in=by.areas_where(Permission.CHASE)).first()
    if row is None:
        raise Http404
    return row


@dataclass(frozen=True)
class DomainLine:
    number: int
    area: str
    name: str
    because: str
    allowed_by: str
    allowed_at: datetime


@dataclass(frozen=True)
class AddressLine:
    number: int
    email: str
    is_written_to: bool
    is_allowed: bool


@dataclass(frozen=True)
class AgencyLine:
    name: str
    addresses: tuple[AddressLine, ...]


@dataclass(frozen=True)
class Addresses:
    """Everything that the governance lead keeps."""

    domains: tuple[DomainLine, ...]
    agencies: tuple[AgencyLine, ...]


def addresses(*, by: User) -> Addresses:
    areas = by.areas_where(Permission.KEEP_ADDRESSES)
    rows = Domain.objects.filter(area__in=areas, withdrawn_at=None).select_related("area", "allowed_by")
    domains = list(rows.order_by("area__name", "name"))
    allowed = {row.name for row in domains}
    return Addresses(
        domains=tuple(
            DomainLine(
                row.pk,
                row.area.name,
                row.name,
                row.because,
                row.allowed_by.name if row.allowed_by else "When the hub was set up",
                row.allowed_at,
            )
            for row in domains
        ),
        agencies=tuple(_agency(row, allowed) for row in _agencies(areas)),
    )


def _agencies(areas: Iterable[int]) -> QuerySet[Agency]:
    rows = Agency.objects.filter(mode=Agency.EMAIL, areas__in=list(areas), left_on=None)
    return rows.prefetch_related("addresses").distinct().order_by("name")


def _agency(row: Agency, allowed: set[str]) -> AgencyLine:
    live = [one for one in row.addresses.all() if one.withdrawn_at is None]
    return AgencyLine(
        row.name,
        tuple(
            AddressLine(one.pk, one.email, one.is_written_to, one.email.rpartition("@")[2].lower() in allowed)
            for one in sorted(live, key=lambda one: (not one.is_written_to, one.email))
        ),
    )


def choices_of_areas(by: User, permission: Permission) -> tuple[tuple[int, str], ...]:
    return tuple(Area.objects.filter(pk__in=by.areas_where(permission)).order_by("name").values_list("pk", "name"))


def choices_of_agencies(by: User) -> tuple[tuple[int, str], ...]:
    return tuple((row.pk, row.name) for row in _agencies(by.areas_where(Permission.KEEP_ADDRESSES)))


def load_domain(number: int, *, by: User) -> Domain:
    """A live domain of an area whose addresses the user keeps."""
    areas = by.areas_where(Permission.KEEP_ADDRESSES)
    row = Domain.objects.select_related("area").filter(pk=number, area__in=areas, withdrawn_at=None).first()
    if row is None:
        raise Http404
    return row


def load_address(number: int, *, by: User) -> Address:
    row = Address.objects.select_related("agency").filter(pk=number, withdrawn_at=None).first()
    if row is None or not may_keep_address(by, row.agency):
        raise Http404
    return row


def load_agency(number: int, *, by: User) -> Agency:
    row = Agency.objects.filter(pk=number).first()
    if row is None or not may_keep_address(by, row):
        raise Http404
    return row
