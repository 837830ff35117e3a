"""What is decided: drafted, proposed, signed, decided without research, continued; late answers; telling; closing."""

from collections.abc import Callable
from datetime import datetime

from openmash.agencies import letters
from openmash.agencies.models import User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, action, reading
from openmash.audit.actors import Actor
from openmash.decisions.complete import Unsaid, unsaid, unsaid_directly
from openmash.decisions.drafting import write_draft
from openmash.decisions.gaps import gaps, is_early, is_late
from openmash.decisions.given import GivenDecision, GivenOutcome
from openmash.decisions.models import Continuation, Decision, Feedback, LateAnswer, NotKnown
from openmash.decisions.policies import (
    last_signed,
    may_close,
    may_continue_research,
    may_decide,
    may_decide_directly,
    may_draft,
    may_give_feedback,
    may_meet_late_answer,
    may_propose,
    may_put_away,
    may_reopen,
)
from openmash.decisions.queries import referrer_line
from openmash.decisions.telling import unsafe_ways
from openmash.enquiries import actions as enquiries
from openmash.enquiries.clocks import set_running_clock
from openmash.enquiries.models import Enquiry
from openmash.enquiries.policies import may_call_back
from openmash.enquiries.queries import ReferrerLine
from openmash.enquiries.steps import meet_need, note_step, raise_need
from openmash.enquiries.whereabouts import refuse_if_told, tells_where
from openmash.enquiries.workflow import GATHERING
from openmash.gathering.models import Answer
from openmash.kit.verdict import Verdict, no
from openmash.people.reaching import DANGER_THERE

AFTER_SIGNING: list[Callable[[Decision, User, datetime], None]] = []
"""What later rooms do in the same transaction when a decision is signed; each adds itself as the application starts."""

AFTER_REOPENING: list[Callable[[Enquiry, User, datetime, str], None]] = []
"""The same, when a decided enquiry is reopened, with the reason."""


@action(may=may_draft, event="decision.drafted")
def draft(
    enquiry: Enquiry, *, by: User, now: datetime, given: GivenDecision, draft_seen: int | None = None, pen: str = ""
) -> Decision:
    """Keep what is written so far. Nothing is asked of it, and nobody is told."""
    return write_draft(enquiry, given, by=by, now=now, draft_seen=draft_seen, pen=pen)


@action(may=may_propose, event="decision.proposed")
def propose(
    enquiry: Enquiry, *, by: User, now: datetime, given: GivenDecision, draft_seen: int | None = None, pen: str = ""
) -> Decision:
    """Put it to the decision-maker. What was proposed is kept as it was, whatever is decided (M14)."""
    decision = write_draft(enquiry, given, by=by, now=now, draft_seen=draft_seen, pen=pen)
    decision.proposed_by, decision.proposed_at, decision.proposal = by, now, given.as_proposed()
    decision.save(update_fields=["proposed_by", "proposed_at", "proposal"])
    note_step(enquiry, "proposed", "Decision proposed", by=by, now=now)
    raise_need(
        enquiry,
        "decide",
        "A decision is proposed",
        path=f"/enquiry/{enquiry.reference}/decide/",
        due_at=enquiry.due_at or now,
        now=now,
        permission=Permission.DECIDE,
    )
    return decision


@action(may=may_decide, event="decision.signed")
def sign(
    enquiry: Enquiry, *, by: User, now: datetime, given: GivenDecision, draft_seen: int | None = None, pen: str = ""
) -> Decision:
    """Decide. Refused with everything that is not said yet; what was not known is frozen with it (D1, D6).

    Later rooms then hand each outcome on (`AFTER_SIGNING`), so that nothing that is signed is left with nobody.
    """
    decision = write_draft(enquiry, given, by=by, now=now, draft_seen=draft_seen, pen=pen)
    _refuse(
        "decision.signed",
        unsaid(
            given,
            enquiry,
            by=by,
            is_early=is_early(enquiry),
            is_late=is_late(enquiry, now),
            proposal=decision.proposal,
        ),
    )
    if enquiry.status == GATHERING:
        enquiries.advance(enquiry, by=by, now=now, move="review")
    return _signed(enquiry, decision, "decide", by, now)


