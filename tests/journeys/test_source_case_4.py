"""Source case 4 of seed 000, from the health visitor's form to the two owners' acknowledgements, in the browser.

A pregnant woman, low-level domestic abuse, and eighteen earlier incidents since 2009 that lie outside the last twelve
months. The grade goes from standard to medium; one decision, two outcomes, two owners.
"""

import pytest

from tests.journeys.answering import when_they_answer_with, when_they_open_their_check
from tests.journeys.case_4 import (
    AREAS,
    ASKED,
    CONCERNS,
    DASH,
    DECISION,
    GEMMA,
    HEALTH,
    INCIDENTS,
    MEDIUM,
    NOT_TOLD,
    OUTCOMES,
    OWN,
    POOLED,
    PREGNANT,
    READS,
    RELEASE,
    RELEASED,
    SAID,
    STANDARD,
    WAYNE,
    WORRY,
)
from tests.journeys.conftest import Somebody, email_of
from tests.journeys.deciding import (
    when_they_close,
    when_they_confirm_the_higher_rating,
    when_they_sign,
    when_they_tell_the_referrer,
    when_they_write_the_decision,
)
from tests.journeys.hub import (
    then_its_stage_is,
    when_they_ask,
    when_they_grade_the_abuse,
    when_they_open,
    when_they_rate,
    when_they_record_the_basis,
    when_they_say_whether_they_are_the_same,
    when_they_screen,
)
from tests.journeys.intake import (
    in_days,
    when_they_answer,
    when_they_answer_for_each,
    when_they_begin,
    when_they_leave_empty,
    when_they_send_it,
)
from tests.journeys.releasing import (
    when_the_owner_says,
    when_their_team_acknowledges,
    when_they_approve,
    when_they_open_what_was_released,
    when_they_propose_a_release,
    when_they_propose_it_again,
    when_they_say_that_they_have_it,
)
from tests.journeys.serving import House, eventually
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser


def test_source_case_4(house: House, act_as: Somebody) -> None:
    names = "siobhan joanna hannah lewis mary jo ruth anjali karen martin amit kate"
    people = {name: act_as(name) for name in names.split()}
    reference = when_the_health_visitor_sends_the_form(people["siobhan"])
    when_the_coordinator_finds_out_who_is_known(reference, house.story("Wayne, known"), people["joanna"])
    when_the_social_worker_rates_and_asks(reference, people["hannah"])
    when_the_agencies_answer(reference, people["lewis"], people["mary"], people["jo"])
    then_the_practice_manager_is_alerted(reference, house, people["ruth"])
    then_nothing_is_left_out_of_the_chronology(reference, people["ruth"])
    when_the_grade_goes_from_standard_to_medium(reference, people["hannah"])
    when_she_decides(reference, people["ruth"])
    when_what_the_team_needs_is_released(reference, people)
    when_the_owners_acknowledge(reference, people["amit"], people["kate"])
    when_the_referrer_is_told(reference, house, people)
    then_everybody_got_only_what_is_theirs(reference, people)
    when_they_close(reference, by=people["ruth"])
    people["ruth"].goes_to(f"/enquiry/{reference}/")
    people["ruth"].sees(f"{reference} is closed", "say why you need it")


