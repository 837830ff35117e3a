"""The doors of a receiving team, and the decision-maker's answer to what was stepped up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.models import Team
from openmash.agencies.roles import Permission
from openmash.allocation import actions, queries
from openmash.allocation.forms import (
    AcknowledgeForm,
    AnswerStepUpForm,
    BecameForm,
    PassOnForm,
    StepUpForm,
    TeamAroundFamilyForm,
)
from openmash.allocation.models import Handover
from openmash.allocation.policies import may_decline_step_up
from openmash.audit.action import Refused
from openmash.decisions import actions as decisions
from openmash.decisions.views import load_or_cover
from openmash.design.page import page
from openmash.enquiries.models import Enquiry
from openmash.enquiries.record import Record, record
from openmash.kit.verdict import Verdict
from openmash.triage.attempts import Attempt, attempt

_RECEIVERS = (Permission.RECEIVE_RELEASE, Permission.ANSWER)


@dataclass(frozen=True)
class OnePage:
    """One handover with the form of one thing that can be done with it; none on its first page."""

    one: queries.ReceivedOne
    form: forms.Form | None = None
    may: Verdict | None = None
    what: str = ""


@holding(*_RECEIVERS)
def received(request: HttpRequest) -> HttpResponse:
    """What was handed to my team or agency, first due first."""
    found = queries.received(request.user, now=timezone.now(), after=request.GET.get("after", ""))
    return page(request, "allocation/received.html", found)


@holding(*_RECEIVERS)
def handover(request: HttpRequest, number: int) -> HttpResponse:
    """What is asked of us, about which children, and what was released to us. The form to acknowledge it is on it."""
    row = queries.load_received(number, by=request.user)
    is_family = row.outcome.kind == "team_around_family"
    form = (TeamAroundFamilyForm if is_family else AcknowledgeForm)(request.POST or None)
    act = lambda **said: actions.acknowledge(row, by=request.user, **said)  # noqa: E731
    return _do(request, row, "acknowledge", form, act, "It is acknowledged")


@holding(*_RECEIVERS)
def step_up(request: HttpRequest, number: int) -> HttpResponse:
    row = queries.load_received(number, by=request.user)
    form = StepUpForm(request.POST or None)
    act = lambda **said: actions.step_up(row, by=request.user, **said)  # noqa: E731
    return _do(request, row, "step_up", form, act, "The practice managers are asked to look again")


@holding(*_RECEIVERS)
def pass_on(request: HttpRequest, number: int) -> HttpResponse:
    """To another team: stepped down, or moved."""
    row = queries.load_received(number, by=request.user)
    form = PassOnForm(request.POST or None, teams=queries.other_teams(row))

    def act(team: str, because: str) -> None:
        actions.pass_on(row, by=request.user, team=Team.objects.get(pk=int(team)), because=because)

    return _do(request, row, "pass_on", form, act, "It is passed on")


@holding(*_RECEIVERS)
def became(request: HttpRequest, number: int) -> HttpResponse:
    row = queries.load_received(number, by=request.user)
    form = BecameForm(request.POST or None, initial={"became": row.became})
    act = lambda **said: actions.record_what_became(row, by=request.user, **said)  # noqa: E731
    return _do(request, row, "became", form, act, "It is recorded what became of it")


def _do(
    request: HttpRequest, row: Handover, what: str, form: forms.Form, act: Callable[..., Any], says: str
) -> HttpResponse:
    if form.is_valid():
        try:
            act(**form.cleaned_data)
        except Refused as refused:
            for reason in refused.verdict.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, says)
            return redirect(f"/received/{row.pk}/")
    one = queries.received_one(row, by=request.user, now=timezone.now())
    return page(request, "allocation/handover.html", OnePage(one, form, one.may[what], what))


@dataclass(frozen=True)
class StepUpPage:
    record: Record
    form: AnswerStepUpForm
    may: Verdict
    owner: str
    outcome: str
    because: str
    by: str
    tried: Attempt


@holding(Permission.DECIDE)
def answer_step_up(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A team stepped it back up: reopen, or say why not."""
    enquiry = load_or_cover(request, reference)
    if isinstance(enquiry, HttpResponse):
        return enquiry
    row = queries.load_step_up(enquiry, number, by=request.user)
    form = AnswerStepUpForm(request.POST or None, initial={"version": enquiry.version})
    tried = attempt(form, enquiry, lambda **said: _answer(request, enquiry, row, **said))
    if tried.is_done:
        messages.success(request, "Your answer is recorded")
        return redirect(f"/enquiry/{reference}/decision/")
    return page(request, "allocation/stepped_up.html", _step_up_page(request, enquiry, row, form, tried))


def _answer(request: HttpRequest, enquiry: Enquiry, row: Handover, *, did: str, because: str, seen: int) -> None:
    if did == "reopened":
        decisions.reopen(enquiry, by=request.user, because=because, seen=seen)
    else:
        actions.decline_step_up(row, by=request.user, because=because)


def _step_up_page(
    request: HttpRequest, enquiry: Enquiry, row: Handover, form: AnswerStepUpForm, tried: Attempt
) -> StepUpPage:
    one = queries.received_one(row, by=request.user, now=timezone.now())
    asked = row.stepped_up_by
    return StepUpPage(
        record=record(enquiry, by=request.user, now=timezone.now(), current="decision/"),
        form=form,
        may=may_decline_step_up(request.user, row),
        owner=one.line.owner,
        outcome=one.line.outcome,
        because=row.stepped_up_because,
        by=asked.name if asked else "",
        tried=tried,
    )
