"""The doors of the advice line."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.models import Area, User
from openmash.agencies.roles import Permission
from openmash.consultations import actions, queries
from openmash.consultations.forms import CallForm, CloseForm, NoteForm
from openmash.consultations.queries import Consistency, Line, NoteLine, View
from openmash.design.page import page
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import load as load_enquiry

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class ListPage:
    waiting: tuple[Line, ...]
    latest: tuple[Line, ...]
    advisers: tuple[Consistency, ...]
    may_advise: bool


@dataclass(frozen=True)
class CallPage:
    form: CallForm
    harm_due: datetime
    otherwise_due: datetime


@dataclass(frozen=True)
class OnePage:
    found: View
    form: CloseForm


@dataclass(frozen=True)
class NotesPage:
    notes: tuple[NoteLine, ...]
    form: NoteForm
    text: str


@holding(Permission.ADVISE_CALLERS, Permission.DECIDE)
def consultations(request: HttpRequest) -> HttpResponse:
    """What was promised and has not come, the latest calls, and whether the advisers advise alike."""
    by, now = request.user, timezone.now()
    value = ListPage(
        queries.waiting(by=by, now=now),
        queries.latest(by=by, now=now),
        queries.consistency(by=by, since=now - YEAR),
        may_advise=bool(by.areas_where(Permission.ADVISE_CALLERS)),
    )
    return page(request, "consultations/list.html", value)


@holding(Permission.ADVISE_CALLERS)
def call(request: HttpRequest) -> HttpResponse:
    """One screen during a call."""
    by, now = request.user, timezone.now()
    area = _area(by)
    form = CallForm(request.POST or None)
    if form.is_valid():
        row = actions.advise(area, by=by, now=now, **form.cleaned_data)
        messages.success(request, f"The call is kept as C{row.pk}.")
        return redirect("consultations:one", row.pk)
    dues = (actions.due_by(area, now, is_harm_plain=plain) for plain in (True, False))
    return page(request, "consultations/call.html", CallPage(form, *dues))


@holding(Permission.ADVISE_CALLERS, Permission.DECIDE, Permission.RATE)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One call, and the enquiry that came of it. A POST closes it, with a reason."""
    row = queries.load(number, by=request.user)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        actions.close(row, by=request.user, because=form.cleaned_data["because"])
        messages.success(request, "Nothing is waited for any more.")
        return redirect("consultations:one", number)
    return page(
        request, "consultations/one.html", OnePage(queries.view(row, by=request.user, now=timezone.now()), form)
    )


@require_POST
@holding(Permission.ADVISE_CALLERS)
def begin_enquiry(request: HttpRequest, number: int) -> HttpResponse:
    """On to the telephone screen, with everything that the caller said already in it."""
    row = actions.begin_enquiry(queries.load(number, by=request.user), by=request.user)
    return redirect(f"/telephone/{row.draft}/")


@require_POST
@holding(Permission.ADVISE_CALLERS)
def match(request: HttpRequest, number: int, enquiry: int) -> HttpResponse:
    """This is the enquiry that was promised."""
    row = queries.load(number, by=request.user)
    actions.match(row, by=request.user, enquiry=queries.load_possible(row, enquiry))
    messages.success(request, "The two belong together now.")
    return redirect("consultations:one", number)


@holding(Permission.ADVISE_CALLERS, Permission.SEE_ENQUIRIES)
def notes(request: HttpRequest) -> HttpResponse:
    """Informal talk: note it in ten seconds, find it again."""
    by, text = request.user, request.GET.get("q", "").replace("\x00", "").strip()[:60]
    form = NoteForm(request.POST or None, initial={"reference": request.GET.get("about", "")[:16]})
    if form.is_valid():
        enquiry = _about(form, by)
        if form.is_valid():
            said = {name: form.cleaned_data[name] for name in ("whom", "gist")}
            actions.note(enquiry.area if enquiry else _area(by), by=by, enquiry=enquiry, **said)
            messages.success(request, "Noted.")
            return redirect("consultations:notes")
    return page(request, "consultations/notes.html", NotesPage(queries.notes(by=by, text=text), form, text))


def _about(form: NoteForm, by: User) -> Enquiry | None:
    reference = form.cleaned_data.get("reference", "").strip().upper()
    try:
        return load_enquiry(reference, by=by) if reference else None
    except Http404:
        form.add_error("reference", "There is no open enquiry with this reference. Check it, or leave it empty")
        return None


def _area(by: User) -> Area:
    areas = by.areas_where(Permission.ADVISE_CALLERS) or by.areas_where(Permission.SEE_ENQUIRIES)
    return Area.objects.get(pk=min(areas))
