"""The doors of this room: the tokens of other systems."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies import systems
from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.forms import TokenForm
from openmash.agencies.models import Agency, Area, Team
from openmash.agencies.roles import Permission
from openmash.agencies.tokens import TokenLine, choices, load_token, tokens
from openmash.audit.action import Refused
from openmash.design.page import page

for_keepers = holding(Permission.MANAGE_USERS, Permission.OVERRIDE_AGREEMENT)


@dataclass(frozen=True)
class SystemsPage:
    lines: tuple[TokenLine, ...]


@dataclass(frozen=True)
class IssuedPage:
    """The one page on which a token is ever seen."""

    system: str
    agency: str
    shows: str


@for_keepers
def connected(request: HttpRequest) -> HttpResponse:
    """Every system that acts for its agency here."""
    return page(request, "agencies/systems.html", SystemsPage(tokens(request.user, now=timezone.now())))


@for_keepers
def issue(request: HttpRequest) -> HttpResponse:
    """Let a system in. What it has to show is on the page that answers, and nowhere again."""
    form = TokenForm(request.POST or None, choices=choices(request.user))
    if form.is_valid() and (issued := _issued(request, form)):
        user = issued.token.user
        response = page(request, "agencies/issued.html", IssuedPage(user.name, user.agency.name, issued.shows))
        response["Cache-Control"] = "no-store"
        return response
    return page(request, "agencies/issue.html", form)


def _issued(request: HttpRequest, form: TokenForm) -> systems.Issued | None:
    need_fresh_proof()
    said = form.cleaned_data
    try:
        return systems.issue(
            Area.objects.get(pk=said["area"]),
            by=request.user,
            agency=Agency.objects.get(pk=said["agency"]),
            name=said["name"],
            scopes=said["scopes"],
            team=Team.objects.filter(pk=said["team"]).first(),
            expires_at=timezone.now() + timedelta(days=int(said["lasts"])),
        )
    except Refused as refused:
        for reason in refused.verdict.reasons:
            form.add_error(None, reason)
        return None


@for_keepers
@require_POST
def agree(request: HttpRequest, number: int) -> HttpResponse:
    """The second of two people agrees to a token."""
    row = load_token(number, by=request.user)
    need_fresh_proof()
    systems.agree(row, by=request.user)
    messages.success(request, f"The token of {row.user.name} can be used from now on")
    return redirect("agencies:systems")


@for_keepers
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once more, and then end a token."""
    row = load_token(number, by=request.user)
    if request.method == "POST":
        systems.revoke(row, by=request.user)
        messages.success(request, f"The token of {row.user.name} can no longer be used")
        return redirect("agencies:systems")
    value = {"system": row.user.name, "agency": row.user.agency.name, "begins": row.begins}
    return page(request, "agencies/revoke.html", value)
