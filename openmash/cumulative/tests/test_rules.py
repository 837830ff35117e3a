"""Each rule against a naive reading of its sentence, over histories drawn at random; and the cases that matter."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.cumulative.evidence import months_before
from openmash.cumulative.shelf import RULES
from openmash.cumulative.story import Carried, Contact, Story

TODAY = date(2026, 11, 16)
days_ago = st.integers(0, 900)


@st.composite
def contacts(draw):
    rows = draw(st.lists(st.tuples(days_ago, st.sampled_from(["", "green", "amber", "red"]), st.booleans(),
                                   st.sampled_from(["School", "Police", "GP"]), st.booleans(), st.booleans()),
                         max_size=12))  # fmt: skip
    made = [
        Contact(n, f"WV-{n}", TODAY - timedelta(days=ago), rating, abuse, source, decided, acted and decided)
        for n, (ago, rating, abuse, source, decided, acted) in enumerate(rows)
    ]
    return tuple(sorted(made, key=lambda one: (one.on, one.number)))


def story(of=(), **more):
    return Story(more.pop("number", of[-1].number if of else 0), TODAY, tuple(of), **more)


def hit(key, told, **numbers):
    rule = RULES.get(key)
    return bool(rule.find(told, rule.usual() | numbers))


# The oracle: plain loops, written from the sentences, sharing nothing with the rules.


def is_within(on, months):
    year, month = TODAY.year, TODAY.month
    for _ in range(months):
        month -= 1
        if month == 0:
            year, month = year - 1, 12
    day = TODAY.day
    while True:
        try:
            first = date(year, month, day)
            break
        except ValueError:
            day -= 1
    return first < on <= TODAY


def naive_greens(told, greens, months):
    count = 0
    for one in told.contacts:
        if one.rating == "green" and is_within(one.on, months):
            count += 1
    return count >= greens


def naive_sources(told, number, sources, months):
    seen, names = 0, []
    for one in told.contacts:
        is_idle = not one.was_acted_on and (one.is_decided or one.number == told.number)
        if is_idle and is_within(one.on, months):
            seen += 1
            if one.source not in names:
                names.append(one.source)
    return seen >= number and len(names) >= sources


def naive_history(told, least):
    before = since = 0
    for one in told.contacts:
        if one.on < date(2025, 11, 16):
            before += 1
        else:
            since += 1
    return before >= least and before > since


@given(contacts(), st.integers(2, 5), st.integers(1, 24))
def test_several_greens(of, greens, months):
    assert hit("three_greens", story(of), greens=greens, months=months) == naive_greens(story(of), greens, months)


@given(contacts(), st.integers(2, 5), st.integers(1, 3), st.integers(1, 24))
def test_several_sources(of, number, sources, months):
    told = story(of)
    numbers = {"contacts": number, "sources": sources, "months": months}
    assert hit("several_sources", told, **numbers) == naive_sources(told, number, sources, months)


@given(contacts(), st.integers(1, 6))
def test_hidden_history(of, least):
    assert hit("hidden_history", story(of), least=least) == naive_history(story(of), least)


@given(contacts())
def test_a_green_that_is_domestic_abuse(of):
    told = story(of)
    own = [one for one in told.contacts if one.number == told.number]
    assert hit("green_domestic_abuse", told) == bool(own and own[0].rating == "green" and own[0].is_domestic_abuse)


@given(contacts(), contacts())
def test_more_history_never_takes_a_hit_of_greens_away(some, more):
    together = tuple(sorted((*some, *more), key=lambda one: one.on))
    assert not hit("three_greens", story(some)) or hit("three_greens", story(together, number=0))


def adult(kind="risk_adult", joined_ago=10, until=None):
    joined = None if joined_ago is None else TODAY - timedelta(days=joined_ago)
    return Carried(1, "Gary Vole", kind, "May pose a risk to children", TODAY - timedelta(days=3000), until, joined)


@pytest.mark.parametrize(
    ("told", "is_hit"),
    [
        (story(has_child=True, adults=(adult(),)), True),
        (story(is_unborn=True, adults=(adult(),)), True),
        (story(has_child=True, adults=(adult(joined_ago=None),)), True),
        (story(has_child=True, adults=(adult(joined_ago=900),)), False),
        (story(has_child=True, adults=(adult(until=TODAY),)), False),
        (story(has_child=True, adults=(adult(kind="early_help"),)), False),
        (story(has_child=False, adults=(adult(),)), False),
    ],
    ids=["child", "unborn", "day not known", "long there", "over", "no risk", "no child"],
)
def test_a_risk_joins_a_household(told, is_hit):
    assert hit("risk_adult_joins", told) == is_hit


def test_an_unborn_child_after_a_removal():
    removed = ("Mia Bell was looked after from 3 April 2020",)
    assert hit("unborn_after_removal", story(is_unborn=True, removed=removed))
    assert not hit("unborn_after_removal", story(has_child=True, removed=removed))


def test_a_missing_family_matched():
    assert hit("missing_matched", story(sightings=("A family that Harrowmouth looks for",)))
    assert not hit("missing_matched", story())


@pytest.mark.parametrize("rule", RULES.all(), ids=lambda rule: rule.key)
def test_every_rule_is_a_sentence_with_its_numbers_and_survives_an_empty_story(rule):
    sentence = rule.sentence({})
    assert sentence.endswith(".") and "{" not in sentence
    assert all(str(number.usual) in sentence and number.least <= number.usual <= number.most for number in rule.numbers)
    assert rule.find(story(), rule.usual()) == ()


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(0, 60))
def test_months_before_is_never_later_and_keeps_the_day_where_there_is_one(today, months):
    found = months_before(today, months)
    assert found <= today and (today.year - found.year) * 12 + today.month - found.month == months
    assert found.day == today.day or (found + timedelta(days=1)).month != found.month
