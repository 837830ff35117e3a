"""What needs me: the first page after sign-in, and the "needs you" list that every page counts."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies import actions as agencies
from openmash.agencies.doors import open_to_all, signed_in
from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.desk.lists import Filter, Page
from openmash.desk.lists import queue as queue_of
from openmash.enquiries.queries import NeedLine, children_of, needs_of

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


@dataclass(frozen=True)
class WorkPage:
    needs: tuple[NeedLine, ...]
    children: dict[int, str]
    mine: Page | None
    wants_digest: bool


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


def _work(by: User, now: datetime, mine: Page | None) -> WorkPage:
    """Hub staff see whom a need is about; others see the reference, and the rest once they have opened it."""
    found = needs_of(by, now=now)
    is_hub = bool(by.areas_where(Permission.SEE_ENQUIRIES))
    return WorkPage(found, children_of([need.enquiry for need in found]) if is_hub else {}, mine, by.wants_digest)


@require_POST
@signed_in
def choose_digest(request: HttpRequest) -> HttpResponse:
    wants = request.POST.get("wants") == "digest"
    agencies.choose_digest(request.user, by=request.user, wants_digest=wants)
    messages.success(request, "You get one e-mail a day." if wants else "You get an e-mail when something needs you.")
    return redirect("/work/")
