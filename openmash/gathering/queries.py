"""What is seen of the requests and of the answers that came, by whom. Never what an answer says: that is sealed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from openmash.agencies.models import Agency, User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.action import known_to
from openmash.audit.actors import Actor
from openmash.enquiries.models import Enquiry
from openmash.gathering.by_post import is_by_post
from openmash.gathering.clocks import due_now
from openmash.gathering.models import Answer, Override, RatingAlert, Request
from openmash.gathering.policies import (
    is_of_agency,
    may_ask,
    may_chase,
    may_know_of_override,
    may_know_what_came,
    may_meet_alert,
    may_take_to_review,
    may_withdraw,
)
from openmash.intelligence import actions as intelligence
from openmash.kit.verdict import Verdict
from openmash.triage.policies import may_record_basis
from openmash.triage.queries import BasisLine, basis_line, latest_basis

_CHECKED = ("known", "not_known")


def outstanding(enquiry_numbers: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """For a list of enquiries: the agencies that have still to answer, first due first. One query however many."""
    rows = Request.objects.filter(enquiry__in=list(enquiry_numbers), answered_at=None, withdrawn_at=None)
    waiting: dict[int, list[str]] = {}
    for enquiry, agency in rows.order_by(due_now(), "id").values_list("enquiry_id", "agency__name"):
        waiting.setdefault(enquiry, []).append(agency)
    return {enquiry: tuple(agencies) for enquiry, agencies in waiting.items()}


@dataclass(frozen=True)
class RequestLine:
    """One request and how it stands.

    `state` is waiting, late, answered, nothing_known or withdrawn. Nothing known, the count of systems and that sealed
    items exist are told only to those who may know what came; for a coordinator they are empty.
    """

    token: UUID
    agency: str
    agency_key: str
    mode: str
    asked_at: datetime
    asked_by: str
    because: str
    overridden_because: str
    due_at: datetime
    state: str
    answered_at: datetime | None
    rating: str
    systems: str
    sealed: str
    chased_at: datetime | None
    withdrawn_because: str
    may_chase: Verdict
    may_withdraw: Verdict
    is_by_post: bool
    may_see_post: Verdict


@dataclass(frozen=True)
class AlertLine:
    """An agency rated higher than the enquiry, and what the practice manager did about it: nothing yet, or what."""

    token: UUID
    agency: str
    agency_rating: str
    enquiry_rating: str
    did: str
    because: str
    by: str
    may_meet: Verdict


@dataclass(frozen=True)
class Summary:
    """The desk's tab "requests and answers"."""

    reference: str
    path: str
    lines: tuple[RequestLine, ...]
    alerts: tuple[AlertLine, ...]
    basis: BasisLine | None
    may_ask: Verdict
    may_record_basis: Verdict
    may_take_to_review: Verdict
    may_know_what_came: bool
    waiting: int


def summary(enquiry: Enquiry, *, by: Actor, now: datetime) -> Summary:
    """Who was asked, why, by when, and how each request stands: as much of it as `by` may know."""
    knows = bool(may_know_what_came(by, enquiry))
    answers, sealed = _answers(enquiry), _sealed(enquiry, by, now) if knows else {}
    rows = Request.objects.filter(enquiry=enquiry).select_related("agency", "asked_by", "enquiry")
    lines = tuple(
        _line(row, answers.get(row.pk, []), sealed.get(row.agency_id, 0), knows, by, now)
        for row in rows.annotate(due=due_now()).order_by("due", "id")
    )
    return Summary(
        reference=enquiry.reference,
        path=f"/enquiry/{enquiry.reference}/",
        lines=lines,
        alerts=_alerts(enquiry, by),
        basis=basis_line(latest_basis(enquiry)),
        may_ask=may_ask(by, enquiry),
        may_record_basis=may_record_basis(by, enquiry),
        may_take_to_review=may_take_to_review(by, enquiry),
        may_know_what_came=knows,
        waiting=sum(line.state in ("waiting", "late") for line in lines),
    )


def _answers(enquiry: Enquiry) -> dict[int, list[Answer]]:
    found: dict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(enquiry=enquiry).prefetch_related("checks").order_by("id"):
        found[answer.request_id].append(answer)
    return found


def _sealed(enquiry: Enquiry, by: Actor, now: datetime) -> dict[int, int]:
    counts = intelligence.count(enquiry, by=by, now=now)
    return {found.agency: found.items for found in counts if found.sensitivity == "X"}


