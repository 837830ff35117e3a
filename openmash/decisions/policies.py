"""Who proposes, who decides, who tells the referrer, and what an enquiry cannot be closed without.

Only the statutory decision-maker of the local authority decides (M79; Children Acts 1989 and 2004); others advise.
"""

from collections.abc import Callable

from openmash.adults.policies import is_child_considered, is_recorded
from openmash.agencies.models import User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.decisions.codes import OUTCOMES
from openmash.decisions.models import Decision, Feedback, LateAnswer
from openmash.disclosure.models import NoRelease, Release
from openmash.disclosure.workflow import APPROVED, UNFINISHED, WAS_OUT
from openmash.enquiries.models import Enquiry
from openmash.enquiries.policies import may_reopen as may_reopen_enquiry
from openmash.enquiries.workflow import CLOSED, DECIDED, GATHERING, JOURNEY, RECEIVED, REVIEW, TRIAGED
from openmash.kit.verdict import YES, Verdict, need

BEFORE_CLOSING: list[Callable[[Enquiry], Verdict]] = []
"""What later rooms want before an enquiry is closed; each adds its own when the application starts."""

_NOT_YET = "Rate the enquiry first, or decide without research."


def may_draft(by: Actor, enquiry: Enquiry) -> Verdict:
    """A triage social worker or a manager writes, until a manager writes: sealed items may then be in the words."""
    return (
        holds(by, Permission.PROPOSE_DECISION, enquiry.area_id)
        & need(enquiry.status in (TRIAGED, GATHERING, REVIEW), _stage(enquiry))
        & (YES if holds(by, Permission.DECIDE, enquiry.area_id) else _not_with_a_manager(enquiry))
    )


def may_propose(by: Actor, enquiry: Enquiry) -> Verdict:
    return may_draft(by, enquiry)


def _not_with_a_manager(enquiry: Enquiry) -> Verdict:
    return need(not is_with_a_manager(unsigned(enquiry)), "A practice manager is writing the decision now.")


def unsigned(enquiry: Enquiry) -> Decision | None:
    """The draft or proposal of an enquiry, when there is one."""
    return Decision.objects.filter(enquiry=enquiry, signed_at=None).select_related("drafted_by", "proposed_by").first()


def is_with_a_manager(draft: Decision | None) -> bool:
    """Whether a decision-maker has written in the draft, so that those who may not open sealed items see it no more."""
    writer = draft.drafted_by if draft else None
    return bool(draft and writer and holds(writer, Permission.DECIDE, draft.enquiry.area_id))


def _stage(enquiry: Enquiry) -> str:
    if enquiry.status in (DECIDED, CLOSED):
        return "The enquiry is decided. Reopen it first."
    return _NOT_YET


def may_decide(by: Actor, enquiry: Enquiry) -> Verdict:
    """The statutory decision-maker, once agencies were asked; early or late with a reason (M79, M100)."""
    return (
        holds(by, Permission.DECIDE, enquiry.area_id)
        & need(isinstance(by, User), "A decision is signed by a person.")
        & need(
            enquiry.status in (GATHERING, REVIEW),
            "No agency has been asked. Ask the agencies, or decide without research."
            if enquiry.status == TRIAGED
            else _stage(enquiry),
        )
        & is_child_considered(by, enquiry)
        & is_recorded(by, enquiry)
    )


def may_decide_directly(by: Actor, enquiry: Enquiry) -> Verdict:
    """What needs no research is decided without it, by the same decision-maker (M2)."""
    return (
        holds(by, Permission.DECIDE, enquiry.area_id)
        & need(isinstance(by, User), "A decision is signed by a person.")
        & JOURNEY.may_make("decide_directly", enquiry.status)
        & is_child_considered(by, enquiry)
    )


def may_put_away(by: Actor, enquiry: Enquiry) -> Verdict:
    """What was held as spam, and is, is put away by whoever screens: kept and counted, never lost."""
    return holds(by, Permission.SCREEN, enquiry.area_id) & need(
        enquiry.is_held and enquiry.status == RECEIVED, "Only what is held as spam is put away like this."
    )


def may_continue_research(by: Actor, enquiry: Enquiry) -> Verdict:
    """Green research may run past the one working day, when the decision-maker says that there is no immediate risk."""
    return (
        holds(by, Permission.DECIDE, enquiry.area_id)
        & need(enquiry.status in (TRIAGED, GATHERING, REVIEW), _stage(enquiry))
        & need(
            enquiry.research_due_at is not None and enquiry.research_due_at > enquiry.statutory_due_at,
            "Research is due no later than the decision, so there is nothing to continue.",
        )
        & need(not enquiry.research_continues, "It is recorded already that research continues.")
    )


def may_meet_late_answer(by: Actor, enquiry: Enquiry) -> Verdict:
    """The decision-maker says that the decision stands, or reopens (D1)."""
    return holds(by, Permission.DECIDE, enquiry.area_id)


def may_reopen(by: Actor, enquiry: Enquiry) -> Verdict:
    return may_reopen_enquiry(by, enquiry) & JOURNEY.may_make("reopen", enquiry.status)


def may_give_feedback(by: Actor, enquiry: Enquiry) -> Verdict:
    """Working Together 2023: the referrer is told what was decided, or it is recorded why not."""
    return holds(by, Permission.GIVE_FEEDBACK, enquiry.area_id) & need(
        enquiry.status == DECIDED, "The referrer is told once the enquiry is decided."
    )


def may_close(by: Actor, enquiry: Enquiry) -> Verdict:
    """Nothing closes before the referrer is told, late answers are met, and what is let out has been decided (M82)."""
    verdict = (
        holds(by, Permission.GIVE_FEEDBACK, enquiry.area_id)
        & JOURNEY.may_make("close", enquiry.status)
        & _referrer_told(enquiry)
        & need(
            not LateAnswer.objects.filter(enquiry=enquiry, did="").exists(),
            "An answer came after the decision. The decision-maker has to say whether the decision stands.",
        )
        & _release_decided(enquiry)
    )
    for wants in BEFORE_CLOSING:
        verdict = verdict & wants(enquiry)
    return verdict


def last_signed(enquiry: Enquiry) -> Decision | None:
    return Decision.objects.filter(enquiry=enquiry).exclude(signed_at=None).order_by("-number").first()


def _referrer_told(enquiry: Enquiry) -> Verdict:
    decision = last_signed(enquiry)
    told = decision and Feedback.objects.filter(enquiry=enquiry, at__gte=decision.signed_at).exists()
    return need(bool(told), "Tell the referrer what was decided, or record why not.")


def _release_decided(enquiry: Enquiry) -> Verdict:
    decision = last_signed(enquiry)
    kinds = decision.outcomes.values_list("kind", flat=True) if decision else ()
    if not any(OUTCOMES[kind].sends_work for kind in kinds):
        return YES
    releases = set(Release.objects.filter(enquiry=enquiry).values_list("status", flat=True))
    settled = releases & {*WAS_OUT} or NoRelease.objects.filter(enquiry=enquiry).exists()
    return need(
        bool(settled), "Release what the receiving team needs, or record that nothing is shared and why."
    ) & need(not releases & {*UNFINISHED, APPROVED}, "A release is not finished. Finish it, or put it aside.")
