"""An adult at risk: from the public form to a section 42 enquiry; and the child in the household is not overlooked."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Somebody
from tests.journeys.hub import then_its_stage_is, when_they_open
from tests.journeys.intake import (
    REFERENCE,
    when_they_answer,
    when_they_answer_for_each,
    when_they_begin,
    when_they_leave_empty,
    when_they_send_it,
)
from tests.journeys.serving import House
from tests.journeys.visitor import Answer, Visitor

pytestmark = pytest.mark.browser
HURT = "Is somebody hurt, threatened or controlled by a partner, a former partner or a relative?"
WHO, WORRY = "Who are you worried about?", "What are you worried about?"
POSTCODE, IDENTITY = "Do you know the postcode of where they live?", "Do you want to tell us who you are?"
NEEDS, WANTS = "What help do they need from other people? (optional)", "To have her own money, and to stay at home"
CHILD, DANGER = "Alfie Tarrant", "Is somebody in danger right now?"


def test_an_adult_from_the_public_form_to_a_section_42_enquiry(
    house: House, anybody: Somebody, act_as: Somebody
) -> None:
    reference = when_a_neighbour_tells_of_an_adult(anybody("a neighbour", width=375))
    joanna, hannah, ruth = act_as("joanna"), act_as("hannah"), act_as("ruth")
    then_the_question_about_children_comes_first(reference, joanna)
    then_it_is_shown_with(house.story("Wayne, known"), reference, joanna)
    when_it_is_screened_all_the_same(reference, joanna)
    then_rating_goes_on_with_a_caution_and_deciding_does_not(reference, hannah, ruth)
    made = when_an_enquiry_about_the_child_is_needed(reference, joanna)
    then_it_is_shown_with(made, reference, joanna)
    then_it_is_shown_with(reference, made, joanna)
    when_the_care_act_test_is_recorded(reference, hannah)
    when_it_is_decided(reference, ruth)


def when_a_neighbour_tells_of_an_adult(neighbour: Visitor) -> str:
    when_they_begin("/make-an-enquiry/", by=neighbour)
    when_they_answer(DANGER, {DANGER: "No"}, by=neighbour)
    when_they_answer(WHO, {WHO: "An adult"}, by=neighbour)
    when_they_answer(WORRY, {WORRY: "Her son takes her pension and there is nothing to eat"}, by=neighbour)
    when_they_leave_empty(HURT, by=neighbour)
    when_they_answer(POSTCODE, {POSTCODE: "WX4 2LN"}, by=neighbour)
    when_they_answer("How can we find them?", {"Address": "5 Sluice Lane"}, by=neighbour)
    adult: dict[str, Answer] = {"First names": "Ida", "Last name": "Tarrant", "Date of birth": date(1940, 6, 1)}
    when_they_answer_for_each("Which adult are you worried about?", "adult", (adult,), by=neighbour)
    when_they_leave_empty("Who lives with them, or looks after them?", by=neighbour)
    said = {NEEDS: "She cannot walk or cook", "What do they want to happen, in their own words? (optional)": WANTS}
    when_they_answer("What they need, and what they want", said, by=neighbour)
    when_they_leave_empty("What they know", by=neighbour)
    when_they_answer(IDENTITY, {IDENTITY: "No, I want to stay anonymous"}, by=neighbour)
    when_they_leave_empty("How do you know them? (optional)", by=neighbour)
    return when_they_send_it(neighbour)


def then_the_question_about_children_comes_first(reference: str, joanna: Visitor) -> None:
    when_they_open(reference, by=joanna)
    joanna.sees("Nobody has answered yet whether a child was considered", "What the adult wants to happen", WANTS)
    joanna.presses("Was a child considered? Look at the children around this adult")
    joanna.sees(CHILD, "Lives at the same address")
    joanna.answers({"Was a child considered?": "There is no child around this adult", "Why?": "She said so"})
    joanna.presses("Save the answer")
    joanna.sees("There is a problem", "1 child is known around this adult")


def then_it_is_shown_with(other: str, reference: str, joanna: Visitor) -> None:
    """An adult's and a child's enquiry about one household stand on each other's page."""
    when_they_open(reference, by=joanna)
    expect(joanna.page.get_by_role("table", name="Enquiries about the same household")).to_contain_text(other)


