"""An agency's lead sends the council's Annex A workbook, and reads row by row what was refused of it."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from openmash.feeds.tests.files import contacts, workbook
from tests.journeys.conftest import Somebody
from tests.journeys.serving import House
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
WHO = ["Child Unique ID", "Sex", "Ethnicity", "Date of Birth", "Age of Child (Years)"]


def test_a_workbook_is_sent_and_says_what_was_refused(house: House, act_as: Somebody, tmp_path: Path) -> None:
    nina, lena = act_as("nina"), act_as("lena")
    nina.goes_to("/feeds/agree/")
    nina.answers({"Agency": "Safe Harbour, domestic abuse advisers", "Area": "Wend Valley"})
    nina.presses("Agree")
    plans = [
        [*WHO, "Child Protection Plan Start Date", "Child Protection Plan End Date"],
        ["A-9", "a) Male", "a) WBRI", date(2012, 6, 30), 14, date(2026, 4, 2), ""],
        ["", "a) Male", "a) WBRI", date(2012, 6, 30), 14, date(2026, 4, 2), ""],
        ["A-10", "a) Male", "a) WBRI", "unknown", 14, date(2026, 4, 2), ""],
    ]
    path = workbook(tmp_path / "annex-a.xlsx", List_1=[["Annex A"], [], *contacts("A-8", "A-9")], List_7=plans)

    sends(lena, {"name": "notes.csv", "mimeType": "text/csv", "buffer": b"What we know"})
    lena.sees("There is a problem", "The file is in none of the formats that we read")
    sends(lena, path)
    expect(lena.page.locator("#load")).to_contain_text("4 of 4")
    lena.looks()
    lena.sees("3 new, 0 changed, 0 withdrawn", "“Child Unique ID” is missing", "“Date of Birth” must be a real date")
    sends(lena, path)
    lena.sees("3 new")


def sends(lena: Visitor, file: object) -> None:
    lena.goes_to("/feeds/")
    lena.presses("Send a file")
    lena.page.get_by_label("The file", exact=True).set_input_files(file)
    lena.answers({"Who is in it?": "Only people who are new or have changed"})
    lena.presses("Send")
