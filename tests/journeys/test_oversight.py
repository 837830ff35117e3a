"""Somebody tries addresses; the ledger shows it; the governance lead says what it was. A partner keeps a receipt."""

import pytest

from tests.journeys.conftest import Somebody
from tests.journeys.serving import House, eventually

pytestmark = pytest.mark.browser


def test_who_tries_what_is_not_there_is_asked(house: House, act_as: Somebody) -> None:
    tina = act_as("tina")
    for number in range(12):
        assert tina.answer_to(f"/request/00000000-0000-4000-8000-{number:012}/") == 404
    house.strikes("openmash.oversight.tasks.watch_now")
    house.strikes("openmash.audit.tasks.sign_checkpoint")
    eventually("the alert", lambda: house.ask("SELECT 1 FROM oversight_alert WHERE report = 'enumeration'"), 180)
    eventually("the first checkpoint", (house.home / "ledger/checkpoints.jsonl").exists, 180)

    gwen = act_as("gwen")
    gwen.goes_to("/alerts/")
    gwen.sees("Trying what is not there", "Tina Weld asked for 12 things in 5 minutes", "Signed")
    gwen.presses("Say what it was", within=gwen.page.locator(".om-card", has_text="Tina Weld").first)
    gwen.presses("Close the alert")
    gwen.sees("Select what it was", "Enter how you know what it was")
    gwen.answers({"What was it?": "It was not, and they were spoken to", "How do you know?": "A bookmark of hers."})
    gwen.presses("Close the alert")
    gwen.sees("The alert is closed", "A bookmark of hers.")
    gwen.follows("What raises an alert")
    gwen.follows("Trying what is not there")
    gwen.answers({"Things that were not found": "20", "Why?": "Old bookmarks."})
    gwen.presses("Save it")
    gwen.sees("Saved. It holds in", "more than 20 things")

    priya = act_as("priya", width=375)
    priya.goes_to("/receipts/")
    priya.sees("The last receipt", "Wendmark Constabulary", "Nobody yet")
    assert priya.is_refused("/alerts/")
