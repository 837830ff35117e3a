"""The doors of the evaluators' desk: the queue, one notification, the second look, and what was forwarded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.models import Team, User
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused
from openmash.design.page import page
from openmash.notifications import actions, file_queries, queries
from openmash.notifications.codes import FORWARDED, SENT
from openmash.notifications.forms import EvaluateForm, SecondForm
from openmash.notifications.models import Notification
from openmash.notifications.queries import Agreement, Evaluated, Line, View

_DESK = (Permission.EVALUATE_NOTIFICATIONS, Permission.DECIDE)


@dataclass(frozen=True)
class QueuePage:
    lines: tuple[Line, ...]
    next_url: str
    to_second: tuple[Line, ...]
    agreement: Agreement
    evaluated: tuple[Evaluated, ...]
    repairs: int


@dataclass(frozen=True)
class OnePage:
    found: View
    form: EvaluateForm | None
    second: SecondForm | None


@holding(*_DESK)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, by the police's grade; the sample for a second look; what has to be put right."""
    lines, after = queries.queue(by=request.user, after=request.GET.get("after", ""))
    value = QueuePage(
        lines=lines,
        next_url=f"?after={after}" if after else "",
        to_second=queries.to_second(by=request.user),
        agreement=queries.agreement(by=request.user),
        evaluated=queries.evaluated(by=request.user),
        repairs=file_queries.count_repairs(by=request.user),
    )
    return page(request, "notifications/queue.html", value)


@holding(*_DESK)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One notification, and what becomes of it. What cannot be done any more says so above what was typed."""
    row = queries.load(number, by=request.user)
    actions.opened(row, by=request.user)
    found = queries.view(row, by=request.user)
    team, worker = found.open_to
    is_asked = found.may_evaluate or request.method == "POST"
    begins = {"team": team, "worker": worker}
    form = EvaluateForm(request.POST or None, teams=found.teams, initial=begins) if is_asked else None
    if form and form.is_valid():
        try:
            messages.success(request, _evaluate(row, form.cleaned_data, by=request.user))
            return redirect("notifications:queue")
        except Refused as refused:
            if queries.is_done(row, form.cleaned_data, by=request.user):
                return redirect("notifications:queue")
            form.add_error(None, f"{refused.verdict.why} What you typed is not kept")
    second = SecondForm() if found.may_second and not form else None
    return page(request, "notifications/one.html", OnePage(found, form, second))


def _evaluate(row: Notification, said: Mapping[str, Any], *, by: User) -> str:
    """Do what was chosen; the words for it."""
    common = {"by": by, "risk": said["risk"], "because": said["because"]}
    if said["outcome"] == SENT:
        return f"The hub has it: {actions.send_to_hub(row, **common).enquiry.reference}"
    if said["outcome"] == FORWARDED:
        actions.forward(row, team=Team.objects.get(pk=said["team"]), worker=said["worker"], **common)
        return "Forwarded. The team is told."
    actions.retain(row, **common)
    return "Retained. Nothing is shared."


@require_POST
@holding(Permission.EVALUATE_NOTIFICATIONS)
def second(request: HttpRequest, number: int) -> HttpResponse:
    """What a second evaluator would have done."""
    row = queries.load(number, by=request.user)
    form = SecondForm(request.POST)
    if form.is_valid():
        try:
            actions.second(row, by=request.user, **form.cleaned_data)
            messages.success(request, "Your second look is recorded.")
            return redirect("notifications:queue")
        except Refused as refused:
            form.add_error(None, f"{refused.verdict.why} What you typed is not kept")
    return page(request, "notifications/one.html", OnePage(queries.view(row, by=request.user), None, form))


@holding(Permission.RECEIVE_RELEASE)
def forwarded(request: HttpRequest) -> HttpResponse:
    """What the police forwarded to my teams."""
    return page(request, "notifications/forwarded.html", queries.forwarded(by=request.user))


@holding(Permission.RECEIVE_RELEASE)
def one_forwarded(request: HttpRequest, number: int) -> HttpResponse:
    """One of them. A POST acknowledges it."""
    row = queries.load_forwarded(number, by=request.user)
    if request.method == "POST":
        actions.acknowledge(row, by=request.user)
        messages.success(request, "Acknowledged. The police see that you have it.")
        return redirect("notifications:forwarded")
    actions.read_forwarded(row, by=request.user)
    return page(request, "notifications/one_forwarded.html", queries.view(row, by=request.user))
