"""Somebody rings for advice; what they said is an enquiry without a word being typed again."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Somebody
from tests.journeys.serving import House
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
OUTLINE = "She has come to school three days running in the same wet clothes, and hides food in her bag."


def test_a_call_for_advice_becomes_an_enquiry_with_nothing_keyed_again(house: House, act_as: Somebody) -> None:
    peter = act_as("peter")
    when_he_keeps_a_call(peter)
    peter.sees("Waiting for the enquiry", OUTLINE, "Speak with her mother, and send the form today.")
    peter.presses("Turn it into an enquiry")
    expect(peter.page.get_by_label("What are you worried about?")).to_have_value(OUTLINE)
    peter.goes_to("/consultations/")
    peter.sees("Promised enquiries that have not come", "Weir Street Primary", "Do we advise alike?")
    when_he_notes_a_word_in_passing(peter)


def when_he_keeps_a_call(peter: Visitor) -> None:
    peter.goes_to("/consultations/")
    peter.presses("Take a call")
    peter.answers({"Organisation": "Weir Street Primary", "Age of the child": "9"})
    peter.presses("Keep the call")
    peter.sees("Enter what they are worried about", "Select what you agreed")
    expect(peter.page.get_by_label("Organisation")).to_have_value("Weir Street Primary")
    peter.answers(
        {
            "What they are worried about": OUTLINE,
            "What you advised": "Speak with her mother, and send the form today.",
            "Level of need that this points to": "Level 3: targeted or family help",
            "What you agreed": "The caller makes an enquiry",
        }
    )
    peter.presses("Keep the call")


def when_he_notes_a_word_in_passing(peter: Visitor) -> None:
    peter.follows("Notes of informal talk")
    peter.answers({"Who": "Ola Pine", "Gist": "Asked whether a school may keep a spare coat. It may."})
    peter.presses("Note it")
    peter.sees("Ola Pine", "Asked whether a school may keep a spare coat.")
