"""The governance lead's door: to which domains personal data may be e-mailed, and which addresses are whose."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from openmash.agencies import actions as agencies
from openmash.agencies.doors import holding
from openmash.agencies.models import Area
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.post import queries
from openmash.post.forms import AddressForm, DomainForm

HERE = "/addresses/"


@dataclass(frozen=True)
class FormPage:
    title: str
    form: forms.Form


@holding(Permission.KEEP_ADDRESSES)
def addresses(request: HttpRequest) -> HttpResponse:
    """The domains that are allowed, and the addresses of each agency without accounts."""
    return page(request, "post/addresses.html", queries.addresses(by=request.user))


@holding(Permission.KEEP_ADDRESSES)
def allow(request: HttpRequest) -> HttpResponse:
    """Allow a domain, with how it is known to be secure."""
    areas = queries.choices_of_areas(request.user, Permission.KEEP_ADDRESSES)
    form = DomainForm(request.POST or None, areas=areas)
    if form.is_valid():
        said = dict(form.cleaned_data)
        agencies.allow_domain(Area.objects.get(pk=said.pop("area")), by=request.user, **said)
        messages.success(request, f"Requests may be e-mailed to {said['name']}")
        return redirect(HERE)
    return page(request, "post/keep.html", FormPage("Allow a domain", form))


@holding(Permission.KEEP_ADDRESSES)
def keep(request: HttpRequest) -> HttpResponse:
    """An address of an agency."""
    form = AddressForm(request.POST or None, agencies=queries.choices_of_agencies(request.user))
    if form.is_valid():
        said = dict(form.cleaned_data)
        agency = queries.load_agency(said.pop("agency"), by=request.user)
        agencies.keep_address(agency, by=request.user, **said)
        messages.success(request, f"{said['email']} is an address of {agency.name}")
        return redirect(HERE)
    return page(request, "post/keep.html", FormPage("Add an address", form))


@holding(Permission.KEEP_ADDRESSES)
@require_POST
def withdraw_domain(request: HttpRequest, number: int) -> HttpResponse:
    row = queries.load_domain(number, by=request.user)
    agencies.withdraw_domain(row, by=request.user)
    messages.success(request, f"Nothing more is sent to {row.name}")
    return redirect(HERE)


@holding(Permission.KEEP_ADDRESSES)
@require_POST
def withdraw_address(request: HttpRequest, number: int) -> HttpResponse:
    row = queries.load_address(number, by=request.user)
    agencies.withdraw_address(row, by=request.user)
    messages.success(request, f"{row.email} is nobody’s address any more")
    return redirect(HERE)


withdraw_domain.methods = withdraw_address.methods = ("POST",)
