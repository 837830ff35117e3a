"""A worker says who is what to whom and who is at risk from whom; from then on nothing goes to that home."""

import pytest

from tests.journeys.conftest import Somebody
from tests.journeys.hub import when_they_open
from tests.journeys.serving import House

pytestmark = pytest.mark.browser
WHY = "He strangled her in May, and goes through her telephone."
SAYS = "Ros Tollgarth is at risk from Karl Tollgarth. Pass nothing on to Karl Tollgarth or to whoever lives with them."
HOME = "Do not write to their home or visit it unplanned"


def test_said_seen_everywhere_and_ended(house: House, act_as: Somebody) -> None:
    reference = house.story("domestic abuse rated green")
    (ros,), (karl,) = (one_called(house, reference, name) for name in ("Ros", "Karl"))
    joanna, ruth = act_as("joanna", width=375), act_as("ruth")
    joanna.goes_to(f"/person/{ros}/")
    joanna.follows("Add a tie, or whom they are at risk from")
    joanna.looks()
    joanna.page.locator(f"a[href='/person/{ros}/tie/{karl}/']").click()
    joanna.presses("Save")
    joanna.sees("Select who is what to whom", "Enter who says so")
    joanna.answers({"Who is what to whom?": "Ros Tollgarth is former partner of Karl Tollgarth"})
    joanna.answers({"Who says so?": "Ros, by telephone"})
    joanna.presses("Save")
    joanna.sees("The tie is on both records.", "Former partner of")

    joanna.goes_to(f"/person/{ros}/at-risk-from/{karl}/")
    joanna.looks()
    joanna.answers({"Why?": WHY, "Who says so?": "The IDVA"})
    joanna.presses("Save")
    joanna.sees(SAYS, HOME, WHY)
    joanna.goes_to(f"/person/{karl}/")
    joanna.does_not_see("is at risk from", WHY)
    for area in ("people", "requests", "decision"):
        when_they_open(reference, area, by=ruth)
        ruth.sees(SAYS)
        ruth.looks()

    ruth.goes_to(f"/person/{ros}/")
    ruth.looks()
    ruth.page.get_by_role("link", name="Change that they are at risk from Karl Tollgarth").click()
    ruth.answers(
        {"What has changed?": "It was never so: recorded by mistake", "Who says so, and why?": "Another Karl."}
    )
    ruth.presses("Save")
    ruth.does_not_see(SAYS)
    ruth.sees("Recorded by mistake", "Another Karl.")


def one_called(house: House, reference: str, given: str) -> tuple[int, ...]:
    found = house.ask(
        "SELECT p.person_id FROM enquiries_party p JOIN enquiries_enquiry e ON e.id = p.enquiry_id"
        " JOIN people_name n ON n.person_id = p.person_id WHERE e.reference = %s AND n.given = %s LIMIT 1",
        reference, given,
    )  # fmt: skip
    return tuple(found[0])
