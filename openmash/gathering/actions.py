"""Asking agencies, chasing them, and going on to the decision. What agencies do themselves is in `answering.py`."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from openmash.agencies.models import Agency, User
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, action
from openmash.audit.actors import Actor
from openmash.enquiries import actions as enquiries
from openmash.enquiries.models import Enquiry
from openmash.enquiries.steps import meet_need, note_step, raise_need
from openmash.enquiries.workflow import DECIDED, REVIEW, TRIAGED
from openmash.gathering import asking
from openmash.gathering.answering import answer, keep_answer_draft, open_request, sweep_answer_drafts
from openmash.gathering.by_post import is_by_post, tell_by_post
from openmash.gathering.given import Asked, GivenAnswer
from openmash.gathering.late import LATE
from openmash.gathering.models import Override, RatingAlert, Request
from openmash.gathering.policies import (
    may_ask,
    may_be_let_through,
    may_chase,
    may_meet_alert,
    may_override_agreement,
    may_rerate_on_alert,
    may_take_to_review,
    may_want_override,
    may_withdraw,
)
from openmash.gathering.standing import standings
from openmash.triage import actions as triage
from openmash.triage.household import household
from openmash.triage.models import Basis

__all__ = [
    "LATE",
    "Asked",
    "GivenAnswer",
    "answer",
    "ask",
    "chase",
    "decline_to_rerate",
    "keep_answer_draft",
    "open_request",
    "override_agreement",
    "refuse_override",
    "rerate_on_alert",
    "sweep_answer_drafts",
    "take_to_review",
    "want_override",
    "withdraw",
]


@action(may=may_ask, event="agencies.asked")
def ask(enquiry: Enquiry, *, by: User, now: datetime, agencies: Sequence[Asked]) -> tuple[Request, ...]:
    """Ask agencies, each for a reason, on the latest basis. The wording is generated; the enquiry goes to gathering.

    Refused, with every reason, when any one of them may not be asked: then none is.
    """
    chosen = tuple(agencies)
    verdict = asking.may_ask_all(chosen, enquiry)
    if not verdict:
        raise Refused("agencies.asked", verdict)
    basis = Basis.objects.filter(enquiry=enquiry).latest("number")
    members = household(enquiry.pk)
    requests = tuple(asking.send(enquiry, asked, basis, members, by, now) for asked in chosen)
    says = asking.named([asked.agency for asked in chosen])
    move = {TRIAGED: "ask", REVIEW: "ask_more"}.get(enquiry.status)
    if move:
        enquiries.advance(enquiry, by=by, now=now, move=move, because=says)
    else:
        note_step(enquiry, "asked", says, by=by, now=now)
    meet_need(enquiry, "decide", by=by, now=now)
    return requests


@action(may=may_withdraw, event="request.withdrawn")
def withdraw(request: Request, *, by: User, now: datetime, because: str) -> Request:
    """The agency need not answer after all. When nobody else has to, the enquiry goes to the decision."""
    request.withdrawn_at, request.withdrawn_because = now, because
    request.save(update_fields=["withdrawn_at", "withdrawn_because"])
    asking.meet_answer(request, by, now)
    if is_by_post(request):
        tell_by_post(request, "withdrawn", now)
    enquiry = Enquiry.objects.select_for_update(no_key=True).get(pk=request.enquiry_id)
    note_step(enquiry, "withdrawn", f"Request to {request.agency.name} withdrawn", by=by, now=now, because=because)
    asking.finish_gathering(enquiry, by, now)
    return request


@action(may=may_take_to_review, event="enquiry.taken-to-review")
def take_to_review(enquiry: Enquiry, *, by: User, now: datetime, because: str) -> Enquiry:
    """To the decision without asking anybody, or without waiting longer: no agency need be asked, because…"""
    asking.to_review(enquiry, because, by, now)
    return enquiry


@action(may=may_want_override, event="override.wanted")
def want_override(enquiry: Enquiry, *, by: User, now: datetime, agency: Agency, because: str) -> Override:
    """Put it to the governance lead: an agency without a live signature needs to be sent this one enquiry."""
    stands = standings(enquiry, [agency])[agency.pk]
    verdict = may_be_let_through(stands)
    if not verdict:
        raise Refused("override.wanted", verdict)
    override = Override.objects.create(
        enquiry=enquiry, agency=agency, wanted_because=because, wanted_by=by, wanted_at=now
    )
    raise_need(
        enquiry,
        "override",
        "An agency without a signature is to be sent something: say yes or no",
        path=f"/override/{override.pk}/",
        due_at=now + timedelta(hours=1),
        now=now,
        permission=Permission.OVERRIDE_AGREEMENT,
        about=str(override.pk),
    )
    return override


@action(may=may_override_agreement, event="agreement.overridden")
def override_agreement(override: Override, *, by: User, now: datetime, because: str) -> Override:
    """The governance lead says yes, on record, for this enquiry and this agency alone."""
    return _answer_override(override, "granted", because, by, now)


@action(may=may_override_agreement, event="override.refused")
def refuse_override(override: Override, *, by: User, now: datetime, because: str) -> Override:
    """The governance lead says no, on record. The agency is sent nothing."""
    return _answer_override(override, "refused", because, by, now)


def _answer_override(override: Override, did: str, because: str, by: User, now: datetime) -> Override:
    override.did, override.because, override.by, override.at = did, because, by, now
    override.save()
    enquiry, name = override.enquiry, override.agency.name
    meet_need(enquiry, "override", by=by, now=now, about=str(override.pk))
    says = f"The governance lead lets {name} be sent this" if did == "granted" else f"{name} may not be sent this"
    note_step(enquiry, "override", says, by=by, now=now, because=because)
    raise_need(
        enquiry,
        "override_answered",
        says,
        path=f"/enquiry/{enquiry.reference}/{'releases' if enquiry.status == DECIDED else 'ask'}/",
        due_at=enquiry.due_at or now,
        now=now,
        user=override.wanted_by,
        about=str(override.pk),
    )
    return override


@action(may=may_chase, event="request.chased")
def chase(
    request: Request, *, by: Actor, now: datetime, says: str = "A request waits for your answer", stage: int = 0
) -> Request:
    """Write to the agency's people again; once its time has passed, to whoever has the enquiry too.

    A letter is a reminder and no more: what is late is computed from the request whenever it is shown. `stage` is the
    number of the warning that the clock gives; by hand it is the next.
    """
    request.chased, request.chased_at = max(request.chased + 1, stage), now
    request.save(update_fields=["chased", "chased_at"])
    asking.remind(request, says, now)
    return request


@action(may=may_rerate_on_alert, event="rating-alert.confirmed", keeps=("rating",))
def rerate_on_alert(alert: RatingAlert, *, by: User, now: datetime, rating: str, because: str) -> RatingAlert:
    """The practice manager agrees with the agency that it is more urgent, and changes the rating."""
    triage.rerate(alert.enquiry, by=by, now=now, rating=rating, because=because, raised_by_agency=alert.answer.agency)
    return _meet_alert(alert, "rerated", because, by, now)


@action(may=may_meet_alert, event="rating-alert.declined")
def decline_to_rerate(alert: RatingAlert, *, by: User, now: datetime, because: str) -> RatingAlert:
    """The practice manager leaves the rating as it is, with a reason."""
    return _meet_alert(alert, "declined", because, by, now)


def _meet_alert(alert: RatingAlert, did: str, because: str, by: User, now: datetime) -> RatingAlert:
    alert.did, alert.because, alert.by, alert.at = did, because, by, now
    alert.save()
    meet_need(alert.enquiry, "rating_alert", by=by, now=now, about=str(alert.answer_id))
    if did == "declined":
        note_step(alert.enquiry, "rating-alert", "Rating left as it is", by=by, now=now, because=because)
    return alert
