"""The doors to what stays closed: who sees a restricted enquiry, and what is opened in an emergency."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, known_to
from openmash.design.moments import moment
from openmash.design.page import page
from openmash.enquiries.queries import load
from openmash.enquiries.record import Record, record
from openmash.feeds.readings import EventLine, read_events
from openmash.intelligence import actions as intelligence
from openmash.intelligence.actions import SealedItem
from openmash.intelligence.policies import may_open_sealed
from openmash.people.queries import names_of
from openmash.restrictions import actions, queries
from openmash.restrictions.forms import (
    EmergencyForm,
    GlassForm,
    LiftForm,
    LikeForm,
    NameForm,
    ReferenceForm,
    RestrictForm,
    ReviewForm,
)
from openmash.restrictions.queries import GlassLine, LikeLine, RestrictionLine


@dataclass(frozen=True)
class RestrictPage:
    reference: str
    form: RestrictForm


@dataclass(frozen=True)
class RestrictionsPage:
    lines: tuple[RestrictionLine, ...]
    form: ReferenceForm


@dataclass(frozen=True)
class RestrictionPage:
    line: RestrictionLine
    name: NameForm
    review: ReviewForm
    lift: LiftForm
    like: LikeForm
    likenesses: tuple[LikeLine, ...]


@dataclass(frozen=True)
class GlassPage:
    line: GlassLine
    form: GlassForm


def tried(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the act was done; what refused it stands at the top of the form, and what was typed stays."""
    try:
        act()
    except Refused as refused:
        for reason in refused.verdict.reasons:
            form.add_error(None, reason)
        return False
    return True


@holding(Permission.RESTRICT)
def restrictions(request: HttpRequest) -> HttpResponse:
    """What is restricted, first due for review first; and the way to restrict another by its reference."""
    form = ReferenceForm(request.GET if "reference" in request.GET else None)
    if form.is_valid():
        return redirect("restrictions:restrict", form.cleaned_data["reference"].upper())
    lines = queries.restrictions(by=request.user, now=timezone.now())
    return page(request, "restrictions/restrictions.html", RestrictionsPage(lines, form))


@holding(Permission.RESTRICT)
def restrict(request: HttpRequest, reference: str) -> HttpResponse:
    """Say why, and who keeps seeing it."""
    by = request.user
    enquiry = queries.load_to_restrict(reference, by=by)
    if number := queries.restriction_of(enquiry):
        return redirect("restrictions:restriction", number)
    people = queries.people_of(enquiry.area_id)
    initial = {"names": [str(number) for number in (enquiry.owner_id, by.pk) if number]}
    form = RestrictForm(request.POST or None, people=people, initial=initial)
    if form.is_valid():
        said = form.cleaned_data | {"names": list(User.objects.filter(pk__in=form.cleaned_data["names"]))}
        if tried(form, lambda: actions.restrict(enquiry, by=by, **said)):
            messages.success(request, f"{reference} is restricted. It exists for those who are named alone.")
            return redirect("restrictions:restrictions")
    return page(request, "restrictions/restrict.html", RestrictPage(reference, form))


@holding(Permission.RESTRICT)
def restriction(request: HttpRequest, number: int) -> HttpResponse:
    """Who sees it, whether it still has to be restricted, and what came since about people like these.

    What is pressed says which of the forms it is.
    """
    by = request.user
    row = queries.load_restriction(number, by=by)
    asked = {request.POST.get("act", ""): request.POST}
    naming = NameForm(asked.get("name"), people=queries.people_of(row.enquiry.area_id))
    like = LikeForm(asked.get("like"), prefix="like")
    review, lift = ReviewForm(asked.get("review"), prefix="review"), LiftForm(asked.get("lift"), prefix="lift")
    if naming.is_valid() and tried(naming, lambda: actions.name(row, by=by, user=_user(naming.cleaned_data["user"]))):
        return _done(request, "They see it from now on.", request.path)
    if review.is_valid() and tried(review, lambda: actions.review(row, by=by, **review.cleaned_data)):
        return _done(request, "It stays restricted, and is due for review in 90 days.", request.path)
    if lift.is_valid() and tried(lift, lambda: actions.lift(row, by=by, **lift.cleaned_data)):
        return _done(request, "It is no longer restricted.", "/restrictions/")
    if like.is_valid() and tried(like, lambda: actions.answer_likeness(row, by=by, **like.cleaned_data)):
        return _done(request, "What you said is recorded.", request.path)
    line, likenesses = queries.restriction(row, by=by, now=timezone.now()), queries.likenesses(row)
    return page(request, "restrictions/restriction.html", RestrictionPage(line, naming, review, lift, like, likenesses))


