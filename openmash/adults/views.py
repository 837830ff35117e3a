"""The doors to what is recorded of an adult at risk."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from openmash.adults import actions
from openmash.adults.around import ChildLine, children_around
from openmash.adults.forms import CareActForm, ChildForm
from openmash.adults.policies import is_child_considered, may_consider_children, may_record
from openmash.adults.queries import AtRisk, at_risk, record_begins
from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.enquiries.queries import load
from openmash.enquiries.record import Record, record
from openmash.kit.verdict import Verdict
from openmash.triage.attempts import Conflict, attempt


@dataclass(frozen=True)
class CareActPage:
    record: Record
    form: CareActForm
    may: Verdict
    conflict: Conflict | None
    at_risk: AtRisk | None
    worry: str


@dataclass(frozen=True)
class ChildrenPage:
    record: Record
    form: ChildForm
    may: Verdict
    conflict: Conflict | None
    at_risk: AtRisk | None
    children: tuple[ChildLine, ...]


@holding(Permission.RATE)
def care_act(request: HttpRequest, reference: str) -> HttpResponse:
    """The Care Act test; once it is saved, the children around the adult."""
    enquiry = load(reference, by=request.user)
    begun = record_begins(enquiry, by=request.user) | {"version": enquiry.version}
    form = CareActForm(request.POST or None, initial=begun)
    tried = attempt(form, enquiry, lambda **said: actions.record(enquiry, by=request.user, **said))
    if tried.is_done:
        messages.success(request, "The Care Act test is recorded")
        return redirect(f"/enquiry/{reference}/" + ("" if is_child_considered(request.user, enquiry) else "children/"))
    around, may = record(enquiry, by=request.user, now=timezone.now()), may_record(request.user, enquiry)
    known = at_risk(enquiry, by=request.user)
    return page(request, "adults/care_act.html", CareActPage(around, form, may, tried.conflict, known, enquiry.worry))


@holding(Permission.SCREEN)
def children(request: HttpRequest, reference: str) -> HttpResponse:
    """The children around the adult, and the question that is not skipped."""
    enquiry = load(reference, by=request.user)
    found = children_around(enquiry, by=request.user)
    form = ChildForm(request.POST or None, initial={"version": enquiry.version}, children=found)
    tried = attempt(form, enquiry, lambda **said: actions.consider_children(enquiry, by=request.user, **said))
    if tried.is_done:
        messages.success(request, "Your answer about the children is recorded")
        return redirect(f"/enquiry/{reference}/")
    around, may = record(enquiry, by=request.user, now=timezone.now()), may_consider_children(request.user, enquiry)
    known = at_risk(enquiry, by=request.user)
    return page(request, "adults/children.html", ChildrenPage(around, form, may, tried.conflict, known, found))
