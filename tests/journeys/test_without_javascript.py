"""Without JavaScript the hub's work goes on: rating, the basis, asking, answering, reading the answer."""

import pytest

from tests.journeys.answering import Item, when_they_answer_with, when_they_open_their_check
from tests.journeys.conftest import Somebody
from tests.journeys.hub import (
    then_its_stage_is,
    when_they_ask,
    when_they_open,
    when_they_rate,
    when_they_record_the_basis,
)
from tests.journeys.intake import in_days
from tests.journeys.serving import House

pytestmark = pytest.mark.browser
SAYS = "Officers found the back door kicked in"


def test_from_rating_to_the_answer_without_javascript(house: House, act_as: Somebody) -> None:
    reference, tomasz = house.story("to be done without JavaScript"), act_as("tomasz", javascript=False)
    when_they_rate(reference, "Amber", "What was seen fits.", by=tomasz)
    when_they_record_the_basis(reference, {}, by=tomasz)
    when_they_ask(reference, {"Wendmark Constabulary": "Its records show incidents at the address."}, by=tomasz)
    lewis = act_as("lewis", javascript=False)
    when_they_open_their_check(reference, by=lewis)
    edie = (
        lewis.page.get_by_role("group", name="Who is it about?").locator("label", has_text="Edie").inner_text().strip()
    )
    items = [
        Item(SAYS, "Incidents at the address", in_days(-400), (edie,)),
        Item("Nobody was hurt.", "Incidents at the address", in_days(-30), (edie,), "Sensitive", "Ask us first"),
    ]
    when_they_answer_with(items, {"Crime recording": "Known"}, "Amber", by=lewis)
    then_its_stage_is("Ready for decision", reference, by=tomasz)
    when_they_open(reference, "chronology", by=tomasz)
    tomasz.sees(SAYS, "Nobody was hurt.")
