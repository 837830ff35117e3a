"""Working time: when a deadline falls, and how much of the time to it is used."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count, islice, takewhile
from zoneinfo import ZoneInfo

from govuk_bank_holidays.bank_holidays import BankHolidays  # type: ignore[import-untyped]

LONDON = ZoneInfo("Europe/London")
NOTHING, DAY = timedelta(0), timedelta(days=1)


@dataclass(frozen=True)
class WorkingTime:
    """The hours in which a clock runs: from opening up to closing, on weekdays that are not closed.

    Weekdays count from Monday = 0. `closed` holds bank holidays and local closure days. Closing
    at 00:00 is the end of the day. Moments go in aware, in any zone (ValueError if in none), and
    come out in UTC. An hour that the clocks skip in spring is read as the one after it.
    """

    opens: time
    closes: time
    weekdays: frozenset[int]
    closed: frozenset[date]
    zone: ZoneInfo = LONDON

    def __post_init__(self) -> None:
        if not self.weekdays & set(range(7)) or time.min < self.closes <= self.opens:
            raise ValueError("Working time needs a weekday, and has to open before it closes.")

    def is_open(self, at: datetime) -> bool:
        return self.next_opening(at) == _utc(at)

    def next_opening(self, at: datetime) -> datetime:
        """The same moment when open, otherwise the next opening."""
        return max(_utc(at), next(self._stretches(at))[0])

    def add_hours(self, start: datetime, hours: float | timedelta) -> datetime:
        """When so much working time has passed; may be the very moment of closing."""
        left = hours if isinstance(hours, timedelta) else timedelta(hours=hours)
        if left < NOTHING:
            raise ValueError("Working time can only be added, not taken away.")
        for opening, closing in self._stretches(start):
            begun = max(_utc(start), opening)
            if left <= closing - begun:
                break
            left -= closing - begun
        return begun + left

    def add_days(self, start: datetime, days: int) -> datetime:
        """The same clock time so many working days on, counted from the next opening."""
        begun = self.next_opening(start).astimezone(self.zone)
        opening, closing = next(islice(self._stretches(begun), days, None))
        same = _utc(datetime.combine(opening.astimezone(self.zone), begun.time(), self.zone))
        return min(max(same, opening), closing)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from start to end; negative when the end comes first."""
        first, last = sorted((_utc(start), _utc(end)))
        run = takewhile(lambda stretch: stretch[0] < last, self._stretches(first))
        passed = sum((min(last, b) - max(first, a) for a, b in run), NOTHING)
        return passed if first == _utc(start) else -passed

    def fraction(self, started: datetime, due: datetime, now: datetime) -> float:
        """The share of the working time to the deadline that is used: 0 to 1, more when late."""
        if (whole := self.between(started, due)) <= NOTHING:
            return float(_utc(now) >= _utc(due))
        return max(0.0, self.between(started, now) / whole)

    def _stretches(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Each opening and closing, from the first that closes after this moment."""
        first = _utc(at).astimezone(self.zone).date()
        for day in (first + n * DAY for n in count()):
            if day.weekday() in self.weekdays and day not in self.closed:
                opening = _utc(datetime.combine(day, self.opens, self.zone))
                last = day if self.closes > time.min else day + DAY
                closing = _utc(datetime.combine(last, self.closes, self.zone))
                if closing > max(_utc(at), opening):
                    yield opening, closing


ROUND_THE_CLOCK = WorkingTime(time.min, time.min, frozenset(range(7)), frozenset())


@cache
def england_closed_days() -> frozenset[date]:
    """The bank holidays of England, 2012 to 2028, from the list packaged with the library."""
    known = BankHolidays(use_cached_holidays=True).get_holidays("england-and-wales")
    return frozenset(holiday["date"] for holiday in known)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A working-time clock needs a moment with a time zone.")
    return at.astimezone(UTC)
