"""What is seen of requests and answers, by whom."""

import html
import re
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmash.gathering import actions, checks
from openmash.gathering.checks import checks as my_checks
from openmash.gathering.choices import ages_of_children, choices
from openmash.gathering.given import Asked
from openmash.gathering.queries import outstanding, summary
from openmash.gathering.tests.conftest import LATER, item, known, nothing_known
from openmash.triage.household import household

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathered(hub, asked):
    """Police said something sealed, health nothing, education has not answered, housing was withdrawn."""
    police, health, _, housing = asked("police", "health", "education", "housing")
    child = (police.people[0],)
    given = known(
        police,
        item("CANARY-G", people=child),
        item("CANARY-X", people=child, sensitivity="X"),
        item("CANARY-L", people=child, sensitivity="L"),
        rating="red",
    )
    actions.answer(police, by=hub.staff["lewis"], now=LATER, **given)
    actions.answer(health, by=hub.staff["mary"], now=LATER, **nothing_known(health))
    actions.withdraw(housing, by=hub.staff["hannah"], now=LATER, because="No tenancy.")
    police.enquiry.refresh_from_db()
    return police.enquiry


def states(hub, enquiry, name, now=LATER):
    return {line.agency_key: line.state for line in summary(enquiry, by=hub.staff[name], now=now).lines}


def test_those_who_decide_see_how_each_request_stands(hub, gathered):
    assert states(hub, gathered, "hannah") == {
        "police": "answered",
        "health": "nothing_known",
        "education": "waiting",
        "housing": "withdrawn",
    }
    late = states(hub, gathered, "hannah", now=LATER + timedelta(days=3))
    assert late["education"] == "late"


def test_a_coordinator_sees_that_an_answer_came_and_its_rating_and_nothing_else(hub, gathered):
    seen = summary(gathered, by=hub.staff["joanna"], now=LATER)
    lines = {line.agency_key: line for line in seen.lines}
    assert (lines["police"].state, lines["health"].state) == ("answered", "answered")
    assert (lines["police"].rating, lines["health"].rating) == ("red", "")
    for line in seen.lines:
        assert (line.systems, line.sealed) == ("", "")
    assert not seen.may_know_what_came
    assert "CANARY" not in str(asdict(seen))
    assert "nothing_known" not in str(asdict(seen)["lines"])


def test_a_sealed_item_is_known_to_exist_and_a_locked_one_is_not(hub, gathered):
    line = next(x for x in summary(gathered, by=hub.staff["hannah"], now=LATER).lines if x.agency_key == "police")
    assert line.sealed == "A sealed item exists"
    assert line.systems == "9 of 9 systems checked"
    assert "CANARY" not in str(asdict(line))


def test_a_fuller_answer_is_no_longer_nothing_known(hub, gathered):
    health = gathered.requests.get(agency__key="health")
    actions.answer(health, by=hub.staff["mary"], now=LATER, **known(health))
    assert states(hub, gathered, "hannah")["health"] == "answered"


def test_the_summary_says_why_each_was_asked_by_whom_and_on_what_basis(hub, gathered):
    seen = summary(gathered, by=hub.staff["ruth"], now=LATER)
    line = seen.lines[0]
    assert (line.because, line.asked_by, line.asked_at) == ("It would know.", "Hannah Brook", LATER)
    assert ("Gateway in law", "Children Act 1989 section 47: suspected significant harm") in seen.basis.rows
    assert seen.waiting == 1
    (alert,) = seen.alerts
    assert (alert.agency_rating, alert.enquiry_rating, alert.did, bool(alert.may_meet)) == ("red", "amber", "", True)
    assert not summary(gathered, by=hub.staff["hannah"], now=LATER).alerts[0].may_meet


def test_the_summary_takes_as_many_queries_for_nine_agencies_as_for_two(hub, asked):
    nine = ("police", "health", "education", "probation", "camhs", "housing", "idva", "early-years", "youth-offending")
    few, many = asked("police", "health")[0].enquiry, asked(*nine)[0].enquiry
    taken = []
    for enquiry in (few, few, many):  # the first also reads who is asking
        with CaptureQueriesContext(connection) as done:
            summary(enquiry, by=hub.staff["ruth"], now=LATER)
        taken.append(len(done))
    assert taken[1] == taken[2] < 15


def test_outstanding_names_who_has_still_to_answer_in_one_query(hub, asked, gathered, django_assert_num_queries):
    other = asked("camhs")[0].enquiry
    with django_assert_num_queries(1):
        found = outstanding([gathered.pk, other.pk])
    assert found == {
        gathered.pk: ("Wendmark Education and Inclusion",),
        other.pk: ("Child and Adolescent Mental Health Service",),
    }


