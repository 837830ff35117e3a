"""A police evaluator brings a night's file in, puts a row right, and sends one notification on to the hub."""

import csv
import os
import time
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import expect

from openmash.feeds.tests.files import workbook
from tests.journeys.conftest import Somebody
from tests.journeys.intake import REFERENCE
from tests.journeys.serving import House, eventually
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
HEADINGS = ["Ref No", "Incident Date", "Narrative", "RAG", "Forename", "Surname", "DOB", "Post code"]
WHAT = "Neighbours heard shouting"
WORDS = "He blocked the door and took her telephone. A girl on the stairs cried."
SAMPLED = "V-9014"  # its reference falls into the sample
RETAINED = {"Your grade": "Green", "What becomes of it?": "Retain: nothing is shared", "Why?": "Nothing new in it."}
YESTERDAY = date.today() - timedelta(days=1)


def test_a_nights_file_is_read_put_right_and_sent_on(house: House, act_as: Somebody) -> None:
    alan = act_as("alan")
    when_he_brings_the_file_in(alan)
    when_he_puts_the_row_right(alan)
    reference = when_he_sends_one_on(alan)
    ruth = act_as("ruth")
    ruth.goes_to(f"/enquiry/{reference}/")
    ruth.sees(WORDS, "Tansy Oakenfold", "Police")
    when_he_forwards_one_to_a_worker(alan)
    when_the_worker_acknowledges_it(act_as("amit"))
    then_he_sees_who_has_it(alan)
    when_he_retains_one_that_another_tab_still_shows(alan)
    when_another_evaluator_looks_a_second_time(act_as("greta"), alan)


def test_a_workbook_of_a_force_is_mapped_put_right_and_the_next_one_is_dropped(
    house: House, act_as: Somebody, tmp_path: Path
) -> None:
    alan, joanna = act_as("alan"), act_as("joanna")
    when_he_brings_in_a_workbook(a_workbook(tmp_path, "PN-7"), alan)
    alan.sees("To put right", WHAT)
    expect(alan.page.get_by_label("Date of the incident")).to_have_value("Date of Occurrence")
    alan.answers({"What happened": "Not in this file"})
    alan.presses("Load the file")
    alan.sees("There is a problem", "Select the heading for “What happened”")
    alan.answers({"What happened": "Officer’s account"})
    alan.presses("Look again with these headings")
    alan.presses("Load the file")
    expect(alan.page.locator("#file")).to_contain_text("Put them right")
    joanna.goes_to("/exceptions/")
    joanna.sees("1 row of Force extract could not be read")

    alan.goes_to("/notifications/repairs/")
    alan.page.get_by_role("row", name="PN-7.xlsx").get_by_role("link", name="Row 5").click()
    alan.looks()
    alan.presses("Load this row")
    alan.sees("There is a problem", "Date of birth must be a real date")
    alan.answers({"Date of birth": ""})
    alan.presses("Load this row")
    alan.goes_to("/notifications/")
    alan.sees("PN-71", "PN-72")
    joanna.goes_to("/exceptions/")
    joanna.does_not_see("Force extract")

    when_these_are_dropped([a_workbook(tmp_path, "PN-8"), a_workbook(tmp_path, "PN-9", heading="Our ref")], house)
    house.strikes("openmash.notifications.tasks.watch_notifications")
    eventually("the dropped files", lambda: _is_there(house, "PN-81") and _waits(house), patience=200)
    joanna.goes_to("/exceptions/")
    joanna.sees("A file of Force extract waits until somebody says what its headings mean")
    alan.goes_to("/notifications/files/")
    alan.sees("Headings to say")
    alan.follows("PN-9.xlsx")
    alan.presses("Put it away: it is not needed")
    alan.sees("The file is put away")


def when_he_brings_in_a_workbook(path: Path, alan: Visitor) -> None:
    alan.goes_to("/notifications/files/")
    alan.page.get_by_label("File", exact=True).set_input_files(path)
    alan.answers({"Where it comes from": "Force extract", "What the force calls its notices": "PPN"})
    alan.presses("Go on to the headings")


def when_these_are_dropped(paths: list[Path], house: House) -> None:
    folder = house.home / "feeds/notifications/wend-valley/Force extract"
    folder.mkdir(parents=True)
    for path in paths:
        os.utime(path, (time.time() - 60,) * 2)
        path.rename(folder / path.name)


