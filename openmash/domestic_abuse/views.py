"""The door to grading domestic abuse."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.domestic_abuse import actions
from openmash.domestic_abuse.forms import GradeForm
from openmash.domestic_abuse.queries import Criteria, Graded, criteria_for, graded
from openmash.enquiries.queries import load
from openmash.enquiries.record import Record, record
from openmash.kit.verdict import Verdict
from openmash.triage.attempts import Conflict, attempt


@dataclass(frozen=True)
class GradePage:
    record: Record
    form: GradeForm
    may: Verdict
    conflict: Conflict | None
    graded: Graded
    criteria: Criteria


@holding(Permission.RATE)
def grade(request: HttpRequest, reference: str) -> HttpResponse:
    """Grade the domestic abuse of an enquiry, beside every grade before and the MARAC criteria."""
    enquiry = load(reference, by=request.user)
    so_far = graded(enquiry, by=request.user)
    form = GradeForm(request.POST or None, initial={"version": enquiry.version, "score": so_far.score})
    tried = attempt(form, enquiry, lambda **said: actions.grade(enquiry, by=request.user, **said))
    if tried.is_done:
        messages.success(request, "The grade is recorded")
        return redirect(f"/enquiry/{reference}/")
    around = record(enquiry, by=request.user, now=timezone.now())
    found = criteria_for(enquiry, so_far, by=request.user, today=timezone.localdate())
    value = GradePage(around, form, so_far.may_grade, tried.conflict, so_far, found)
    return page(request, "domestic_abuse/grade.html", value)
