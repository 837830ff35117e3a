"""What an agency does with a request: opens it, keeps a draft, answers. What it says goes into the sealed room."""

from datetime import datetime, timedelta
from typing import Any, Unpack

from django.db import connection

from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, action, reading
from openmash.audit.actors import Actor
from openmash.enquiries.models import Enquiry
from openmash.enquiries.steps import note_step, raise_need
from openmash.enquiries.workflow import CLOSED, DECIDED
from openmash.gathering.asking import finish_gathering, meet_answer
from openmash.gathering.given import GivenAnswer
from openmash.gathering.late import tell_of_late_answer
from openmash.gathering.models import Answer, AnswerDraft, RatingAlert, Request, SystemCheck
from openmash.gathering.policies import (
    is_complete,
    is_higher,
    may_answer,
    may_keep_answer_draft,
    may_open_request,
    may_sweep,
)
from openmash.gathering.shelf import RETURNS
from openmash.intelligence import actions as intelligence

ALERT_WITHIN = timedelta(hours=1)
DRAFTS_ARE_KEPT = timedelta(days=7)


@reading(may=may_open_request, event="request.opened")
def open_request(request: Request, *, by: User, now: datetime) -> dict[str, Any]:
    """The request goes on the ledger as opened; what the same user typed before and has not sent comes back."""
    draft = AnswerDraft.objects.filter(request=request, user=by).first()
    return draft.typed if draft else {}


@action(may=may_keep_answer_draft, event="answer.drafted", lock=False)
def keep_answer_draft(request: Request, *, by: User, now: datetime, typed: dict[str, Any]) -> Request:
    """Keep what is typed so far, for its writer alone."""
    AnswerDraft.objects.update_or_create(request=request, user=by, defaults={"typed": typed, "saved_at": now})
    return request


@action(may=may_sweep, event="answer-drafts.swept", lock=False)
def sweep_answer_drafts(_: None, *, by: Actor, now: datetime) -> int:
    """Delete the drafts that nobody has touched for a week. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT openmash_sweep_answer_drafts(%s)", [now - DRAFTS_ARE_KEPT])
        return int(cursor.fetchone()[0])


@action(may=may_answer, event="request.answered")
def answer(request: Request, *, by: User, now: datetime, **given: Unpack[GivenAnswer]) -> Answer:
    """An agency answers: everything in `GivenAnswer`. Again, and fuller, as often as it has more to say.

    Meets the agency's need. A rating higher than the enquiry's alerts the practice managers. The last answer that is
    waited for takes the enquiry to the decision. After the decision the answer is late: whoever is on the list of
    `gathering.late` is told in this same transaction.
    """
    enquiry = (
        Enquiry.objects.select_for_update(of=("self",), no_key=True).select_related("area").get(pk=request.enquiry_id)
    )
    verdict = is_complete(given, request)
    if not verdict:
        raise Refused("request.answered", verdict)
    row = _store(request, enquiry, given, by, now)
    if request.answered_at is None:
        request.answered_at = now
        request.save(update_fields=["answered_at"])
    meet_answer(request, by, now)
    AnswerDraft.objects.filter(request=request, user=by).delete()
    says = f"{request.agency.name} answered{' after the decision' if row.is_late else ''}"
    note_step(enquiry, "answered", says, by=by, now=now)
    if row.is_late:
        tell_of_late_answer(row, by, now)
    else:
        _alert_if_higher(row, enquiry, now)
        finish_gathering(enquiry, by, now)
    return row


def _store(request: Request, enquiry: Enquiry, given: GivenAnswer, by: User, now: datetime) -> Answer:
    row = Answer.objects.create(
        request=request,
        enquiry=enquiry,
        agency=request.agency,
        is_nothing_known=given["is_nothing_known"],
        rating=given["rating"],
        is_late=enquiry.status in (DECIDED, CLOSED),
        by=by,
        at=now,
    )
    SystemCheck.objects.bulk_create(
        SystemCheck(answer=row, system=system.key, name=system.name, result=given["checks"][system.key])
        for system in RETURNS.get(request.agency.return_key).systems
    )
    if given["items"]:
        intelligence.deposit(enquiry, by=by, now=now, answer=row.token, items=given["items"])
    return row


def _alert_if_higher(row: Answer, enquiry: Enquiry, now: datetime) -> None:
    """The agency finds it more urgent than the hub does: the practice managers are told at once (M99)."""
    if not is_higher(row.rating, than=enquiry.rating):
        return
    RatingAlert.objects.create(
        answer=row, enquiry=enquiry, agency_rating=row.rating, enquiry_rating=enquiry.rating, raised_at=now
    )
    raise_need(
        enquiry,
        "rating_alert",
        "An agency rates this higher: confirm or decline",
        path=f"/enquiry/{enquiry.reference}/alert/{row.token}/",
        due_at=now + ALERT_WITHIN,
        now=now,
        permission=Permission.DECIDE,
        about=str(row.pk),
    )
