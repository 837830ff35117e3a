"""What is seen before rating and at the gate."""

from datetime import date

import pytest

from openmash.enquiries.given import GivenParty
from openmash.people import actions as people
from openmash.people.given import GivenPerson
from openmash.triage import actions
from openmash.triage.household import household, households
from openmash.triage.queries import basis_begins, basis_line, considered, due_by_rating, latest_basis
from openmash.triage.tests.conftest import BASIS, DANA, MIA, MONDAY

pytestmark = pytest.mark.django_db


def test_the_basis_begins_with_what_the_referrer_said(received):
    enquiry = received(
        fields={
            "told_family": True,
            "family_agrees": "yes",
            "thinks_level": 3,
            "why_not_told_words": "",
            "concerns": [],
        }
    )
    begins = basis_begins(enquiry)
    assert begins["told_family"] == "yes"
    assert begins["agrees_to_service"] == "yes"
    assert begins["thought_level"] == 3
    assert "suspects_significant_harm" not in begins, "nobody but the social worker says that"
    assert "gateway" not in begins


def test_what_was_not_said_is_not_made_up(received):
    begins = basis_begins(received(fields={}))
    assert (begins["told_family"], begins["agrees_to_service"], begins["thought_level"]) == ("", "", "")


def test_a_second_basis_begins_with_the_first(hub, received):
    enquiry, hannah = received(), hub.staff["hannah"]
    actions.screen(enquiry, by=hannah, now=MONDAY, outcome="research", considered="Not known.")
    actions.rate(enquiry, by=hannah, now=MONDAY, rating="amber", because="A bruise.")
    actions.record_basis(enquiry, by=hannah, now=MONDAY, **BASIS)
    begins = basis_begins(enquiry)
    assert {name: begins[name] for name in ("harm_because", "thought_level", "gateway")} == {
        "harm_because": BASIS["harm_because"],
        "thought_level": 4,
        "gateway": "ca1989_s47",
    }
    assert begins["suspects_significant_harm"] == "yes"
    line = basis_line(latest_basis(enquiry))
    assert ("Family asked or told", "Yes") in line.rows


def test_matches_that_nobody_has_looked_at_are_named_until_somebody_has(hub, received):
    joanna = hub.staff["joanna"]
    known = people.record(hub.areas["wend-valley"], by=joanna, now=MONDAY, given=MIA)
    enquiry = received()
    seen = considered(enquiry, by=joanna)
    assert seen.unlooked == ("Mia Bell",)
    people.say_same(known, by=joanna, now=MONDAY, other=enquiry.parties.get(role="child").person)
    assert considered(enquiry, by=joanna).unlooked == ()


def test_an_enquiry_earlier_about_the_same_person_is_seen(hub, received):
    joanna, first, second = hub.staff["joanna"], received(), received()
    children = [enquiry.parties.get(role="child").person for enquiry in (first, second)]
    people.say_same(children[0], by=joanna, now=MONDAY, other=children[1])
    assert [line.reference for line in considered(second, by=joanna).earlier] == [first.reference]


def test_each_rating_says_when_research_would_be_due(received):
    due = due_by_rating(received())
    assert due["red"] < due["amber"] < due["green"]


def test_a_household_is_told_of_with_names_dates_and_ties(received):
    mia, dana, damon = household(received().pk)
    assert (mia.name, mia.born_on, mia.relation, mia.address) == (
        "Mia Bell",
        date(2019, 4, 3),
        "Child",
        "12 Elm Road, WV1 2AB",
    )
    assert mia.identifiers == (("nhs", "9434765919"),)
    assert (dana.relation, dana.lives_in_household) == ("Mother", True)
    assert (damon.relation, damon.born_on, damon.age) == ("Step-parent", None, "")


def test_other_names_are_told_and_an_unborn_child_has_a_due_date(received):
    baby = GivenPerson(family="Bell", due_on=date(2027, 2, 1), source="Midwife")
    dana = GivenPerson(given="Dana", family="Bell", other_names="Dana Kerr", born_on=DANA.born_on, source="Midwife")
    enquiry = received(parties=(GivenParty(baby, "unborn"), GivenParty(dana, "adult", relation_to_child="mother")))
    unborn, mother = household(enquiry.pk)
    assert (unborn.name, unborn.due_on, unborn.other_names, unborn.relation) == (
        "Unborn baby Bell",
        date(2027, 2, 1),
        (),
        "Unborn child",
    )
    assert mother.other_names == ("Dana Kerr",)


def test_many_households_take_as_many_queries_as_one(received, django_assert_num_queries):
    enquiries = [received() for _ in range(4)]
    with django_assert_num_queries(7):
        households([enquiries[0].pk])
    with django_assert_num_queries(7):
        assert len(households([enquiry.pk for enquiry in enquiries])) == 4
