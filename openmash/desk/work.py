"""What needs me: the first page after sign-in, and the "needs you" list that every page counts."""

from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies import actions as agencies
from openmash.agencies.doors import open_to_all, signed_in
from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.design.fields import GovDateField
from openmash.design.page import page
from openmash.desk.lists import Filter, Page
from openmash.desk.lists import queue as queue_of
from openmash.enquiries import actions as enquiries
from openmash.enquiries.queries import NeedLine, needs_of, whom

# Where each permission's work is, most telling first: the first that a user holds is their home.
_HOMES = (
    (Permission.DECIDE, "/due/"),
    (Permission.SEE_ENQUIRIES, "/work/"),
    (Permission.CONSENT_TO_RELEASE, "/consents/"),
    (Permission.ANSWER, "/checks/"),
    (Permission.RECEIVE_RELEASE, "/received/"),
    (Permission.READ_LEDGER, "/ledger/"),
    (Permission.COUNT, "/times/"),
    (Permission.ADVISE_CALLERS, "/consultations/"),
    (Permission.EVALUATE_NOTIFICATIONS, "/notifications/"),
    (Permission.SEE_OWN_ENQUIRIES, "/my-enquiries/"),
)


class AwayForm(forms.Form):
    """The last day of an absence."""

    until = GovDateField(label="My last day away", subject="Your last day away", side="future")


@dataclass(frozen=True)
class WorkPage:
    needs: tuple[NeedLine, ...]
    children: dict[int, str]
    mine: Page | None
    wants_digest: bool
    away: AwayForm
    away_until: date | None


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """The public are led to the form; whoever is signed in, to their work."""
    by = request.user
    if not isinstance(by, User):
        return redirect("/make-an-enquiry/")
    return redirect(next((path for permission, path in _HOMES if by.areas_where(permission)), "/work/"))


@signed_in
def work(request: HttpRequest) -> HttpResponse:
    by, now = request.user, timezone.now()
    mine = queue_of(by, Filter(mine="1"), now=now) if by.areas_where(Permission.SEE_ENQUIRIES) else None
    return page(request, "desk/work.html", _work(by, now, mine))


@signed_in
def needs(request: HttpRequest) -> HttpResponse:
    return page(request, "desk/work.html", _work(request.user, timezone.now(), None))


def _work(by: User, now: datetime, mine: Page | None, away: AwayForm | None = None) -> WorkPage:
    """Hub staff see whom a need is about; others see the reference, and the rest once they have opened it."""
    found = needs_of(by, now=now)
    is_hub = bool(by.areas_where(Permission.SEE_ENQUIRIES))
    children = whom([need.enquiry for need in found]) if is_hub else {}
    until = by.away_until if by.away_until and by.away_until >= timezone.localdate(now) else None
    return WorkPage(found, children, mine, by.wants_digest, away or AwayForm(), until)


@require_POST
@signed_in
def choose_digest(request: HttpRequest) -> HttpResponse:
    wants = request.POST.get("wants") == "digest"
    agencies.choose_digest(request.user, by=request.user, wants_digest=wants)
    messages.success(request, "You get one e-mail a day." if wants else "You get an e-mail when something needs you.")
    return redirect("/work/")


@require_POST
@signed_in
def go_away(request: HttpRequest) -> HttpResponse:
    """Away until a day, or here again: what was taken goes back to its desk."""
    by, form = request.user, AwayForm(request.POST)
    if request.POST.get("do") == "back":
        enquiries.come_back(by, by=by)
        messages.success(request, "You are here again.")
        return redirect("/work/")
    if form.is_valid():
        enquiries.go_away(by, by=by, until=form.cleaned_data["until"])
        messages.success(request, "What you had taken is back at its desk. Others see that you are away.")
        return redirect("/work/")
    return page(request, "desk/work.html", _work(by, timezone.now(), None, form))
