"""A researcher for whom nothing is known says so with one key."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Somebody
from tests.journeys.hub import when_they_open
from tests.journeys.serving import House

pytestmark = pytest.mark.browser


def test_nothing_known_is_one_key(house: House, act_as: Somebody) -> None:
    reference, lewis = house.story("with the police still to answer"), act_as("lewis")
    lewis.goes_to("/checks/")
    row = lewis.page.get_by_role("row", name=re.compile(reference))
    key = row.get_by_role("button", name=re.compile("Nothing known")).get_attribute("data-key")
    assert key
    lewis.types_key(key)
    lewis.sees(f"“Nothing known” is sent about {reference}", "Answered by you in the last 12 hours")
    expect(lewis.page.get_by_role("table", name="Requests that wait").filter(has_text=reference)).to_have_count(0)
    then_the_hub_has_the_answer(reference, act_as)


def then_the_hub_has_the_answer(reference: str, act_as: Somebody) -> None:
    """It is an answer like another, and says that each system was looked at."""
    joanna = act_as("joanna")
    when_they_open(reference, "requests", by=joanna)
    expect(joanna.page.get_by_role("row", name=re.compile("Wendmark Constabulary"))).to_contain_text("Answered")
    ruth = act_as("ruth")
    when_they_open(reference, "requests", by=ruth)
    expect(ruth.page.get_by_role("row", name=re.compile("Wendmark Constabulary"))).to_contain_text(
        "9 of 9 systems checked"
    )
