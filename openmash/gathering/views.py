"""The hub's doors to this room: asking, going on without asking, overriding, withdrawing, chasing, and alerts."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.models import Agency
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused
from openmash.design.page import page
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import load
from openmash.enquiries.record import Record, record
from openmash.gathering import actions, queries
from openmash.gathering.choices import Choice, choices
from openmash.gathering.defaults import proportion
from openmash.gathering.forms import AlertForm, AskForm, OverrideForm, ReviewForm, WantOverrideForm, WithdrawForm
from openmash.gathering.given import Asked
from openmash.gathering.models import RatingAlert
from openmash.gathering.policies import (
    may_ask,
    may_meet_alert,
    may_override_agreement,
    may_rerate_on_alert,
    may_take_to_review,
    may_want_override,
    may_withdraw,
)
from openmash.gathering.queries import OverrideLine, Summary
from openmash.intelligence import actions as intelligence
from openmash.intelligence.actions import SealedItem
from openmash.kit.verdict import Verdict
from openmash.triage.attempts import Attempt, Conflict, attempt


@dataclass(frozen=True)
class AskSheet:
    """Whom to ask. `among` can be asked; `besides` cannot, for the reasons that each carries."""

    record: Record
    form: AskForm
    may: Verdict
    conflict: Conflict | None
    among: tuple[Choice, ...]
    besides: tuple[Choice, ...]
    warnings: tuple[str, ...]
    summary: Summary


@holding(Permission.ASK)
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    enquiry, now = load(reference, by=request.user), timezone.now()
    found = choices(enquiry, now=now)
    among = tuple(choice for choice in found if choice.may)
    form = AskForm(request.POST or None, among=among, version=enquiry.version)
    warnings = _unseen_warnings(form, enquiry, len(among))
    tried = Attempt() if warnings else attempt(form, enquiry, lambda **said: _ask(request, enquiry, form, said["seen"]))
    if tried.is_done:
        messages.success(
            request, f"{len(form.chosen)} {'agency is' if len(form.chosen) == 1 else 'agencies are'} asked"
        )
        return redirect(f"/enquiry/{reference}/requests/")
    around, asked = _around(request, enquiry), queries.summary(enquiry, by=request.user, now=now)
    besides = tuple(choice for choice in found if not choice.may)
    may = may_ask(request.user, enquiry)
    return page(
        request,
        "gathering/ask.html",
        AskSheet(around, form, may, tried.conflict, among, besides, warnings, asked),
    )


def _ask(request: HttpRequest, enquiry: Enquiry, form: AskForm, seen: int) -> None:
    rows = Agency.objects.in_bulk([choice.number for choice, _ in form.chosen])
    wanted = [Asked(rows[choice.number], because) for choice, because in form.chosen]
    actions.ask(enquiry, by=request.user, agencies=wanted, seen=seen)


def _unseen_warnings(form: AskForm, enquiry: Enquiry, could_be_asked: int) -> tuple[str, ...]:
    """Warnings that the worker has not had before them yet. They are shown once; the second press asks."""
    if not form.is_valid():
        return ()
    found = proportion(enquiry.rating, len(form.chosen), could_be_asked)
    if not found or form.cleaned_data["warned"] == "yes":
        return ()
    form.data = form.data.copy()
    form.data["warned"] = "yes"
    return found


@dataclass(frozen=True)
class Sheet:
    """A page of this room about one enquiry with one form on it."""

    record: Record
    form: forms.Form
    may: Verdict
    conflict: Conflict | None = None
    refused: tuple[str, ...] = ()
    agency: str = ""
    warnings: tuple[str, ...] = ()


def _around(request: HttpRequest, enquiry: Enquiry) -> Record:
    return record(enquiry, by=request.user, now=timezone.now(), current="requests/")


def _sheet(
    request: HttpRequest, enquiry: Enquiry, form: forms.Form, tried: Attempt, may: Verdict, **more: Any
) -> Sheet:
    return Sheet(_around(request, enquiry), form, may, tried.conflict, tried.refused, **more)


@holding(Permission.PROPOSE_DECISION)
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """No agency need be asked, or no answer waited for, because…"""
    enquiry = load(reference, by=request.user)
    form = ReviewForm(request.POST or None, initial={"version": enquiry.version})
    tried = attempt(form, enquiry, lambda **said: actions.take_to_review(enquiry, by=request.user, **said))
    if tried.is_done:
        messages.success(request, "The enquiry is ready for decision")
        return redirect(f"/enquiry/{reference}/")
    asked = queries.summary(enquiry, by=request.user, now=timezone.now())
    sheet = _sheet(
        request,
        enquiry,
        form,
        tried,
        may_take_to_review(request.user, enquiry),
        warnings=proportion(enquiry.rating, len(asked.lines), len(asked.lines) + 1),
    )
    return page(request, "gathering/review.html", sheet)


@holding(Permission.ASK)
def want_override(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Put it to the governance lead that an agency without a live signature be sent what it needs."""
    enquiry = load(reference, by=request.user)
    agency = Agency.objects.filter(key=key, areas=enquiry.area_id).first()
    if agency is None:
        raise Http404
    form = WantOverrideForm(request.POST or None, initial={"version": enquiry.version})
    tried = attempt(
        form, enquiry, lambda **said: actions.want_override(enquiry, by=request.user, agency=agency, **said)
    )
    if tried.is_done:
        messages.success(request, "The governance lead has been asked")
        return redirect(f"/enquiry/{reference}/{'ask/' if may_ask(request.user, enquiry) else ''}")
    sheet = _sheet(request, enquiry, form, tried, may_want_override(request.user, enquiry), agency=agency.name)
    return page(request, "gathering/want_override.html", sheet)


