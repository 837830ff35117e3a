"""Working time on days that a person can check with a calendar."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from openmash.kit.clock import LONDON, WorkingTime, england_closed_days

OFFICE = WorkingTime(time(9), time(17), frozenset(range(5)), england_closed_days())


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2026-02-03T10:15", 1, "2026-02-04T10:15"),  # Tuesday
        ("2026-02-06T16:59", 1, "2026-02-09T16:59"),  # Friday
        ("2026-02-06T18:00", 1, "2026-02-10T09:00"),  # Friday evening counts from Monday
        ("2026-02-07T12:00", 1, "2026-02-10T09:00"),  # Saturday
        ("2026-04-02T14:00", 1, "2026-04-07T14:00"),  # over Easter
        ("2026-12-24T11:30", 1, "2026-12-29T11:30"),  # over Christmas, Monday a substitute
        ("2026-12-24T17:00", 3, "2027-01-04T09:00"),  # at closing is outside hours
        ("2026-03-27T09:30", 1, "2026-03-30T09:30"),  # clocks forward at the weekend
        ("2026-10-23T09:30", 1, "2026-10-26T09:30"),  # clocks back at the weekend
    ],
)
def test_working_days_on_the_calendar(received: str, days: int, due: str) -> None:
    assert OFFICE.add_days(london(received), days) == london(due)


@pytest.mark.parametrize(
    ("received", "hours", "due"),
    [
        ("2026-02-03T10:15", 4, "2026-02-03T14:15"),
        ("2026-02-03T13:00", 4, "2026-02-03T17:00"),  # due at closing, not at the next opening
        ("2026-02-06T15:30", 4, "2026-02-09T11:30"),
        ("2026-02-08T03:00", 1, "2026-02-09T10:00"),
        ("2026-04-02T16:30", 1.5, "2026-04-07T10:00"),
    ],
)
def test_working_hours_on_the_calendar(received: str, hours: float, due: str) -> None:
    assert OFFICE.add_hours(london(received), hours) == london(due)


def test_a_repeated_hour_in_autumn_leads_to_open_doors_in_spring() -> None:
    """1:30am comes twice on 25 October 2026, and not at all on 28 March 2027, 22 Sundays on."""
    sundays = WorkingTime(time(1, 15), time(3), frozenset({6}), frozenset())
    second = london("2026-10-25T01:30").replace(fold=1)
    assert sundays.is_open(second)
    assert sundays.is_open(sundays.add_days(second, 22))


def test_another_zone_has_its_own_days() -> None:
    new_york = WorkingTime(time(9), time(23), frozenset(range(5)), frozenset(), ZoneInfo("America/New_York"))
    friday_evening = datetime(2026, 2, 7, 2, 0, tzinfo=UTC)
    assert new_york.is_open(friday_evening)
    assert not new_york.is_open(friday_evening + timedelta(hours=2))


def test_fractions_count_working_time_only() -> None:
    started, due = london("2026-02-06T15:00"), london("2026-02-09T11:00")
    assert OFFICE.fraction(started, due, london("2026-02-08T12:00")) == 0.5
    assert OFFICE.fraction(started, due, london("2026-02-09T15:00")) == 2
    assert OFFICE.fraction(started, due, london("2026-02-06T12:00")) == 0


def test_a_clock_with_no_working_time_in_it_is_used_up_at_its_deadline() -> None:
    started, due = london("2026-02-07T10:00"), london("2026-02-07T12:00")
    assert OFFICE.fraction(started, due, london("2026-02-07T11:59")) == 0
    assert OFFICE.fraction(started, due, due) == 1


def test_the_bank_holidays_are_englands() -> None:
    closed = england_closed_days()
    assert {date(2026, 4, 3), date(2026, 4, 6), date(2026, 12, 28)} <= closed
    assert date(2026, 3, 17) not in closed  # St Patrick's Day, Northern Ireland
    assert date(2026, 1, 2) not in closed  # Scotland
    assert max(closed).year == 2028


def test_ten_years_of_working_time_are_quick_to_count() -> None:
    start = london("2016-01-04T09:00")
    assert OFFICE.add_days(start, 2500) < london("2026-01-30T00:00")
    assert OFFICE.between(start, london("2026-01-05T09:00")) > timedelta(hours=8 * 2500)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 2, 3, 10, 15)
    for ask in (OFFICE.is_open, OFFICE.next_opening):
        with pytest.raises(ValueError, match="needs a moment with a time zone"):
            ask(naive)
    with pytest.raises(ValueError, match="needs a moment with a time zone"):
        OFFICE.between(naive, london("2026-02-03T10:15"))


def test_time_cannot_be_taken_away() -> None:
    with pytest.raises(ValueError, match="only be added"):
        OFFICE.add_hours(london("2026-02-03T10:15"), -1)
    with pytest.raises(ValueError, match="0 <= x"):
        OFFICE.add_days(london("2026-02-03T10:15"), -1)


@pytest.mark.parametrize(
    ("opens", "closes", "weekdays"),
    [(17, 9, {0}), (9, 9, {0}), (9, 17, set[int]()), (9, 17, {7})],
)
def test_impossible_hours_are_refused(opens: int, closes: int, weekdays: set[int]) -> None:
    with pytest.raises(ValueError, match="needs a weekday, and has to open before it closes"):
        WorkingTime(time(opens), time(closes), frozenset(weekdays), frozenset())


def test_moments_come_out_in_utc() -> None:
    received = london("2026-07-07T10:15")
    for moment in (
        OFFICE.next_opening(received),
        OFFICE.add_hours(received, 1),
        OFFICE.add_days(received, 1),
    ):
        assert moment.tzinfo is UTC
    assert OFFICE.add_hours(received, 1) == datetime(2026, 7, 7, 10, 15, tzinfo=UTC)