def a_workbook(folder: Path, reference: str, heading: str = "Occ No") -> Path:
    """As a force saves it: a title, its own headings, dates as cells, and a date of birth that is none."""
    heads = [heading, "Date of Occurrence", "Officer’s account", "Risk grading", "Forename(s)", "Surname", "D.O.B."]
    lines = [
        ["Police reports of the night"],
        [],
        heads,
        [f"{reference}1", YESTERDAY, WHAT, "Medium", "Isla", "Redfern", date(2016, 2, 29)],
        [f"{reference}2", YESTERDAY, "A boy came home alone.", "Low", "Ewan", "Sallow", "about eight"],
    ]
    return workbook(folder / f"{reference}.xlsx", Night=lines)


def _is_there(house: House, reference: str) -> bool:
    return bool(house.ask("SELECT 1 FROM notifications_notification WHERE reference = %s", reference))


def _waits(house: House) -> bool:
    return bool(house.ask("SELECT 1 FROM notifications_file WHERE state = 'mapping'"))


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
    alan.page.get_by_role("link", name="Row 4").first.click()
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


def when_he_forwards_one_to_a_worker(alan: Visitor) -> None:
    alan.goes_to("/notifications/")
    alan.follows("V-9002")
    alan.answers({"Your grade": "Green", "What becomes of it?": "Forward to the allocated worker", "Why?": "Known."})
    alan.presses("Record it")
    alan.sees("Select the team that it is forwarded to")
    alan.answers({"Team": "North Wend assessment team", "Allocated worker": "Amit Desai"})
    alan.presses("Record it")
    alan.sees("Forwarded. The team is told.", "Not yet")


def when_the_worker_acknowledges_it(amit: Visitor) -> None:
    amit.goes_to("/received/")
    amit.sees("1 notification that the police forwarded is not acknowledged yet.")
    amit.follows("From the police", within=amit.page.locator("main"))
    amit.follows("V-9002")
    amit.sees("Taken home, spoken to with a parent.", "Rufus Penhaligon")
    amit.presses("We have it")
    amit.sees("No notification waits to be acknowledged by your team.")


def then_he_sees_who_has_it(alan: Visitor) -> None:
    alan.goes_to("/notifications/")
    row = alan.page.get_by_role("table", name="What became of those that are evaluated").get_by_role("row")
    expect(row.filter(has_text="V-9002")).to_contain_text("Amit Desai")


def when_he_retains_one_that_another_tab_still_shows(alan: Visitor) -> None:
    """It falls into the sample. What is typed in the tab that is too late is not done, and is not lost."""
    late = Visitor(alan.page.context.new_page(), alan.address, alan.name)
    for tab in (alan, late):
        tab.goes_to("/notifications/")
        tab.follows(SAMPLED)
    alan.answers(RETAINED)
    alan.presses("Record it")
    alan.sees("Retained. Nothing is shared.")
    late.answers({"Your grade": "Red", "What becomes of it?": "Send to the hub", "Why?": "A child was on the stairs."})
    late.presses("Record it")
    late.sees("Somebody has evaluated this already. What you typed is not kept")
    expect(late.page.get_by_label("Why?")).to_have_value("A child was on the stairs.")


def when_another_evaluator_looks_a_second_time(greta: Visitor, alan: Visitor) -> None:
    """She is not shown what he made of it."""
    greta.goes_to("/notifications/")
    greta.sees("For a second look: retained by somebody else")
    greta.follows(SAMPLED)
    greta.does_not_see("Nothing new in it.")
    greta.presses("Record it")
    greta.sees("Select what you would have done")
    greta.answers({"What would you have done?": "Send to the hub", "Why?": "A child saw it."})
    greta.presses("Record it")
    greta.sees("Your second look is recorded.")
    alan.goes_to("/notifications/")
    alan.sees("Second evaluators agreed with 0 of 1 (0%)")


def the_file() -> bytes:
    rows = [
        HEADINGS,
        [SAMPLED, f"{YESTERDAY:%d/%m/%Y}", "Shouting, heard by a neighbour.", "Low", "Ottilie", "Farthing", "", ""],
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
