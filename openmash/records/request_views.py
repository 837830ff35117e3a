"""The doors to a request for what is held about somebody: opened, decided thing by thing, approved, and given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, not_found
from openmash.audit.binding import asked_by
from openmash.design.document import Document, pdf
from openmash.design.page import page
from openmash.people.queries import NameLine, names_of
from openmash.records import actions, answering, answers
from openmash.records.answers import RequestLine, RequestSheet, ThingView
from openmash.records.asked import SubjectRequest
from openmash.records.forms import HoldForm, WhyForm
from openmash.records.request_forms import DecideForm, FindForm, OpenForm
from openmash.records.request_readings import (
    export,
    find_people,
    look_at_request,
    preview,
    read_requests,
    read_thing,
)
from openmash.records.trying import done

FORMS = {"pdf": "application/pdf", "json": "application/json"}


@dataclass(frozen=True)
class RequestsPage:
    requests: tuple[RequestLine, ...]
    may_open: bool


@dataclass(frozen=True)
class FindPage:
    form: FindForm
    people: tuple[NameLine, ...]
    is_asked: bool


@dataclass(frozen=True)
class PersonPage:
    """A form about one person."""

    number: int
    name: str
    form: forms.Form


@dataclass(frozen=True)
class SheetPage:
    sheet: RequestSheet


@dataclass(frozen=True)
class ThingPage:
    request: RequestLine
    thing: ThingView
    form: DecideForm


@dataclass(frozen=True)
class WhyPage:
    request: RequestLine
    title: str
    hint: str
    form: WhyForm


@dataclass(frozen=True)
class PreviewPage:
    request: RequestLine
    document: Document


@holding(Permission.AGREE_RECORDS)
def requests(request: HttpRequest) -> HttpResponse:
    """Every request, the most urgent first."""
    may_open = bool(request.user.areas_where(Permission.KEEP_RECORDS))
    return page(request, "records/requests.html", RequestsPage(read_requests(None, by=request.user), may_open))


@holding(Permission.KEEP_RECORDS)
def find(request: HttpRequest) -> HttpResponse:
    """Whom it is about: found by their whole name."""
    form = FindForm(request.GET if "family" in request.GET else None)
    found = find_people(None, by=request.user, **form.cleaned_data) if form.is_valid() else ()
    return page(request, "records/find.html", FindPage(form, found, form.is_bound and form.is_valid()))


@holding(Permission.KEEP_RECORDS)
def open_request(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody asks for what is held about this person."""
    person = answers.load_person(number, by=request.user)
    form = OpenForm(request.POST or None)
    made: list[SubjectRequest] = []
    if done(form, lambda **said: made.append(answering.open_request(person, by=request.user, **said))):
        messages.success(request, "The request is open. Decide what is given of each thing.")
        return redirect("records:request", made[0].pk)
    return page(request, "records/open_request.html", PersonPage(number, names_of([number])[number].name, form))


@holding(Permission.KEEP_RECORDS)
def hold_person(request: HttpRequest, number: int) -> HttpResponse:
    """Place a legal hold on a person, and so on every enquiry about them."""
    person = answers.load_person(number, by=request.user)
    form = HoldForm(request.POST or None)
    if done(form, lambda **said: actions.hold_person(person, by=request.user, **said)):
        messages.success(request, "They are held. Nothing of any enquiry about them is destroyed.")
        return redirect("records:shelves")
    return page(request, "records/hold_person.html", PersonPage(number, names_of([number])[number].name, form))


@holding(Permission.AGREE_RECORDS)
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """One request with everything that is held: a closed one by itself."""
    row = _load(number, request.user)
    if row.closed_at:
        return page(request, "records/closed_request.html", answers.request_line(row))
    need_fresh_proof()
    return page(request, "records/request.html", SheetPage(look_at_request(row, by=request.user)))


@holding(Permission.AGREE_RECORDS)
def thing(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """One thing held, and what is given of it."""
    row = _load(number, request.user)
    need_fresh_proof()
    view = read_thing(row, by=request.user, key=key)
    said = {name: getattr(view, name) for name in ("digest", "given", "ground", "left_out", "because")}
    form = DecideForm(request.POST or None, initial=said)
    if done(form, lambda **given: answering.decide(row, by=request.user, key=key, **given)):
        onward = look_at_request(row, by=request.user).next_key
        return redirect("records:thing", number, onward) if onward else redirect("records:request", number)
    return page(request, "records/thing.html", ThingPage(answers.request_line(row), view, form))


@holding(Permission.KEEP_RECORDS)
def extend(request: HttpRequest, number: int) -> HttpResponse:
    """Two months more."""
    row = _load(number, request.user)
    hint = "Tell whoever asked within the first month: that you need longer, and why."
    return _why(request, row, "Extend it by two months", hint, answering.extend)


@holding(Permission.KEEP_RECORDS)
def close(request: HttpRequest, number: int) -> HttpResponse:
    """It was given, or nothing was."""
    row = _load(number, request.user)
    hint = "How it was given and to whom, or why nothing was. Nothing of it can be changed or exported afterwards."
    return _why(request, row, "Close the request", hint, answering.close_request)


def _why(request: HttpRequest, row: SubjectRequest, title: str, hint: str, act: Callable[..., Any]) -> HttpResponse:
    form = WhyForm(request.POST or None)
    if done(form, lambda **said: act(row, by=request.user, **said)):
        return redirect("records:request", row.pk)
    return page(request, "records/why.html", WhyPage(answers.request_line(row), title, hint, form))


@require_POST
@holding(Permission.AGREE_RECORDS)
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Propose what was decided, approve it, or take it back."""
    row = _load(number, request.user)
    does: dict[str, Callable[[], Any]] = {
        "propose": lambda: answering.propose_answer(row, by=request.user),
        "approve": lambda: answering.approve_answer(row, by=request.user, shown=request.POST.get("shown", "")),
        "take_back": lambda: answering.take_back(row, by=request.user),
    }
    act = does.get(request.POST.get("move", ""))
    if act is None:
        raise not_found(request.user, request.path)
    need_fresh_proof()
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.verdict.why)
    return redirect("records:request", number)


@holding(Permission.AGREE_RECORDS)
def seen(request: HttpRequest, number: int) -> HttpResponse:
    """What would be given, as it would be given."""
    row = _load(number, request.user)
    need_fresh_proof()
    try:
        made = preview(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.verdict.why)
        return redirect("records:request", number)
    return page(request, "records/preview.html", PreviewPage(answers.request_line(row), made.document))


@holding(Permission.KEEP_RECORDS)
def as_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """What was approved, as an accessible PDF."""
    return _file(request, number, "pdf")


@holding(Permission.KEEP_RECORDS)
def for_machines(request: HttpRequest, number: int) -> HttpResponse:
    """What was approved, as JSON."""
    return _file(request, number, "json")


def _file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    row = _load(number, request.user)
    need_fresh_proof()
    try:
        made = export(row, by=request.user, form=form)
    except Refused as refused:
        messages.error(request, refused.verdict.why)
        return redirect("records:request", number)
    response = HttpResponse(pdf(made.document) if form == "pdf" else made.for_machines, content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="request-{number}.{form}"'
    response["Cache-Control"] = "no-store"
    return response


def _load(number: int, by: User) -> SubjectRequest:
    with asked_by(by):
        return answers.load_request(number, by=by)
