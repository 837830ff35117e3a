"""Source case 4 of seed 000, from the health visitor's form to the two owners' acknowledgements, in the browser.

A pregnant woman, low-level domestic abuse, and eighteen earlier incidents since 2009 that lie outside the last twelve
months. The grade goes from standard to medium; one decision, two outcomes, two owners.
"""

import pytest

from tests.journeys.conftest import Somebody
from tests.journeys.intake import (
    in_days,
    when_they_answer,
    when_they_answer_for_each,
    when_they_begin,
    when_they_leave_empty,
    when_they_send_it,
)
from tests.journeys.serving import House
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser


def test_source_case_4(house: House, act_as: Somebody) -> None:
    siobhan = act_as("siobhan")
    reference = when_the_health_visitor_sends_the_form(siobhan)
    print(reference)


def when_the_health_visitor_sends_the_form(siobhan: Visitor) -> str:
    when_they_begin("/professional/", by=siobhan)
    when_they_answer("Is somebody in danger right now?", {"Is somebody in danger right now?": "No"}, by=siobhan)
    when_they_answer("Who are you?", {"Direct telephone number": "01632 960 321"}, by=siobhan)
    when_they_answer(
        "Who are you worried about?", {"Who are you worried about?": "A baby who is not born yet"}, by=siobhan
    )
    when_they_answer(
        "Do you know the postcode of where they live?",
        {"Do you know the postcode of where they live?": "WX2 9HB"},
        by=siobhan,
    )
    when_they_answer("When is the baby due?", {"When is the baby due?": in_days(104)}, by=siobhan)
    when_they_leave_empty("Which other children live there?", by=siobhan)
    when_they_answer("Where do they live?", {"Address": "28 Larch Grove"}, by=siobhan)
    when_they_answer_for_each("Which adults matter to the child?", "adult", (GEMMA, WAYNE), by=siobhan)
    when_they_leave_empty("More about Gemma Northcott", by=siobhan)
    when_they_leave_empty("More about Wayne Dyer", by=siobhan)
    when_they_leave_empty("Who else works with the family?", by=siobhan)
    when_they_answer("The worry, and what it rests on", {"What are you worried about?": WORRY}, by=siobhan)
    when_they_answer("Which kinds of worry are these?", {"Which kinds of worry are these?": CONCERNS}, by=siobhan)
    when_they_leave_empty("DASH risk checklist", by=siobhan)
    when_they_leave_empty("Harm and risk", by=siobhan)
    when_they_leave_empty("The child’s words", by=siobhan)
    when_they_leave_empty("Effect and strengths", by=siobhan)
    when_they_leave_empty("What came before", by=siobhan)
    when_they_leave_empty("What you want to happen", by=siobhan)
    when_they_answer("What the family has been told", NOT_TOLD, by=siobhan)
    when_they_answer("Whether the family agrees", {"Do they agree to it?": "They were not asked"}, by=siobhan)
    return when_they_send_it(siobhan)


GEMMA = {"First names": "Gemma", "Last name": "Northcott"}
WAYNE = {"First names": "Wayne", "Last name": "Dyer"}
WORRY = "x"
CONCERNS = ("Domestic abuse: a parent or carer is the victim", "Unborn baby")
NOT_TOLD = {
    "Have you told the parents or carers that you are making this enquiry?": "No",
    "Why not?": "It would put a child or someone else at greater risk",
}
