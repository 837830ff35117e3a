"""What was handed on, as its receiver and as the hub see it. Finished values; nothing of the sealed room is here."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from openmash.agencies.models import User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.allocation.codes import BECAME, STEP_UP_DID
from openmash.allocation.models import Handover
from openmash.allocation.policies import (
    may_acknowledge,
    may_decline_step_up,
    may_pass_on,
    may_receive,
    may_record_what_became,
    may_step_up,
)
from openmash.audit.action import known_to
from openmash.audit.actors import Actor
from openmash.decisions.codes import OUTCOMES
from openmash.disclosure.queries import ReleasedLine, released_to
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import PartyLine, children_of, parties
from openmash.gathering.standing import may_be_sent_about, may_be_sent_among
from openmash.kit.number import number_in
from openmash.kit.verdict import Verdict
from openmash.notifications.queries import count_forwarded

PAGE = 50


@dataclass(frozen=True)
class HandoverLine:
    """One handover in a list. `state` is waiting, overdue, acknowledged, passed-on or replaced."""

    number: int
    reference: str
    outcome: str
    owner: str
    children: str
    handed_at: datetime
    due_at: datetime
    state: str
    worker: str
    acknowledged_by: str
    acknowledged_at: datetime | None
    first_meeting_on: date | None
    is_stepped_up: bool
    step_up: str
    became: str


@dataclass(frozen=True)
class Received:
    """What was handed to a user's team or agency: first what waits, first due first; then the rest, newest first.

    `from_police` is how many notifications the police forwarded to them that nobody has acknowledged.
    """

    waiting: tuple[HandoverLine, ...]
    others: tuple[HandoverLine, ...]
    next_after: str
    from_police: int


def mine(by: User) -> QuerySet[Handover]:
    """The handovers of the user's own teams, and of their agency where no team was named."""
    agency_areas = by.areas_where(Permission.RECEIVE_RELEASE) | by.areas_where(Permission.ANSWER)
    wanted = Q(team__in=by.team_ids) | Q(team=None, agency=by.agency_id, enquiry__area__in=agency_areas)
    return Handover.objects.filter(wanted).select_related("outcome", "team", "agency", "enquiry", "acknowledged_by")


def received(by: User, *, now: datetime, after: str = "") -> Received:
    """One page. `after` is the key that the last page ended with. The same few queries, however many there are."""
    rows = mine(by).filter(superseded_at=None)
    waiting = (
        list(rows.filter(acknowledged_at=None, passed_to=None).order_by("due_at", "id")[:PAGE]) if not after else []
    )
    rest = mine(by).exclude(acknowledged_at=None, superseded_at=None, passed_to=None).order_by("-id")
    if number_in(after):
        rest = rest.filter(pk__lt=number_in(after))
    others = list(rest[: PAGE + 1])
    found = [*waiting, *others[:PAGE]]
    passed = _passed(found)
    known = may_be_sent_among(by.agency, [row.enquiry for row in found])
    children = children_of(sorted(known))
    lines = [_line(row, now, children.get(row.enquiry_id, ""), row.pk in passed) for row in found]
    more = str(others[PAGE - 1].pk) if len(others) > PAGE else ""
    return Received(tuple(lines[: len(waiting)]), tuple(lines[len(waiting) :]), more, count_forwarded(by=by))


def _passed(rows: list[Handover]) -> set[int]:
    numbers = Handover.objects.filter(passed_from__in=[row.pk for row in rows])
    return {number for number in numbers.values_list("passed_from_id", flat=True) if number is not None}


def _line(row: Handover, now: datetime, children: str, is_passed: bool) -> HandoverLine:
    return HandoverLine(
        number=row.pk,
        reference=row.enquiry.reference,
        outcome=OUTCOMES[row.outcome.kind].label,
        owner=row.owner_name,
        children=children,
        handed_at=row.handed_at,
        due_at=row.due_at,
        state=_state(row, now, is_passed),
        worker=row.worker,
        acknowledged_by=row.acknowledged_by.name if row.acknowledged_by else "",
        acknowledged_at=row.acknowledged_at,
        first_meeting_on=row.first_meeting_on,
        is_stepped_up=row.stepped_up_at is not None,
        step_up=STEP_UP_DID.get(row.step_up_did, "Waits for the practice manager" if row.stepped_up_at else ""),
        became=BECAME.get(row.became, ""),
    )


