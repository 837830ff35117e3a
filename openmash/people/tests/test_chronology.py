"""The combined chronology of people: what is on it, in what order, and what a window of a year would hide."""

from datetime import date
from importlib import import_module

import pytest

from openmash.audit.actors import PUBLIC
from openmash.people import actions, chronology, milestones
from openmash.people.chronology import Line, Look, about, before_last_12_months, by_year, lines
from openmash.people.facts import Fact
from openmash.people.given import GivenPerson

TODAY = date(2026, 11, 22)


def line(on: date | None, key: str = "", *, until: date | None = None, kind: str = "incident", people=()) -> Line:
    return Line(key or f"{on}", on, "Police attended", kind, "Police", until=until, people=people)


def test_everybody_on_the_list_of_contributors_exists():
    for name in chronology.CONTRIBUTED_BY:
        room, _, function = name.rpartition(".")
        assert callable(getattr(import_module(room), function))


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ([], 0),
        ([line(date(2025, 11, 21))], 1),
        ([line(date(2025, 11, 22))], 0),
        ([line(None)], 0),
        ([line(date(2009, 1, 1), until=date(2026, 1, 1))], 0),
        ([line(date(2009, 1, 1), until=date(2010, 1, 1)), line(date(2012, 5, 5)), line(TODAY)], 2),
    ],
)
def test_before_the_last_twelve_months(given, count):
    assert before_last_12_months(given, TODAY) == count


def test_a_year_before_a_leap_day():
    assert chronology.year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert chronology.year_before(TODAY) == date(2025, 11, 22)


def test_counts_by_year_show_the_quiet_years_too():
    given = [
        line(date(2021, 1, 1)),
        line(date(2021, 5, 5)),
        line(date(2024, 1, 1)),
        line(None),
        line(TODAY, kind="move"),
    ]
    assert by_year(given, "incident") == {2021: 2, 2022: 0, 2023: 0, 2024: 1}
    assert by_year(given) == {2021: 2, 2022: 0, 2023: 0, 2024: 1, 2025: 0, 2026: 1}
    assert by_year([]) == {}


def test_only_what_is_about_somebody():
    mine, theirs = line(TODAY, "a", people=(1, 2)), line(TODAY, "b", people=(3,))
    assert about([mine, theirs], frozenset({2, 9})) == (mine,)


@pytest.mark.django_db
class TestOfPeople:
    def test_births_moves_and_markers_in_four_queries(self, hub, django_assert_max_num_queries):
        area, joanna = hub.areas["wend-valley"], hub.staff["joanna"]
        mia = actions.record(area, by=PUBLIC, given=GivenPerson(given="Mia", born_on=date(2019, 4, 3)))
        actions.mark(
            mia, by=joanna, kind="cp_plan", agency=hub.agencies["childrens-social-care"], since=date(2021, 5, 6)
        )
        home = Fact("address", ("12 Elm Road", "WV1 2AB"), "Health visitor", since=date(2020, 1, 2))
        actions.adopt(mia, by=joanna, facts=(home,))
        joanna.areas_where("match_people")
        with django_assert_max_num_queries(4):
            found = sorted(milestones.lines(Look(joanna, 0, frozenset({mia.pk}))), key=lambda one: one.on)
        assert [(one.on, one.what, one.kind) for one in found] == [
            (date(2019, 4, 3), "Born", "life"),
            (date(2020, 1, 2), "Moved to 12 Elm Road, WV1 2AB", "move"),
            (date(2021, 5, 6), "On a child protection plan", "marker"),
        ]
        assert found[2].agency_key == "childrens-social-care"

    def test_a_joined_persons_birth_is_told_once(self, hub):
        area, joanna = hub.areas["wend-valley"], hub.staff["joanna"]
        one, two = (actions.record(area, by=PUBLIC, given=GivenPerson(born_on=date(2019, 4, 3))) for _ in "ab")
        actions.say_same(one, by=joanna, other=two)
        assert len(lines(Look(joanna, 0, frozenset({one.pk, two.pk})))) == 1

    @pytest.mark.parametrize("who", ["ellen", "mary", "saul"])
    def test_nothing_for_those_who_may_not_know_the_person(self, hub, who):
        mia = actions.record(hub.areas["wend-valley"], by=PUBLIC, given=GivenPerson(born_on=date(2019, 4, 3)))
        assert lines(Look(hub.staff[who], 0, frozenset({mia.pk}))) == ()