def when_the_health_visitor_sends_the_form(siobhan: Visitor) -> str:
    when_they_begin("/professional/", by=siobhan)
    when_they_answer("Is somebody in danger right now?", {"Is somebody in danger right now?": "No"}, by=siobhan)
    when_they_answer("Who are you?", {"Direct telephone number": "01632 960 321"}, by=siobhan)
    when_they_answer(
        "Who are you worried about?", {"Who are you worried about?": "A baby who is not born yet"}, by=siobhan
    )
    when_they_answer(
        "Do you know the postcode of where they live?",
        {"Do you know the postcode of where they live?": "WX2 9HB"},
        by=siobhan,
    )
    when_they_answer("When is the baby due?", {"When is the baby due?": in_days(104)}, by=siobhan)
    when_they_leave_empty("Which other children live there?", by=siobhan)
    when_they_answer("Where do they live?", {"Address": "28 Larch Grove"}, by=siobhan)
    when_they_answer_for_each("Which adults matter to the child?", "adult", (GEMMA, WAYNE), by=siobhan)
    when_they_leave_empty("More about Gemma Northcott", by=siobhan)
    when_they_leave_empty("More about Wayne Dyer", by=siobhan)
    when_they_leave_empty("Who else works with the family?", by=siobhan)
    when_they_answer("The worry, and what it rests on", {"What are you worried about?": WORRY}, by=siobhan)
    when_they_answer("Which kinds of worry are these?", {"Which kinds of worry are these?": CONCERNS}, by=siobhan)
    when_they_answer("The domestic abuse", {DASH: "8", "Which of these are so?": (PREGNANT,)}, by=siobhan)
    when_they_leave_empty("Harm and risk", by=siobhan)
    when_they_leave_empty("The child’s words", by=siobhan)
    when_they_leave_empty("Effect and strengths", by=siobhan)
    when_they_leave_empty("What came before", by=siobhan)
    when_they_leave_empty("What you want to happen", by=siobhan)
    when_they_answer("What the family has been told", NOT_TOLD, by=siobhan)
    when_they_answer("Whether the family agrees", {"Do they agree to it?": "They were not asked"}, by=siobhan)
    return when_they_send_it(siobhan)


def when_the_coordinator_finds_out_who_is_known(reference: str, earlier: str, joanna: Visitor) -> None:
    joanna.goes_to("/queue/")
    joanna.is_pictured("queue")
    joanna.follows(reference)
    joanna.follows("Possible matches")
    when_they_say_whether_they_are_the_same("Gemma Northcott", "2", by=joanna)
    joanna.sees("Same first name; same surname; same date of birth")
    when_they_say_whether_they_are_the_same("Wayne Dyer", "1", by=joanna)
    when_they_open(reference, by=joanna)
    joanna.sees("Known before", earlier)
    when_they_screen(reference, SAID["screening"], by=joanna)


def when_the_social_worker_rates_and_asks(reference: str, hannah: Visitor) -> None:
    when_they_rate(reference, "Green", SAID["rating"], by=hannah)
    when_they_grade_the_abuse(reference, STANDARD, by=hannah)
    when_they_record_the_basis(reference, {}, by=hannah)
    when_they_ask(reference, ASKED, by=hannah)
    then_its_stage_is("Gathering answers", reference, by=hannah)


def when_the_agencies_answer(reference: str, lewis: Visitor, mary: Visitor, jo: Visitor) -> None:
    when_they_open_their_check(reference, by=lewis)
    lewis.sees("Gemma Northcott, born 22 August 1990, mother", "from the first entry to the latest")
    when_they_answer_with(INCIDENTS, {"Domestic abuse incidents": "Known"}, "Amber", by=lewis)
    when_they_open_their_check(reference, by=mary)
    when_they_answer_with(HEALTH, {"Midwifery": "Known"}, "Green", by=mary)
    when_they_open_their_check(reference, by=jo)
    jo.types_key("n")
    jo.sees("“Nothing known” is sent")


def then_the_practice_manager_is_alerted(reference: str, house: House, ruth: Visitor) -> None:
    """By a letter that says nothing, and on every page."""
    eventually("a letter to Ruth", lambda: house.letters_to(email_of("ruth"), reference))
    ruth.goes_to("/work/")
    ruth.sees(f"An agency rates this higher: confirm or decline ({reference})")
    when_they_confirm_the_higher_rating(reference, "amber", SAID["re-rating"], by=ruth)


def then_nothing_is_left_out_of_the_chronology(reference: str, ruth: Visitor) -> None:
    """18 incidents, the miscarriages and Wayne's earlier enquiry; a birth is no event. The rest is of this year."""
    when_they_open(reference, "chronology", by=ruth)
    ruth.sees("Before the last 12 months: 20, births not counted. All 24 shown")
    for incident in INCIDENTS:
        ruth.sees(incident.words)
    ruth.is_pictured("chronology")
    when_they_open(reference, by=ruth)
    ruth.is_pictured("enquiry")