@action(may=may_decide_directly, event="decision.signed-directly", keeps=("reason",))
def decide_directly(enquiry: Enquiry, *, by: User, now: datetime, reason: str, given: GivenDecision) -> Decision:
    """Decide without research: it is open already, for information, a duplicate, advice, clear, or spam (M2)."""
    _refuse("decision.signed-directly", unsaid_directly(given, reason, enquiry, by=by))
    decision = write_draft(enquiry, given, by=by, now=now, draft_seen=None, pen="")
    decision.is_direct, decision.direct_because = True, reason
    return _signed(enquiry, decision, "decide_directly", by, now)


@action(may=may_put_away, event="enquiry.put-away")
def put_away(enquiry: Enquiry, *, by: User, now: datetime, because: str) -> Decision:
    """What was held as spam is spam: decided, told to nobody, and closed in one step. It stays, and is counted."""
    given = GivenDecision(
        is_safeguarding_concern=False,
        rationale=because,
        not_known="Who sent it.",
        outcomes=(GivenOutcome("not_an_enquiry"),),
    )
    decision = write_draft(enquiry, given, by=by, now=now, draft_seen=None, pen="")
    decision.is_direct, decision.direct_because = True, "spam"
    _signed(enquiry, decision, "decide_directly", by, now)
    Feedback.objects.create(enquiry=enquiry, how="withheld", withheld_because="It was not an enquiry.", by=by, at=now)
    meet_need(enquiry, "feedback", by=by, now=now)
    enquiries.advance(enquiry, by=by, now=now, move="close")
    return decision


def _signed(enquiry: Enquiry, decision: Decision, move: str, by: User, now: datetime) -> Decision:
    NotKnown.objects.bulk_create(
        NotKnown(decision=decision, says=gap.says, agency_id=gap.agency) for gap in gaps(enquiry, now=now)
    )
    decision.signed_by, decision.signed_at = by, now
    decision.save()
    enquiries.advance(enquiry, by=by, now=now, move=move)
    enquiry.refresh_from_db()
    decision.enquiry = enquiry
    meet_need(enquiry, "decide", by=by, now=now)
    for follow in AFTER_SIGNING:
        follow(decision, by, now)
    raise_need(
        enquiry,
        "feedback",
        "Tell the referrer what was decided",
        path=f"/enquiry/{enquiry.reference}/feedback/",
        due_at=enquiry.due_at or now,
        now=now,
        permission=Permission.GIVE_FEEDBACK,
        tell=False,
    )
    return decision


def _refuse(event: str, found: tuple[Unsaid, ...]) -> None:
    if found:
        raise Refused(event, Verdict(tuple(dict.fromkeys(one.says for one in found))))


@action(may=may_continue_research, event="research.continued")
def continue_research(
    enquiry: Enquiry, *, by: User, now: datetime, no_immediate_risk_because: str, next_step: str
) -> Continuation:
    """Green research goes on past the one working day: no immediate risk, because; and the next step."""
    enquiry.research_continues = True
    set_running_clock(enquiry, now)
    enquiry.save(update_fields=["research_continues", "clock", "due_at"])
    note_step(enquiry, "continued", "Research continues: no immediate risk", by=by, now=now)
    return Continuation.objects.create(
        enquiry=enquiry, no_immediate_risk_because=no_immediate_risk_because, next_step=next_step, by=by, at=now
    )


def raise_late_answer(answer: Answer, by: Actor, now: datetime) -> None:
    """An answer came to a decided enquiry: the decision-makers are asked whether the decision stands (D1).

    On the list of what `gathering` does with a late answer, in the transaction that stores it.
    """
    decision = last_signed(answer.enquiry)
    if decision is None:
        return
    late = LateAnswer.objects.create(decision=decision, enquiry=answer.enquiry, answer=answer, raised_at=now)
    raise_need(
        answer.enquiry,
        "late_answer",
        "An answer came after the decision: does it stand?",
        path=f"/enquiry/{answer.enquiry.reference}/late/{late.pk}/",
        due_at=answer.enquiry.area.working_time.add_days(now, 1),
        now=now,
        permission=Permission.DECIDE,
        about=str(late.pk),
    )


@action(may=may_meet_late_answer, event="decision.confirmed")
def confirm(enquiry: Enquiry, *, by: User, now: datetime, late: int, because: str) -> LateAnswer:
    """The new items were read beside the old reasons: the decision stands, because."""
    row = LateAnswer.objects.filter(enquiry=enquiry, pk=late, did="").first()
    if row is None:
        raise Refused("decision.confirmed", no("Somebody has already answered this."))
    _meet(row, "stands", because, by, now)
    note_step(enquiry, "late-answer", "An answer came late: the decision stands", by=by, now=now)
    return row


