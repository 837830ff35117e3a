"""The doors of statutory checks."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.models import Area
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.enquiries.given import GivenParty
from openmash.enquiries.known import AlreadyKnown, already_known, look_up
from openmash.enquiries.whereabouts import tells_where_anybody_is
from openmash.statutory_checks import actions, queries
from openmash.statutory_checks.codes import PROPOSED
from openmash.statutory_checks.forms import AnswerForm, LogForm, ReasonForm, RefusalForm
from openmash.statutory_checks.models import StatutoryCheck
from openmash.statutory_checks.queries import Line, View, Volume

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class ListPage:
    waiting: tuple[Line, ...]
    ended: tuple[Line, ...]
    volumes: tuple[Volume, ...]


@dataclass(frozen=True)
class NewPage:
    form: LogForm


@dataclass(frozen=True)
class OnePage:
    """`known` is what the hub knows of whom is asked about; none once it is answered."""

    found: View
    form: AnswerForm
    reason: ReasonForm
    known: AlreadyKnown | None


@holding(Permission.MATCH_PEOPLE)
def checks(request: HttpRequest) -> HttpResponse:
    """What has to be answered, what was, and who asks how much."""
    by, now = request.user, timezone.now()
    value = ListPage(
        queries.waiting(by=by, now=now), queries.ended(by=by, now=now), queries.volumes(by=by, since=now - YEAR)
    )
    return page(request, "statutory_checks/list.html", value)


@holding(Permission.MATCH_PEOPLE)
def new(request: HttpRequest) -> HttpResponse:
    """Log a check that came in."""
    form = LogForm(request.POST or None)
    if form.is_valid():
        area = Area.objects.get(pk=min(request.user.areas_where(Permission.MATCH_PEOPLE)))
        row = actions.log(area, by=request.user, **form.cleaned_data)
        messages.success(request, f"Logged as S{row.pk}.")
        return redirect("statutory_checks:one", row.pk)
    return page(request, "statutory_checks/new.html", NewPage(form))


@holding(Permission.MATCH_PEOPLE)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One check, with what the hub knows beside it. A POST proposes the answer."""
    row = queries.load(number, by=request.user)
    form = AnswerForm(request.POST or None, initial={"finding": row.finding, "answer": row.answer})
    form.held_against = partial(tells_where_anybody_is, thing=row, by=request.user)
    if form.is_valid():
        actions.propose(row, by=request.user, **form.cleaned_data)
        messages.success(request, "Someone else approves it now. Nothing has left the hub.")
        return redirect("statutory_checks:one", number)
    return _shown(request, row, form)


@require_POST
@holding(Permission.APPROVE_RELEASE)
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """These words leave."""
    row = queries.load(number, by=request.user)
    need_fresh_proof()
    row = actions.approve(row, by=request.user)
    messages.success(request, f"Answered. Send these words to {row.email}.")
    return redirect("statutory_checks:one", number)


@require_POST
@holding(Permission.MATCH_PEOPLE)
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    """Other words are needed, because."""
    return _with_reason(request, number, actions.send_back, "Sent back. The words stay to be changed.")


@require_POST
@holding(Permission.APPROVE_RELEASE)
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Nothing is told, because."""
    return _with_reason(request, number, actions.refuse, "Refused. Tell them so.")


def _with_reason(request: HttpRequest, number: int, verb: Any, says: str) -> HttpResponse:
    row = queries.load(number, by=request.user)
    reason = _reason(row, request.POST)
    if not reason.is_valid():
        return _shown(request, row, AnswerForm(initial={"finding": row.finding, "answer": row.answer}), reason)
    verb(row, by=request.user, because=reason.cleaned_data["because"])
    messages.success(request, says)
    return redirect("statutory_checks:one", number)


def _reason(row: StatutoryCheck, given: QueryDict | None = None) -> ReasonForm:
    return ReasonForm(given) if row.state == PROPOSED else RefusalForm(given)


def _shown(
    request: HttpRequest, row: StatutoryCheck, form: AnswerForm, reason: ReasonForm | None = None
) -> HttpResponse:
    by, now = request.user, timezone.now()
    actions.look_at(row, by=by)
    found = queries.view(row, by=by, now=now)
    known = None
    if found.line.ended_at is None:
        known = look_up(already_known([GivenParty(queries.asked_about(row), "adult")], by=by), by=by)
    return page(request, "statutory_checks/one.html", OnePage(found, form, reason or _reason(row), known))