class TestMyChecks:
    def test_a_researcher_sees_whom_each_request_is_about_first_due_first(self, hub, asked):
        asked("police", rating="green")
        asked("police", rating="red")
        seen = my_checks(by=hub.staff["lewis"], now=LATER)
        assert [line.rating for line in seen.lines] == ["red", "green"]
        assert [member.name for member in seen.lines[0].members] == ["Mia Bell", "Dana Bell", "Damon Kerr"]
        assert len(seen.systems) == 9

    def test_a_responder_outside_the_hub_sees_reference_due_and_rating_only(self, hub, asked):
        (probation,) = asked("probation")
        actions.answer(probation, by=hub.staff["marcus"], now=LATER, **nothing_known(probation))
        asked("probation")
        seen = my_checks(by=hub.staff["marcus"], now=LATER)
        assert not seen.has_list
        assert len(seen.lines) == 1
        assert seen.lines[0].members == ()
        assert seen.answered == (), "no history"

    def test_nobody_sees_another_agencys_requests(self, hub, asked):
        asked("police")
        for other in ("mary", "marcus", "femi"):
            assert my_checks(by=hub.staff[other], now=LATER).lines == ()

    def test_answered_and_withdrawn_ones_no_longer_wait(self, hub, asked):
        police, _ = asked("police", "health")
        actions.answer(police, by=hub.staff["lewis"], now=LATER, **nothing_known(police))
        seen = my_checks(by=hub.staff["lewis"], now=LATER)
        assert seen.lines == ()
        assert [(line.reference, line.is_nothing_known) for line in seen.answered] == [(police.enquiry.reference, True)]

    def test_a_long_list_takes_as_many_queries_as_a_short_one(self, hub, asked, django_assert_num_queries):
        asked("police")
        lewis = hub.staff["lewis"]
        my_checks(by=lewis, now=LATER)
        with django_assert_num_queries(11):
            my_checks(by=lewis, now=LATER)
        for _ in range(3):
            asked("police")
        with django_assert_num_queries(11):
            assert len(my_checks(by=lewis, now=LATER).lines) == 4

    @pytest.mark.parametrize(("who", "agency"), [("lewis", "police"), ("marcus", "probation")])
    def test_page_by_page_each_request_is_listed_once_first_due_first(self, hub, asked, monkeypatch, who, agency):
        monkeypatch.setattr(checks, "PAGE", 2)
        wanted = [
            asked(agency, rating=rating)[0].enquiry.reference for rating in ("red", "amber", "amber", "amber", "green")
        ]
        seen, sizes, after = [], [], ""
        while not sizes or after:
            found = my_checks(by=hub.staff[who], now=LATER, after=after)
            assert found.is_first == (not after)
            seen += [line.reference for line in found.lines]
            sizes.append(len(found.lines))
            after = found.next_after
        assert (seen, sizes) == (wanted, [2, 2, 1])

    @pytest.mark.parametrize("after", ["nonsense", "2026-11-16T10:00:00+00:00_", "_1", "2026_x", "\x00"])
    def test_an_address_that_was_cut_short_shows_the_first_page(self, hub, asked, after):
        asked("police")
        assert len(my_checks(by=hub.staff["lewis"], now=LATER, after=after).lines) == 1

    def test_the_next_page_is_a_link(self, hub, asked, client, monkeypatch):
        monkeypatch.setattr(checks, "PAGE", 1)
        requests = [asked("police")[0], asked("police")[0]]
        client.force_login(hub.staff["lewis"])
        first = client.get("/checks/").content.decode()
        link = re.search(r'href="(\?after=[^"]+)"', first)
        second = client.get(f"/checks/{html.unescape(link[1])}").content.decode()
        assert str(requests[0].token) in first
        assert str(requests[1].token) not in first
        assert str(requests[1].token) in second
        assert 'href="/checks/"' in second
        assert (
            second.count('name="csrfmiddlewaretoken" value="') == first.count('name="csrfmiddlewaretoken" value="') > 0
        )


class TestChoices:
    def test_the_usual_agencies_are_suggested_with_a_reason_and_the_words_that_would_be_sent(self, hub, ready):
        found = {choice.key: choice for choice in choices(ready(), now=LATER)}
        assert {key for key, choice in found.items() if choice.is_usual} == {
            "police",
            "health",
            "education",
            "childrens-social-care",
            "probation",
            "idva",
        }
        assert found["police"].because.startswith("Its records show incidents")
        assert "Domestic abuse: a parent or carer is the victim" in found["idva"].wording
        assert "Domestic abuse" not in found["education"].wording, "school does not need to know that"
        assert "Elm Road" in found["police"].wording

    def test_what_is_shown_is_what_is_sent(self, hub, ready):
        enquiry = ready()
        shown = {choice.key: choice.wording for choice in choices(enquiry, now=LATER)}
        (police,) = actions.ask(
            enquiry, by=hub.staff["hannah"], now=LATER, agencies=[Asked(hub.agencies["police"], "x")]
        )
        assert police.wording == shown["police"]

    def test_without_a_basis_there_are_no_words_yet(self, hub, triaged):
        assert {choice.wording for choice in choices(triaged(), now=LATER)} == {""}

    def test_an_agency_that_cannot_be_asked_says_why(self, hub, ready):
        cafcass = next(choice for choice in choices(ready(), now=LATER) if choice.key == "cafcass")
        assert "has not joined" in cafcass.may.why

    def test_ages_of_children_in_years_with_unborn_below_nought(self, hub, ready):
        members = household(ready().pk)
        assert ages_of_children(members, LATER.date()) == (7,)
