"""The doors of those who look after accounts: joiners, movers, leavers, and what two people decide."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies import actions, granting, staff
from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.forms import JoinerForm, RoleForm, WhyForm
from openmash.agencies.models import Agency
from openmash.agencies.roles import Permission
from openmash.agencies.tokens import TokenLine, waiting
from openmash.audit.action import Refused
from openmash.design.page import page

for_keepers = holding(Permission.MANAGE_USERS, Permission.AGREE_ACCESS)
for_administrators = holding(Permission.MANAGE_USERS)


@dataclass(frozen=True)
class StaffPage:
    changes: tuple[staff.ChangeLine, ...]
    tokens: tuple[TokenLine, ...]
    lines: tuple[staff.StaffLine, ...]
    may_employ: bool


@for_keepers
def everybody(request: HttpRequest) -> HttpResponse:
    by = request.user
    may_employ = bool(by.areas_where(Permission.MANAGE_USERS))
    value = StaffPage(staff.changes(by=by), waiting(by, now=timezone.now()), staff.staff(by=by), may_employ)
    return page(request, "agencies/staff.html", value)


@for_administrators
def employ(request: HttpRequest) -> HttpResponse:
    """A joiner: an account that opens nothing until two people have given it a role."""
    form = JoinerForm(request.POST or None, agencies=staff.employers(request.user))
    if form.is_valid():
        said = dict(form.cleaned_data)
        agency = Agency.objects.get(pk=said.pop("agency"))
        user = actions.employ(agency, by=request.user, joined_on=timezone.localdate(), **said)
        messages.success(request, f"{user.name} has an account, and no role yet")
        return redirect("agencies:member", user.pk)
    return page(request, "agencies/employ.html", form)


@for_keepers
def member(request: HttpRequest, number: int) -> HttpResponse:
    return page(request, "agencies/member.html", staff.member(number, by=request.user))


@for_administrators
def propose_role(request: HttpRequest, number: int) -> HttpResponse:
    user = staff.load_member(number, by=request.user)
    form = RoleForm(request.POST or None, choices=staff.choices(request.user))
    if form.is_valid():
        asked = staff.role_of(user, **form.cleaned_data)
        if _proposed(request, form, asked):
            return redirect("agencies:member", number)
    return page(request, "agencies/propose_role.html", {"name": user.name, "number": number, "form": form})


@for_administrators
def propose_reset(request: HttpRequest, number: int) -> HttpResponse:
    user = staff.load_member(number, by=request.user)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        asked = staff.reset_of(user, request.user)
        asked.because = form.cleaned_data["because"]
        if _proposed(request, form, asked):
            return redirect("agencies:member", number)
    return page(request, "agencies/propose_reset.html", {"name": user.name, "number": number, "form": form})


def _proposed(request: HttpRequest, form: RoleForm | WhyForm, asked: staff.AccessChange) -> bool:
    need_fresh_proof()
    try:
        granting.propose(asked, by=request.user)
    except Refused as refused:
        for reason in refused.verdict.reasons:
            form.add_error(None, reason)
        return False
    messages.success(request, "The governance lead is asked by e-mail to agree")
    return True


@for_keepers
@require_POST
def agree(request: HttpRequest, number: int) -> HttpResponse:
    change = staff.load_change(number, by=request.user)
    need_fresh_proof()
    granting.agree(change, by=request.user)
    messages.success(request, f"{change.user.name} is told by e-mail")
    return redirect("agencies:staff")


@for_keepers
def decline(request: HttpRequest, number: int) -> HttpResponse:
    change = staff.load_change(number, by=request.user)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        granting.decline(change, by=request.user, because=form.cleaned_data["because"])
        messages.success(request, "It is declined")
        return redirect("agencies:staff")
    return page(request, "agencies/decline.html", {"line": granting.words_of(change), "form": form})


@for_keepers
@require_POST
def take_away(request: HttpRequest, number: int, other: int) -> HttpResponse:
    user = staff.load_member(number, by=request.user)
    granting.take_role_away(staff.load_role(other, user, by=request.user), by=request.user)
    messages.success(request, "The role is taken away from now on")
    return redirect("agencies:member", number)


@for_keepers
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    user = staff.load_member(number, by=request.user)
    granting.close_account(user, by=request.user)
    messages.success(request, f"The account of {user.name} is closed from now on")
    return redirect("agencies:staff")
