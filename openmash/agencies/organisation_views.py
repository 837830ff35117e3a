"""The doors of single sign-on: to the organisation, and back."""

from dataclasses import asdict

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from openmash.agencies import organisations
from openmash.agencies.doors import open_to_all, signed_in
from openmash.agencies.factors import ELSEWHERE
from openmash.agencies.models import User
from openmash.agencies.organisations import Asked, NotTaken, Organisation, Told
from openmash.audit.action import Refused
from openmash.design.page import page

ASKED = "asked_of_organisation"


@open_to_all
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """To the organisation, where they sign in as they always do."""
    return _leave(request, _one(key), again=False)


@signed_in
def leave_again(request: HttpRequest, key: str) -> HttpResponse:
    """The same for somebody who is signed in, to show anew who they are."""
    return _leave(request, _one(key), again=True)


def _leave(request: HttpRequest, one: Organisation, *, again: bool) -> HttpResponse:
    there = request.GET.get("next", "/")
    there = there if url_has_allowed_host_and_scheme(there, None) else "/"
    try:
        address, asked = organisations.ask(one, there, _back(one), again=again)
    except NotTaken as problem:
        return _judged(request, Told(one, wrong=str(problem)))
    request.session[ASKED] = asdict(asked)
    return redirect(address)


@open_to_all
def come_back(request: HttpRequest, key: str) -> HttpResponse:
    """Back from there: signed in, or the one page that says nothing of why not."""
    one, kept = _one(key), request.session.pop(ASKED, None)
    asked = Asked(**kept) if kept else None
    if asked is None or asked.organisation != key:
        return _judged(request, Told(one, wrong="Nothing was asked of it in this browser."))
    try:
        claims = organisations.claims_of(one, asked, request.GET.dict(), _back(one), timezone.now())
    except NotTaken as problem:
        return _judged(request, Told(one, wrong=str(problem)))
    return _judged(request, Told(one, claims, of=(request.user.pk or 0) if asked.again else None), asked)


def _judged(request: HttpRequest, told: Told, asked: Asked | None = None) -> HttpResponse:
    try:
        user = organisations.sign_in(told, by=organisations.speaker(told.organisation))
    except Refused:
        return page(request, "agencies/not_taken.html", told.organisation.name, status=403)
    return _signed_in(request, user, told, asked)


def _signed_in(request: HttpRequest, user: User, told: Told, asked: Asked | None) -> HttpResponse:
    is_again = asked is not None and asked.again
    if isinstance(request.user, User) and not is_again:
        logout(request)
    record_authentication(request, user, "socialaccount", provider=told.organisation.key)
    request.by_organisation = told.organisation.key  # type: ignore[attr-defined]
    if told.has_shown_factor:
        request.factor_shown = True  # type: ignore[attr-defined]
        record_authentication(request, user, "mfa", type=ELSEWHERE)
    there = asked.there if asked else "/"
    if is_again:
        request.GET = request.GET.copy()  # type: ignore[assignment]
        request.GET["next"] = there
        return resume_request(request) or redirect(there)
    return perform_login(request, user, email_verification="none", redirect_url=there)


def _one(key: str) -> Organisation:
    one = organisations.organisations().get(key)
    if one is None:
        raise Http404
    return one


def _back(one: Organisation) -> str:
    return str(settings.ADDRESS + reverse("agencies:organisation_back", args=[one.key]))
