"""Somebody who is worried tells the hub, on a telephone (375 px) and without JavaScript."""

from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Somebody
from tests.journeys.intake import the_reference_shown_to, when_they_answer, when_they_begin, when_they_leave_empty
from tests.journeys.serving import House, eventually
from tests.journeys.visitor import Answer, Visitor

pytestmark = pytest.mark.browser
HURT = "Is somebody hurt, threatened or controlled by a partner, a former partner or a relative?"
WORRY = "The two little ones stand at the window at 2am, and a man shouts at them to get back to bed"
EMAIL = "neighbour@post.example"
DANGER = "Is somebody in danger right now?"
NOBODY = "Select yes if somebody is in danger right now"


def test_the_public_form_on_a_telephone_without_javascript(house: House, anybody: Somebody) -> None:
    neighbour = anybody("a neighbour", width=375, javascript=False)
    when_they_begin("/make-an-enquiry/", by=neighbour)
    when_somebody_is_in_danger_they_are_sent_to_999(neighbour)
    when_they_tell_what_worries_them(neighbour)
    when_they_name_two_children_and_make_a_mistake(neighbour)
    when_their_session_is_lost_they_go_on_where_they_were(neighbour)
    when_they_say_who_they_are(neighbour)
    reference = when_they_check_change_and_send_it_twice(neighbour)
    then_it_is_one_enquiry_even_when_they_go_back_and_send_again(reference, house, neighbour)
    then_the_letter_holds_the_reference_only(reference, house)


def when_somebody_is_in_danger_they_are_sent_to_999(neighbour: Visitor) -> None:
    neighbour.presses("Continue")
    neighbour.sees("There is a problem", NOBODY)
    neighbour.answers({DANGER: "Yes"})
    neighbour.presses("Continue")
    expect(neighbour.page.get_by_role("heading", level=1)).to_have_text("Call 999 now")
    expect(neighbour.page.get_by_role("button", name="Call 999")).to_have_attribute("href", "tel:999")
    neighbour.presses("Continue with the form")


def when_they_tell_what_worries_them(neighbour: Visitor) -> None:
    who, worry, where = "Who are you worried about?", "What are you worried about?", POSTCODE
    when_they_answer(who, {who: "A child or children"}, by=neighbour)
    neighbour.presses("Continue")
    neighbour.sees("Tell us what you are worried about. A few words are enough")
    when_they_answer(worry, {worry: WORRY}, by=neighbour)
    when_they_leave_empty(HURT, by=neighbour)
    when_they_answer(where, {where: "WX1 4QT"}, by=neighbour)
    when_they_answer("How can we find them?", {"Address": "The blue door, Ropery Yard"}, by=neighbour)


def when_they_name_two_children_and_make_a_mistake(neighbour: Visitor) -> None:
    """A day that is not in the calendar: the message stands at the field, and everything typed is still there."""
    neighbour.answers(MILO | {"Date of birth": date(2018, 2, 3)}, within=child(1, neighbour))
    neighbour.presses("Add another child")
    neighbour.answers({"First names": "Nell"}, within=child(2, neighbour))
    child(1, neighbour).get_by_label("Day", exact=True).fill("31")
    neighbour.presses("Continue")
    neighbour.sees("There is a problem")
    expect(child(1, neighbour).get_by_label("First names")).to_have_value("Milo")
    expect(child(1, neighbour).get_by_label("Day", exact=True)).to_have_value("31")
    expect(child(2, neighbour).get_by_label("First names")).to_have_value("Nell")
    child(1, neighbour).get_by_label("Day", exact=True).fill("3")
    neighbour.presses("Continue")


def when_their_session_is_lost_they_go_on_where_they_were(neighbour: Visitor) -> None:
    for name in ("sessionid", "csrftoken"):
        neighbour.page.context.clear_cookies(name=name)
    neighbour.goes_to("/make-an-enquiry/")
    neighbour.sees("You began this form on this device and have not sent it.")
    neighbour.presses("Go on with it")
    when_they_leave_empty("Is anybody in the family pregnant?", by=neighbour)


def when_they_say_who_they_are(neighbour: Visitor) -> None:
    when_they_leave_empty("Which adults live with the child, or look after them?", by=neighbour)
    when_they_leave_empty("What the family knows", by=neighbour)
    when_they_answer(IDENTITY, {IDENTITY: "Yes, but keep my name from the family"}, by=neighbour)
    when_they_answer("How can we reach you?", {"E-mail address (optional)": EMAIL}, by=neighbour)


def when_they_check_change_and_send_it_twice(neighbour: Visitor) -> str:
    neighbour.sees("Check your answers", WORRY, "Milo", "Nell", "The blue door, Ropery Yard", EMAIL)
    neighbour.follows("Change : Which children are you worried about?")
    neighbour.answers({"Last name": "Quillfeather"}, within=child(2, neighbour))
    neighbour.presses("Continue")
    neighbour.sees("Check your answers", "Quillfeather")
    neighbour.answers({TRUE: True})
    neighbour.page.get_by_role("button", name="Send to the hub").dblclick()
    neighbour.page.wait_for_url("**/sent/**")
    neighbour.looks()
    neighbour.sees("If you have not called 999 yet, call now.")
    return the_reference_shown_to(neighbour)


def then_it_is_one_enquiry_even_when_they_go_back_and_send_again(
    reference: str, house: House, neighbour: Visitor
) -> None:
    neighbour.page.go_back()
    if neighbour.page.get_by_role("button", name="Send to the hub").is_visible():
        neighbour.answers({TRUE: True})
        neighbour.presses("Send to the hub")
    assert house.ask("SELECT reference FROM enquiries_enquiry WHERE worry = %s", WORRY) == [(reference,)]


def then_the_letter_holds_the_reference_only(reference: str, house: House) -> None:
    letters = eventually("a letter to the neighbour", lambda: house.letters_to(EMAIL, reference))
    assert len(letters) == 1
    for words in (WORRY, "Milo", "Nell", "Quillfeather", "Ropery", "child"):
        assert words not in letters[0].as_string()


def child(number: int, neighbour: Visitor) -> Locator:
    return neighbour.page.get_by_role("group", name=f"Child {number}", exact=True)


MILO: dict[str, Answer] = {"First names": "Milo", "Last name": "Quillfeather"}
POSTCODE = "Do you know the postcode of where they live?"
IDENTITY = "Do you want to tell us who you are?"
TRUE = "What I have told you is true, as far as I know"
