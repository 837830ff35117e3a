"""Handing on: to a team or an agency that acknowledges it, passes it on or steps it back up, and says how it ended."""

from datetime import date, datetime, timedelta

from openmash.agencies import letters
from openmash.agencies.models import Team, User
from openmash.agencies.roles import Permission
from openmash.allocation.codes import BECAME
from openmash.allocation.models import Handover
from openmash.allocation.policies import (
    may_acknowledge,
    may_decline_step_up,
    may_hand_on,
    may_pass_on,
    may_record_what_became,
    may_step_up,
)
from openmash.audit.action import Refused, action
from openmash.decisions.codes import OUTCOMES
from openmash.decisions.models import Decision, Outcome
from openmash.enquiries.models import Enquiry
from openmash.enquiries.steps import meet_need, note_step, raise_need
from openmash.gathering.standing import may_be_sent_about
from openmash.kit.verdict import need

IMMEDIATE = timedelta(hours=1)


@action(may=may_hand_on, event="decision.handed-on")
def hand_on(decision: Decision, *, by: User, now: datetime) -> Decision:
    """Hand every outcome that has an owner to that owner, who is told at once: the reference and a link.

    What an earlier decision handed on and nobody has acknowledged yet is replaced. Due in one working day; what is
    immediate, in one hour, by day or night (M102).
    """
    _supersede(decision, by, now)
    for outcome in decision.outcomes.select_related("team", "agency").order_by("id"):
        if outcome.team or outcome.agency:
            _hand(decision.enquiry, outcome, now)
    return decision


def on_signing(decision: Decision, by: User, now: datetime) -> None:
    """On the list of what follows a signature: `decisions.actions.AFTER_SIGNING`."""
    hand_on(decision, by=by, now=now)


def _hand(
    enquiry: Enquiry, outcome: Outcome, now: datetime, before: Handover | None = None, **given: object
) -> Handover:
    is_immediate = OUTCOMES[outcome.kind].is_immediate and before is None
    due_at = now + IMMEDIATE if is_immediate else enquiry.area.working_time.add_days(now, 1)
    facts = {"team": outcome.team, "agency": outcome.agency, **given}
    handover = Handover.objects.create(
        outcome=outcome, enquiry=enquiry, handed_at=now, due_at=due_at, passed_from=before, **facts
    )
    raise_need(
        enquiry,
        "handover",
        "Something was handed to you: acknowledge it",
        path=f"/received/{handover.pk}/",
        due_at=due_at,
        now=now,
        team=handover.team,
        agency=None if handover.team else handover.agency,
        about=str(handover.pk),
    )
    return handover


def _supersede(decision: Decision, by: User, now: datetime) -> None:
    waiting = Handover.objects.filter(
        enquiry=decision.enquiry_id, superseded_at=None, acknowledged_at=None, passed_to=None
    ).exclude(outcome__decision=decision)
    for row in waiting.select_for_update(
        of=("self",), no_key=True, skip_locked=True
    ):  # who is acknowledging now is let finish
        row.superseded_at = now
        row.save(update_fields=["superseded_at"])
        meet_need(decision.enquiry, "handover", by=by, now=now, about=str(row.pk))


@action(may=may_acknowledge, event="handover.acknowledged")
def acknowledge(
    handover: Handover, *, by: User, now: datetime, worker: str, first_meeting_on: date | None = None
) -> Handover:
    """We have it: who takes it on; for a team around the family the lead professional and the first meeting (M22)."""
    handover.acknowledged_by, handover.acknowledged_at = by, now
    handover.worker, handover.first_meeting_on = worker, first_meeting_on
    handover.save(update_fields=["acknowledged_by", "acknowledged_at", "worker", "first_meeting_on"])
    enquiry = _note(handover, "acknowledged", f"Acknowledged by {handover.owner_name}", by, now)
    meet_need(enquiry, "handover", by=by, now=now, about=str(handover.pk))
    return handover


