"""The doors to records as records: what is due and held, what two people say of it, and the rules of an area."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.models import Area, User
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused
from openmash.audit.binding import asked_by
from openmash.design.page import page
from openmash.kit.verdict import Verdict
from openmash.records import actions, queries
from openmash.records.forms import HoldForm, ReferenceForm, ReviewForm, WhyForm, YearsForm
from openmash.records.queries import HoldLine, RecordView, ReviewLine, RuleLine
from openmash.records.readings import Shelves, read_record, read_shelves
from openmash.records.rules import RULES
from openmash.records.trying import done


@dataclass(frozen=True)
class ShelvesPage:
    shelves: Shelves
    may_keep: bool
    form: ReferenceForm


@dataclass(frozen=True)
class RecordPage:
    record: RecordView


@dataclass(frozen=True)
class FormPage:
    """One form about one record. `may` says why it cannot be sent, when it cannot."""

    title: str
    record: RecordView
    may: Verdict
    form: forms.Form


@dataclass(frozen=True)
class HoldPage:
    hold: HoldLine
    form: WhyForm


@dataclass(frozen=True)
class ReviewPage:
    review: ReviewLine
    form: WhyForm


@dataclass(frozen=True)
class RulesPage:
    areas: tuple[tuple[str, str, tuple[RuleLine, ...]], ...]


@dataclass(frozen=True)
class RulePage:
    area: str
    rule: RuleLine
    form: YearsForm


@holding(Permission.AGREE_RECORDS)
def shelves(request: HttpRequest) -> HttpResponse:
    """What is due, what is held, what waits for a second person; and a way to any record by its reference."""
    form = ReferenceForm(request.GET if "reference" in request.GET else None)
    if form.is_valid():
        return redirect("records:record", form.cleaned_data["reference"].upper())
    may_keep = bool(request.user.areas_where(Permission.KEEP_RECORDS))
    return page(request, "records/shelves.html", ShelvesPage(read_shelves(None, by=request.user), may_keep, form))


@holding(Permission.AGREE_RECORDS)
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """One enquiry as a record."""
    enquiry = queries.load(reference, by=request.user)
    return page(request, "records/record.html", RecordPage(read_record(enquiry, by=request.user)))


@holding(Permission.KEEP_RECORDS)
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Place a legal hold on an enquiry."""
    enquiry = queries.load(reference, by=request.user)
    form = HoldForm(request.POST or None)
    if done(form, lambda **said: actions.hold_enquiry(enquiry, by=request.user, **said)):
        messages.success(request, "It is held. Nothing of it is destroyed until somebody else lifts the hold.")
        return redirect("records:record", reference)
    view = read_record(enquiry, by=request.user)
    return page(request, "records/hold.html", FormPage(f"Hold {reference}", view, view.may_place, form))


@holding(Permission.KEEP_RECORDS)
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Propose what becomes of a record."""
    enquiry = queries.load(reference, by=request.user)
    form = ReviewForm(request.POST or None)
    if done(form, lambda **said: actions.propose(enquiry, by=request.user, **said)):
        messages.success(request, "Proposed. It happens when somebody else agrees.")
        return redirect("records:record", reference)
    view = read_record(enquiry, by=request.user)
    return page(request, "records/review.html", FormPage(f"What becomes of {reference}?", view, view.may_propose, form))


@holding(Permission.AGREE_RECORDS)
def lift(request: HttpRequest, number: int) -> HttpResponse:
    """Lift a hold that somebody else placed."""
    row, line = _bound(request.user, lambda by: _hold(number, by))
    form = WhyForm(request.POST or None)
    if done(form, lambda **said: actions.lift(row, by=request.user, **said)):
        messages.success(request, "The hold is lifted.")
        return redirect("records:shelves")
    return page(request, "records/lift.html", HoldPage(line, form))


@holding(Permission.AGREE_RECORDS)
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Say yes or no to what somebody proposed. Yes to destroying needs a fresh proof of who is there."""
    row, line = _bound(request.user, lambda by: _review(number, by))
    if request.POST.get("answer") == "yes":
        if line.is_to_destroy:
            need_fresh_proof()
        if _agreed(request, row):
            messages.success(
                request, "The record is destroyed." if line.is_to_destroy else "It is kept as was proposed."
            )
        return redirect("records:record", line.reference)
    form = WhyForm(request.POST or None)
    if done(form, lambda **said: actions.decline(row, by=request.user, **said)):
        messages.success(request, "Declined. The record stays as it was.")
        return redirect("records:shelves")
    return page(request, "records/answer.html", ReviewPage(line, form))


@holding(Permission.AGREE_RECORDS)
def rules(request: HttpRequest) -> HttpResponse:
    """For how long each area keeps what."""
    found = tuple((area.key, area.name, queries.rules(area)) for area in _areas(request.user, Permission.AGREE_RECORDS))
    return page(request, "records/rules.html", RulesPage(found))


@holding(Permission.KEEP_RECORDS)
def rule(request: HttpRequest, area: str, key: str) -> HttpResponse:
    """One rule of an area: its number of years."""
    place = next((one for one in _areas(request.user, Permission.KEEP_RECORDS) if one.key == area), None)
    if place is None or key not in RULES:
        raise Http404
    line = next(one for one in queries.rules(place) if one.key == key)
    form = YearsForm(request.POST or None, of=RULES[key], initial={"years": line.years})
    if done(form, lambda **said: actions.set_years(place, by=request.user, rule=key, **said)):
        messages.success(request, f"Saved. It holds in {place.name} from now on.")
        return redirect("records:rules")
    return page(request, "records/rule.html", RulePage(place.name, line, form))


def _areas(by: User, permission: Permission) -> list[Area]:
    return list(Area.objects.filter(pk__in=by.areas_where(permission)).order_by("name"))


def _bound(by: User, load: Callable[[User], Any]) -> Any:
    with asked_by(by):
        return load(by)


def _hold(number: int, by: User) -> tuple[Any, HoldLine]:
    row = queries.load_hold(number, by=by)
    return row, queries.hold_lines([row], by=by)[0]


def _review(number: int, by: User) -> tuple[Any, ReviewLine]:
    row = queries.load_review(number, by=by)
    return row, queries.review_line(row, by=by)


def _agreed(request: HttpRequest, row: Any) -> bool:
    try:
        actions.agree(row, by=request.user)
    except Refused as refused:  # what stood in the way came up after the page was opened
        messages.error(request, refused.verdict.why)
        return False
    return True
