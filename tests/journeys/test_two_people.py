"""Somebody joins, is given a role by two people, moves and leaves."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Somebody

pytestmark = pytest.mark.browser
NARROW = 375


def test_a_joiner_a_mover_and_a_leaver(act_as: Somebody) -> None:
    nina, gwen = act_as("nina"), act_as("gwen", width=NARROW)
    nina.goes_to("/staff/")
    nina.sees("Nothing waits", "Ruth Okafor")
    nina.presses("Add somebody who joins")
    nina.presses("Make the account")
    nina.sees("Enter their name", "Select who employs them")
    nina.answers(
        {
            "Name": "Una Newcome",
            "Work email address": "una.newcome@wendmark.example",
            "Job title": "Coordinator",
            "Who employs them?": "Wendmark Children's Social Care",
        }
    )
    nina.presses("Make the account")
    nina.sees("Una Newcome has an account, and no role yet", "Second factor: none yet")
    nina.presses("Propose a role")
    nina.answers(
        {
            "Which role?": "Referral and information coordinator",
            "In which area?": "Wend Valley",
            "Why do they need it?": "She joins the front door on Monday.",
        }
    )
    nina.presses("Propose it")
    nina.sees("The governance lead is asked by e-mail to agree", "This is done by an information governance lead")

    gwen.goes_to("/staff/")
    gwen.sees("She joins the front door on Monday.")
    gwen.presses("Agree")
    gwen.sees("Una Newcome is told by e-mail", "Nothing waits")

    nina.goes_to("/staff/")
    nina.follows("Una Newcome")
    nina.presses("Take away Referral and information coordinator, Wend Valley")
    expect(nina.page.locator("main")).not_to_contain_text("Take away")
    nina.follows("They lost their second factor")
    nina.answers({"How do you know that it is them?": "I rang her on the number in the directory."})
    nina.presses("Propose it")
    nina.follows("Decline a new second factor, because the old one is lost for Una Newcome")
    nina.answers({"Why?": "She found her telephone."})
    nina.presses("Decline it")
    nina.follows("Una Newcome")
    nina.presses("Close the account")
    nina.sees("The account of Una Newcome is closed from now on")
