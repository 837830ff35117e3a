"""The doors of deciding: the decision page, without research, continuing, late answers, telling, closing, reopening."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.decisions import actions, queries
from openmash.decisions.direct import DirectSheet
from openmash.decisions.forms import BecauseForm, ContinueForm, FeedbackForm, LateForm, VersionForm
from openmash.decisions.policies import (
    may_close,
    may_continue_research,
    may_give_feedback,
    may_meet_late_answer,
    may_put_away,
    may_reopen,
)
from openmash.decisions.pressing import press
from openmash.decisions.sheet import Sheet
from openmash.decisions.telling import unsafe_ways
from openmash.design.page import page
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import load, load_closed
from openmash.enquiries.record import Record, record
from openmash.enquiries.whereabouts import tells_where
from openmash.kit.verdict import Verdict
from openmash.triage.attempts import Attempt, Conflict, attempt


@holding(Permission.PROPOSE_DECISION)
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """One page: the decision on one side, what it rests on beside it."""
    enquiry = load(reference, by=request.user)
    sheet = Sheet(request, enquiry, now=timezone.now())
    if request.method == "POST" and not sheet.only_shows and sheet.is_valid():
        done = press(request.POST.get("do", "save"), sheet)
        if done:
            messages.success(request, done)
            return redirect(f"/enquiry/{reference}/decision/")
    return page(request, "decisions/decide.html", sheet.page())


@require_POST
@holding(Permission.PROPOSE_DECISION)
def save_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Quietly, while somebody types: 204 when it is kept, 409 when it cannot be."""
    enquiry = load(reference, by=request.user)
    sheet = Sheet(request, enquiry, now=timezone.now(), reads=False)
    is_kept = sheet.is_valid() and press("save", sheet)
    return HttpResponse(status=204 if is_kept else 409)


@holding(Permission.DECIDE)
def decide_directly(request: HttpRequest, reference: str) -> HttpResponse:
    """What needs no research: one short form."""
    enquiry = load(reference, by=request.user)
    sheet = DirectSheet(request, enquiry, now=timezone.now())
    if request.method == "POST" and not sheet.outcomes.changing and sheet.is_done():
        messages.success(request, "The decision is signed")
        return redirect(f"/enquiry/{reference}/decision/")
    return page(request, "decisions/directly.html", sheet.page())


@dataclass(frozen=True)
class OneForm:
    """A page about one enquiry with one form, and what stands beside it."""

    record: Record
    form: forms.Form
    may: Verdict
    conflict: Conflict | None = None
    refused: tuple[str, ...] = ()
    beside: Any = None


def _one_form(
    request: HttpRequest, enquiry: Enquiry, form: forms.Form, tried: Attempt, may: Verdict, beside: object = None
) -> OneForm:
    around = record(enquiry, by=request.user, now=timezone.now(), current="decision/")
    return OneForm(around, form, may, tried.conflict, tried.refused, beside)


def _done(request: HttpRequest, says: str, enquiry: Enquiry) -> HttpResponse:
    messages.success(request, says)
    return redirect(f"/enquiry/{enquiry.reference}/decision/")


def _begun(form: type[forms.Form], request: HttpRequest, enquiry: Enquiry, **initial: object) -> Any:
    return form(request.POST or None, initial={"version": enquiry.version, **initial})


@holding(Permission.DECIDE)
def continue_research(request: HttpRequest, reference: str) -> HttpResponse:
    enquiry = load(reference, by=request.user)
    form = _begun(ContinueForm, request, enquiry)
    tried = attempt(form, enquiry, lambda **said: actions.continue_research(enquiry, by=request.user, **said))
    if tried.is_done:
        return _done(request, "It is recorded that research continues", enquiry)
    may = may_continue_research(request.user, enquiry)
    return page(request, "decisions/continue.html", _one_form(request, enquiry, form, tried, may))


