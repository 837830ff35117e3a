"""Whoever is found is weighed against the others: one person at most is the one asked about."""

from dataclasses import replace
from datetime import date

import pytest

from openmash.audit.actors import PUBLIC
from openmash.people import actions
from openmash.people.given import GivenPerson
from openmash.people.matching import candidates
from openmash.people.matching.described import described
from openmash.people.matching.rivals import MOST_BETTER, weighed_together
from openmash.people.matching.score import UNCOUNTED, score

HOME = {"address_lines": "12 Elm Road", "postcode": "WV1 2AB"}
ASKED = GivenPerson(given="Amira", family="Bell", **HOME)
MOTHER = replace(ASKED, born_on=date(1988, 6, 1))
DAUGHTER = replace(ASKED, born_on=date(2019, 4, 3))
AGAIN = replace(DAUGHTER, address_lines="3 Quay Street", postcode="HM1 1AA")


def weigh(*found, asked=ASKED):
    them = {place: described(one) for place, one in enumerate(found)}
    scores = {place: score(described(asked), one).score for place, one in them.items()}
    likely = weighed_together(scores, them, UNCOUNTED)
    return [scores[place] for place in them], [likely[place] for place in them]


def test_who_is_found_alone_is_likelier_than_by_a_score_that_leaves_room_for_others():
    (alone,), (likely,) = weigh(replace(ASKED, given="", address_lines="", postcode="", born_on=date(2019, 4, 3)))
    assert alone < likely < 1


def test_of_two_namesakes_who_fit_alike_each_is_half_as_likely():
    alone, likely = weigh(MOTHER, DAUGHTER)
    assert min(alone) > 0.9
    assert likely[0] == pytest.approx(likely[1]) == pytest.approx(0.5, abs=0.05)


def test_two_records_of_one_person_take_nothing_from_one_another():
    _, likely = weigh(DAUGHTER, AGAIN, asked=replace(DAUGHTER, telephone="01632 960123"))
    assert min(likely) > 0.99


def test_nobody_found_is_nobody_weighed():
    assert weighed_together({}, {}, UNCOUNTED) == {}


def test_it_does_not_matter_in_which_order_they_were_found():
    them = {place: described(one) for place, one in enumerate((MOTHER, DAUGHTER, AGAIN))}
    scores = {place: score(described(ASKED), one).score for place, one in them.items()}
    back = weighed_together(dict(reversed(scores.items())), them, UNCOUNTED)
    assert weighed_together(scores, them, UNCOUNTED) == pytest.approx(back)


def test_however_many_namesakes_there_are_all_take_their_part():
    many = [GivenPerson(given="Amira", family="Bell", born_on=date(1950 + 2 * n, 6, 1 + n)) for n in range(20)]
    _, likely = weigh(*many, asked=GivenPerson(given="Amira", family="Bell"))
    assert max(likely) < 0.07


def test_however_many_records_one_person_has_none_takes_from_another():
    _, likely = weigh(*[DAUGHTER] * (4 * MOST_BETTER), asked=DAUGHTER)
    assert min(likely) > 0.99


@pytest.mark.django_db
def test_one_of_two_who_fit_alike_is_for_a_person_to_decide(hub):
    area, joanna = hub.areas["wend-valley"], hub.staff["joanna"]
    for one in (MOTHER, DAUGHTER):
        actions.record(area, by=PUBLIC, given=one)
    found = candidates(ASKED, by=joanna)
    assert [one.band for one in found] == ["possible", "possible"]
    assert max(one.score for one in found) < 0.6
    assert candidates(DAUGHTER, by=joanna)[0].band == "match"


@pytest.mark.django_db
def test_who_lost_to_a_rival_is_shown_all_the_same(hub):
    area = hub.areas["wend-valley"]
    twin, sure = (actions.record(area, by=PUBLIC, given=replace(DAUGHTER, given=name)) for name in ("Zara", "Amira"))
    found = candidates(DAUGHTER, by=hub.staff["joanna"])
    assert [(one.person, one.band) for one in found] == [(sure.pk, "match"), (twin.pk, "low")]


@pytest.mark.django_db
def test_that_nobody_else_was_found_raises_nobody_against_whom_something_speaks(hub):
    held = replace(DAUGHTER, identifiers=(("nhs", "9434765919"),), telephone="01632 960123")
    actions.record(hub.areas["wend-valley"], by=PUBLIC, given=held)
    (found,) = candidates(replace(held, identifiers=(("nhs", "9449305552"),)), by=hub.staff["joanna"])
    assert (found.score > 0.85, found.band) == (True, "low")
