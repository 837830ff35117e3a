"""The doors to grading domestic abuse and to MARAC."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.design.repeated import Repeated, kept
from openmash.domestic_abuse import actions
from openmash.domestic_abuse.forms import REFER, GradeForm, MaracForm, MeetingForm, action_form
from openmash.domestic_abuse.given import GivenAction, GivenMeeting
from openmash.domestic_abuse.models import MaracReferral
from openmash.domestic_abuse.policies import may_record_meeting
from openmash.domestic_abuse.queries import Criteria, Graded, Marac, criteria_for, grade_begins, graded, load_referral
from openmash.domestic_abuse.queries import marac as marac_of
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import load, parties
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
    form = GradeForm(request.POST or None, initial={"version": enquiry.version} | grade_begins(enquiry, so_far))
    tried = attempt(form, enquiry, lambda **said: actions.grade(enquiry, by=request.user, **said))
    if tried.is_done:
        messages.success(request, "The grade is recorded")
        return redirect(f"/enquiry/{reference}/")
    around = record(enquiry, by=request.user, now=timezone.now())
    found = criteria_for(enquiry, so_far, by=request.user, today=timezone.localdate())
    value = GradePage(around, form, so_far.may_grade, tried.conflict, so_far, found)
    return page(request, "domestic_abuse/grade.html", value)


@dataclass(frozen=True)
class MaracPage:
    record: Record
    form: MaracForm
    may: Verdict
    conflict: Conflict | None
    marac: Marac
    criteria: Criteria


@dataclass(frozen=True)
class MeetingPage:
    record: Record
    form: MeetingForm
    may: Verdict
    conflict: Conflict | None
    actions: Repeated[forms.Form]


@holding(Permission.RATE)
def marac(request: HttpRequest, reference: str) -> HttpResponse:
    """Refer to MARAC beside the four criteria, or say why not."""
    enquiry = load(reference, by=request.user)
    found = criteria_for(enquiry, graded(enquiry, by=request.user), by=request.user, today=timezone.localdate())
    met = [one.key for one in found.found if one.is_met]
    begun = {"version": enquiry.version, "criteria": met, "referred_on": timezone.localdate()}
    form = MaracForm(request.POST or None, initial=begun)
    tried = attempt(form, enquiry, lambda **said: _refer(enquiry, request, **said))
    if tried.is_done:
        messages.success(request, "What you decided about MARAC is recorded")
        return redirect(f"/enquiry/{reference}/")
    around, known = record(enquiry, by=request.user, now=timezone.now()), marac_of(enquiry, by=request.user)
    return page(
        request, "domestic_abuse/marac.html", MaracPage(around, form, known.may_refer, tried.conflict, known, found)
    )


def _refer(enquiry: Enquiry, request: HttpRequest, *, goes: str, because: str, **said: Any) -> MaracReferral:
    if goes == REFER:
        row: MaracReferral = actions.refer_to_marac(enquiry, by=request.user, because=because, **said)
    else:
        row = actions.do_not_refer_to_marac(enquiry, by=request.user, because=because, seen=said.get("seen"))
    return row


@holding(Permission.RATE)
def meeting(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """What MARAC decided, and who does what."""
    enquiry = load(reference, by=request.user)
    referral = load_referral(enquiry, number, by=request.user)
    typed = request.POST or None
    to_do = Repeated(action_form(enquiry.area_id), prefix="actions", data=typed, one="action", most=12)
    people = [(one.person, ", ".join(filter(None, (one.name, one.age)))) for one in parties(enquiry.pk)]
    begun = {"version": enquiry.version, "met_on": referral.meets_on}
    form = MeetingForm(None if to_do.changing else typed, initial=begun, people=people)
    if typed and to_do.changing:
        form = kept(MeetingForm, typed, people=people)
    tried = (
        attempt(form, enquiry, lambda **said: _record(referral, request, to_do, **said)) if to_do.is_valid() else None
    )
    if tried and tried.is_done:
        messages.success(request, "What MARAC decided is recorded")
        return redirect(f"/enquiry/{reference}/")
    around, conflict = record(enquiry, by=request.user, now=timezone.now()), tried.conflict if tried else None
    may = may_record_meeting(request.user, referral)
    return page(request, "domestic_abuse/meeting.html", MeetingPage(around, form, may, conflict, to_do))


def _record(
    referral: MaracReferral, request: HttpRequest, to_do: Repeated[forms.Form], *, seen: int, **said: Any
) -> None:
    """`seen` is of the enquiry, which others may have moved on meanwhile: nothing here depends on it."""
    given = [GivenAction(**one) for one in to_do.cleaned_data if one.get("what")]
    actions.record_marac(referral, by=request.user, given=GivenMeeting(**said, actions=given))