@dataclass(frozen=True)
class OverrideSheet:
    override: OverrideLine
    form: OverrideForm
    may: Verdict


@holding(Permission.OVERRIDE_AGREEMENT)
def override(request: HttpRequest, number: int) -> HttpResponse:
    """The governance lead lets an agency be sent something, or not."""
    row = queries.load_override(number, by=request.user)
    form = OverrideForm(request.POST or None)
    acts = {"granted": actions.override_agreement, "refused": actions.refuse_override}
    tried = attempt(form, row.enquiry, lambda did, because: acts[did](row, by=request.user, because=because))
    if tried.is_done:
        messages.success(request, "Your answer is on record")
        return redirect("/needs/")
    return page(
        request,
        "gathering/override.html",
        OverrideSheet(queries.override_line(row), form, may_override_agreement(request.user, row)),
    )


@holding(Permission.ASK)
def withdraw(request: HttpRequest, reference: str, token: UUID) -> HttpResponse:
    enquiry = load(reference, by=request.user)
    row = queries.load_request_of(enquiry, token)
    form = WithdrawForm(request.POST or None)
    tried = attempt(form, enquiry, lambda **said: actions.withdraw(row, by=request.user, **said))
    if tried.is_done:
        messages.success(request, f"The request to {row.agency.name} is withdrawn")
        return redirect(f"/enquiry/{reference}/requests/")
    sheet = _sheet(request, enquiry, form, tried, may_withdraw(request.user, row), agency=row.agency.name)
    return page(request, "gathering/withdraw.html", sheet)


@holding(Permission.CHASE)
@require_POST
def chase(request: HttpRequest, reference: str, token: UUID) -> HttpResponse:
    enquiry = load(reference, by=request.user)
    row = queries.load_request_of(enquiry, token)
    try:
        actions.chase(row, by=request.user)
        messages.success(request, f"{row.agency.name} has been reminded")
    except Refused as refused:
        messages.error(request, refused.verdict.why)
    return redirect(f"/enquiry/{reference}/requests/")


chase.methods = ("POST",)


@dataclass(frozen=True)
class AlertSheet:
    """What an agency rated higher, what it said as far as the reader may know, and the two ways to answer."""

    record: Record
    form: AlertForm
    may: Verdict
    conflict: Conflict | None
    agency: str
    agency_rating: str
    items: tuple[SealedItem, ...]


@holding(Permission.DECIDE)
def alert(request: HttpRequest, reference: str, token: UUID) -> HttpResponse:
    """An agency rates the enquiry higher: confirm, or decline with a reason."""
    enquiry = load(reference, by=request.user)
    row = queries.load_alert(enquiry, token)
    may_rerate = bool(may_rerate_on_alert(request.user, row))
    form = AlertForm(request.POST or None, rating=row.agency_rating, may_rerate=may_rerate)
    tried = attempt(form, enquiry, lambda did, because: _meet(request, row, did, because))
    if tried.is_done:
        messages.success(request, "Your answer to the agency’s rating is on record")
        return redirect(f"/enquiry/{reference}/requests/")
    items = tuple(item for item in intelligence.read(enquiry, by=request.user) if item.answer == token)
    may, agency = may_meet_alert(request.user, row), row.answer.agency.name
    return page(
        request,
        "gathering/alert.html",
        AlertSheet(_around(request, enquiry), form, may, tried.conflict, agency, row.agency_rating, items),
    )


def _meet(request: HttpRequest, row: RatingAlert, did: str, because: str) -> None:
    if did == "declined":
        actions.decline_to_rerate(row, by=request.user, because=because)
    else:
        actions.rerate_on_alert(row, by=request.user, rating=did, because=because)
