"""The doors of the lookout: whom we look for, where they may be, and which hub to ring."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import load, parties
from openmash.enquiries.record import Record, record
from openmash.kit.verdict import Verdict
from openmash.lookout import actions
from openmash.lookout.forms import AnswerForm, LookForForm, SpokenForm, StopForm
from openmash.lookout.policies import may_look_for
from openmash.lookout.queries import (
    Lookout,
    MissingLine,
    MissingView,
    SightingLine,
    load_missing,
    load_sighting,
    lookout,
    missing_families,
    missing_view,
)
from openmash.people.queries import names_of


@dataclass(frozen=True)
class LookForPage:
    record: Record
    form: LookForForm
    may: Verdict


@dataclass(frozen=True)
class ListPage:
    families: tuple[MissingLine, ...]


@dataclass(frozen=True)
class MissingPage:
    missing: MissingView


@dataclass(frozen=True)
class AnswerPage:
    missing: MissingView
    sighting: SightingLine
    form: AnswerForm


@dataclass(frozen=True)
class StopPage:
    missing: MissingView
    form: StopForm


@dataclass(frozen=True)
class ElsewherePage:
    record: Record
    lookout: Lookout
    form: SpokenForm


@holding(Permission.RATE)
def look_for(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that people of an enquiry cannot be found."""
    enquiry = load(reference, by=request.user)
    form = LookForForm(request.POST or None, people=_people(enquiry))
    may = may_look_for(request.user, enquiry)
    if form.is_valid():
        missing = actions.look_for(enquiry, by=request.user, **form.cleaned_data)
        messages.success(
            request, "Every area looks out for them now. You are alerted when somebody like them turns up."
        )
        return redirect("lookout:missing", missing.pk)
    around = record(enquiry, by=request.user, now=timezone.now(), current="people/")
    return page(request, "lookout/look_for.html", LookForPage(around, form, may))


def _people(enquiry: Enquiry) -> list[tuple[int, object]]:
    records = [line.person for line in parties(enquiry.pk)]
    names = names_of(records)
    return [(person, names[person]) for person in records]


@holding(Permission.RATE)
def families(request: HttpRequest) -> HttpResponse:
    """Everybody who is looked for in the areas of whoever asks."""
    return page(request, "lookout/families.html", ListPage(missing_families(by=request.user)))


@holding(Permission.RATE)
def missing(request: HttpRequest, number: int) -> HttpResponse:
    """One family that is looked for, and where they may have turned up."""
    row = load_missing(number, by=request.user)
    return page(request, "lookout/missing.html", MissingPage(missing_view(row, by=request.user)))


@holding(Permission.RATE)
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Is it them?"""
    row = load_sighting(number, by=request.user)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        actions.answer_sighting(row, by=request.user, **form.cleaned_data)
        messages.success(request, "Your answer is recorded.")
        return redirect("lookout:missing", row.missing_id)
    view = missing_view(row.missing, by=request.user)
    sighting = next(one for one in view.sightings if one.number == number)
    return page(request, "lookout/answer.html", AnswerPage(view, sighting, form))


@holding(Permission.RATE)
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Nobody needs to look any more."""
    row = load_missing(number, by=request.user)
    form = StopForm(request.POST or None)
    if form.is_valid():
        actions.stop_looking(row, by=request.user, **form.cleaned_data)
        messages.success(request, "Nobody looks for them any more. What was recorded stays.")
        return redirect("lookout:missing", row.pk)
    return page(request, "lookout/stop.html", StopPage(missing_view(row, by=request.user), form))


@holding(Permission.RATE)
def elsewhere(request: HttpRequest, reference: str) -> HttpResponse:
    """Which other hubs may know somebody here: ring them, and say what was said."""
    enquiry = load(reference, by=request.user)
    form = SpokenForm(request.POST or None)
    if form.is_valid():
        actions.speak(enquiry, by=request.user, **form.cleaned_data)
        messages.success(request, "What was said is recorded.")
        return redirect(f"/enquiry/{reference}/")
    around = record(enquiry, by=request.user, now=timezone.now(), current="people/")
    return page(request, "lookout/elsewhere.html", ElsewherePage(around, lookout(enquiry), form))
