"""Somebody rings for advice; what they said is an enquiry without a word being typed again."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Somebody
from tests.journeys.intake import REFERENCE
from tests.journeys.serving import House
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
OUTLINE = "She has come to school three days running in the same wet clothes, and hides food in her bag."


def test_a_call_for_advice_becomes_an_enquiry_with_nothing_keyed_again(house: House, act_as: Somebody) -> None:
    peter = act_as("peter")
    when_he_keeps_a_call(peter)
    peter.sees("Waiting for the enquiry", OUTLINE, "Speak with her mother, and send the form today.")
    call = peter.path
    peter.goes_to("/consultations/")
    peter.sees("Promised enquiries that have not come", "Weir Street Primary", "Do we advise alike?")
    peter.goes_to(call)
    reference = when_he_turns_it_into_an_enquiry(peter)
    peter.goes_to(call)
    peter.sees("Enquiry came", reference)
    when_he_notes_a_word_in_passing(peter)


def when_he_keeps_a_call(peter: Visitor) -> None:
    peter.goes_to("/consultations/")
    peter.presses("Take a call")
    asks = {"Organisation": "Weir Street Primary", "Caller's name": "Mags Orde", "Age of the child": "nine or so"}
    peter.answers(asks | {"Who else lives there": "Her mother and a baby"})
    peter.presses("Keep the call")
    peter.sees("Enter what they are worried about", "Select what you agreed", "Enter an age, like 7 or 18 months")
    peter.answers({"Age of the child": "9"})
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


def when_he_turns_it_into_an_enquiry(peter: Visitor) -> str:
    """All that is asked for is what the call did not ask: which service she works for, and whom it is about."""
    peter.presses("Turn it into an enquiry")
    expect(peter.page.get_by_label("What are you worried about?")).to_have_value(OUTLINE)
    peter.answers({"Service, or source of the contact": "School"})
    child = peter.page.get_by_role("group", name="Child 1", exact=True)
    expect(child.get_by_label("Age, if you do not know the date of birth")).to_have_value("9")
    peter.answers({"First names": "Mabel", "Last name": "Underhill"}, within=child)
    peter.presses("Receive the enquiry")
    found = REFERENCE.search(peter.page.locator("main").inner_text())
    assert found
    return found[0]


def when_he_notes_a_word_in_passing(peter: Visitor) -> None:
    peter.goes_to("/consultations/")
    peter.follows("Notes of informal talk")
    peter.answers({"Who": "Ola Pine", "Gist": "Asked whether a school may keep a spare coat. It may."})
    peter.presses("Note it")
    peter.sees("Ola Pine", "Asked whether a school may keep a spare coat.")
