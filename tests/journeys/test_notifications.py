"""A police evaluator brings a night's file in, puts a row right, and sends one notification on to the hub."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Somebody
from tests.journeys.intake import REFERENCE
from tests.journeys.serving import House
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
HEADINGS = ["Ref No", "Incident Date", "Narrative", "RAG", "Forename", "Surname", "DOB", "Post code"]
WORDS = "He blocked the door and took her telephone. A girl on the stairs cried."
YESTERDAY = date.today() - timedelta(days=1)


def test_a_nights_file_is_read_put_right_and_sent_on(house: House, act_as: Somebody) -> None:
    alan = act_as("alan")
    when_he_brings_the_file_in(alan)
    when_he_puts_the_row_right(alan)
    reference = when_he_sends_one_on(alan)
    ruth = act_as("ruth")
    ruth.goes_to(f"/enquiry/{reference}/")
    ruth.sees(WORDS, "Tansy Oakenfold", "Police")


def when_he_brings_the_file_in(alan: Visitor) -> None:
    alan.goes_to("/notifications/files/")
    alan.page.get_by_label("File", exact=True).set_input_files(
        {"name": "night.csv", "mimeType": "text/csv", "buffer": the_file()}
    )
    alan.answers({"Where it comes from": "Nightly extract", "What the force calls its notices": "ViST"})
    alan.presses("Go on to the headings")
    alan.sees("Say which heading says what", "To put right", WORDS)
    expect(alan.page.get_by_label("What happened")).to_have_value("Narrative")
    alan.presses("Load the file")
    expect(alan.page.locator("#file")).to_contain_text("Put them right")


def when_he_puts_the_row_right(alan: Visitor) -> None:
    alan.goes_to("/notifications/")
    alan.follows("Put it right")
    alan.page.get_by_role("link", name="Row 3").first.click()
    alan.looks()
    alan.answers({"Date of the incident": f"{YESTERDAY:%d/%m/%Y}"})
    alan.presses("Load this row")


def when_he_sends_one_on(alan: Visitor) -> str:
    alan.goes_to("/notifications/")
    alan.sees("V-9002")
    alan.follows("V-9001")
    place = alan.path
    alan.sees(WORDS, "Earlier incidents, all years")
    alan.presses("Record it")
    alan.sees("Select your grade", "Select what becomes of it", "Enter why")
    alan.answers(
        {
            "Your grade": "Amber",
            "What becomes of it?": "Send to the hub",
            "Why?": "A child saw it, and nobody knows her.",
        }
    )
    alan.presses("Record it")
    alan.goes_to(place)
    found = REFERENCE.search(alan.page.locator("main").inner_text())
    assert found
    return found[0]


def the_file() -> bytes:
    rows = [
        HEADINGS,
        ["V-9001", f"{YESTERDAY:%d/%m/%Y}", WORDS, "Medium", "Tansy", "Oakenfold", "12/05/2017", "WX1 6RT"],
        [
            "V-9002",
            "31/02/2026",
            "Taken home, spoken to with a parent.",
            "Low",
            "Rufus",
            "Penhaligon",
            "03/09/2012",
            "",
        ],
    ]
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