def _state(row: Handover, now: datetime, is_passed: bool) -> str:
    if row.superseded_at:
        return "replaced"
    if is_passed:
        return "passed-on"
    if row.acknowledged_at:
        return "acknowledged"
    return "overdue" if row.due_at <= now else "waiting"


def load_received(number: int, *, by: Actor) -> Handover:
    """The row, for its receiver's acts; 404 when there is none or it was handed to somebody else."""
    row = Handover.objects.select_related("enquiry__area", "outcome", "team", "agency").filter(pk=number).first()
    return known_to(by, row, may_receive, event="handover.looked-up")


@dataclass(frozen=True)
class ReceivedOne:
    """One handover as its receiver sees it: what is asked, of which children, what was released, what may be done."""

    line: HandoverLine
    hub: str
    telephone: str
    what: str
    within: str
    children: tuple[PartyLine, ...]
    released: tuple[ReleasedLine, ...]
    passed_because: str
    stepped_up_because: str
    step_up_because: str
    may: dict[str, Verdict]
    is_team_around_family: bool
    withheld: str


_MAY = {
    "acknowledge": may_acknowledge,
    "step_up": may_step_up,
    "pass_on": may_pass_on,
    "became": may_record_what_became,
}


def received_one(row: Handover, *, by: User, now: datetime) -> ReceivedOne:
    """Everything that the receiver needs in order to act, and nothing that was not released to them.

    To an agency without a live signature, not whom it is about or what is asked: `withheld` says so.
    """
    sent = may_be_sent_about(by.agency, row.enquiry)
    children = tuple(line for line in parties(row.enquiry_id) if sent and line.role in ("child", "unborn"))
    reference = row.enquiry.reference
    return ReceivedOne(
        line=_line(row, now, "", bool(_passed([row]))),
        hub=row.enquiry.area.hub_name,
        telephone=row.enquiry.area.telephone,
        what=row.outcome.what if sent else "",
        within=row.outcome.within,
        children=children,
        released=tuple(line for line in released_to(by, now=now) if line.reference == reference),
        passed_because=row.passed_because,
        stepped_up_because=row.stepped_up_because,
        step_up_because=row.step_up_did_because,
        may={key: may(by, row) for key, may in _MAY.items()},
        is_team_around_family=row.outcome.kind == "team_around_family",
        withheld=sent.why,
    )


@dataclass(frozen=True)
class HandoverSummary:
    """The handovers of an enquiry for its decision area. The reasons of a step-up are for the decision-maker."""

    lines: tuple[HandoverLine, ...]
    step_ups: tuple[tuple[str, str, str], ...]


def summary(enquiry: Enquiry, *, by: Actor, now: datetime) -> HandoverSummary:
    """Who has what was handed on, and whether they acknowledged it; step-ups as (owner, why, path of the answer)."""
    if not holds(by, Permission.SEE_ENQUIRIES, enquiry.area_id):
        return HandoverSummary((), ())
    rows = Handover.objects.filter(enquiry=enquiry).order_by("id")
    found = list(rows.select_related("outcome", "team", "agency", "enquiry", "acknowledged_by"))
    passed = _passed(found)
    lines = tuple(_line(row, now, "", row.pk in passed) for row in found)
    waiting = [row for row in found if may_decline_step_up(by, row)]
    path = f"/enquiry/{enquiry.reference}/stepped-up/"
    named = {line.number: line.owner for line in lines}
    return HandoverSummary(lines, tuple((named[row.pk], row.stepped_up_because, f"{path}{row.pk}/") for row in waiting))


def load_step_up(enquiry: Enquiry, number: int, *, by: Actor) -> Handover:
    """A handover of an enquiry that was stepped up, for the decision-maker; otherwise 404."""
    rows = Handover.objects.select_related("enquiry__area", "outcome", "team", "agency", "stepped_up_by")
    row = rows.filter(enquiry=enquiry, pk=number).exclude(stepped_up_at=None).first()
    if row is None or not holds(by, Permission.DECIDE, enquiry.area_id):
        raise Http404
    return row


def other_teams(row: Handover) -> tuple[tuple[str, str], ...]:
    """The teams of the area to which a handover can be passed on, as choices."""
    teams = row.enquiry.area.teams.order_by("name").values_list("pk", "name")
    return tuple((str(number), name) for number, name in teams if number != row.team_id)