def when_the_grade_goes_from_standard_to_medium(reference: str, hannah: Visitor) -> None:
    """With what caused it: nobody would have looked further back than twelve months."""
    when_they_grade_the_abuse(reference, MEDIUM, by=hannah)
    when_they_open(reference, "domestic-abuse", by=hannah)
    hannah.sees("Standard to Medium", f"Changed by: {MEDIUM['What information changed it?']}")


def when_she_decides(reference: str, ruth: Visitor) -> None:
    pinned = (INCIDENTS[0].words, INCIDENTS[4].words, SAID["miscarriages"])
    when_they_write_the_decision(reference, DECISION, OUTCOMES, pinned, by=ruth)
    when_they_sign(by=ruth)
    ruth.sees("signed by Ruth Okafor", "North Wend assessment team", "Wend Valley health visiting", SAID["rationale"])
    ruth.sees("Not known when it was signed", INCIDENTS[4].words)
    then_its_stage_is("Decided", reference, by=ruth)


def when_what_the_team_needs_is_released(reference: str, people: dict[str, Visitor]) -> None:
    """One item of the police's and the miscarriages in health's own words, which take it back to its drafter."""
    hannah, anjali, karen, martin = (people[name] for name in ("hannah", "anjali", "karen", "martin"))
    release = when_they_propose_a_release(reference, RELEASE, RELEASED, by=hannah)
    when_the_owner_says(
        reference, SAID["miscarriages"], {"May it be released?": "Only in these words", OWN: SAID["health"]}, by=anjali
    )
    when_they_propose_it_again(release, by=hannah)
    hannah.sees("Somebody else approves it: you drafted, changed or proposed this release.")
    when_the_owner_says(reference, SAID["health"], {"May it be released?": "Yes, as it is shown here"}, by=anjali)
    when_the_owner_says(reference, SAID["keys"], {"May it be released?": "Yes, as it is shown here"}, by=karen)
    when_they_approve(release, by=martin)


def when_the_owners_acknowledge(reference: str, amit: Visitor, kate: Visitor) -> None:
    text = when_they_open_what_was_released(reference, by=amit)
    assert SAID["keys"] in text
    assert SAID["health"] in text
    when_they_say_that_they_have_it(by=amit)
    when_their_team_acknowledges(reference, "Priya Nair", by=amit)
    when_their_team_acknowledges(reference, "Siobhan Daly", by=kate)


def when_the_referrer_is_told(reference: str, house: House, people: dict[str, Visitor]) -> None:
    told = "By e-mail: an outcome is ready. The e-mail says nothing of it"
    when_they_tell_the_referrer(reference, told, by=people["joanna"])
    eventually("two letters", lambda: len(house.letters_to(email_of("siobhan"), reference)) == 2)
    people["siobhan"].goes_to("/my-enquiries/")
    people["siobhan"].follows(reference)
    people["siobhan"].sees(SAID["for the referrer"])


def then_everybody_got_only_what_is_theirs(reference: str, people: dict[str, Visitor]) -> None:
    """In the bytes: of every page that they came to, and of every other that they can open."""
    for area in AREAS:
        when_they_open(reference, area, by=people["joanna"])
        for name in ("hannah", "ruth"):
            people[name].fetches(f"/enquiry/{reference}/{area and area + '/'}")
    for name in people.keys() - {"joanna", "hannah", "ruth", "martin"}:
        for area in AREAS:
            assert people[name].is_refused(f"/enquiry/{reference}/{area and area + '/'}"), f"{name} at {area}"
    got = {
        name: {what for what, words in SAID.items() if words.encode() in somebody.took}
        for name, somebody in people.items()
    }
    assert {name: got[name] for name in READS} == READS
    for name in ("hannah", "ruth"):
        assert got[name] >= POOLED, f"{name} reads what the agencies answered"
