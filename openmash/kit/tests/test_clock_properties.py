"""Working time agrees with a person who sits by the clock and counts the minutes.

The watcher below looks at every minute of a period on its own. It knows no arithmetic, so it
cannot share a mistake with the code.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import groupby, islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from openmash.kit.clock import LONDON, ROUND_THE_CLOCK, WorkingTime, england_closed_days

MINUTE = timedelta(minutes=1)
OFFICE = WorkingTime(time(9), time(17), frozenset(range(5)), england_closed_days())


# The watcher


class Minute(NamedTuple):
    at: datetime
    wall: datetime
    open: bool


@dataclass
class Watcher:
    """Walks through time a minute at a step, and notes whether the doors are open."""

    hours: WorkingTime
    doors_open: bool = False
    seen: set[time] = field(default_factory=set)

    def watch(self, since: datetime, until: datetime) -> Iterator[Minute]:
        at = (since - timedelta(days=2)).replace(hour=0, minute=0)
        while at < until:
            wall = at.astimezone(self.hours.zone).replace(tzinfo=None)
            self._turn_the_sign(wall)
            if at >= since:
                yield Minute(at, wall, self.doors_open)
            at += MINUTE

    def _turn_the_sign(self, wall: datetime) -> None:
        """Opens at the first sight of the opening time, shuts at the first of the closing time."""
        if wall.time() == time.min:
            self.seen = set()
            self.doors_open = False
        working = wall.weekday() in self.hours.weekdays and wall.date() not in self.hours.closed
        if working and self._comes_up(self.hours.opens, wall):
            self.doors_open = True
        if self._comes_up(self.hours.closes, wall) and self.hours.closes != time.min:
            self.doors_open = False
            self.seen.add(self.hours.opens)

    def _comes_up(self, clock: time, wall: datetime) -> bool:
        """The time is on the clock for the first time today, or an hour late if it was skipped."""
        skipped = is_skipped(clock, wall.date())
        shown = (datetime.combine(wall.date(), clock) + timedelta(hours=skipped)).time()
        if wall.time() != shown or clock in self.seen:
            return False
        self.seen.add(clock)
        return True


@cache
def is_skipped(clock: time, day: date) -> bool:
    """In London the clocks go from 1am to 2am on the last Sunday of March."""
    last_sunday = max(date(day.year, 3, n) for n in range(25, 32) if date(day.year, 3, n).weekday() == 6)
    return day == last_sunday and clock.hour == 1


# What hypothesis may try

AWKWARD = [
    date(2026, 3, 29),  # clocks forward, the Sunday before Easter
    date(2026, 10, 25),  # clocks back
    date(2027, 3, 28),  # Easter Sunday and clocks forward on one day
    date(2026, 4, 3),  # Good Friday
    date(2024, 12, 24),
    date(2022, 6, 1),  # two bank holidays together
    date(2026, 12, 24),  # Christmas on a Friday, the substitute on a Monday
    date(2028, 2, 28),
]
clocks = st.times().map(lambda t: t.replace(second=0, microsecond=0))
days = st.sampled_from(AWKWARD).flatmap(lambda day: st.integers(-4, 4).map(lambda n: day + timedelta(days=n)))
moments = st.builds(
    lambda day, clock, zone: datetime.combine(day, clock, UTC).astimezone(zone),
    days,
    clocks,
    st.sampled_from([UTC, LONDON, ZoneInfo("Pacific/Auckland")]),
)


@st.composite
def patterns(draw: st.DrawFn) -> WorkingTime:
    """Any pattern: an office, odd hours, every hour, one day a week, with days of closure."""
    opens, closes = draw(
        st.one_of(
            st.just((time(9), time(17))),
            st.tuples(clocks, clocks).map(sorted).map(tuple),
            st.tuples(clocks, st.just(time.min)),
            st.sampled_from([(time(1, 30), time(2, 15)), (time(1, 10), time(1, 40))]),
        )
    )
    assume(opens < closes or closes == time.min)
    weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1) | st.just(frozenset(range(5))))
    return WorkingTime(opens, closes, weekdays, england_closed_days() | draw(st.frozensets(days)))


def until(hours: WorkingTime, since: datetime, days: int) -> Iterator[Minute]:
    return Watcher(hours).watch(since.astimezone(UTC), since.astimezone(UTC) + timedelta(days=days))


def on_day(minute: Minute) -> date:
    return minute.wall.date()


# The clock and the watcher agree

agreement = settings(max_examples=60, deadline=None)
SHORT_NIGHT = WorkingTime(time(0, 30), time(2, 15), frozenset(range(7)), frozenset())
CLOCKS_FORWARD = WorkingTime(time(1, 30), time(2, 15), frozenset(range(7)), frozenset())


@agreement
@given(hours=patterns(), since=moments)
@example(hours=CLOCKS_FORWARD, since=datetime(2026, 3, 29, tzinfo=LONDON))
@example(hours=CLOCKS_FORWARD, since=datetime(2026, 10, 25, tzinfo=LONDON))
def test_open_at_exactly_the_minutes_at_which_the_watcher_sees_open_doors(hours: WorkingTime, since: datetime) -> None:
    for minute in until(hours, since, days=2):
        assert hours.is_open(minute.at) == minute.open, minute


@agreement
@given(hours=patterns(), since=moments)
@example(hours=CLOCKS_FORWARD, since=datetime(2026, 3, 29, tzinfo=LONDON))
def test_the_next_opening_is_the_first_open_minute(hours: WorkingTime, since: datetime) -> None:
    first = next((m.at for m in until(hours, since, days=40) if m.open), None)
    assume(first is not None)
    assert hours.next_opening(since) == first


@agreement
@given(hours=patterns(), since=moments, span=st.integers(0, 9 * 24 * 60))
def test_the_time_between_is_the_number_of_open_minutes(hours: WorkingTime, since: datetime, span: int) -> None:
    end = since.astimezone(UTC) + span * MINUTE
    counted = sum(m.open for m in Watcher(hours).watch(since.astimezone(UTC), end)) * MINUTE
    assert hours.between(since, end) == counted
    assert hours.between(end, since) == -counted


@agreement
@given(hours=patterns(), since=moments, minutes=st.integers(1, 30 * 60))
def test_added_hours_end_with_the_last_open_minute_counted(hours: WorkingTime, since: datetime, minutes: int) -> None:
    opened = (m.at for m in until(hours, since, days=25) if m.open)
    counted = list(islice(opened, minutes))
    assume(len(counted) == minutes)
    assert hours.add_hours(since, minutes / 60) == counted[-1] + MINUTE


@agreement
@given(hours=patterns(), since=moments, number=st.integers(0, 3))
@example(hours=SHORT_NIGHT, since=datetime(2026, 3, 28, 1, 30, tzinfo=LONDON), number=1)
def test_added_days_end_at_the_same_clock_time_that_many_open_days_on(
    hours: WorkingTime, since: datetime, number: int
) -> None:
    opened = (m for m in until(hours, since, days=32) if m.open)
    by_day = [list(minutes) for _, minutes in islice(groupby(opened, on_day), number + 1)]
    assume(len(by_day) == number + 1)
    first, that_day = by_day[0][0], by_day[-1]
    due = hours.add_days(since, number)
    assert that_day[0].at <= due <= that_day[-1].at + MINUTE
    same_time = [m.at for m in that_day if m.wall.time() == first.wall.time()]
    assert due == first.at if number == 0 else due in (same_time or [due])


# Laws that need no watcher, to the microsecond

exact = st.datetimes(datetime(2020, 1, 1), datetime(2028, 6, 1), timezones=st.just(UTC))
spans = st.timedeltas(timedelta(0), timedelta(days=60))
unhurried = settings(deadline=None)


@unhurried
@given(hours=patterns(), start=exact, span=st.timedeltas(timedelta(0), timedelta(hours=80)))
def test_what_is_added_is_what_lies_between(hours: WorkingTime, start: datetime, span: timedelta) -> None:
    assert hours.between(start, hours.add_hours(start, span)) == span


@unhurried
@given(hours=patterns(), start=exact, one=spans, two=spans)
def test_a_stop_on_the_way_changes_nothing(hours: WorkingTime, start: datetime, one: timedelta, two: timedelta) -> None:
    halfway, end = start + one, start + one + two
    assert hours.between(start, halfway) + hours.between(halfway, end) == hours.between(start, end)


@unhurried
@given(start=exact, span=spans)
def test_round_the_clock_is_plain_elapsed_time(start: datetime, span: timedelta) -> None:
    assert ROUND_THE_CLOCK.is_open(start)
    assert ROUND_THE_CLOCK.between(start, start + span) == span
    assert ROUND_THE_CLOCK.add_hours(start, span) == start + span


@unhurried
@given(hours=patterns(), start=exact, span=st.timedeltas(MINUTE, timedelta(hours=80)), later=spans)
def test_the_fraction_is_whole_at_the_deadline_and_never_falls(
    hours: WorkingTime, start: datetime, span: timedelta, later: timedelta
) -> None:
    due = hours.add_hours(start, span)
    assert hours.fraction(start, due, start) == 0
    assert hours.fraction(start, due, due) == 1
    assert hours.fraction(start, due, due + later) >= 1
    assert 0 <= hours.fraction(start, due, start + later) <= hours.fraction(start, due, due + later)


@unhurried
@given(start=exact, number=st.integers(0, 60))
def test_an_office_deadline_always_falls_in_office_hours(start: datetime, number: int) -> None:
    due = OFFICE.add_days(start, number)
    assert OFFICE.is_open(due)
    assert due.tzinfo is UTC
