"""An answer that comes after the decision: the decision stands, because; or the enquiry is looked at again."""

import pytest

from tests.journeys.answering import Item, when_they_answer_with, when_they_open_their_check
from tests.journeys.conftest import Somebody
from tests.journeys.hub import then_its_stage_is, when_they_open
from tests.journeys.intake import in_days
from tests.journeys.serving import House
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
LATE = "Edie told her teacher that she sleeps in the car"


def test_a_decision_stands_after_a_late_answer(house: House, act_as: Somebody) -> None:
    reference, ruth = house.story("decided, to stand"), act_as("ruth")
    when_education_answers_late(reference, act_as("femi"))
    when_she_looks_at_the_late_answer(reference, ruth)
    ruth.answers({"What does the new answer change?": "Nothing: the decision stands", "Why?": "The team knows it."})
    ruth.presses("Record it")
    then_its_stage_is("Decided", reference, by=ruth)
    when_they_open(reference, "decision", by=ruth)
    ruth.sees("Late answer", "The decision stands", "The team knows it.")
    then_the_coordinator_does_not_read_it(reference, act_as("joanna"))


def test_a_late_answer_reopens_the_enquiry(house: House, act_as: Somebody) -> None:
    reference, ruth = house.story("decided, to reopen"), act_as("ruth")
    when_education_answers_late(reference, act_as("femi"))
    when_she_looks_at_the_late_answer(reference, ruth)
    ruth.answers(
        {"What does the new answer change?": "Reopen the enquiry and decide again", "Why?": "There is something new."}
    )
    ruth.presses("Record it")
    then_its_stage_is("Ready for decision", reference, by=ruth)
    when_they_open(reference, "chronology", by=ruth)
    ruth.sees(LATE)
    when_they_open(reference, "decision", by=ruth)
    ruth.sees("Reopened", "There is something new.")


def when_education_answers_late(reference: str, femi: Visitor) -> None:
    when_they_open_their_check(reference, by=femi)
    femi.sees("The decision has been made already.")
    child = femi.page.get_by_role("group", name="Who is it about?").locator("label", has_text="Edie").inner_text()
    kind = femi.page.get_by_label("What is it?").locator("option").nth(1).inner_text()
    when_they_answer_with([Item(LATE, kind, in_days(-20), (child.strip(),))], {}, "Amber", by=femi)


def when_she_looks_at_the_late_answer(reference: str, ruth: Visitor) -> None:
    ruth.goes_to("/due/")
    ruth.sees("Answer these first")
    ruth.follows(reference)
    ruth.sees("An answer came after the decision", LATE, "The decision that it came after")


def then_the_coordinator_does_not_read_it(reference: str, joanna: Visitor) -> None:
    for area in ("", "requests", "decision", "chronology", "history"):
        when_they_open(reference, area, by=joanna)
    assert LATE.encode() not in joanna.took
