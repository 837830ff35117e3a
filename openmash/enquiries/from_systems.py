"""What another system sent and what could not be taken: looked at beside its form, completed, or put away."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from openmash.agencies.doors import holding
from openmash.agencies.held_back import end_held, load_held, open_held
from openmash.agencies.models import HeldBack, User
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.enquiries.calls import CallForms, send_call
from openmash.enquiries.forms.sending import PutAwayForm
from openmash.enquiries.half_filled import in_full
from openmash.enquiries.models import Draft, Enquiry


@dataclass(frozen=True)
class Came:
    """What came. `text` is the original, empty when it is not the hub's to read."""

    system: str
    agency: str
    at: datetime
    because: str
    text: str
    is_enquiry: bool
    url: str


@dataclass(frozen=True)
class HeldPage:
    came: Came
    ended: str
    form: PutAwayForm
    complete_url: str


def came(held: HeldBack, body: bytes) -> Came:
    whose, is_enquiry = held.system, held.what == "enquiry"
    text = in_full(body) if is_enquiry else ""
    return Came(whose.name, whose.agency.name, held.received_at, held.because, text, is_enquiry, came_url(held))


@holding(Permission.CHASE)
@never_cache
def one(request: HttpRequest, token: str) -> HttpResponse:
    """What came and why it was not taken. A POST puts it away, with a reason."""
    held = load_held(token, by=request.user)
    form = PutAwayForm(request.POST or None)
    if form.is_valid() and held.ended_at is None:
        end_held(held, by=request.user, because=form.cleaned_data["because"])
        messages.success(request, "Put away. It is kept as it came")
        return redirect("/exceptions/")
    what = came(held, open_held(held, by=request.user))
    return page(request, "enquiries/held.html", HeldPage(what, held.ended_because, form, f"/telephone/{held.call}/"))


def complete(held: HeldBack, draft: Draft, forms: CallForms, *, by: User, now: datetime) -> Enquiry:
    """The enquiry that a person made of it, as its agency's and its system's: both or neither."""
    with transaction.atomic():
        enquiry = send_call(draft, forms, by=by, now=now, held=held)
        if held.ended_at is None:
            end_held(held, by=by, now=now, because="Completed by hand", came_to=enquiry.reference)
    return enquiry


def came_url(held: HeldBack) -> str:
    return f"/from-systems/{held.call}/"