def _done(request: HttpRequest, says: str, path: str) -> HttpResponse:
    messages.success(request, says)
    return redirect(path)


@require_POST
@holding(Permission.RESTRICT)
def unname(request: HttpRequest, number: int, user: int) -> HttpResponse:
    row = queries.load_restriction(number, by=request.user)
    actions.unname(row, by=request.user, user=_user(user))
    messages.success(request, "They do not see it any more.")
    return redirect("restrictions:restrictions")


def _user(number: int | str) -> User:
    return User.objects.get(pk=number)


@holding(Permission.BREAK_GLASS)
def emergency(request: HttpRequest) -> HttpResponse:
    """By the exact reference. Whatever is not a restricted enquiry gets one and the same answer."""
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        need_fresh_proof()
        by, reference = request.user, form.cleaned_data["reference"].strip().upper()
        if until := queries.open_until(reference, by=by, now=timezone.now()):
            form.add_error("reference", f"You have opened it already: it stays open to you until {moment(until)}")
        elif tried(form, lambda: actions.break_glass(by, by=by, **form.cleaned_data)):
            messages.success(request, "It is open to you for one hour. The governance lead reviews why.")
            return redirect(f"/enquiry/{reference}/")
    return page(request, "restrictions/emergency.html", form)


@dataclass(frozen=True)
class SealedPage:
    record: Record
    is_open: bool
    until: datetime | None
    items: tuple[SealedItem, ...]
    events: tuple[tuple[EventLine, str], ...]


@holding(Permission.BREAK_GLASS)
def sealed(request: HttpRequest, reference: str) -> HttpResponse:
    """What is sealed of an enquiry that was opened in an emergency: asked for each time, and on this page alone."""
    by, is_open = request.user, request.method == "POST"
    enquiry = known_to(by, load(reference, by=by), may_open_sealed, event="intelligence.read")
    if is_open:
        need_fresh_proof()
    found = intelligence.read(enquiry, by=by, in_emergency=True) if is_open else ()
    items = tuple(one for one in found if one.sensitivity == "X")
    events = read_events(enquiry, by=by, in_emergency=True) if is_open else ()
    names = names_of(lead for event in events for lead in event.leads)
    told = tuple((event, ", ".join(names[lead].name for lead in event.leads)) for event in events)
    now = timezone.now()
    around, until = record(enquiry, by=by, now=now, current="requests/"), queries.open_until(reference, by=by, now=now)
    return page(request, "restrictions/sealed.html", SealedPage(around, is_open, until, items, told))


@holding(Permission.REVIEW_RESTRICTED)
def emergencies(request: HttpRequest) -> HttpResponse:
    """What was opened in an emergency: what waits for a review first."""
    lines = queries.emergencies(by=request.user, now=timezone.now())
    return page(request, "restrictions/emergencies.html", lines)


@holding(Permission.REVIEW_RESTRICTED)
def review_glass(request: HttpRequest, number: int) -> HttpResponse:
    """Say whether it was justified."""
    row = queries.load_glass(number, by=request.user)
    form = GlassForm(request.POST or None)
    if form.is_valid() and tried(form, lambda: actions.review_glass(row, by=request.user, **form.cleaned_data)):
        messages.success(request, "Reviewed. What you said stays with it.")
        return redirect("restrictions:emergencies")
    line = queries.glass_line(row, by=request.user, now=timezone.now())
    return page(request, "restrictions/review_glass.html", GlassPage(line, form))
