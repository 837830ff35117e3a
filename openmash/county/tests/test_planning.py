"""The county before it is told: families that could be, in shares that were counted, the same from the same seed."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from openmash.agencies.roles import ROLES
from openmash.county.build import ENQUIRIES, FAMILIES, OPEN_TODAY, Pack, history
from openmash.county.families import YEAR, Family, make_family
from openmash.county.hub import AGENCIES, AREAS, LOCALITIES, SINCE, STAFF
from openmash.county.names import school_at, surname_for
from openmash.county.referrers import SOURCES
from openmash.county.tests.conftest import NOW
from openmash.county.voices import filled, voices
from openmash.enquiries import codes

TODAY = NOW.date()
PLANS = history(600, 1200, NOW)
MADE = {plan.family.key: plan.family for plan in PLANS}.values()


def test_the_county_is_as_large_as_it_says():
    assert (len(AREAS), len(LOCALITIES), len(AGENCIES)) == (2, 5, 14)
    assert (FAMILIES, ENQUIRIES) == (2000, 4000)
    assert 55 <= sum(count for _, count, _ in OPEN_TODAY) <= 65
    assert 35 <= len(STAFF) <= 60
    assert {role for _, _, _, role, _, _ in STAFF} == set(ROLES) - {"notifying_system", "case_system"}


def test_every_family_comes_at_least_once_and_the_numbers_are_exact():
    assert (len(MADE), len(PLANS)) == (600, 1200)
    times = Counter(plan.family.key for plan in PLANS)
    assert sum(1 for count in times.values() if count == 1) > 250
    assert max(times.values()) >= 6


def test_twenty_seven_in_a_hundred_become_referrals():
    levels = Counter(plan.course.level for plan in PLANS)
    assert 0.25 <= levels[4] / len(PLANS) <= 0.29


def test_the_sources_are_those_of_england():
    """Department for Education, year to March 2024: police 28.5, schools 20.3, health 14.7, individuals 8.0 per cent."""
    sources = Counter(plan.course.source for plan in PLANS)
    assert sum(share for _, share in SOURCES) == 100
    for codes_, share in ((("6",), 28.5), (("2A",), 20.3), (("3A", "3B", "3C", "3D", "3E", "3F"), 14.7),
                          (("5A", "5B", "5C", "5D"), 14.1), (("1A", "1B", "1D"), 8.0)):  # fmt: skip
        found = 100 * sum(sources[code] for code in codes_) / len(PLANS)
        assert abs(found - share) < 2.5, (codes_, found)
    assert set(sources) <= set(codes.SOURCES)


def test_more_come_now_than_two_years_ago():
    half = NOW - (NOW.date() - SINCE) / 2
    late = sum(plan.course.received_at > half for plan in PLANS)
    assert late > 1.1 * (len(PLANS) - late)


def test_the_same_seed_makes_the_same_county():
    assert history(40, 80, NOW) == history(40, 80, NOW)
    assert history(40, 80, NOW) != history(40, 80, NOW - timedelta(days=1))


@pytest.mark.parametrize(("area", "least", "most"), [("wend-valley", 0.05, 0.2), ("harrowmouth", 0.33, 0.5)])
def test_names_and_ethnicity_reflect_the_area(area, least, most):
    draw = Random(1)
    families = [make_family(number, area, TODAY, draw) for number in range(1000, 1600)]
    minority = sum(family.children[0].person.ethnicity != "WBRI" for family in families) / len(families)
    assert least <= minority <= most


def test_families_are_such_as_there_are():
    for family in MADE:
        names = [member.mark for member in family.members]
        assert len(names) == len(set(names)), "two of one name"
        births = sorted(child.person.born_on for child in family.children if child.person.born_on)
        assert all((b - a).days > 300 for a, b in pairwise(births)), family.key
        assert all(TODAY - timedelta(days=18 * YEAR) < born < TODAY for born in births)
        for parent in (one for one in family.members if one.relation in ("mother", "father")):
            years = (births[0] - parent.person.born_on).days / YEAR
            assert 16.9 <= years <= 43, (family.key, parent.relation, years)
        for grandparent in (one for one in family.members if one.relation == "grandparent"):
            mother = next(one for one in family.members if one.relation == "mother")
            assert (mother.person.born_on - grandparent.person.born_on).days / YEAR > 16.9


def test_nobody_is_in_an_enquiry_before_they_are_born_or_expected():
    for plan in PLANS:
        day = plan.course.received_at.date()
        there = plan.family.on(day)
        assert there.children, plan.family.key
        for child in there.children:
            if child.person.born_on:
                assert child.person.born_on < day
            else:
                assert day <= child.person.due_on <= day + timedelta(days=280)


def test_each_child_goes_to_a_school_of_their_age():
    assert school_at("harrowmouth", 2, 0) == ""
    assert "Nursery" in school_at("harrowmouth", 3, 0)
    assert "Primary" in school_at("harrowmouth", 10, 1)
    assert school_at("wend-valley", 11, 1) == "Moorgate Academy"
    assert "College" in school_at("wend-valley", 17, 5)


def test_somebody_has_something_to_say_of_every_family_and_says_it_of_a_child_of_that_age():
    for plan in PLANS:
        day = plan.course.received_at.date()
        there = plan.family.on(day)
        found = voices(there, day, plan.course.source, plan.course.level)
        assert found, (plan.family.key, plan.course)
        for voice in found:
            assert voice.worry.ages[0] <= voice.child.age_on(day) <= voice.worry.ages[1]


def test_telephone_numbers_are_kept_for_stories_and_never_shared():
    numbers = [member.person.telephone for family in MADE for member in family.members if member.person.telephone]
    assert len(numbers) > 100
    assert len(numbers) == len(set(numbers))
    assert all(number.startswith("07700 900") for number in numbers)


def test_a_surname_follows_its_people():
    assert surname_for("Singh", "F") == "Kaur"
    assert surname_for("Kowalski", "F") == "Kowalska"
    assert surname_for("Kowalski", "M") == "Kowalski"
    assert surname_for("Khan", "F") == "Khan"


def test_a_sentence_begins_with_a_capital_letter_whoever_begins_it():
    assert filled("{partner} left. {he} cried at 11.40pm.", {"partner": "her former partner", "he": "she"}) == (
        "Her former partner left. She cried at 11.40pm."
    )


def test_a_card_that_does_not_fit_waits():
    pack = Pack((("a", 1), ("b", 1)), Random(1))
    dealt = [pack.deal(lambda card: card == "a"), pack.deal(), pack.deal(), pack.deal()]
    assert Counter(dealt) == {"a": 2, "b": 2}
    with pytest.raises(LookupError):
        pack.deal(lambda card: card == "c")


def test_a_family_that_is_told_as_it_stands_stays_as_it_is():
    drawn = make_family(1000, "wend-valley", TODAY, Random(3))
    told = Family("told", drawn.area, drawn.locality, drawn.members, drawn.concern)
    assert told.on(TODAY - timedelta(days=9000)) is told