@action(may=may_step_up, event="handover.stepped-up")
def step_up(handover: Handover, *, by: User, now: datetime, because: str) -> Handover:
    """Back up to the decision-maker, who reopens or says why not. It stays with the team until then."""
    handover.stepped_up_by, handover.stepped_up_at, handover.stepped_up_because = by, now, because
    handover.step_up_did, handover.step_up_did_because = "", ""
    handover.step_up_did_by, handover.step_up_did_at = None, None
    handover.save()
    enquiry = _note(handover, "stepped-up", f"Stepped back up by {handover.owner_name}", by, now)
    raise_need(
        enquiry,
        "step_up",
        "A receiving team stepped it back up",
        path=f"/enquiry/{enquiry.reference}/stepped-up/{handover.pk}/",
        due_at=enquiry.area.working_time.add_hours(now, 4),
        now=now,
        permission=Permission.DECIDE,
        about=str(handover.pk),
    )
    return handover


@action(may=may_decline_step_up, event="handover.step-up-declined")
def decline_step_up(handover: Handover, *, by: User, now: datetime, because: str) -> Handover:
    """The decision stands; whoever stepped it up is told that the reasons can be read."""
    _answer_step_up(handover, "declined", because, by, now)
    enquiry = _note(handover, "step-up-declined", "Stepped up, and not reopened", by, now)
    asked = handover.stepped_up_by
    letters.write(
        to=asked.email if asked else "",
        user=asked,
        about=enquiry.reference,
        subject=f"{enquiry.reference}: an answer from the hub",
        line="What you stepped up was not reopened. Sign in to read why.",
        link=f"/received/{handover.pk}/",
        key=f"step-up-declined-{handover.pk}-{now.isoformat()}",
        now=now,
    )
    return handover


def on_reopening(enquiry: Enquiry, by: User, now: datetime, because: str) -> None:
    """On the list of what follows a reopening: whoever stepped it up has their answer."""
    waiting = Handover.objects.filter(enquiry=enquiry, step_up_did="").exclude(stepped_up_at=None)
    for handover in waiting.select_for_update(of=("self",), no_key=True, skip_locked=True):
        _answer_step_up(handover, "reopened", because, by, now)


def _answer_step_up(handover: Handover, did: str, because: str, by: User, now: datetime) -> None:
    handover.step_up_did, handover.step_up_did_because = did, because
    handover.step_up_did_by, handover.step_up_did_at = by, now
    handover.save()
    meet_need(handover.enquiry, "step_up", by=by, now=now, about=str(handover.pk))


@action(may=may_pass_on, event="handover.passed-on")
def pass_on(handover: Handover, *, by: User, now: datetime, team: Team, because: str) -> Handover:
    """To another team of the area, which acknowledges it in its turn: stepped down, or moved (M77, both ways)."""
    refused = need(team.area_id == handover.enquiry.area_id and team.pk != handover.team_id, "Choose another team.")
    refused = refused & may_be_sent_about(team.agency, handover.enquiry)
    if not refused:
        raise Refused("handover.passed-on", refused)
    enquiry = _note(handover, "passed-on", f"Passed on from {handover.owner_name} to {team.name}", by, now)
    return _hand(enquiry, handover.outcome, now, handover, team=team, agency=None, passed_because=because)


@action(may=may_record_what_became, event="handover.followed-up", keeps=("became",))
def record_what_became(handover: Handover, *, by: User, now: datetime, became: str) -> Handover:
    """What came of it (M13): assessment finished, no further action, a plan. It may change later; steps keep each."""
    handover.became, handover.became_at = became, now
    handover.save(update_fields=["became", "became_at"])
    _note(handover, "followed-up", BECAME[became], by, now)
    return handover


def _note(handover: Handover, what: str, says: str, by: User, now: datetime) -> Enquiry:
    enquiry = (
        Enquiry.objects.select_for_update(of=("self",), no_key=True).select_related("area").get(pk=handover.enquiry_id)
    )
    note_step(enquiry, what, says, by=by, now=now)
    return enquiry