@holding(Permission.DECIDE)
def late(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The new answer beside the reasons of the decision: it stands, because; or reopen."""
    enquiry = load_or_cover(request, reference)
    if isinstance(enquiry, HttpResponse):
        return enquiry
    found = queries.late_answer(enquiry, number, by=request.user)
    form = _begun(LateForm, request, enquiry)
    tried = attempt(form, enquiry, lambda **said: _meet_late(request, enquiry, number, **said))
    if tried.is_done:
        return _done(request, "Your answer is recorded", enquiry)
    may = may_meet_late_answer(request.user, enquiry)
    return page(request, "decisions/late.html", _one_form(request, enquiry, form, tried, may, found))


def _meet_late(request: HttpRequest, enquiry: Enquiry, number: int, *, did: str, because: str, seen: int) -> None:
    if did == "reopened":
        actions.reopen(enquiry, by=request.user, because=because, seen=seen)
    else:
        actions.confirm(enquiry, by=request.user, late=number, because=because, seen=seen)


def load_or_cover(request: HttpRequest, reference: str) -> Enquiry | HttpResponse:
    """The enquiry; or, when it is closed, the way to the page where its reader says why they need it."""
    try:
        return load(reference, by=request.user)
    except Http404:
        load_closed(reference, by=request.user)
        messages.info(request, "This enquiry is closed. Say why you need it, then open the task again.")
        return redirect(f"/enquiry/{reference}/")


@holding(Permission.GIVE_FEEDBACK)
def give_feedback(request: HttpRequest, reference: str) -> HttpResponse:
    """Tell the referrer, or say why not."""
    enquiry, rings_back = load(reference, by=request.user), request.POST.get("do") == "reveal"
    revealed = actions.reveal_referrer(enquiry, by=request.user) if rings_back else None
    beside = queries.feedback_begins(enquiry, by=request.user, revealed=revealed)
    begun = {"version": enquiry.version, "how": "telephone" if rings_back else beside.how, "words": beside.words}
    form = FeedbackForm(None if rings_back else request.POST or None, initial=begun)
    form.held_against = partial(tells_where, enquiry=enquiry, by=request.user)
    form.unsafe = unsafe_ways(enquiry)
    tried = attempt(form, enquiry, lambda **said: actions.give_feedback(enquiry, by=request.user, **said))
    if tried.is_done:
        return _done(request, "It is recorded what the referrer was told", enquiry)
    may = may_give_feedback(request.user, enquiry)
    return page(request, "decisions/feedback.html", _one_form(request, enquiry, form, tried, may, beside))


@holding(Permission.GIVE_FEEDBACK)
def close(request: HttpRequest, reference: str) -> HttpResponse:
    enquiry = load(reference, by=request.user)
    form = _begun(VersionForm, request, enquiry)
    tried = attempt(form, enquiry, lambda **said: actions.close(enquiry, by=request.user, **said))
    if tried.is_done:
        messages.success(request, f"{reference} is closed")
        return redirect("/work/")
    may = may_close(request.user, enquiry)
    return page(request, "decisions/close.html", _one_form(request, enquiry, form, tried, may))


@holding(Permission.DECIDE)
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Back to review: a challenge, new information, a team that stepped it up."""
    enquiry = load_or_cover(request, reference)
    if isinstance(enquiry, HttpResponse):
        return enquiry
    form = _begun(BecauseForm, request, enquiry)
    tried = attempt(form, enquiry, lambda **said: actions.reopen(enquiry, by=request.user, **said))
    if tried.is_done:
        return _done(request, "The enquiry is reopened", enquiry)
    may = may_reopen(request.user, enquiry)
    return page(request, "decisions/reopen.html", _one_form(request, enquiry, form, tried, may))


@holding(Permission.SCREEN)
def put_away(request: HttpRequest, reference: str) -> HttpResponse:
    """What was held as spam, and is."""
    enquiry = load(reference, by=request.user)
    form = _begun(BecauseForm, request, enquiry)
    tried = attempt(form, enquiry, lambda **said: actions.put_away(enquiry, by=request.user, **said))
    if tried.is_done:
        messages.success(request, f"{reference} is put away")
        return redirect("/queue/")
    may = may_put_away(request.user, enquiry)
    return page(request, "decisions/put_away.html", _one_form(request, enquiry, form, tried, may))
