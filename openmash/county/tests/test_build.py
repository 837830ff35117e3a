"""A county in small, told through the hub's real actions: complete, legal, believable, and the same each time."""

import re
from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from django.apps import apps
from django.db import models, transaction

from openmash.agencies.models import Agency, Letter
from openmash.audit.binding import bound_to
from openmash.audit.models import LedgerEvent
from openmash.county import build
from openmash.county.build import history
from openmash.county.hub import Hub
from openmash.county.old_records import tell_old_records
from openmash.county.telling import Teller
from openmash.county.tests.conftest import ENQUIRIES, FAMILIES, NOW, OPEN_IN_SMALL, nothing
from openmash.county.world import world
from openmash.decisions.models import Decision, Outcome
from openmash.disclosure.models import Release
from openmash.disclosure.workflow import APPROVED, RELEASE
from openmash.enquiries.models import Enquiry, Party, Step
from openmash.enquiries.workflow import CLOSED, GATHERING, JOURNEY, STATUSES
from openmash.gathering.models import Request
from openmash.records import answers, queries

pytestmark = [pytest.mark.database, pytest.mark.slow, pytest.mark.usefixtures("county")]

# What is meant to lie ahead: when something is due or expected, and until when something holds.
AHEAD = re.compile(r"due|expires|review_on|first_meeting_on|valid_to|until")


def test_there_are_as_many_enquiries_as_were_asked_for():
    told = Enquiry.objects.filter(received_key__regex="^(case|open|history)-")
    assert told.count() == ENQUIRIES


def test_every_stage_is_open_today():
    found = Counter(Enquiry.objects.filter(received_key__startswith="open-").values_list("status", flat=True))
    for stage, count, _ in OPEN_IN_SMALL:
        assert found[stage] == count, stage
    assert set(Enquiry.objects.values_list("status", flat=True)) == set(STATUSES)


def test_nothing_of_the_past_is_left_open():
    assert not Enquiry.objects.filter(received_key__startswith="history-").exclude(status=CLOSED).exists()


def test_nothing_happened_later_than_today():
    late = []
    for model in apps.get_models():
        if model.__module__.startswith("openmash."):
            for field in model._meta.get_fields():
                if isinstance(field, models.DateField) and not AHEAD.search(field.name):
                    now = NOW if isinstance(field, models.DateTimeField) else NOW.date()
                    if model._base_manager.filter(**{f"{field.name}__gt": now}).exists():
                        late.append(f"{model.__name__}.{field.name}")
    assert set(late) <= {"Release.ended_at"}, late


def test_every_journey_is_legal_step_by_step():
    steps: dict[int, list[Step]] = {}
    for step in Step.objects.order_by("enquiry", "version"):
        steps.setdefault(step.enquiry_id, []).append(step)
    assert len(steps) == Enquiry.objects.count()
    for one in steps.values():
        assert one[0].what == "received"
        for before, after in pairwise(one):
            assert before.at <= after.at, after
            moved = (before.after, after.after)
            assert moved[0] == moved[1] or moved in JOURNEY.pairs(), moved


def test_nobody_was_refused_anything_but_a_release_that_names_somebody_else():
    refused = LedgerEvent.objects.filter(outcome=LedgerEvent.REFUSED).values_list("event", flat=True)
    assert set(refused) <= {"release.proposed"}


def test_releases_stand_at_every_status_and_none_was_approved_by_its_proposer():
    found = set(Release.objects.values_list("status", flat=True))
    assert found | {APPROVED} == set(RELEASE.statuses), set(RELEASE.statuses) - found
    for release in Release.objects.exclude(approved_by=None):
        assert release.approved_by_id not in (release.proposed_by_id, release.drafted_by_id)


def test_every_decision_says_why_in_more_than_one_way():
    signed = Decision.objects.exclude(signed_at=None)
    for words in ("rationale", "analysis", "not_known"):
        assert len(set(signed.values_list(words, flat=True))) >= 6, words
    worries = Counter(Enquiry.objects.values_list("worry", flat=True))
    assert max(worries.values()) <= 2
    assert len(worries) > 0.95 * sum(worries.values())


def test_every_agency_but_the_proposed_one_is_asked():
    asked = set(Request.objects.values_list("agency__key", flat=True))
    assert len(asked) >= 9
    assert not Agency.objects.filter(key__in=asked, mode=Agency.PROPOSED).exists()


def test_the_polices_researcher_has_something_to_answer():
    asked = Request.objects.filter(agency__key="police", enquiry__area__key="wend-valley", enquiry__status=GATHERING)
    assert asked.filter(answered_at=None, withdrawn_at=None).exists()


def test_referrers_write_what_happened_and_what_was_tried_more_or_less_often():
    for source, least, most in (("2", 0.5, 1), ("6", 0.6, 1)):
        told = Enquiry.objects.filter(source_code__startswith=source)
        assert least <= told.exclude(happened="").count() / told.count() <= most, source
    assert Enquiry.objects.exclude(help_tried="").exists()


