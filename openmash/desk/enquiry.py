"""The enquiry page, where hub staff live: its overview, requests and answers, decision, releases and history."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from openmash.adults.around import same_household
from openmash.adults.queries import AtRisk, at_risk
from openmash.agencies.doors import holding
from openmash.agencies.models import User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.allocation.queries import summary as handed_on
from openmash.audit.action import reading
from openmash.consultations.queries import Line as CallLine
from openmash.consultations.queries import of_enquiry as calls_for
from openmash.cumulative.queries import HitLine, hits
from openmash.decisions.queries import summary as decided
from openmash.design.page import page
from openmash.desk.next_action import NextAction, next_action
from openmash.disclosure.queries import summary as released
from openmash.domestic_abuse.queries import Graded, Marac, graded, is_domestic_abuse, marac
from openmash.enquiries import actions
from openmash.enquiries.models import Enquiry
from openmash.enquiries.policies import may_see
from openmash.enquiries.queries import (
    EarlierLine,
    PartyLine,
    StepLine,
    Story,
    load,
    load_closed,
    of_people,
    parties,
    steps,
    story,
)
from openmash.enquiries.record import Record, record
from openmash.gathering.queries import summary as asked
from openmash.insight.quality import Quality
from openmash.insight.quality import of_one as quality_of
from openmash.lookout.queries import Lookout, lookout
from openmash.people.queries import records_of


@dataclass(frozen=True)
class Area:
    """What every area of the page has: its surroundings and the one next action."""

    record: Record
    next: NextAction
    value: object


@dataclass(frozen=True)
class Overview:
    story: Story
    parties: tuple[PartyLine, ...]
    earlier: tuple[EarlierLine, ...]
    requests: object
    lookout: Lookout
    abuse: Graded | None
    marac: Marac | None
    at_risk: AtRisk | None
    household: tuple[EarlierLine, ...]
    calls: tuple[CallLine, ...]
    quality: Quality
    hits: tuple[HitLine, ...]
    may_rate: bool


@reading(may=may_see, event="enquiry.opened")
def opened(enquiry: Enquiry, *, by: User, now: datetime) -> None:
    """Opening an enquiry is on the ledger before the page is."""


def area_of(
    request: HttpRequest,
    reference: str,
    current: str,
    template: str,
    value: Callable[[Enquiry, datetime], object],
) -> HttpResponse:
    """One area of the page: the look goes on the ledger, then `value` is asked for what the area shows."""
    by, now = request.user, timezone.now()
    try:
        enquiry = load(reference, by=by)
    except Http404:
        return _closed(request, reference)
    opened(enquiry, by=by)
    surroundings = record(enquiry, by=by, now=now, current=current)
    shown = Area(surroundings, next_action(enquiry, by=by, now=now), value(enquiry, now))
    return page(request, template, shown)


@holding(Permission.SEE_ENQUIRIES)
def overview(request: HttpRequest, reference: str) -> HttpResponse:
    """What was said, who is in it, what the hub knew before, and who has been asked."""
    return area_of(request, reference, "", "desk/enquiry.html", lambda e, now: _overview(e, request.user, now))


def _overview(enquiry: Enquiry, by: User, now: datetime) -> Overview:
    people = parties(enquiry.pk)
    records = records_of({party.lead for party in people})
    everyone = {number for numbers in records.values() for number in numbers}
    return Overview(
        story=story(enquiry, by=by),
        parties=people,
        earlier=of_people(everyone, by=by, besides=enquiry.pk),
        requests=asked(enquiry, by=by, now=now),
        lookout=lookout(enquiry),
        calls=calls_for(enquiry),
        quality=quality_of(enquiry),
        hits=hits(enquiry, by=by),
        may_rate=bool(holds(by, Permission.RATE, enquiry.area_id)),
        at_risk=at_risk(enquiry, by=by),
        household=same_household(enquiry, by=by),
        abuse=graded(enquiry, by=by) if is_domestic_abuse(enquiry) else None,
        marac=marac(enquiry, by=by) if is_domestic_abuse(enquiry) else None,
    )


@holding(Permission.SEE_ENQUIRIES)
def requests(request: HttpRequest, reference: str) -> HttpResponse:
    """Who has been asked, why, by when, and whether they answered."""
    return area_of(
        request, reference, "requests/", "desk/requests.html", lambda e, now: asked(e, by=request.user, now=now)
    )


@dataclass(frozen=True)
class DecisionArea:
    decisions: object
    handovers: object


@holding(Permission.SEE_ENQUIRIES)
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    """What was decided and why, what was not known, and who took it on."""
    return area_of(
        request,
        reference,
        "decision/",
        "desk/decision.html",
        lambda e, now: DecisionArea(decided(e, by=request.user, now=now), handed_on(e, by=request.user, now=now)),
    )


@holding(Permission.SEE_ENQUIRIES)
def releases(request: HttpRequest, reference: str) -> HttpResponse:
    """What was let out of the sealed room, to whom, and what was not."""
    return area_of(
        request, reference, "releases/", "desk/releases.html", lambda e, now: released(e, by=request.user, now=now)
    )


@holding(Permission.SEE_ENQUIRIES)
def history(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that happened to the enquiry, with its author."""
    return area_of(request, reference, "history/", "desk/history.html", lambda e, _: History(steps(e.pk)))


@dataclass(frozen=True)
class History:
    steps: tuple[StepLine, ...]


class CoverForm(forms.Form):
    """Why somebody opens an enquiry that is closed."""

    because = forms.CharField(
        label="Why do you need this enquiry?",
        help_text="Your reason is kept on the record. You can read the enquiry for 12 hours.",
        widget=forms.Textarea,
        max_length=1000,
        error_messages={"required": "Enter why you need this enquiry"},
    )


@dataclass(frozen=True)
class ClosedPage:
    reference: str
    form: CoverForm


def _closed(request: HttpRequest, reference: str) -> HttpResponse:
    enquiry = load_closed(reference, by=request.user)
    form = CoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cover(enquiry, by=request.user, because=form.cleaned_data["because"])
        messages.success(request, "You can read this enquiry for the next 12 hours.")
        return redirect(request.path)
    return page(request, "desk/closed.html", ClosedPage(enquiry.reference, form))
