"""The recipient's doors: what was released to them, opened, read, acknowledged; 410 once it has ended."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused
from openmash.design.document import pdf
from openmash.design.page import page
from openmash.disclosure import actions, readings
from openmash.disclosure.codes import RULES_OF_USE
from openmash.disclosure.models import Release
from openmash.disclosure.paper import mark_of
from openmash.disclosure.policies import has_ended, may_acknowledge
from openmash.disclosure.product import Part, parts_of
from openmash.disclosure.queries import ReleasedLine, load_for_recipient, released_to
from openmash.kit.verdict import Verdict

for_recipients = holding(Permission.RECEIVE_RELEASE)


@dataclass(frozen=True)
class ReleasedPage:
    lines: tuple[ReleasedLine, ...]


@dataclass(frozen=True)
class Envelope:
    """What stands on the outside: enough to know that it is yours, and what opening it means."""

    path: str
    hub: str
    until: datetime
    rules: tuple[str, ...]


@dataclass(frozen=True)
class ProductPage:
    """The approved text, every character of it, and nothing else of the hub's."""

    path: str
    parts: tuple[Part, ...]
    mark: str
    may_acknowledge: Verdict
    acknowledged_at: datetime | None


@dataclass(frozen=True)
class Gone:
    telephone: str


@for_recipients
def released(request: HttpRequest) -> HttpResponse:
    return page(request, "disclosure/released.html", ReleasedPage(released_to(request.user, now=timezone.now())))


@for_recipients
def product(request: HttpRequest, token: UUID) -> HttpResponse:
    row, now = load_for_recipient(token, by=request.user), timezone.now()
    path = f"/released/{token}/"
    if has_ended(row, now):
        return _gone(request, row)
    if row.first_read_at is None:
        envelope = Envelope(path, row.enquiry.area.hub_name, row.expires_at, RULES_OF_USE)
        return page(request, "disclosure/envelope.html", envelope)
    try:
        text = readings.read_released(row, by=request.user, now=now)
    except Refused:
        return _gone(request, row)
    value = ProductPage(path, parts_of(text), mark_of(row), may_acknowledge(request.user, row), row.acknowledged_at)
    return page(request, "disclosure/product.html", value)


@for_recipients
def as_pdf(request: HttpRequest, token: UUID) -> HttpResponse:
    """The same as an accessible PDF, named by its reference alone."""
    row, now = load_for_recipient(token, by=request.user), timezone.now()
    need_fresh_proof()
    if row.first_read_at is None and not has_ended(row, now):
        return redirect("disclosure:product", token)
    try:
        document = readings.print_released(row, by=request.user, now=now)
    except Refused:
        return _gone(request, row)
    response = HttpResponse(pdf(document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row.enquiry.reference}-released.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@for_recipients
@require_POST
def open_it(request: HttpRequest, token: UUID) -> HttpResponse:
    row = load_for_recipient(token, by=request.user)
    if row.first_read_at is None and not has_ended(row, timezone.now()):
        actions.open_released(row, by=request.user)
    return redirect("disclosure:product", token)


@for_recipients
@require_POST
def acknowledge(request: HttpRequest, token: UUID) -> HttpResponse:
    row = load_for_recipient(token, by=request.user)
    if has_ended(row, timezone.now()):
        return _gone(request, row)
    actions.acknowledge(row, by=request.user)
    messages.success(request, "The hub knows that you have it")
    return redirect("disclosure:product", token)


@for_recipients
@require_POST
def stopped(request: HttpRequest, token: UUID) -> HttpResponse:
    actions.heed_recall(load_for_recipient(token, by=request.user), by=request.user)
    messages.success(request, "The hub knows that you have stopped using it")
    return redirect("disclosure:released")


def _gone(request: HttpRequest, row: Release) -> HttpResponse:
    """410, with nothing of what was in it (I13)."""
    return page(request, "disclosure/gone.html", Gone(row.enquiry.area.telephone), status=410)
