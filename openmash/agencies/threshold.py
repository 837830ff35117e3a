"""What stands between a sign-in and the first page, and how long a sign-in lasts: decided here, at every request.

A sign-in ends after 15 minutes in which nothing was asked, and after 10 hours whatever was asked. Nothing of the hub is
shown before the second factor was, and before the working practices were acknowledged. Sources: ASVS 5.0 V6.3.3,
V7.3.1, V7.3.2, V7.4.1; M131.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from openmash.agencies.factors import has_factor, proved_at, shown_elsewhere
from openmash.agencies.kept import KEPT, keep, take
from openmash.agencies.models import User
from openmash.agencies.practices import VERSION, acknowledged_at
from openmash.design.page import page

GetResponse = Callable[[HttpRequest], HttpResponse]
BEGAN, SEEN = "began_at", "seen_at"
ALMOST = timedelta(minutes=1)  # how often a session writes down that it is in use
WIPE, WIPE_BUT_COOKIES = '"cache", "cookies", "storage"', '"cache", "storage"'
# The doors through which a second factor is enrolled or shown, and the way out.
ON_THE_WAY = ("mfa_", "account_logout", "account_reauthenticate", "organisation_again")
PRACTICES = "practices"  # its door, and the version that this session has seen acknowledged


class keep_the_threshold:  # noqa: N801 - reads as a step in the list of middleware
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, User):
            return self.get_response(request)
        ended = _why_over(request)
        response = _signed_out(request, request.user, ended) if ended else self.get_response(request)
        if not isinstance(request.user, User):
            response.setdefault("Clear-Site-Data", WIPE)
        response.setdefault("Cache-Control", "no-store")  # who presses Back after signing out sees nothing
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        by = request.user
        name = request.resolver_match.url_name if request.resolver_match else ""
        if not isinstance(by, User) or getattr(view, "audience", "") == "Anyone" or str(name).startswith(ON_THE_WAY):
            return None
        if waits := _waits_for_factor(request, by):
            return waits
        if name == PRACTICES:
            return None
        if waits := _waits_for_practices(request, by):
            return waits
        kept = take(request, by) if KEPT in request.session else None
        return page(request, "agencies/kept.html", kept) if kept else None


def _waits_for_factor(request: HttpRequest, by: User) -> HttpResponse | None:
    if not settings.SECOND_FACTOR:
        return None
    if not shown_elsewhere(request, by) and not has_factor(by):
        return redirect("mfa_index")
    return asked_again(request, by) if proved_at(request, by) is None else None


def _waits_for_practices(request: HttpRequest, by: User) -> HttpResponse | None:
    """Once a version: what somebody sends meanwhile is kept for them, as after a sign-in that ended."""
    if not settings.WORKING_PRACTICES or request.session.get(PRACTICES) == VERSION:
        return None
    if acknowledged_at(by.pk):
        request.session[PRACTICES] = VERSION
        return None
    keep(request, by)
    there = request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{reverse('agencies:practices')}?{urlencode({'next': there})}")


def asked_again(request: HttpRequest, by: User) -> HttpResponse:
    """To where a passkey, a code or, without either, the password is shown again; then on to where they were."""
    return suspend_request(request, get_adapter().get_reauthentication_methods(by)[0]["url"])


def _why_over(request: HttpRequest) -> str:
    """ "idle" or "long" when this session's time is up, else nothing; and the note that it is in use."""
    now, session = timezone.now().timestamp(), request.session
    began, seen = session.setdefault(BEGAN, now), session.setdefault(SEEN, now)
    if now - began >= settings.SESSION_LASTS.total_seconds():
        return "long"
    if now - seen >= settings.SESSION_IDLES.total_seconds():
        return "idle"
    if now - seen >= ALMOST.total_seconds() and not _asks_by_itself(request):
        session[SEEN] = now
    return ""


def _asks_by_itself(request: HttpRequest) -> bool:
    """A page that refreshes itself while nobody is there keeps nobody signed in."""
    return request.method == "GET" and "HX-Request" in request.headers


def _signed_out(request: HttpRequest, by: User, ended: str) -> HttpResponse:
    logout(request)
    is_kept = keep(request, by)
    path = request.get_full_path() if request.method == "GET" else "/"
    response = redirect(f"{settings.LOGIN_URL}?{urlencode({'ended': ended, 'next': path})}")
    if is_kept:  # the cookie leads to it
        response["Clear-Site-Data"] = WIPE_BUT_COOKIES
    return response
