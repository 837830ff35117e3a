"""A coordinator logs what CAFCASS asks, and writes the answer; a practice manager approves the words that leave."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Somebody
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
WORDS = "Not known to children's social care in Wendmark."


def test_two_people_answer_a_check(act_as: Somebody) -> None:
    joanna = act_as("joanna")
    place = when_she_logs_what_cafcass_asks(joanna)
    joanna.sees("What the hub knows", "A safeguarding letter to the court in private law")
    joanna.answers({"What is found": "Not known to children's social care", "The words that leave the hub": WORDS})
    joanna.presses("Ask for approval")
    joanna.sees("Nothing has left the hub", "Answer to approve")
    ruth = act_as("ruth")
    ruth.goes_to(place)
    ruth.presses("Send it back")
    ruth.sees("There is a problem", "Enter a reason")
    ruth.answers({"Why it goes back": "Say since when."})
    ruth.presses("Send it back")
    when_she_writes_it_again(place, joanna)
    ruth.goes_to(place)
    ruth.presses("Approve: these words leave")
    ruth.sees("The words that left the hub", WORDS, "checks@cafcass.example", "Ruth Okafor approved it")


def when_she_writes_it_again(place: str, joanna: Visitor) -> None:
    """Her words are still there; her own words she cannot approve."""
    joanna.goes_to(place)
    joanna.sees("Say since when.")
    expect(joanna.page.get_by_label("The words that leave the hub")).to_have_value(WORDS)
    joanna.presses("Ask for approval")
    joanna.sees("You wrote this. Someone else has to approve.")


def when_she_logs_what_cafcass_asks(joanna: Visitor) -> str:
    joanna.goes_to("/statutory-checks/")
    joanna.presses("Log a check")
    joanna.presses("Log the check")
    joanna.sees("Select who asks", "Enter the last name of the person")
    joanna.answers(
        {
            "Who asks": "CAFCASS",
            "Organisation": "CAFCASS",
            "Secure e-mail address that the answer goes to": "checks@cafcass.example",
            "On what basis": "A safeguarding letter to the court in private law",
            "First names": "Torvald",
            "Last name": "Quillfeather",
        }
    )
    joanna.presses("Log the check")
    return joanna.path
