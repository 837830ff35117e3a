from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from openmash.decisions import actions, due
from openmash.decisions.tests.conftest import MONDAY
from openmash.enquiries import actions as enquiries

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)


def test_first_due_first_and_child_protection_before_all(world):
    green, red = world.gathering(rating="green"), world.gathering(rating="red")
    fast = world.review(rating="green")
    enquiries.fast_track(fast, by=world.hannah, now=MONDAY, because="A burn.")
    world.triaged()
    found = due.due(world.ruth, now=LATER)
    assert [row.reference for row in found.rows] == [fast.reference, red.reference, green.reference]
    assert found.next_after == ""


def test_what_was_screened_as_needing_no_research_is_due_too_and_leads_to_the_short_page(world):
    enquiry = world.screened(outcome="already_open")
    world.screened(outcome="research")
    (row,) = due.due(world.ruth, now=LATER).rows
    assert row.path == f"/enquiry/{enquiry.reference}/decide/directly/"
    assert row.stage == "Already open: forward it to the allocated worker"


def test_a_row_says_how_far_the_answers_have_come(world):
    enquiry = world.gathering("police", "health", rating="green")
    world.answer(enquiry, "police", rating="red")
    actions.propose(enquiry, by=world.hannah, now=LATER, given=world.decision())
    (row,) = due.due(world.ruth, now=LATER).rows
    assert row.tally.answered == 1
    assert row.tally.outstanding == ("Wendmark Community Health",)
    assert row.tally.higher == (("Wendmark Constabulary", "red"),)
    assert row.proposed_by == "Hannah Brook"
    assert {clock.name for clock in row.clocks} == {"research", "statutory"}


def test_another_areas_decisions_are_not_there(world):
    world.review()
    assert due.due(world.hub.staff["shabana"], now=LATER).rows == ()
    assert due.due(world.hannah, now=LATER).rows == ()


def test_pages_go_on_where_the_last_one_ended(world, monkeypatch):
    monkeypatch.setattr(due, "PAGE", 2)
    made = {world.review().reference for _ in range(5)}
    seen, after = [], ""
    while True:
        found = due.due(world.ruth, now=LATER, after=after)
        seen += [row.reference for row in found.rows]
        after = found.next_after
        if not after:
            break
    assert len(seen) == 5
    assert set(seen) == made
    assert due.due(world.ruth, now=LATER, after="nonsense").rows


def test_the_list_takes_the_same_queries_however_long_it_is(world, django_assert_num_queries):
    world.review()
    due.due(world.ruth, now=LATER)
    with django_assert_num_queries(9):
        due.due(world.ruth, now=LATER)
    for _ in range(3):
        world.review()
    with django_assert_num_queries(9):
        assert len(due.due(world.ruth, now=LATER).rows) == 4


def test_the_page_is_for_those_who_decide(world):
    enquiry = world.gathering()
    client = Client()
    client.force_login(world.ruth)
    shown = client.get("/due/").content.decode()
    assert enquiry.reference in shown
    assert "0 of 2 in" in shown
    client.force_login(world.hannah)
    assert client.get("/due/").status_code == HTTPStatus.NOT_FOUND
