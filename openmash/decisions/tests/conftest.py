"""An enquiry at each stage, made through the real acts, and a decision that says everything."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from openmash.decisions.given import GivenAdvice, GivenDecision, GivenOutcome, GivenPin
from openmash.design.moments import LONDON
from openmash.enquiries import actions as enquiries
from openmash.enquiries.given import GivenEnquiry, GivenParty, GivenReferrer
from openmash.gathering.models import Answer, Request
from openmash.people.given import GivenPerson
from openmash.triage import actions as triage

# A Monday morning; England's clocks are on winter time.
MONDAY = datetime(2026, 11, 16, 9, 30, tzinfo=LONDON)


class World:
    """Makes enquiries at a stage. `ruth` decides, `hannah` proposes, `joanna` coordinates."""

    def __init__(self, hub):
        self.hub, self.made = hub, 0
        self.ruth, self.martin, self.hannah, self.joanna = (
            hub.staff[n] for n in ("ruth", "martin", "hannah", "joanna")
        )
        self.area = hub.areas["wend-valley"]

    def receive(self, *, email="siobhan.daly@wendmark.example", by=None, now=MONDAY, **facts):
        self.made += 1
        given = GivenEnquiry(
            worry="He comes to school hungry and frightened.",
            channel="professional_form",
            source_code="3B",
            referrer=GivenReferrer(kind="professional", name="Siobhan Daly", email=email),
            parties=(
                GivenParty(GivenPerson(given="Mia", family="Bell", born_on=date(2018, 5, 4), sex="F"), "child"),
                GivenParty(
                    GivenPerson(given="Ann", family="Bell", born_on=date(1991, 2, 3), sex="F"), "adult", "mother"
                ),
            ),
            **facts,
        )
        by = by or self.hub.staff["siobhan"]
        return enquiries.receive(self.area, by=by, now=now, given=given, key=f"test-{self.made}")

    def screened(self, outcome="research", **given):
        enquiry = self.receive(**given)
        triage.screen(enquiry, by=self.joanna, now=MONDAY, outcome=outcome, considered="Looked at everything.")
        return self.fresh(enquiry)

    def triaged(self, rating="amber", **given):
        enquiry = self.screened(**given)
        triage.rate(enquiry, by=self.hannah, now=MONDAY, rating=rating, because="Neglect.")
        triage.record_basis(
            enquiry,
            by=self.hannah,
            now=MONDAY,
            suspects_significant_harm=True,
            harm_because="Hungry and frightened.",
            thought_level=4,
            told_family=False,
            why_not_told="raises_risk",
            why_not_told_words="",
            agrees_to_service="not_asked",
            lawful_basis="public_task",
            gateway="ca1989_s47",
        )
        return self.fresh(enquiry)

    def gathering(self, *agencies, rating="amber", **given):
        """Asked of police and health unless other agencies are named. Nobody has answered."""
        enquiry = self.triaged(rating, **given)
        for key in agencies or ("police", "health"):
            Request.objects.create(
                enquiry=enquiry,
                agency=self.hub.agencies[key],
                basis=enquiry.bases.get(),
                proportionate_because="They know the family.",
                wording="What do you know?",
                people=[],
                asked_by=self.hannah,
                asked_at=MONDAY,
                due_at=enquiry.due_at,
            )
        enquiries.advance(enquiry, by=self.hannah, now=MONDAY, move="ask")
        return self.fresh(enquiry)

    def answer(self, enquiry, agency="police", *, now=MONDAY, rating=""):
        """An answer as `gathering` stores it when nobody has to be asked because of it."""
        request = enquiry.requests.get(agency__key=agency)
        answer = Answer.objects.create(
            request=request,
            enquiry=enquiry,
            agency=request.agency,
            rating=rating,
            is_late=enquiry.status in ("decided", "closed"),
            by=self.hub.staff["lewis"],
            at=now,
        )
        request.answered_at = now
        request.save()
        return answer

    def review(self, *agencies, **given):
        """Everybody asked has answered."""
        enquiry = self.gathering(*agencies, **given)
        for key in agencies or ("police", "health"):
            self.answer(enquiry, key)
        enquiries.advance(enquiry, by=self.hannah, now=MONDAY, move="review")
        return self.fresh(enquiry)

    def decision(self, **changes):
        """A decision with everything said: one referral to the North Wend team, pinned to two lines."""
        given = GivenDecision(
            is_safeguarding_concern=True,
            level=4,
            domains=("parenting",),
            facts="Hungry at school four times in two weeks.",
            analysis="Care has got worse since the summer.",
            contrary="Mother asked the school for help herself.",
            rationale="The threshold for an assessment is met.",
            not_known="Where the father lives.",
            for_referrer="A social worker will meet the family.",
            for_child="A social worker met your family to find out what would help.",
            outcomes=(GivenOutcome("assessment", "Assess within 45 days.", team=self.team.pk),),
            pins=(GivenPin("enquiry:1", "It was hunger that was seen"), GivenPin("person:2", "", is_contrary=True)),
            advice=(GivenAdvice(self.hub.agencies["police"].pk, "agrees"),),
        )
        return replace(given, **changes)

    @property
    def team(self):
        return self.hub.teams["north-wend-assessment"]

    @staticmethod
    def fresh(row):
        return type(row)._default_manager.get(pk=row.pk)


@pytest.fixture
def world(hub):
    return World(hub)