def test_a_child_of_an_enquiry_was_born_before_it():
    for party in Party.objects.filter(role="child", person__born_on__isnull=False).select_related("person", "enquiry"):
        assert party.person.born_on < party.enquiry.received_at.date(), party.enquiry


def test_source_case_1_disappears_and_is_found_at_another_address(county: Hub):
    first, found = Enquiry.objects.filter(received_key__startswith="case-1-").order_by("pk")
    assert first.status == CLOSED
    assert found.fast_track_at
    leads = {party.person.lead_id or party.person_id for party in first.parties.select_related("person")}
    assert leads == {party.person.lead_id or party.person_id for party in found.parties.select_related("person")}


def test_source_case_2_comes_back_until_the_police_take_it_and_then_no_more():
    again = Enquiry.objects.filter(received_key__startswith="case-2-").order_by("received_at")
    assert again.count() == 5
    last = again.last()
    outcome = Outcome.objects.get(decision__enquiry=last)
    assert (outcome.kind, outcome.team.agency.key) == ("youth_involvement", "police")
    assert (NOW - last.received_at).days > 180


def test_source_case_3_checked_every_adult_and_was_rated_again():
    enquiry = Enquiry.objects.get(received_key="case-3")
    adults = set(enquiry.parties.filter(role="adult").values_list("person", flat=True))
    assert len(adults) == 3
    assert adults <= set(enquiry.requests.get(agency__key="police").people)
    assert enquiry.rating == "red"
    assert enquiry.decided_at


def test_source_case_4_has_one_decision_two_outcomes_and_two_owners():
    enquiry = Enquiry.objects.get(received_key="case-4")
    assert enquiry.parties.filter(role="unborn", person__due_on__isnull=False).exists()
    outcomes = Outcome.objects.filter(decision__enquiry=enquiry).select_related("team__agency")
    assert {(one.kind, one.team.agency.key) for one in outcomes} == {
        ("assessment", "childrens-social-care"),
        ("single_agency", "health"),
    }
    assert enquiry.handovers.exclude(acknowledged_at=None).count() == 2
    assert "ighteen earlier incidents since 2009" in enquiry.decisions.get().rationale


def test_spam_is_held_and_never_lost():
    held = Enquiry.objects.get(is_held=True)
    assert held.owner_id is None
    assert held.desk


def test_letters_of_the_past_are_filed_and_not_sent():
    assert not Letter.objects.filter(written_at__lt=NOW - build.timedelta(days=2), sent_at=None).exists()


def test_of_what_is_long_over_two_are_due_one_is_held_and_somebody_asks(county: Hub):
    tell_old_records(county, NOW)  # once, however often it is told
    with transaction.atomic(), bound_to(county.staff["gwen"]):
        assert [line.is_held for line in queries.due(by=county.staff["gwen"])].count(True) == 1
        assert len(queries.due(by=county.staff["gwen"])) == 3
        [request] = answers.requests(by=county.staff["gwen"])
        [hold] = queries.holds(by=county.staff["gwen"])
    assert request.stands == "Open" and not request.is_late and hold.kind == "A public inquiry"


def test_started_again_it_goes_on_where_it_was(county: Hub, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(build, "OPEN_TODAY", OPEN_IN_SMALL)
    before = Enquiry.objects.count()
    last = Enquiry.objects.filter(received_key__startswith="history-").last()
    build.build_small(nothing)
    build.build_rest(nothing, families=FAMILIES, enquiries=ENQUIRIES)
    assert Enquiry.objects.count() == before
    assert Enquiry.objects.filter(received_key__startswith="history-").last() == last


def test_the_same_plan_is_told_in_the_same_words(county: Hub):
    plan = next(one for one in history(50, 100, NOW) if one.course.level == 4 and one.course.release)

    def told() -> list[object]:
        with transaction.atomic():
            teller = Teller(county, Random("the same"), NOW)
            enquiry = teller.tell(plan.family, plan.course, key="twice")
            steps = [
                (step.what, step.at, step.by_name) for step in Step.objects.filter(enquiry=enquiry).order_by("version")
            ]
            words = list(Decision.objects.filter(enquiry=enquiry).values_list("rationale", "analysis", "not_known"))
            transaction.set_rollback(True)
        return [enquiry.reference, enquiry.worry, steps, words]

    first = told()
    assert first == told()
    assert len(first[2]) > 10


def test_the_world_names_an_example_of_each_thing():
    found = world("http://here")["examples"]
    assert set(found["enquiry"]) == set(STATUSES)
    assert set(found["release"]) >= set(RELEASE.statuses) - {APPROVED}
    assert {"open", "answered"} <= set(found["request"])
    assert {"waiting", "acknowledged"} <= set(found["handed_on"])
    assert {"fast_track", "held", "urgent"} <= set(found["overlay"])
    assert {"case-1-first", "case-1-found", "case-2-0", "case-3", "case-4"} <= set(found["source_cases"])
    links = [link for value in found.values() for link in (value.values() if isinstance(value, dict) else value)]
    assert len(links) > 40
    assert all(link.startswith("http://here/") and "None" not in link for link in links)
