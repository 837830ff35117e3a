from datetime import UTC, date, datetime, timedelta

import pytest

from openmash.design.moments import ago, day, local, moment, short_moment, span, time, until

NOW = datetime(2026, 4, 3, 16, 30, tzinfo=UTC)  # 5:30pm in London, summer time


def test_a_day_is_written_out() -> None:
    assert day(date(2026, 4, 3)) == "3 April 2026"
    assert day(datetime(2026, 4, 3, 23, 30, tzinfo=UTC)) == "4 April 2026", "after midnight in London"
    assert day(None) == "Not recorded"
    assert day(None, "Not known") == "Not known"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(16, 30, "5:30pm"), (8, 0, "9am"), (11, 0, "midday"), (23, 0, "midnight"), (11, 5, "12:05pm"), (23, 5, "12:05am")],
)
def test_a_time_is_written_as_people_say_it(hour: int, minute: int, words: str) -> None:
    assert time(datetime(2026, 7, 1, hour, minute, tzinfo=UTC)) == words


def test_a_moment_has_day_and_time() -> None:
    assert moment(NOW) == "3 April 2026, 5:30pm"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local(datetime(2026, 4, 3, 16, 30))


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(0), "today 5:30pm"),
        (timedelta(hours=8), "tomorrow 1:30am"),
        (timedelta(days=-1), "yesterday 5:30pm"),
        (timedelta(days=3), "Mon 6 Apr 5:30pm"),
        (timedelta(days=-200), "15 Sep 2025 5:30pm"),
    ],
)
def test_a_near_moment_is_short(after: timedelta, words: str) -> None:
    assert short_moment(NOW + after, now=NOW) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=20), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(hours=3, minutes=40), "3 hours 40 minutes"),
        (timedelta(days=1, hours=3, minutes=59), "1 day 3 hours"),
        (timedelta(days=2, minutes=59), "2 days"),
    ],
)
def test_a_length_has_its_two_largest_units(length: timedelta, words: str) -> None:
    assert span(length) == words


def test_what_is_due_today_says_how_long_and_on_another_day_when() -> None:
    assert until(NOW + timedelta(hours=2, minutes=5), now=NOW) == "due in 2 hours 5 minutes"
    assert until(NOW + timedelta(hours=15, minutes=55), now=NOW) == "due tomorrow 9:25am"
    assert until(NOW + timedelta(days=3), now=NOW) == "due Mon 6 Apr 5:30pm"
    assert until(NOW + timedelta(seconds=30), now=NOW) == "due now"
    assert until(None) == "Not recorded"


def test_what_is_overdue_says_how_long_in_its_largest_unit() -> None:
    assert until(NOW - timedelta(minutes=7), now=NOW) == "7 minutes overdue"
    assert until(NOW - timedelta(hours=6, minutes=43), now=NOW) == "6 hours overdue"
    assert until(NOW - timedelta(hours=27), now=NOW) == "1 day overdue"


def test_what_was() -> None:
    assert ago(NOW - timedelta(hours=2), now=NOW) == "2 hours ago"
    assert ago(NOW, now=NOW) == "just now"
    assert ago(timedelta(days=1)) == "1 day ago"
