"""Two people on one enquiry: the second is shown what the first did, and nothing of either is lost."""

import pytest

from tests.journeys.conftest import Somebody
from tests.journeys.hub import when_they_open
from tests.journeys.serving import House

pytestmark = pytest.mark.browser
HERS, HIS = "A neighbour heard a child scream last night.", "The school saw him well and happy at noon."


def test_the_second_is_shown_what_the_first_did_and_keeps_their_words(house: House, act_as: Somebody) -> None:
    reference, hannah, tomasz = house.story("to be re-rated by two"), act_as("hannah"), act_as("tomasz")
    for somebody in (hannah, tomasz):
        when_they_open(reference, "rerate", by=somebody)
    hannah.answers({"How urgent is it?": "Red", "Why this rating?": HERS})
    hannah.presses("Save the rating")
    tomasz.answers({"How urgent is it?": "Green", "Why this rating?": HIS})
    tomasz.presses("Save the rating")
    tomasz.sees("Hannah Brook changed this while you were typing", "is not saved yet", HERS)
    assert tomasz.page.get_by_label("Why this rating?").input_value() == HIS
    assert tomasz.page.get_by_label("Green").is_checked()
    assert rating_of(reference, house) == "red"
    tomasz.presses("Save the rating")
    assert rating_of(reference, house) == "green"
    when_they_open(reference, "rerate", by=hannah)
    hannah.sees(HERS, HIS)


def test_what_the_first_finished_is_not_done_twice_and_the_second_keeps_their_words(
    house: House, act_as: Somebody
) -> None:
    reference, hannah, tomasz = house.story("to be rated"), act_as("hannah"), act_as("tomasz")
    for somebody in (hannah, tomasz):
        when_they_open(reference, "rate", by=somebody)
    hannah.answers({"How urgent is it?": "Amber", "Why this rating?": HERS})
    hannah.presses("Save the rating")
    tomasz.answers({"How urgent is it?": "Green", "Why this rating?": HIS})
    tomasz.presses("Save the rating")
    tomasz.sees("Hannah Brook changed this while you were typing", HERS, HIS)
    assert rating_of(reference, house) == "amber"


def rating_of(reference: str, house: House) -> str:
    found = house.ask("SELECT rating FROM enquiries_enquiry WHERE reference = %s", reference)
    return str(found[0][0])