def _line(row: Request, answers: list[Answer], sealed: int, knows: bool, by: Actor, now: datetime) -> RequestLine:
    last = answers[-1] if answers else None
    return RequestLine(
        token=row.token,
        agency=row.agency.name,
        agency_key=row.agency.key,
        mode=Agency.MODES[row.agency.mode],
        asked_at=row.asked_at,
        asked_by=row.asked_by.name,
        because=row.proportionate_because,
        overridden_because=row.overridden_because,
        due_at=row.due,  # type: ignore[attr-defined]
        state=_state(row, answers, knows, now),
        answered_at=last.at if last else None,
        rating=next((answer.rating for answer in reversed(answers) if answer.rating), ""),
        systems=_systems(last) if last and knows else "",
        sealed=("A sealed item exists" if sealed == 1 else f"{sealed} sealed items exist") if sealed else "",
        chased_at=row.chased_at,
        withdrawn_because=row.withdrawn_because,
        may_chase=may_chase(by, row),
        may_withdraw=may_withdraw(by, row),
        is_by_post=is_by_post(row),
        may_see_post=holds(by, Permission.CHASE, row.enquiry.area_id),
    )


def _state(row: Request, answers: list[Answer], knows: bool, now: datetime) -> str:
    if row.withdrawn_at:
        return "withdrawn"
    if answers:
        return "nothing_known" if knows and all(answer.is_nothing_known for answer in answers) else "answered"
    return "late" if now >= row.due else "waiting"  # type: ignore[attr-defined]


def _systems(answer: Answer) -> str:
    checks = list(answer.checks.all())
    return f"{sum(check.result in _CHECKED for check in checks)} of {len(checks)} systems checked"


def _alerts(enquiry: Enquiry, by: Actor) -> tuple[AlertLine, ...]:
    rows = RatingAlert.objects.filter(enquiry=enquiry).select_related("answer__agency", "by", "enquiry")
    return tuple(
        AlertLine(
            token=row.answer.token,
            agency=row.answer.agency.name,
            agency_rating=row.agency_rating,
            enquiry_rating=row.enquiry_rating,
            did=row.did,
            because=row.because,
            by=row.by.name if row.by else "",
            may_meet=may_meet_alert(by, row),
        )
        for row in rows.order_by("id")
    )


def load_request(token: UUID, *, by: User) -> Request:
    """The row, for those who answer for the agency that is asked; 404 for everybody else, as for none."""
    row = Request.objects.select_related("agency", "enquiry__area").filter(token=token).first()
    return known_to(by, row, is_of_agency, event="request.looked-up")


def load_request_of(enquiry: Enquiry, token: UUID) -> Request:
    """The row of one request about an enquiry that the caller has been let to; 404 when it is about another."""
    row = Request.objects.select_related("agency", "enquiry").filter(enquiry=enquiry, token=token).first()
    if row is None:
        raise Http404
    return row


def load_alert(enquiry: Enquiry, answer: UUID) -> RatingAlert:
    """The alert that an answer raised; 404 when it raised none."""
    rows = RatingAlert.objects.select_related("answer__agency", "enquiry")
    row = rows.filter(enquiry=enquiry, answer__token=answer).first()
    if row is None:
        raise Http404
    return row


@dataclass(frozen=True)
class OverrideLine:
    """What the governance lead sees: which enquiry by reference, which agency, who wants it and why. No case."""

    number: int
    reference: str
    area: str
    rating: str
    agency: str
    mode: str
    wanted_by: str
    wanted_at: datetime
    wanted_because: str
    did: str
    because: str


def load_override(number: int, *, by: User) -> Override:
    """The row, for the governance lead of the area; 404 for everybody else."""
    row = Override.objects.select_related("enquiry__area", "agency", "wanted_by").filter(pk=number).first()
    return known_to(by, row, may_know_of_override, event="override.looked-up")


def override_line(row: Override) -> OverrideLine:
    return OverrideLine(
        number=row.pk,
        reference=row.enquiry.reference,
        area=row.enquiry.area.name,
        rating=row.enquiry.rating,
        agency=row.agency.name,
        mode=Agency.MODES[row.agency.mode],
        wanted_by=row.wanted_by.name,
        wanted_at=row.wanted_at,
        wanted_because=row.wanted_because,
        did=row.did,
        because=row.because,
    )
