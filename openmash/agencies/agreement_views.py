"""The doors of the register of sharing agreements: everybody reads it, the governance lead keeps it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies import agreements, register
from openmash.agencies.agreement_forms import (
    AgreementForm,
    EndSignatureForm,
    NextVersionForm,
    ReviewedForm,
    SharingOverrideForm,
    SignForm,
)
from openmash.agencies.doors import holding, signed_in
from openmash.agencies.models import Agency, Area
from openmash.agencies.roles import Permission
from openmash.design.page import page

for_leads = holding(Permission.OVERRIDE_AGREEMENT)


@dataclass(frozen=True)
class FormPage:
    title: str
    back: str
    form: forms.Form
    says: str = ""


def _ask(request: HttpRequest, title: str, back: str, form: forms.Form, says: str = "") -> HttpResponse:
    return page(request, "agencies/agreement_form.html", FormPage(title, back, form, says))


def _of(number: int) -> str:
    return f"/agreements/{number}/"


@signed_in
def all_agreements(request: HttpRequest) -> HttpResponse:
    """Which agreement covers which agency, and what is to be reviewed."""
    return page(request, "agencies/agreements.html", register.register(by=request.user))


@signed_in
def one_agreement(request: HttpRequest, number: int) -> HttpResponse:
    row = register.load_agreement(number, by=request.user)
    return page(request, "agencies/agreement.html", register.agreement_page(row, by=request.user))


@for_leads
def make(request: HttpRequest) -> HttpResponse:
    form = AgreementForm(request.POST or None, areas=[(area.pk, area.name) for area in register.keeps_in(request.user)])
    if form.is_valid():
        said = dict(form.cleaned_data)
        areas = list(Area.objects.filter(pk__in=said.pop("areas")))
        row = agreements.make_agreement(areas, by=request.user, **said)
        messages.success(request, "The agreement is on the register. Record who has signed it")
        return redirect(_of(row.pk))
    return _ask(request, "Add an agreement", "/agreements/", form)


@for_leads
def replace(request: HttpRequest, number: int) -> HttpResponse:
    """A new version: everybody signs anew, by a day."""
    row = register.load_agreement(number, by=request.user)
    same = {name: getattr(row, name) for name in ("shares", "lawful_bases", "kept_at")}
    form = NextVersionForm(request.POST or None, before=row.version, initial=same)
    if form.is_valid():
        new = agreements.make_version(row, by=request.user, **form.cleaned_data)
        messages.success(request, "Those who speak for each agency are asked by e-mail to have it signed")
        return redirect(_of(new.pk))
    return _ask(request, "Make a new version", _of(number), form, f"It follows {row}.")


@for_leads
def sign(request: HttpRequest, number: int) -> HttpResponse:
    row = register.load_agreement(number, by=request.user)
    form = SignForm(request.POST or None, agencies=register.could_sign(row).values_list("pk", "name"))
    if form.is_valid():
        said = dict(form.cleaned_data)
        agency = Agency.objects.get(pk=said.pop("agency"))
        agreements.sign(row, by=request.user, agency=agency, **said)
        messages.success(request, f"The signature of {agency.name} is recorded")
        return redirect(_of(number))
    return _ask(request, "Record a signature", _of(number), form, f"On {row}.")


@for_leads
def review(request: HttpRequest, number: int) -> HttpResponse:
    """It was reviewed and stays as it is."""
    row = register.load_agreement(number, by=request.user)
    form = ReviewedForm(request.POST or None)
    if form.is_valid():
        agreements.record_review(row, by=request.user, **form.cleaned_data)
        messages.success(request, "The review is recorded")
        return redirect(_of(number))
    return _ask(request, "Record a review", _of(number), form, f"{row} was reviewed today and stays as it is.")


@for_leads
def end_signature(request: HttpRequest, number: int) -> HttpResponse:
    row = register.load_signature(number, by=request.user)
    back = _of(row.agreement_id)
    form = EndSignatureForm(request.POST or None, signed_on=row.signed_on, initial={"on": timezone.localdate()})
    if form.is_valid():
        agreements.end_signature(row, by=request.user, **form.cleaned_data)
        messages.success(request, f"The signature of {row.agency.name} has its end on record")
        return redirect(back)
    says = f"{row.agency.name} is sent nothing more from that day. What it was sent before stays with it."
    return _ask(request, f"End the signature of {row.agency.name}", back, form, says)


@for_leads
def override(request: HttpRequest) -> HttpResponse:
    """An agency without a live signature is sent what it needs, until a day."""
    form = SharingOverrideForm(request.POST or None, agencies=register.unsigned_in(request.user))
    if form.is_valid():
        said = dict(form.cleaned_data)
        agency, area = (int(part) for part in said.pop("agency").split("-"))
        whose = Agency.objects.get(pk=agency)
        agreements.override_until(Area.objects.get(pk=area), by=request.user, agency=whose, **said)
        messages.success(request, f"{whose.name} may be sent what it needs until that day")
        return redirect("/agreements/")
    return _ask(request, "Override a missing signature", "/agreements/", form)


@for_leads
@require_POST
def end_override(request: HttpRequest, number: int) -> HttpResponse:
    row = register.load_override(number, by=request.user)
    agreements.end_override(row, by=request.user)
    messages.success(request, f"{row.agency.name} is sent nothing more")
    return redirect("/agreements/")
