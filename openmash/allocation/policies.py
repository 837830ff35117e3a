"""Who takes on what was handed on. A receiving team sees its own handovers and nothing of the sealed room."""

from openmash.agencies.models import User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.allocation.models import Handover
from openmash.audit.actors import Actor
from openmash.decisions.models import Decision
from openmash.enquiries.models import Enquiry
from openmash.enquiries.policies import may_see
from openmash.enquiries.workflow import CLOSED, DECIDED
from openmash.kit.verdict import Verdict, need


def may_carry_over(by: Actor, enquiry: Enquiry) -> Verdict:
    """Whoever sees a decided enquiry takes it over into the council's own system (M113)."""
    return may_see(by, enquiry) & need(enquiry.status in (DECIDED, CLOSED), "It is handed over once it is decided.")


def may_hand_on(by: Actor, decision: Decision) -> Verdict:
    """Whoever signs a decision hands its outcomes on, by signing."""
    return need(
        decision.signed_by_id is not None and decision.signed_by_id == by.ledger_id,
        "Outcomes are handed on by signing the decision.",
    )


def may_receive(by: Actor, handover: Handover) -> Verdict:
    """The team's own people; for what an agency owns, that agency's people in the hub and its recipients."""
    if not isinstance(by, User) or not by.is_active:
        return need(condition=False, reason="Sign in to do this.")
    area = handover.enquiry.area_id
    if handover.team_id:
        ours = handover.team_id in by.team_ids and holds(by, Permission.RECEIVE_RELEASE, area)
    else:
        ours = by.agency_id == handover.agency_id and (
            holds(by, Permission.RECEIVE_RELEASE, area) or holds(by, Permission.ANSWER, area)
        )
    return need(bool(ours), "This was handed to somebody else.")


def _is_live(handover: Handover) -> Verdict:
    return need(handover.superseded_at is None, "A later decision took the place of this.") & need(
        not hasattr(handover, "passed_to"), "This was passed on."
    )


def may_acknowledge(by: Actor, handover: Handover) -> Verdict:
    return (
        may_receive(by, handover)
        & _is_live(handover)
        & need(handover.acknowledged_at is None, "This is acknowledged already.")
    )


def may_step_up(by: Actor, handover: Handover) -> Verdict:
    """Back up to the decision-maker: not for us, or more serious than it looked (M77). After closing too."""
    return (
        may_receive(by, handover)
        & _is_live(handover)
        & need(
            handover.stepped_up_at is None or bool(handover.step_up_did),
            "The practice manager has been asked already.",
        )
    )


def may_pass_on(by: Actor, handover: Handover) -> Verdict:
    """From one team to another, once it is acknowledged: stepped down to early help, or moved with the family."""
    return (
        may_receive(by, handover)
        & _is_live(handover)
        & need(handover.acknowledged_at is not None, "Acknowledge it before you pass it on.")
    )


def may_record_what_became(by: Actor, handover: Handover) -> Verdict:
    return (
        may_receive(by, handover)
        & _is_live(handover)
        & need(handover.acknowledged_at is not None, "Acknowledge it first.")
    )


def may_decline_step_up(by: Actor, handover: Handover) -> Verdict:
    """The decision-maker reopens, or says why not."""
    return holds(by, Permission.DECIDE, handover.enquiry.area_id) & need(
        handover.stepped_up_at is not None and not handover.step_up_did, "Nothing has been stepped up."
    )


def everything_is_acknowledged(enquiry: Enquiry) -> Verdict:
    """What handing on wants before an enquiry closes; on the list `decisions.policies.BEFORE_CLOSING`."""
    live = Handover.objects.filter(enquiry=enquiry, superseded_at=None, passed_to=None)
    waiting = [one.owner_name for one in live.filter(acknowledged_at=None).select_related("team", "agency")]
    raised = live.exclude(stepped_up_at=None).filter(step_up_did="").exists()
    return need(
        not waiting, f"{' and '.join(waiting)} {'have' if len(waiting) > 1 else 'has'} not acknowledged."
    ) & need(not raised, "A team stepped it back up. Reopen, or say why not.")
