"""One enquiry is restricted: a colleague finds nothing, opens it in an emergency, and answers for it."""

import pytest

from tests.journeys.conftest import Somebody, email_of
from tests.journeys.hub import when_they_open
from tests.journeys.serving import House, eventually

pytestmark = pytest.mark.browser
BECAUSE = "The school rang: her father is at the gate and has a knife."


def test_restricted_opened_in_an_emergency_and_reviewed(house: House, act_as: Somebody) -> None:
    reference, ruth, hannah = house.story("to be kept closed"), act_as("ruth"), act_as("hannah", width=375)
    path = f"/enquiry/{reference}/"
    when_they_open(reference, by=ruth)
    ruth.follows("Say who alone sees this")
    ruth.presses("Restrict it")
    ruth.sees("Select why it is restricted", "Enter the reason")
    ruth.answers({"Why is it restricted?": "Somebody in it is a relative of somebody who signs in here"})
    ruth.answers({"What is the reason?": "Her aunt is a coordinator here."})
    ruth.presses("Restrict it")
    ruth.sees(f"{reference} is restricted", "Ruth Okafor")

    assert hannah.is_refused(path)
    hannah.goes_to("/queue/")
    hannah.does_not_see(reference)
    hannah.follows("Open an enquiry in an emergency")
    hannah.answers(
        {"The enquiry’s reference": "WV-2222-2222", "What is the emergency?": "A child is at immediate risk"}
    )
    hannah.answers({"What has happened, and what will you do?": "urgent please"})
    hannah.presses("Open it for one hour")
    hannah.sees("Say in at least 20 characters what has happened")
    hannah.answers({"What has happened, and what will you do?": BECAUSE})
    hannah.presses("Open it for one hour")
    hannah.sees("Nothing opens under this reference")
    hannah.answers({"The enquiry’s reference": reference})
    hannah.presses("Open it for one hour")
    assert hannah.path == path
    hannah.sees("It is open to you for one hour", "Edie Quarmby")
    assert act_as("tomasz").is_refused(path)

    letters = eventually("a letter to gwen", lambda: house.letters_to(email_of("gwen"), reference))
    assert BECAUSE not in letters[-1].as_string()
    gwen = act_as("gwen")
    gwen.goes_to("/alerts/")
    gwen.sees(f"Hannah Brook opened {reference} in an emergency")
    gwen.follows("Emergencies")
    gwen.sees(BECAUSE)
    gwen.presses("Review it", within=gwen.page.locator(".om-card", has_text=reference))
    gwen.answers({"Was it justified?": "Justified", "How do you know?": "The school says the same."})
    gwen.presses("Keep the review")
    gwen.sees("Reviewed. What you said stays with it.", "Gwen Astley: The school says the same.")
    gwen.goes_to("/restrictions/")
    gwen.follows(reference)
    gwen.sees("Her aunt is a coordinator here.")
    gwen.goes_to("/conflicts/")
    gwen.sees("Nobody has said that they know anybody.")


def test_what_is_sealed_opens_in_an_emergency_on_a_page_of_its_own(house: House, act_as: Somebody) -> None:
    reference, hannah = house.story("decided, with a way that is not safe"), act_as("hannah", width=375)
    assert hannah.is_refused(f"/enquiry/{reference}/emergency/")
    hannah.goes_to("/emergency/")
    hannah.answers({"The enquiry’s reference": reference, "What is the emergency?": "A child is at immediate risk"})
    hannah.answers({"What has happened, and what will you do?": BECAUSE})
    hannah.presses("Open it for one hour")
    hannah.sees("It is open to you for one hour")
    hannah.follows("Sealed answers, in an emergency")
    hannah.does_not_see("A neighbour is afraid of him")
    hannah.presses("Show the sealed answers")
    hannah.sees("They stand on this page alone", "Wendmark Constabulary", "A neighbour is afraid of him", "Sealed")
    hannah.sees("from its own list", "His cellmate says that he will come for them.", "About Karl Orlebar")
    hannah.looks()
    hannah.goes_to("/emergency/")
    hannah.answers({"The enquiry’s reference": reference, "What is the emergency?": "A child is at immediate risk"})
    hannah.answers({"What has happened, and what will you do?": BECAUSE})
    hannah.presses("Open it for one hour")
    hannah.sees("You have opened it already: it stays open to you until")
    when_they_open(reference, "chronology", by=hannah)
    hannah.does_not_see("A neighbour is afraid of him")
    letters = eventually("a letter to karen", lambda: house.letters_to(email_of("karen"), "Sealed answers"))
    assert reference not in letters[-1].as_string() and "afraid" not in letters[-1].as_string()
    when_they_open(reference, "chronology", by=act_as("ruth"))
