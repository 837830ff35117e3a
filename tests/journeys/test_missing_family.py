"""A family cannot be found; weeks later a neighbour somewhere else tells of them, and whoever looks is told at once."""

from datetime import date, timedelta

import pytest

from tests.journeys.conftest import Somebody
from tests.journeys.hub import when_they_open
from tests.journeys.intake import (
    when_they_answer,
    when_they_answer_for_each,
    when_they_begin,
    when_they_leave_empty,
    when_they_send_it,
)
from tests.journeys.serving import House, eventually
from tests.journeys.visitor import Answer, Visitor

pytestmark = pytest.mark.browser
DANGER, WHO = "Is somebody in danger right now?", "Who are you worried about?"
WORRY = "What are you worried about?"
HURT = "Is somebody hurt, threatened or controlled by a partner, a former partner or a relative?"
POSTCODE, IDENTITY = "Do you know the postcode of where they live?", "Do you want to tell us who you are?"
BORN = date.today() - timedelta(days=3000)
WHY = "The house is empty and the school has not seen her since Monday."


def test_a_family_that_cannot_be_found_turns_up(house: House, anybody: Somebody, act_as: Somebody) -> None:
    sought = house.story("of a family that cannot be found")
    hannah = act_as("hannah")
    when_she_looks_for_them(sought, hannah)
    reference = when_a_neighbour_tells_of_them(anybody("a neighbour", width=375))
    eventually("that they are seen", lambda: house.ask("SELECT 1 FROM lookout_sighting"))
    when_she_is_told_and_says_that_it_is_them(reference, hannah)


def when_she_looks_for_them(sought: str, hannah: Visitor) -> None:
    when_they_open(sought, by=hannah)
    hannah.follows("Look for a missing family")
    hannah.presses("Look out for them")
    hannah.sees("There is a problem", "Select who cannot be found", "Enter why you think that they cannot be found")
    hannah.page.get_by_role("group", name="Who cannot be found?").get_by_label("Edie Windlestraw").check()
    hannah.answers({"Why do you think that they cannot be found?": WHY})
    hannah.presses("Look out for them")
    hannah.goes_to("/missing/")
    hannah.sees("Edie Windlestraw", "Not yet")


def when_a_neighbour_tells_of_them(neighbour: Visitor) -> str:
    when_they_begin("/make-an-enquiry/", by=neighbour)
    when_they_answer(DANGER, {DANGER: "No"}, by=neighbour)
    when_they_answer(WHO, {WHO: "A child or children"}, by=neighbour)
    when_they_answer(WORRY, {WORRY: "They sleep in a van and the girl is not at school"}, by=neighbour)
    when_they_leave_empty(HURT, by=neighbour)
    when_they_answer(POSTCODE, {POSTCODE: "WX4 1AA"}, by=neighbour)
    when_they_answer("How can we find them?", {"Address": "The lay-by at Gull Point"}, by=neighbour)
    child: dict[str, Answer] = {"First names": "Edie", "Last name": "Windlestraw"}
    slip: dict[str, Answer] = child | {"Date of birth": BORN.replace(year=1950, day=1)}
    when_they_answer_for_each("Which children are you worried about?", "child", (slip,), by=neighbour)
    neighbour.sees("There is a problem", "A child must be 25 or younger. Check it, or name them with the adults")
    right: dict[str, Answer] = child | {"Date of birth": BORN}
    when_they_answer_for_each("Which children are you worried about?", "child", (right,), by=neighbour)
    when_they_leave_empty("Is anybody in the family pregnant?", by=neighbour)
    when_they_leave_empty("Which adults live with the child, or look after them?", by=neighbour)
    when_they_leave_empty("What the family knows", by=neighbour)
    when_they_answer(IDENTITY, {IDENTITY: "No, I want to stay anonymous"}, by=neighbour)
    when_they_leave_empty("How do you know them? (optional)", by=neighbour)
    return when_they_send_it(neighbour)


def when_she_is_told_and_says_that_it_is_them(reference: str, hannah: Visitor) -> None:
    hannah.goes_to("/missing/")
    hannah.sees("1 to look at")
    hannah.page.get_by_role("row", name="Edie Windlestraw").get_by_role("link").click()
    hannah.looks()
    hannah.sees("To look at", reference)
    hannah.presses("Say whether it is them")
    hannah.presses("Record it")
    hannah.sees("There is a problem", "Select yes if it is them")
    hannah.answers({
        "Is it them?": "Yes, it is them",
        "What did you find out, and what happens now?": "The number plate is theirs. A social worker goes today.",
    })  # fmt: skip
    hannah.presses("Record it")
    hannah.sees("It is them", "The number plate is theirs.")
