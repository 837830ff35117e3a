"""Domestic abuse from the public form to MARAC: what makes it graver is asked at once; what MARAC decided is kept."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Somebody
from tests.journeys.hub import when_they_grade_the_abuse, when_they_open
from tests.journeys.intake import (
    when_they_answer,
    when_they_answer_for_each,
    when_they_begin,
    when_they_leave_empty,
    when_they_send_it,
)
from tests.journeys.visitor import Answer, Visitor

pytestmark = pytest.mark.browser
DANGER, WHO, WORRY = (
    "Is somebody in danger right now?",
    "Who are you worried about?",
    "What are you worried about?",
)
POSTCODE, IDENTITY = "Do you know the postcode of where they live?", "Do you want to tell us who you are?"
HURT = "Is somebody hurt, threatened or controlled by a partner, a former partner or a relative?"
NECK = "Hands around the neck, or breathing stopped in any way"
LEFT = "They have separated, or are about to"


def test_from_the_public_form_to_what_marac_decided(anybody: Somebody, act_as: Somebody) -> None:
    reference = when_a_neighbour_tells_of_it(anybody("a neighbour", width=375))
    hannah = act_as("hannah")
    when_it_is_graded_with_nothing_keyed_again(reference, hannah)
    when_a_score_comes_it_raises_and_judgement_does_not_lower(reference, hannah)
    when_it_is_referred_to_marac(reference, hannah)
    when_marac_has_met(reference, hannah)
    then_it_stands_on_the_page_and_in_the_chronology(reference, act_as("ruth"))


def when_a_neighbour_tells_of_it(neighbour: Visitor) -> str:
    when_they_begin("/make-an-enquiry/", by=neighbour)
    when_they_answer(DANGER, {DANGER: "No"}, by=neighbour)
    when_they_answer(WHO, {WHO: "A child or children"}, by=neighbour)
    when_they_answer(WORRY, {WORRY: "He came back last night and held her against the door"}, by=neighbour)
    hurt = "A parent, or somebody who looks after the child"
    when_they_answer(HURT, {HURT: (hurt,)}, by=neighbour)
    when_they_answer("Which of these are so?", {"Which of these are so?": (NECK, LEFT)}, by=neighbour)
    when_they_answer(POSTCODE, {POSTCODE: "WX3 1TT"}, by=neighbour)
    when_they_answer("How can we find them?", {"Address": "40 Osier Road"}, by=neighbour)
    child: dict[str, Answer] = {"First names": "Bryony", "Last name": "Sallow", "Date of birth": date(2020, 5, 6)}
    when_they_answer_for_each("Which children are you worried about?", "child", (child,), by=neighbour)
    when_they_leave_empty("Is anybody in the family pregnant?", by=neighbour)
    mother: dict[str, Answer] = {"First names": "Fern", "Last name": "Sallow"}
    title = "Which adults live with the child, or look after them?"
    when_they_answer_for_each(title, "adult", (mother,), by=neighbour)
    when_they_leave_empty("What the family knows", by=neighbour)
    when_they_answer(IDENTITY, {IDENTITY: "No, I want to stay anonymous"}, by=neighbour)
    when_they_leave_empty("How do you know them? (optional)", by=neighbour)
    return when_they_send_it(neighbour)


def when_it_is_graded_with_nothing_keyed_again(reference: str, hannah: Visitor) -> None:
    when_they_open(reference, by=hannah)
    hannah.sees("What makes the domestic abuse graver", NECK, "Nobody has said yet whether it goes to MARAC")
    when_they_open(reference, "domestic-abuse", by=hannah)
    for said in (NECK, LEFT):
        expect(hannah.page.get_by_label(said)).to_be_checked()
    grade: dict[str, Answer] = {"What is the grade?": "High", "Why this grade?": "Strangulation, and she has left him."}
    when_they_grade_the_abuse(reference, grade, by=hannah)


def when_a_score_comes_it_raises_and_judgement_does_not_lower(reference: str, hannah: Visitor) -> None:
    """A score in the band of high is not graded medium. What changed a grade is asked for, and kept in its history."""
    when_they_open(reference, "domestic-abuse", by=hannah)
    because = "He has gone to his mother."
    hannah.answers({"DASH score": "25", "What is the grade?": "Medium", "Why this grade?": because})
    hannah.presses("Save the grade")
    hannah.sees("There is a problem", "The score must be a number from 0 to 24")
    hannah.answers({"DASH score": "15"})
    hannah.presses("Save the grade")
    hannah.sees("A score of 15 is high at least. Your judgement can raise the grade, not lower it.")
    expect(hannah.page.get_by_label("Why this grade?")).to_have_value(because)
    hannah.answers({"DASH score": "9"})
    hannah.presses("Save the grade")
    hannah.sees("Say what information changed the grade.")
    hannah.answers({"What information changed it?": "His mother rang: he is with her."})
    hannah.presses("Save the grade")
    again: dict[str, Answer] = {
        "What is the grade?": "High", "Why this grade?": "Strangulation, and he is back.",
        "What information changed it?": "A neighbour saw him at the door.",
    }  # fmt: skip
    when_they_grade_the_abuse(reference, again, by=hannah)
    when_they_open(reference, "domestic-abuse", by=hannah)
    hannah.sees("High to Medium", "His mother rang: he is with her.", "Medium to High", "Visible high risk: 14 or more")


def when_it_is_referred_to_marac(reference: str, hannah: Visitor) -> None:
    """The criterion that is met is ticked. Without whether she knows, it does not go."""
    when_they_open(reference, "marac", by=hannah)
    hannah.answers({"Does it go to MARAC?": "Yes, refer it", "Why?": "He has a key, and said that he will kill her."})
    expect(hannah.page.get_by_label("Professional judgement")).to_be_checked()
    hannah.presses("Save")
    hannah.sees("There is a problem", "Select whether the person who is harmed knows")
    hannah.answers({
        "Does the person who is harmed know?": "They know and agree",
        "How can they be reached safely?": "By text in the mornings",
        "When is it to be heard?": date.today() + timedelta(days=6),
    })  # fmt: skip
    hannah.presses("Save")
    hannah.sees("Referred to MARAC on", "professional judgement", "What MARAC decided is not recorded yet")


def when_marac_has_met(reference: str, hannah: Visitor) -> None:
    when_they_open(reference, by=hannah)
    hannah.follows("Record what MARAC decided")
    hannah.answers({
        "When did it meet?": date.today(),
        "What did it decide?": "The IDVA sees her each week",
        "Who was told what was decided?": "Fern, by the IDVA",
    })  # fmt: skip
    about = hannah.page.get_by_role("group", name="Whom was it about?")
    about.get_by_label("Fern Sallow").check()
    action: dict[str, Answer] = {"What is to be done": "Change the locks", "Who there": "Tenancy team"}
    hannah.answers(action)
    hannah.presses("Save")
    hannah.sees("There is a problem", "Select who does it")
    hannah.answers({"Who does it": "North Wend Housing Association"})
    hannah.presses("Save")


def then_it_stands_on_the_page_and_in_the_chronology(reference: str, ruth: Visitor) -> None:
    when_they_open(reference, by=ruth)
    ruth.sees("MARAC met on", "about Fern Sallow", "Change the locks", "North Wend Housing Association, Tenancy team")
    when_they_open(reference, "chronology", by=ruth)
    ruth.sees("Referred to MARAC", "MARAC met and decided: The IDVA sees her each week")
