"""The county's agencies send whom they know: under their own spellings, through the loader, and the same again."""

from dataclasses import dataclass
from datetime import date
from random import Random

import pytest

from openmash.county.feeds import load_feeds
from openmash.county.history import CONVICTIONS, incidents
from openmash.county.misspelling import as_an_agency_has_it
from openmash.enquiries.models import Party
from openmash.feeds.models import Load
from openmash.intelligence.tests.world import make_enquiry
from openmash.people.actions import record
from openmash.people.given import GivenPerson

HOME = {"address_lines": "9 Rope Walk", "postcode": "WX3 7QD"}
PEOPLE = (
    GivenPerson("Poppy", "Hext", sex="F", born_on=date(2017, 12, 1), **HOME),
    GivenPerson("Raymond", "Lock", sex="M", born_on=date(1962, 4, 11), **HOME),
    GivenPerson("Gemma", "Northcott", sex="F", born_on=date(1990, 8, 22), **HOME),
)


@dataclass(frozen=True)
class One:
    given: str = "Katarzyna"
    family: str = "Northcott"
    born_on: date = date(1990, 8, 2)
    lines: str = "28 Larch Grove"
    postcode: str = "WX2 9HB"


@pytest.mark.django_db
def test_the_history_of_the_source_cases_is_in_the_polices_own_feed(hub, settings, tmp_path):
    settings.FEEDS_FOLDER = str(tmp_path)
    area = hub.areas["wend-valley"]
    poppy, *adults = (record(area, by=hub.staff["joanna"], given=person) for person in PEOPLE)
    enquiry = make_enquiry(area, "gathering", "feeds", poppy)
    for person in adults:
        Party.objects.create(enquiry=enquiry, person=person, role="adult")
    load_feeds(hub)
    loads = Load.objects.filter(feed__area=area)
    told = loads.get(feed__agency__key="police", format="events")
    assert told.events == len(CONVICTIONS) + len(incidents(2026)) == 20
    assert {load.state for load in loads} == {Load.DONE}
    assert {load.refused for load in loads} == {0}
    assert {load.feed.agency.key for load in loads} >= {"police", "health"}
    before = Load.objects.count()
    load_feeds(hub)
    assert Load.objects.count() == before


def test_the_eighteen_incidents_lie_before_the_last_twelve_months():
    found = incidents(2026)
    assert len(found) == 18
    assert {happening.on.year for happening in found} <= set(range(2009, 2025))
    assert found == incidents(2026)


def test_agencies_spell_a_person_in_many_ways_and_mostly_rightly():
    told = [as_an_agency_has_it(One(), Random(seed)) for seed in range(400)]
    assert len({one.given for one in told}) > 5
    assert sum(one.family == "Northcott" for one in told) > 100
    assert {one.born_on for one in told} == {date(1990, 8, 2), date(1990, 2, 8), date(1990, 8, 1)}
    assert told == [as_an_agency_has_it(One(), Random(seed)) for seed in range(400)]
