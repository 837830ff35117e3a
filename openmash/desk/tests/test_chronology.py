"""The combined chronology on screen: no date window, filters, what a window would hide, readable at any size."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from openmash.design.pictures.swimlanes import WIDTH
from openmash.desk import chronology
from openmash.desk.chronology import Chosen
from openmash.desk.tests.families import ANN, MIA, MONDAY, ask, receive
from openmash.people.chronology import Line

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
AGENCIES = {"police": "Wendmark Constabulary", "health": "Wendmark Community Health", "education": "Wendmark Education"}


@pytest.fixture
def told(hub, monkeypatch):
    """Mia's and Ann's enquiry, with these lines given for its chronology."""
    enquiry = ask(hub, receive(hub), "police")
    _, records = chronology.family_lines(enquiry, hub.staff["hannah"])

    def tell(lines):
        whole = tuple(sorted(lines, key=lambda line: line.on or date.max))
        monkeypatch.setattr(chronology, "family_lines", lambda *_: (whole, records))

    return enquiry, list(records), tell


def line(number, on, who, kind="incident", agency="police"):
    return Line(
        f"line-{number}", on, f"What happened, {number}.", kind, AGENCIES[agency], agency_key=agency, people=(who,)
    )


def shown(hub, enquiry, **chosen):
    return chronology._chronology(enquiry, hub.staff["hannah"], Chosen(**chosen), TODAY)


def test_what_is_older_than_a_year_is_shown_and_counted(hub, told):
    enquiry, (mia, ann), tell = told
    tell([line(n, date(2009 + n, 5, 1), ann) for n in range(12)] + [line(99, TODAY, mia)])
    view = shown(hub, enquiry)
    assert (view.whole, view.shown, view.before, len(view.rows)) == (13, 13, 12, 13)
    assert view.rows[0].on == TODAY, "newest first"
    assert view.rows[-1].is_old


def test_a_grade_is_said_in_words_too(hub, told):
    enquiry, (mia, _), tell = told
    tell([replace(line(1, TODAY, mia), grade="2B")])
    (row,) = shown(hub, enquiry).rows
    assert (row.grade, row.grade_words) == ("2B", "Untested, known indirectly, but corroborated")


def test_a_birth_is_in_the_list_but_is_no_event_that_a_window_would_have_hidden(hub, told):
    enquiry, (_, ann), tell = told
    tell([line(1, date(1991, 2, 3), ann, kind="life"), line(2, date(2012, 1, 1), ann)])
    view = shown(hub, enquiry)
    assert (view.before, len(view.rows)) == (1, 2)
    assert "1 before, 0 since" in view.lanes.svg


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [({"agency": "health"}, {2}), ({"kind": "contact"}, {3}), ({"person": "mia"}, {1, 3}), ({}, {1, 2, 3})],
)
def test_it_is_narrowed_by_person_agency_and_kind_and_the_old_ones_stay_counted(hub, told, chosen, kept):
    enquiry, (mia, ann), tell = told
    old = date(2015, 1, 1)
    tell([line(1, old, mia), line(2, old, ann, agency="health"), line(3, old, mia, kind="contact")])
    chosen = {key: str(mia) if value == "mia" else value for key, value in chosen.items()}
    view = shown(hub, enquiry, **chosen)
    assert {int(row.key.removeprefix("line-")) for row in view.rows} == kept
    assert view.before == 3


def test_incidents_are_counted_by_year_the_empty_years_too(hub, told):
    enquiry, (_, ann), tell = told
    tell([line(n, date(year, 3, 1), ann) for n, year in enumerate((2009, 2009, 2011))])
    rows = shown(hub, enquiry).years.rows
    assert rows[:3] == (("2009", "2"), ("2010", "0"), ("2011", "1"))


def test_five_hundred_events_and_twelve_people_stay_readable(hub, monkeypatch):
    family = [ANN, *(called(MIA, f"Child{n}") for n in range(11))]
    enquiry = ask(hub, receive(hub, *family), "police")
    _, records = chronology.family_lines(enquiry, hub.staff["hannah"])
    people, agencies = list(records), list(AGENCIES)
    lines = tuple(
        line(n, date(2012, 1, 1) + timedelta(days=10 * n), people[n % 12], agency=agencies[n % 3]) for n in range(500)
    )
    monkeypatch.setattr(chronology, "family_lines", lambda *_: (lines, records))
    view = shown(hub, enquiry)
    assert len(view.rows) == 500
    assert len(view.choices["Person"]) == 13
    places = [float(x) for x in re.findall(r'cx="([\d.]+)"', view.lanes.svg)]
    assert max(places, default=0) <= WIDTH
    assert len(view.lanes.svg) < 200_000, "dense times are gathered into numbered dots"


def called(party, given):
    return replace(party, person=replace(party.person, given=given))


def test_the_page_says_what_a_window_would_hide_even_when_it_is_nothing(hub):
    enquiry = receive(hub)
    client = Client()
    client.force_login(hub.staff["ruth"])
    said = client.get(f"/enquiry/{enquiry.reference}/chronology/").content.decode()
    assert "Before the last 12 months: 0" in said
    assert re.search(r"All \d+ shown, whatever their date", said)
