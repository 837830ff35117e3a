"""The queue, what needs whom, the wallboard and the home pages: who sees what first."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from openmash.decisions import actions as decisions
from openmash.decisions.given import GivenDecision, GivenOutcome
from openmash.desk.lists import Filter, choices, queue
from openmash.desk.tests.families import ANN, MIA, MONDAY, ask, rate, receive
from openmash.enquiries import actions as enquiries
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import needs_of

pytestmark = pytest.mark.django_db
HOMES = {
    "ruth": "/due/",
    "hannah": "/work/",
    "joanna": "/work/",
    "lewis": "/checks/",
    "karen": "/consents/",
    "amit": "/received/",
    "gwen": "/ledger/",
    "siobhan": "/my-enquiries/",
}


def references(rows):
    return [row.reference for row in rows]


def client_of(hub, who):
    client = Client()
    client.force_login(hub.staff[who])
    return client


@pytest.fixture
def two(hub):
    """One that has waited since Friday, and one of today on the fast track."""
    old = rate(hub, receive(hub, key="old", now=MONDAY.replace(day=13)), now=MONDAY.replace(day=13))
    fast = receive(hub, key="fast")
    enquiries.fast_track(fast, by=hub.staff["hannah"], now=MONDAY, because="A burn.")
    fast.refresh_from_db()
    return old, fast


@pytest.mark.parametrize("who", HOMES)
def test_each_role_starts_where_its_work_is(hub, who):
    assert client_of(hub, who).get("/").url == HOMES[who]


def test_whoever_works_here_finds_the_way_in_from_the_address_of_the_hub(hub):
    assert 'href="/account/login/"' in Client().get("/", follow=True).content.decode()


def test_child_protection_stands_first_though_something_else_is_due_earlier(hub, two):
    old, fast = two
    assert old.due_at < fast.due_at
    assert references(queue(hub.staff["ruth"], Filter(), now=MONDAY).rows) == [fast.reference, old.reference]
    assert needs_of(hub.staff["ruth"], now=MONDAY)[0].kind == "fast_track"


def test_a_filter_keeps_child_protection_first_and_shows_nothing_twice(hub, two):
    old, fast = two
    assert references(queue(hub.staff["ruth"], Filter(status="received"), now=MONDAY).rows) == [fast.reference]
    assert references(queue(hub.staff["ruth"], Filter(rating="amber"), now=MONDAY).rows) == [old.reference]


def test_each_stage_says_how_many_stand_there(hub, two):
    labels = [choice.label for choice in choices(Filter(), [hub.areas["wend-valley"]])["Stage"]]
    assert labels[:4] == ["All", "Received (1)", "Screened (0)", "Triaged (1)"]


def test_a_row_names_stage_rating_both_clocks_owner_and_for_whom_it_waits(hub):
    enquiry = ask(hub, receive(hub), "police", "health")
    row = queue(hub.staff["ruth"], Filter(), now=MONDAY).rows[0]
    assert (row.status, row.rating, row.next_mover) == ("Gathering answers", "amber", "Gathering desk")
    assert (row.research_due_at, row.statutory_due_at) == (enquiry.research_due_at, enquiry.statutory_due_at)
    assert row.waiting_for == "Wendmark Constabulary, Wendmark Community Health"


def test_an_adults_enquiry_is_listed_under_the_adult_whom_it_is_about_and_then_the_children(hub):
    """ "No child named" stood there, and nobody could see whose it was."""
    receive(hub, ANN, MIA, kind="adult")
    (row,) = queue(hub.staff["ruth"], Filter(), now=MONDAY).rows
    assert row.children.startswith("Ann Bell, ") and "; Mia Bell, " in row.children


def test_telling_the_referrer_is_not_late_because_the_research_was(hub, two):
    """A clock that has days to go stood in red beside every late decision, and nobody could see what was late."""
    enquiry = rate(hub, receive(hub, key="decided", now=MONDAY.replace(day=10)), now=MONDAY.replace(day=10))
    enquiry.refresh_from_db()
    given = GivenDecision(
        is_safeguarding_concern=False, level=1, domains=("parenting",), facts="Known.", analysis="No risk.",
        contrary="None.", rationale="No need.", not_known="His school.", for_referrer="Thank you.",
        for_child="We asked.", outcomes=(GivenOutcome("advice"),),
    )  # fmt: skip
    decisions.decide_directly(enquiry, by=hub.staff["ruth"], now=MONDAY, given=given, reason="advice")
    row = next(row for row in queue(hub.staff["ruth"], Filter(), now=MONDAY).rows if row.status == "Decided")
    assert row.research_label == "Tell"
    assert row.research_due_at > MONDAY > enquiry.research_due_at
    assert (row.state, row.research_state) == ("ok", "ok")


def test_pages_follow_on_from_the_last_row_and_repeat_none(hub, two, monkeypatch):
    monkeypatch.setattr("openmash.desk.lists.PAGE", 1)
    third = receive(hub, key="third", now=MONDAY.replace(hour=10))
    first = queue(hub.staff["ruth"], Filter(), now=MONDAY)
    after = first.next_url.partition("after=")[2].replace("%3A", ":").replace("%2B", "+")
    second = queue(hub.staff["ruth"], Filter(after=after), now=MONDAY)
    assert references(first.rows) + references(second.rows) == [two[1].reference, two[0].reference, third.reference]


def test_another_area_is_not_in_the_queue(hub, two):
    assert queue(hub.staff["grace"], Filter(), now=MONDAY).rows == ()


def test_the_wallboard_shows_references_and_clocks_and_no_name_of_anybody(hub, two):
    enquiries.take(two[0], by=hub.staff["hannah"], now=timezone.now())
    said = client_of(hub, "ruth").get("/wallboard/wend-valley/").content.decode()
    assert two[0].reference in said
    assert "Triage desk" in said
    assert [name for name in ("Mia", "Bell", "Ann", "Hannah", "Brook") if name in said] == []


def test_the_wallboard_counts_what_is_overdue_beyond_the_first_page(hub, two, monkeypatch):
    monkeypatch.setattr("openmash.desk.lists.PAGE", 1)
    Enquiry.objects.update(due_at=MONDAY)
    said = client_of(hub, "ruth").get("/wallboard/wend-valley/").content.decode()
    assert re.search(r"\b2 Overdue", " ".join(re.sub(r"<[^>]*>", " ", said).split()))


def test_the_wallboard_refreshes_itself_with_and_without_javascript(hub, two):
    said = client_of(hub, "joanna").get("/wallboard/wend-valley/").content.decode()
    assert '<meta http-equiv="refresh" content="30">' in said
    assert 'data-refresh="30"' in said
    assert said.index(two[1].reference) < said.index(two[0].reference), "child protection first"


def test_every_page_counts_what_needs_its_reader(hub, two):
    waiting = len(needs_of(hub.staff["ruth"], now=timezone.now()))
    for path in ("/queue/", "/due/", f"/enquiry/{two[1].reference}/", "/search/"):
        said = client_of(hub, "ruth").get(path).content.decode()
        assert f'om-needs__count">{waiting}<' in said, path
