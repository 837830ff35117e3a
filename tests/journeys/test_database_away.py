"""The database goes away under somebody who is writing: the page says so, and their words are not lost."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from playwright.sync_api import expect
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from openmash.settings import OWNER_URL
from tests.journeys.conftest import Somebody
from tests.journeys.hub import SUSPECTED, when_they_open
from tests.journeys.serving import House, Told, serving

pytestmark = pytest.mark.browser
HARM = "Ros has a bruise on each arm, and the same was seen in spring"


def test_a_form_outlives_a_database_that_goes_away(house: House, act_as: Somebody) -> None:
    reference, hannah = house.story("to be asked about"), act_as("hannah")
    when_they_open(reference, "basis", by=hannah)
    hannah.answers(SUSPECTED | {"Why do you suspect it, or why not?": HARM})
    with nobody_reaches(house):
        hannah.presses_in_vain("Record the basis")
        hannah.sees("The service could not save this", "What you typed is kept on this page", HARM)
        hannah.presses_in_vain("Try again")
        hannah.sees(HARM)
    hannah.presses("Try again")
    hannah.sees("The basis for asking is recorded")
    expect(hannah.page.get_by_role("heading", level=1)).to_have_text(reference)
    assert house.ask(
        "SELECT harm_because FROM triage_basis b JOIN enquiries_enquiry e ON e.id = b.enquiry_id WHERE reference = %s",
        reference,
    ) == [(HARM,)]


@pytest.fixture(scope="module")
def house(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of its own, so that no other journey misses the database. It sends no letters."""
    with serving(told, f"{told.database}_away", tmp_path_factory.mktemp("away"), works=False) as house:
        yield house


@pytest.fixture(scope="module")
def sessions() -> dict[str, object]:
    return {}


@contextmanager
def nobody_reaches(house: House) -> Iterator[None]:
    """For everybody who uses this database it is as if the server restarted; others on it notice nothing."""
    name = conninfo_to_dict(house.owner_url)["dbname"]
    allow = "ALTER DATABASE {} ALLOW_CONNECTIONS {}"
    with psycopg.connect(OWNER_URL, autocommit=True) as owner:
        owner.execute(sql.SQL(allow).format(sql.Identifier(name), sql.SQL("false")))
        owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            owner.execute(sql.SQL(allow).format(sql.Identifier(name), sql.SQL("true")))