def when_it_is_screened_all_the_same(reference: str, joanna: Visitor) -> None:
    when_they_open(reference, "screen", by=joanna)
    joanna.sees("Nobody has said yet whether a child was considered")
    considered = "The household is known. Somebody has to look at the child."
    joanna.answers({"Does the hub need to do research?": "Research is needed", "What did you consider?": considered})
    joanna.presses("Finish screening")


def then_rating_goes_on_with_a_caution_and_deciding_does_not(reference: str, hannah: Visitor, ruth: Visitor) -> None:
    when_they_open(reference, "rate", by=hannah)
    hannah.sees("Nobody has said yet whether a child was considered", "1 working day for an adult")
    hannah.answers({"How urgent is it?": "Amber", "Why this rating?": "Food and money are kept from her."})
    hannah.presses("Save the rating")
    then_its_stage_is("Triaged", reference, by=hannah)
    when_they_open(reference, "decide/directly", by=ruth)
    ruth.sees("Nobody has said whether a child was considered. Look at the children around this adult first.")


def when_an_enquiry_about_the_child_is_needed(reference: str, joanna: Visitor) -> str:
    """One says which children. Nothing is keyed again: it names the child and the adult, as the hub knows them."""
    when_they_open(reference, "children", by=joanna)
    needed = "There are children, and an enquiry about them is needed: make it now"
    joanna.answers({"Was a child considered?": needed, "Why?": "Alfie eats there after school, and there is no food"})
    joanna.presses("Save the answer")
    joanna.sees("There is a problem", "Select at least one child")
    joanna.page.get_by_role("group", name="Which children is the enquiry about?").get_by_label(CHILD).check()
    joanna.presses("Save the answer")
    made = REFERENCE.search(joanna.page.locator("p", has_text=needed).inner_text())
    assert made
    when_they_open(made[0], by=joanna)
    joanna.sees("Alfie eats there after school", CHILD, "Ida Tarrant")
    return made[0]


def when_the_care_act_test_is_recorded(reference: str, hannah: Visitor) -> None:
    when_they_open(reference, "care-act", by=hannah)
    expect(hannah.page.get_by_label("What do they want to come of it?")).to_have_value(WANTS)
    hannah.answers(TEST)
    hannah.presses("Save the record")
    hannah.sees("There is a problem", "Enter what is in their best interests")
    hannah.answers({"What is in their best interests, and who was asked?": "To stay at home; her sister was asked"})
    hannah.presses("Save the record")
    hannah.sees("All three are met: the council has a duty to enquire", "Ida")


def when_it_is_decided(reference: str, ruth: Visitor) -> None:
    """With all three parts met, anything but a section 42 enquiry is refused."""
    when_they_open(reference, "decide/directly", by=ruth)
    ruth.answers({
        "Why is no research needed?": "What is needed is clear without research",
        "Is it a safeguarding concern?": "Yes",
        "Level of need": "Level 4: specialist or statutory",
        "Outcome": "Assessment of an adult's care needs (Care Act section 9)",
        "Who owns it": "Adult Social Care",
        "What they are asked to do": "See her today",
        "Why you decide this": "The test is met",
        "What is not known": "How long it has gone on",
        "What the referrer is told": "Somebody will see her.",
    })  # fmt: skip
    ruth.presses("Sign the decision")
    ruth.sees("All three parts of the Care Act test are met: add a section 42 enquiry")
    ruth.answers({"Outcome": "Adult safeguarding enquiry (Care Act section 42)"})
    ruth.presses("Sign the decision")
    then_its_stage_is("Decided", reference, by=ruth)


TEST: dict[str, Answer] = {
    "Which kinds of abuse or neglect is it?": ("Financial or material abuse of an adult",),
    "Do they have needs for care and support?": "Yes",
    "What are the needs, or why are there none?": "She cannot walk or cook",
    "Are they experiencing, or at risk of, abuse or neglect?": "Yes",
    "What puts them at risk, or why are they not?": "Her pension is taken",
    "Because of those needs, are they unable to protect themself?": "Yes",
    "Why can they, or can they not, protect themself?": "She depends on him",
    "Can they decide about this for themself?": "Cannot decide about this",
    "Who assessed it?": "Dr Rao, GP",
    "When?": date(2026, 1, 12),
    "Do they agree to this enquiry?": "Was not asked",
    "Why do you go on without their agreement?": "She cannot decide about this",
}
