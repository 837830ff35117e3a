"""What was released is recalled: from that moment its recipient reads it no more."""

import pytest

from tests.journeys.conftest import Somebody
from tests.journeys.releasing import when_they_approve, when_they_open_what_was_released, when_they_propose_a_release
from tests.journeys.serving import House

pytestmark = pytest.mark.browser
ANSWERS = {
    "Who is to receive it": "Lucy Farr, Assessment team manager, South Wend assessment team",
    "Why this recipient": "Her team assesses.",
    "What it is for": "A social work assessment",
    "The purpose in a sentence": "To assess what the child needs.",
    "From the hub (optional)": "Three agencies were asked, and the marmalade cat is fed.",
    "Why it is necessary": "The team cannot plan the first visit without it.",
    "Has the family been told that this is shared?": "Yes",
}


def test_what_is_recalled_is_gone(house: House, act_as: Somebody) -> None:
    reference, hannah, lucy = house.story("ready for decision"), act_as("hannah"), act_as("lucy")
    hannah.goes_to(f"/enquiry/{reference}/release/new/")
    free = hannah.page.locator("main .om-card").filter(has_text="May be shared.", has_not_text="Its owner is asked")
    words = free.locator(".om-typed").first.inner_text()
    release = when_they_propose_a_release(reference, ANSWERS, {words: {"Release this item": "In full"}}, by=hannah)
    when_they_approve(release, by=act_as("martin"))
    text = when_they_open_what_was_released(reference, by=lucy)
    assert words in text
    assert "the marmalade cat is fed" in text
    path = lucy.path
    hannah.goes_to(release)
    hannah.presses("Recall")
    hannah.answers({"Why it is recalled": "It went to the wrong team."})
    hannah.presses("Recall")
    before = len(lucy.took)
    assert lucy.answer_to(path) == 410
    lucy.goes_to("/released/")
    lucy.sees(f"Recalled: {reference}", "Stop using it")
    assert words.encode() not in lucy.took[before:]
    assert b"marmalade" not in lucy.took[before:]
    lucy.presses("I have stopped using it")
    hannah.goes_to(release)
    hannah.sees("Recall answered", "Lucy Farr")