@action(may=may_reopen, event="decision.reopened")
def reopen(enquiry: Enquiry, *, by: User, now: datetime, because: str) -> Enquiry:
    """Back to review: a late answer, a challenge, a team that stepped it up, new information. History is kept.

    `because` is read by everyone in the hub. Late answers that wait are met by this.
    """
    enquiries.reopen(enquiry, by=by, now=now, because=because)
    enquiry.refresh_from_db()
    for row in LateAnswer.objects.filter(enquiry=enquiry, did=""):
        _meet(row, "reopened", because, by, now)
    meet_need(enquiry, "feedback", by=by, now=now)
    for follow in AFTER_REOPENING:
        follow(enquiry, by, now, because)
    return enquiry


def _meet(late: LateAnswer, did: str, because: str, by: User, now: datetime) -> None:
    late.did, late.because, late.by, late.at = did, because, by, now
    late.save()
    meet_need(late.enquiry, "late_answer", by=by, now=now, about=str(late.pk))


@action(may=may_give_feedback, event="referrer.told", keeps=("how", "despite"))
def give_feedback(
    enquiry: Enquiry,
    *,
    by: User,
    now: datetime,
    how: str,
    words: str = "",
    withheld_because: str = "",
    said_to: str = "",
    despite: str = "",
) -> Feedback:
    """Tell the referrer, or record why not. The words are those that the decision-maker signed, or gives now.

    A way that is not safe (`telling.unsafe_ways`) is refused unless `despite` says why it has to be this one; where
    somebody is a danger to one of these people, it is refused whatever the reason.
    An e-mail says only that an outcome is ready; a professional with an account reads the words after signing in.
    """
    decision = last_signed(enquiry)
    approved = decision.for_referrer if decision else ""
    words = words or approved if holds(by, Permission.DECIDE, enquiry.area_id) else approved
    told = how != "withheld"
    if not (words if told else withheld_because):
        raise Refused("referrer.told", no("Enter what the referrer is told, or why they are not."))
    if (unsafe := unsafe_ways(enquiry).get(how)) == DANGER_THERE:
        raise Refused("referrer.told", no(unsafe))
    if unsafe and not despite.strip():
        raise Refused("referrer.told", no(f"{unsafe} Tell them in another way, or say why it has to be this one."))
    refuse_if_told("referrer.told", tells_where({"words": words if told else ""}, enquiry, by=by))
    feedback = Feedback.objects.create(
        enquiry=enquiry,
        how=how,
        words=words if told else "",
        withheld_because="" if told else withheld_because,
        said_to=said_to,
        despite=despite.strip() if unsafe else "",
        by=by,
        at=now,
    )
    if how == "email":
        _write_to_referrer(enquiry, feedback, now)
    says = "Referrer not told, with a reason" if how == "withheld" else "Referrer told"
    note_step(enquiry, "feedback", says, by=by, now=now)
    meet_need(enquiry, "feedback", by=by, now=now)
    return feedback


def _write_to_referrer(enquiry: Enquiry, feedback: Feedback, now: datetime) -> None:
    referrer = enquiry.referrer
    if not referrer.email:
        raise Refused("referrer.told", no("No e-mail address of the referrer is known. Tell them in another way."))
    ask = f"Ring {enquiry.area.hub_name} on {enquiry.area.telephone} and say the reference."
    letters.write(
        to=referrer.email,
        user=referrer.user,
        about=enquiry.reference,
        subject=f"An outcome is ready: {enquiry.reference}",
        line="The outcome of your enquiry is ready." + ("" if referrer.user else f" {ask}"),
        link="/my-enquiries/" if referrer.user else "",
        key=f"feedback-{feedback.pk}",
        now=now,
    )


@reading(may=may_call_back, event="referrer.revealed")
def reveal_referrer(enquiry: Enquiry, *, by: User, now: datetime) -> ReferrerLine:
    """Somebody to whom the referrer's name is not open rings them back: the look is on the ledger first."""
    return referrer_line(enquiry)


@action(may=may_close, event="enquiry.closed")
def close(enquiry: Enquiry, *, by: User, now: datetime) -> Enquiry:
    """Close. The record can then only be read, with a reason, until somebody reopens it (M82)."""
    return enquiries.advance(enquiry, by=by, now=now, move="close")
