"""A coordinator takes a call with the keyboard alone: it saves itself, and says what the hub knows already."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Somebody
from tests.journeys.intake import REFERENCE
from tests.journeys.serving import House
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
WORRY = "He has not eaten since Sunday, he told the lollipop lady"
BORN = date.today() - timedelta(days=3000)


def test_a_call_is_keyed_once_with_the_keyboard_alone(house: House, act_as: Somebody) -> None:
    joanna = act_as("joanna")
    joanna.goes_to("/work/")
    joanna.types_key("n")
    when_she_types_what_the_caller_says(joanna)
    then_what_is_known_stands_beside_it(joanna, house.story("closed"))
    when_she_comes_back_to_the_call_that_saved_itself(joanna)
    reference = when_she_receives_it(joanna)
    then_it_was_keyed_once(reference, house)


def when_she_types_what_the_caller_says(joanna: Visitor) -> None:
    joanna.page.keyboard.press("2")
    joanna.types("Who is calling", "A member")
    joanna.types("Service, or source of the contact", "Acquaintance")
    joanna.types("What are you worried about?", WORRY)
    joanna.types("First names", "Edie")
    joanna.types("Last name", "Brindlow")
    for part, number in (("Day", BORN.day), ("Month", BORN.month), ("Year", BORN.year)):
        joanna.types(part, str(number))


def then_what_is_known_stands_beside_it(joanna: Visitor, earlier: str) -> None:
    """While she types: who it may be, why, and the enquiry of before."""
    known = joanna.page.locator("#known-panel")
    expect(known).to_contain_text(earlier)
    expect(known).to_contain_text("Likely the same")


def when_she_comes_back_to_the_call_that_saved_itself(joanna: Visitor) -> None:
    expect(joanna.page.get_by_role("status").filter(has_text="Draft saved")).to_be_visible()
    joanna.goes_to("/telephone/")
    joanna.sees("Calls not sent yet")
    joanna.page.get_by_role("link", name=re.compile("^Go on")).last.focus()  # the latest
    with joanna.page.expect_navigation():
        joanna.page.keyboard.press("Enter")
    joanna.looks()
    expect(joanna.page.get_by_label("What are you worried about?")).to_have_value(WORRY)


def when_she_receives_it(joanna: Visitor) -> str:
    joanna.page.keyboard.press("9")
    joanna.tabs_to("Receive the enquiry")
    with joanna.page.expect_navigation():
        joanna.page.keyboard.press("Enter")
    joanna.looks()
    joanna.sees("The hub has it. Read the reference to the caller")
    found = REFERENCE.search(joanna.page.locator("main").inner_text())
    assert found
    return found[0]


def then_it_was_keyed_once(reference: str, house: House) -> None:
    keyed = "SELECT reference, channel FROM enquiries_enquiry WHERE worry = %s"
    assert house.ask(keyed, WORRY) == [(reference, "telephone")]
