"""The doors of screening, rating, the gate and the fast track."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused
from openmash.design.page import page
from openmash.enquiries import actions as enquiries
from openmash.enquiries.models import Enquiry
from openmash.enquiries.policies import may_fast_track, may_pause
from openmash.enquiries.queries import load
from openmash.enquiries.record import Record, record
from openmash.kit.verdict import YES, Verdict
from openmash.triage import actions, queries
from openmash.triage.attempts import Attempt, Conflict, VersionedForm, attempt
from openmash.triage.forms import BasisForm, DiscussForm, FastTrackForm, PauseForm, RateForm, ScreenForm
from openmash.triage.household import Member
from openmash.triage.policies import may_rate, may_record_basis, may_rerate, may_screen
from openmash.triage.queries import BasisLine, Considered, RatingLine, Ring


@dataclass(frozen=True)
class Sheet:
    """A page of this room about one enquiry: the form, whether it may be sent, and what stands beside it."""

    record: Record
    form: VersionedForm
    may: Verdict
    conflict: Conflict | None = None
    refused: tuple[str, ...] = ()
    considered: Considered | None = None
    due: Mapping[str, datetime] | None = None
    ratings: tuple[RatingLine, ...] = ()
    basis: BasisLine | None = None
    since: datetime | None = None
    because: str = ""
    ring: tuple[Ring, ...] = ()


def _sheet(
    request: HttpRequest, enquiry: Enquiry, form: VersionedForm, tried: Attempt, may: Verdict, **more: Any
) -> Sheet:
    around = record(enquiry, by=request.user, now=timezone.now())
    return Sheet(around, form, may, tried.conflict, tried.refused, **more)


def _begun(form: type[VersionedForm], request: HttpRequest, enquiry: Enquiry, **initial: Any) -> Any:
    return form(request.POST or None, initial={"version": enquiry.version, **initial})


def _onward(request: HttpRequest, enquiry: Enquiry, *steps: tuple[str, Callable[..., Verdict]]) -> HttpResponse:
    """To the first of these steps that the same person may take now, otherwise to the enquiry."""
    enquiry.refresh_from_db()
    path = next((step for step, may in steps if may(request.user, enquiry)), "")
    return redirect(f"/enquiry/{enquiry.reference}/{path}")


@holding(Permission.SCREEN)
def screen(request: HttpRequest, reference: str) -> HttpResponse:
    enquiry = load(reference, by=request.user)
    form = _begun(ScreenForm, request, enquiry)
    tried = attempt(form, enquiry, lambda **said: actions.screen(enquiry, by=request.user, **said))
    if tried.is_done:
        messages.success(request, "The enquiry is screened")
        is_research = form.cleaned_data["outcome"] == "research"
        return _onward(request, enquiry, *([("rate/", may_rate)] if is_research else []))
    known = queries.considered(enquiry, by=request.user)
    sheet = _sheet(request, enquiry, form, tried, may_screen(request.user, enquiry), considered=known)
    return page(request, "triage/screen.html", sheet)


@holding(Permission.RATE)
def rate(request: HttpRequest, reference: str) -> HttpResponse:
    enquiry = load(reference, by=request.user)
    form = _begun(RateForm, request, enquiry)
    tried = attempt(form, enquiry, lambda **said: actions.rate(enquiry, by=request.user, **said))
    if tried.is_done:
        messages.success(request, f"The enquiry is rated {form.cleaned_data['rating']}")
        return _onward(request, enquiry, ("basis/", may_record_basis))
    known, due = queries.considered(enquiry, by=request.user), queries.due_by_rating(enquiry)
    sheet = _sheet(request, enquiry, form, tried, may_rate(request.user, enquiry), considered=known, due=due)
    return page(request, "triage/rate.html", sheet)


@holding(Permission.RATE)
def rerate(request: HttpRequest, reference: str) -> HttpResponse:
    enquiry = load(reference, by=request.user)
    form = _begun(RateForm, request, enquiry)
    tried = attempt(form, enquiry, lambda **said: actions.rerate(enquiry, by=request.user, **said))
    if tried.is_done:
        messages.success(request, f"The enquiry is now rated {form.cleaned_data['rating']}")
        return _onward(request, enquiry)
    history, due = queries.ratings(enquiry.pk), queries.due_by_rating(enquiry)
    sheet = _sheet(request, enquiry, form, tried, may_rerate(request.user, enquiry), ratings=history, due=due)
    return page(request, "triage/rerate.html", sheet)


@holding(Permission.RECORD_BASIS)
def basis(request: HttpRequest, reference: str) -> HttpResponse:
    enquiry = load(reference, by=request.user)
    form = BasisForm(request.POST or None, initial=queries.basis_begins(enquiry))
    if enquiry.kind == "adult":
        form.speak_of_an_adult()
    tried = attempt(form, enquiry, lambda **said: actions.record_basis(enquiry, by=request.user, **said))
    if tried.is_done:
        messages.success(request, "The basis for asking is recorded")
        return redirect(f"/enquiry/{reference}/ask/")
    known, now = queries.considered(enquiry, by=request.user), queries.basis_line(queries.latest_basis(enquiry))
    sheet = _sheet(request, enquiry, form, tried, may_record_basis(request.user, enquiry), considered=known, basis=now)
    return page(request, "triage/basis.html", sheet)


@holding(Permission.FAST_TRACK)
def fast_track(request: HttpRequest, reference: str) -> HttpResponse:
    """Put an enquiry on the fast track; once it is there, record the discussion with the police."""
    enquiry = load(reference, by=request.user)
    if enquiry.fast_track_at:
        return _discuss(request, enquiry)
    form = _begun(FastTrackForm, request, enquiry)
    tried = attempt(form, enquiry, lambda **said: enquiries.fast_track(enquiry, by=request.user, **said))
    if tried.is_done:
        messages.success(request, "The practice managers and the police have been alerted")
        return _onward(request, enquiry)
    return page(
        request,
        "triage/fast_track.html",
        _sheet(request, enquiry, form, tried, may_fast_track(request.user, enquiry)),
    )


def _discuss(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    form = _begun(DiscussForm, request, enquiry)
    tried = attempt(form, enquiry, lambda **said: enquiries.discuss(enquiry, by=request.user, **said))
    if tried.is_done:
        messages.success(request, "The discussion is recorded")
        return _onward(request, enquiry)
    is_awaited = queries.is_discussion_awaited(enquiry)
    ring = queries.whom_to_ring(enquiry, Permission.EVALUATE_NOTIFICATIONS)
    facts = {"since": enquiry.fast_track_at, "because": enquiry.fast_track_because, "ring": ring}
    facts["considered"] = queries.considered(enquiry, by=request.user)
    template = "triage/discuss.html" if is_awaited else "triage/discussed.html"
    return page(request, template, _sheet(request, enquiry, form, tried, YES, **facts))


@dataclass(frozen=True)
class FastTrackSheet:
    """What the agency that is needed sees: whom it is about and whom to ring."""

    reference: str
    hub: str
    telephone: str
    since: datetime | None
    household: tuple[Member, ...]
    ring: tuple[Ring, ...]


@holding(Permission.ANSWER, Permission.EVALUATE_NOTIFICATIONS)
def open_fast_track(request: HttpRequest, reference: str) -> HttpResponse:
    """For the agency that is needed on the fast track, as long as it is needed."""
    enquiry = queries.load_fast_track(reference)
    try:
        members = actions.open_fast_track(enquiry, by=request.user)
    except Refused as refused:
        raise Http404 from refused
    area, ring = enquiry.area, queries.whom_to_ring(enquiry)
    sheet = FastTrackSheet(enquiry.reference, area.hub_name, area.telephone, enquiry.fast_track_at, members, ring)
    return page(request, "triage/fast_track_call.html", sheet)


@holding(Permission.RATE)
def pause(request: HttpRequest, reference: str) -> HttpResponse:
    enquiry = load(reference, by=request.user)
    form = _begun(PauseForm, request, enquiry)
    tried = attempt(form, enquiry, lambda **said: enquiries.pause(enquiry, by=request.user, **said))
    if tried.is_done:
        messages.success(request, "The clock is paused")
        return _onward(request, enquiry)
    return page(request, "triage/pause.html", _sheet(request, enquiry, form, tried, may_pause(request.user, enquiry)))


def _at_once(act: Callable[..., Any], done: str) -> Callable[..., HttpResponse]:
    """A door of one button: it does the act and goes back to the enquiry."""

    @require_POST
    def view(request: HttpRequest, reference: str) -> HttpResponse:
        enquiry = load(reference, by=request.user)
        form = VersionedForm(request.POST)
        tried = attempt(form, enquiry, lambda **said: act(enquiry, by=request.user, **said))
        if tried.is_done:
            messages.success(request, done)
        elif tried.conflict:
            messages.error(request, f"{tried.conflict.who} changed this enquiry first. Look at it again.")
        else:
            messages.error(request, _reasons(form))
        return redirect(f"/enquiry/{reference}/")

    view.methods = ("POST",)  # type: ignore[attr-defined]
    return view


def _reasons(form: forms.Form) -> str:
    return " ".join(str(problem) for problems in form.errors.values() for problem in problems)


resume = holding(Permission.RATE)(_at_once(enquiries.resume, "The clock is running again"))
take = holding(Permission.SEE_ENQUIRIES)(_at_once(enquiries.take, "The enquiry is yours"))
give_back = holding(Permission.SEE_ENQUIRIES)(_at_once(enquiries.give_back, "The enquiry is back with its desk"))
