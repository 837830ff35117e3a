"""An enquiry keyed by hand with two misspellings shows the right family before its last field, out of agencies' lists.

With the page's scripts, as it is typed; without them, by one button.
"""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Somebody
from tests.journeys.intake import REFERENCE
from tests.journeys.serving import House
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
CHILD = {
    "First names": "Edy",
    "Last name": "Marlowe-Quint",
    "Date of birth": date.today() - timedelta(days=3000),
}
RIGHT = "Edie Marlow-Quint"
CALL = {
    "Who is calling": "A member of the public",
    "Service, or source of the contact": "Acquaintance, neighbour or child minder",
    "What are you worried about?": "A man stays there whom nobody knows",
}
POLICE, SCHOOL = "Wendmark Constabulary", "Wendmark Education and Inclusion"
# Two men whom the police alone know, one a test: whoever has been keyed is known to the hub from then on.
LODGER = {"First names": "Denis", "Last name": "Harkaway", "Date of birth": date(1979, 3, 14)}
OTHER = {"First names": "Waldo", "Last name": "Pemberly", "Date of birth": date(1981, 7, 2)}


def test_the_family_comes_up_while_it_is_typed(act_as: Somebody, house: House) -> None:
    joanna = act_as("joanna")
    joanna.goes_to("/telephone/")
    child, adult = _first(joanna, "Child"), _first(joanna, "Adult")
    joanna.answers(CHILD, within=child)
    known = joanna.page.locator("#known-panel")
    expect(known).to_contain_text(RIGHT)
    expect(known).to_contain_text("Lives with Ros Marlow-Quint")
    expect(known).to_contain_text(f"Known to {SCHOOL}")
    joanna.answers(LODGER, within=adult)
    expect(known).to_contain_text(f"Known to {POLICE}: ask them who it is")
    joanna.looks()
    joanna.is_pictured("keying")
    then_it_was_keyed_once(when_it_is_received(joanna), house)


def test_the_family_comes_up_by_a_button_without_scripts(act_as: Somebody) -> None:
    joanna = act_as("joanna", javascript=False, width=375)
    joanna.goes_to("/telephone/")
    joanna.answers(CHILD, within=_first(joanna, "Child"))
    joanna.answers(OTHER, within=_first(joanna, "Adult"))
    joanna.presses("Check what is known")
    joanna.sees(RIGHT, "Lives with Ros Marlow-Quint", f"Known to {POLICE}: ask them who it is")
    expect(_first(joanna, "Child").get_by_label("First names", exact=True)).to_have_value("Edy")
    expect(_first(joanna, "Adult").get_by_label("Last name", exact=True)).to_have_value("Pemberly")


def _first(joanna: Visitor, one: str) -> Locator:
    return joanna.page.get_by_role("group", name=f"{one} 1", exact=True)


def when_it_is_received(joanna: Visitor) -> str:
    joanna.answers(CALL)
    joanna.presses("Receive the enquiry")
    found = REFERENCE.search(joanna.page.locator("main").inner_text())
    assert found
    return found[0]


def then_it_was_keyed_once(reference: str, house: House) -> None:
    """Looking joined nobody: both are records of this enquiry, as they were typed."""
    keyed = (
        "SELECT name.given FROM people_name name JOIN enquiries_party party ON party.person_id = name.person_id"
        " JOIN enquiries_enquiry one ON one.id = party.enquiry_id WHERE one.reference = %s ORDER BY name.given"
    )
    assert house.ask(keyed, reference) == [("Denis",), ("Edy",)]
