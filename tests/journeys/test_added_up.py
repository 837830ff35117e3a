"""Somebody answers what was added up; a practice manager tries a rule on the past before she changes it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Somebody
from tests.journeys.hub import when_they_open
from tests.journeys.serving import House
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
GREEN = "An enquiry about domestic abuse is rated green: it counts as amber."
WHY = "She has left him and lives with her sister; the IDVA rings her each week."


def test_whoever_owns_a_hit_answers_it_and_does_not_act_on_it_because(house: House, act_as: Somebody) -> None:
    reference = house.story("domestic abuse rated green")
    hannah = act_as("hannah")
    when_she_finds_it_in_her_work(reference, hannah)
    hannah.presses("Answer")
    hannah.sees(GREEN, reference, "Nothing happens by itself.")
    late = when_it_is_open_in_another_tab(hannah)
    hannah.presses("Record it")
    hannah.sees("There is a problem", "Select yes if you act on it", "Enter what you do, or why you do not act on it")
    hannah.answers({"Do you act on it?": "No", "What do you do, or why not?": WHY})
    hannah.presses("Record it")
    hannah.sees("Not acted on", WHY, "Hannah Brook")
    late.answers({"Do you act on it?": "Yes", "What do you do, or why not?": "Rate it amber."})
    late.presses("Record it")
    late.sees("There is a problem", "Somebody has answered this already.")
    expect(late.page.get_by_label("What do you do, or why not?")).to_have_value("Rate it amber.")
    when_they_open(reference, by=hannah)
    expect(hannah.page.get_by_role("link", name="Look and answer")).to_have_count(0)


def when_she_finds_it_in_her_work(reference: str, hannah: Visitor) -> None:
    hannah.goes_to("/work/")
    hannah.follows(f"Added up: domestic abuse rated green ({reference})")
    hannah.sees("To answer", GREEN)


def when_it_is_open_in_another_tab(hannah: Visitor) -> Visitor:
    late = Visitor(hannah.page.context.new_page(), hannah.address, hannah.name)
    late.goes_to(hannah.path)
    return late


def test_a_rule_is_tried_on_the_past_before_it_is_changed(act_as: Somebody) -> None:
    ruth = act_as("ruth")
    ruth.goes_to("/rules/")
    ruth.sees("It never decides.")
    ruth.follows("Several greens in a short time")
    ruth.answers({"Enquiries rated green": "4"})
    ruth.presses("Try it on the last 12 months")
    ruth.sees("The last 12 months with these numbers", "later came to section 47")
    ruth.presses("Save it")
    ruth.sees("There is a problem", "Enter why")
    ruth.answers({"Why?": "Three come to nothing so often that nobody looks."})
    ruth.presses("Save it")
    ruth.sees("Ruth Okafor: Three come to nothing so often that nobody looks.")
