"""An agency's doors to this room: its checks, and the page on which it answers one request."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused
from openmash.design.page import page
from openmash.design.repeated import Repeated
from openmash.gathering import actions, queries
from openmash.gathering.answer_form import RATING_HINTS, AnswerForms, ItemForm, SystemsForm, nothing_known
from openmash.gathering.checks import Asked, asked, checks
from openmash.gathering.given import GivenAnswer
from openmash.gathering.models import Request
from openmash.gathering.shelf import RETURNS

_NOT_TYPED = ("csrfmiddlewaretoken", "send", "add", "remove")


@holding(Permission.ANSWER)
def my_checks(request: HttpRequest) -> HttpResponse:
    """The requests that wait for my agency."""
    after = request.GET.get("after", "")
    return page(request, "gathering/checks.html", checks(by=request.user, now=timezone.now(), after=after))


@dataclass(frozen=True)
class AnswerSheet:
    asked: Asked
    systems: SystemsForm
    items: Repeated[ItemForm]
    names: tuple[str, ...]
    rating_hints: dict[str, str]
    has_draft: bool


@holding(Permission.ANSWER)
def answer(request: HttpRequest, token: UUID) -> HttpResponse:
    """One request, and everything that is needed to answer it."""
    row = queries.load_request(token, by=request.user)
    draft = actions.open_request(row, by=request.user)
    now_asked = asked(row, now=timezone.now())
    filled = AnswerForms(now_asked, request.POST or None, draft)
    send = request.POST.get("send", "")
    if send == "draft":
        _keep(request, row)
        messages.success(request, f"Your draft for {now_asked.reference} is kept. Nothing has been sent")
        return redirect("/checks/")
    if filled.is_valid() and _sent(request, row, filled):
        messages.success(request, f"Your answer about {now_asked.reference} is sent")
        return redirect("/checks/")
    names = filled.systems.systems
    sheet = AnswerSheet(now_asked, filled.systems, filled.items, names, RATING_HINTS, bool(draft))
    return page(request, "gathering/answer.html", sheet)


def _sent(request: HttpRequest, row: Request, filled: AnswerForms) -> bool:
    try:
        actions.answer(row, by=request.user, **filled.given())
    except Refused as refused:
        for reason in refused.verdict.reasons:
            filled.systems.add_error(None, reason)
        return False
    return True


def _keep(request: HttpRequest, row: Request) -> None:
    typed = {name: values for name, values in request.POST.lists() if name not in _NOT_TYPED}
    actions.keep_answer_draft(row, by=request.user, typed=typed)


@holding(Permission.ANSWER)
@require_POST
def keep_draft(request: HttpRequest, token: UUID) -> HttpResponse:
    """Keeps what is typed, quietly."""
    _keep(request, queries.load_request(token, by=request.user))
    return HttpResponse(status=204)


@holding(Permission.ANSWER)
@require_POST
def say_nothing_known(request: HttpRequest, token: UUID) -> HttpResponse:
    """One key: every system was looked at and nothing is known. A fuller answer may follow."""
    row = queries.load_request(token, by=request.user)
    given: GivenAnswer = nothing_known(RETURNS.get(row.agency.return_key))
    try:
        actions.answer(row, by=request.user, **given)
        messages.success(request, f"“Nothing known” is sent about {row.enquiry.reference}")
    except Refused as refused:
        messages.error(request, refused.verdict.why)
    return redirect("/checks/")


keep_draft.methods = say_nothing_known.methods = ("POST",)
