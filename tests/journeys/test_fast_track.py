"""Fast track: practice managers and police are told at once, by letters that say nothing; research goes on."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Somebody, email_of
from tests.journeys.hub import then_its_stage_is, when_they_open, when_they_screen
from tests.journeys.serving import House, eventually

pytestmark = pytest.mark.browser
BECAUSE = "Her little brother has a burn that nobody explains"
ALERTED = {"ruth": "/enquiry/{}/", "martin": "/enquiry/{}/", "lewis": "/fast-track/{}/", "karen": "/fast-track/{}/"}


def test_practice_manager_and_police_are_told_at_once_and_research_goes_on(house: House, act_as: Somebody) -> None:
    reference, joanna = house.story("to be fast-tracked"), act_as("joanna")
    when_they_open(reference, by=joanna)
    joanna.follows("Fast track: child protection")
    joanna.answers({"Why does this need child protection now?": BECAUSE})
    joanna.presses("Alert them now")
    then_each_has_a_letter_with_a_reference_and_a_link_only(reference, house)
    then_the_police_see_whom_to_ring(reference, act_as)
    when_they_screen(reference, "It cannot wait for an answer.", by=joanna)
    then_its_stage_is("Screened", reference, by=joanna)
    joanna.sees("Fast track", BECAUSE)
    when_the_discussion_is_recorded(reference, act_as)


def then_each_has_a_letter_with_a_reference_and_a_link_only(reference: str, house: House) -> None:
    for name, path in ALERTED.items():
        letters = eventually(f"a letter to {name}", lambda name=name: house.letters_to(email_of(name), reference))
        text = letters[-1].as_string()
        assert house.address + path.format(reference) in text
        assert "Skerrow" not in text
        assert BECAUSE not in text


def then_the_police_see_whom_to_ring(reference: str, act_as: Somebody) -> None:
    """From the link, after signing in: the household and the telephone, and nothing that the hub wrote."""
    lewis = act_as("lewis")
    lewis.goes_to(f"/fast-track/{reference}/")
    lewis.sees("Ring Wend Valley MASH on 01632 960 100", "Ruth Okafor", "Edie Skerrow")
    assert BECAUSE.encode() not in lewis.took
    assert act_as("mary").is_refused(f"/fast-track/{reference}/")


def when_the_discussion_is_recorded(reference: str, act_as: Somebody) -> None:
    ruth = act_as("ruth")
    ruth.goes_to("/queue/")
    first = ruth.page.get_by_role("row").nth(1)
    expect(first).to_contain_text(reference)
    expect(first).to_contain_text("Fast track")
    when_they_open(reference, "fast-track", by=ruth)
    ruth.answers({"Who spoke to whom, and what was agreed?": "Ruth Okafor with Karen Holt: a joint visit at 4pm."})
    ruth.presses("Save the discussion")
    assert act_as("lewis").is_refused(f"/fast-track/{reference}/")
