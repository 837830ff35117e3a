"""A number that is not safe is not rung; whoever knows more says so, and the slower of two sees the other's word."""

import pytest

from tests.journeys.conftest import Somebody
from tests.journeys.hub import when_they_open
from tests.journeys.serving import House

pytestmark = pytest.mark.browser
ASK = "Is it safe to use?"
KNOWS = "How do you know?"
HERS = "The mother, by telephone: he left in May and has no key."
HIS = "The school says that she has another number."


def test_a_word_about_a_number_is_said_anew_and_nobodys_is_lost(house: House, act_as: Somebody) -> None:
    person = somebody_with_a_number(house)
    hannah, joanna, ruth = act_as("hannah"), act_as("joanna", width=375), act_as("ruth")
    ruth.goes_to(f"/person/{person}/")
    ruth.follows("Safe contact")
    ruth.page.get_by_role("link", name="Change whether").first.click()
    ruth.looks()
    ruth.answers({ASK: "Not safe to use", KNOWS: "The mother: he reads what comes in."})
    ruth.presses("Save")
    ruth.sees("it is not safe")
    for somebody in (hannah, joanna):
        somebody.goes_to(f"/person/{person}/contact/")
        somebody.page.get_by_role("link", name="Change whether").first.click()
        somebody.looks()
    hannah.answers({ASK: "Safe to use", KNOWS: HERS})
    hannah.presses("Save")
    hannah.does_not_see("it is not safe")
    joanna.presses("Save")
    joanna.sees("Select whether it is safe to use", "Enter how you know: who said so, and when")
    joanna.answers({ASK: "Not theirs any more", KNOWS: HIS})
    joanna.presses("Save")
    joanna.sees("Hannah Brook changed this while you were typing", "safe to use")
    assert joanna.page.get_by_label(KNOWS).input_value() == HIS
    joanna.presses("Save")
    ruth.goes_to(f"/person/{person}/")
    ruth.sees(HERS, HIS, "not theirs any more")


def test_the_referrer_is_told_in_a_way_that_is_not_safe_only_with_a_reason(house: House, act_as: Somebody) -> None:
    reference = house.story("decided, with a way that is not safe")
    joanna = act_as("joanna", width=375)
    when_they_open(reference, "feedback", by=joanna)
    joanna.sees("By telephone: Somebody called it not safe to use.")
    joanna.answers({"How is the referrer told?": "By telephone"})
    joanna.presses("Record it")
    joanna.sees("Choose another way, or enter why it has to be this one")
    joanna.answers({"Why does it have to be this way, though it is not safe?": "She rang us from it and waits."})
    joanna.presses("Record it")
    joanna.sees("It is recorded what the referrer was told")
    ruth = act_as("ruth")
    when_they_open(reference, "decision", by=ruth)
    ruth.sees("In this way, though it was not safe: She rang us from it and waits.")


def somebody_with_a_number(house: House) -> int:
    found = house.ask(
        "SELECT c.person_id FROM people_contact c JOIN enquiries_party p ON p.person_id = c.person_id"
        " JOIN enquiries_enquiry e ON e.id = p.enquiry_id WHERE e.reference = %s AND c.kind = 'telephone' LIMIT 1",
        house.story("ready for decision"),
    )
    return int(found[0][0])
