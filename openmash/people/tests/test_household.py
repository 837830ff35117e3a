"""Whoever was given with others comes before their namesake: the household helps, and says so."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from openmash.audit.actors import PUBLIC
from openmash.people import actions
from openmash.people.given import GivenPerson
from openmash.people.household import household_first, living_with
from openmash.people.matching import candidates

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("Europe/London"))
ELM = GivenPerson("Amira", "Bell", sex="F", born_on=date(2019, 4, 3), address_lines="12 Elm Road", postcode="WV1 2AB")
QUAY = replace(ELM, born_on=date(2016, 8, 21), address_lines="9 Quay Street", postcode="WV3 1AA")


@pytest.fixture
def write(hub):
    return lambda person: actions.record(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=person).pk


def found(asked, by):
    best = [candidates(one, by=by) for one in asked]
    homes = living_with({one.person for people in best for one in people}, by=by)
    return household_first(best, homes)


def test_of_two_of_one_name_she_comes_first_whose_brother_was_given_too(hub, write):
    stranger, amira, idris = (
        write(QUAY),
        write(ELM),
        write(replace(ELM, given="Idris", sex="M", born_on=date(2014, 1, 9))),
    )
    mother = write(replace(ELM, given="Dawn", born_on=date(1989, 2, 2)))
    joanna = hub.staff["joanna"]
    alone = candidates(GivenPerson("Amira", "Bell"), by=joanna)
    assert [one.person for one in alone[:2]] == [stranger, amira], "as likely as one another"
    given = [
        GivenPerson("Amira", "Bell"),
        GivenPerson("Idris", "Bell", born_on=date(2014, 1, 9)),
        GivenPerson("Dawn", "Bel", born_on=date(1989, 2, 2)),
    ]
    girls, boys, _ = found(given, joanna)
    assert girls[0].person == amira and girls[0].family == 2
    assert girls[0].reasons[-1] == "Idris Bell and Dawn Bell live there and match too"
    assert girls[1].person == stranger and girls[1].family == 0
    assert boys[0].person == idris
    assert {line.lead for line in living_with([amira], by=joanna)[amira]} == {idris, mother}


def test_twins_do_not_speak_for_one_another(hub, write):
    amira, zara = write(ELM), write(replace(ELM, given="Zara"))
    first, second = found(
        [replace(ELM, address_lines="", postcode=""), replace(ELM, given="Zara")], hub.staff["joanna"]
    )
    assert (first[0].person, second[0].person) == (amira, zara)


def test_who_lives_with_somebody_is_of_the_areas_that_one_may_know(hub, write):
    amira = write(ELM)
    assert living_with([amira], by=hub.staff["ravi"]) == {} or living_with([amira], by=hub.staff["ravi"])[amira] == ()
    assert living_with([amira], by=hub.staff["joanna"]) == {amira: ()}
