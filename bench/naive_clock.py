"""When an enquiry is due, reckoned minute by minute from the rules as they are written down. It knows no code of the product.

One working hour for the triage of what is urgent, four otherwise; one working day from receipt to the decision, and again
from a reopening; research in four hours (red, which runs on), one working day (amber) or three (green); one working day
from the decision to tell the referrer. Work is from nine to five, on weekdays that are no bank holiday.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MINUTE = timedelta(minutes=1)
OPENS, CLOSES = time(9), time(17)
BANK_HOLIDAYS = {
    date(2025, 4, 18), date(2025, 4, 21), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25),
    date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29),
}  # fmt: skip
DAYS = {"amber": 1, "green": 3}


@dataclass(frozen=True)
class Facts:
    """What happened to one enquiry, and nothing that was reckoned from it."""

    status: str
    is_urgent: bool
    received_at: datetime
    ratings: Sequence[tuple[datetime, str]]
    decided_at: datetime | None
    reopened_at: datetime | None
    research_continues: bool


def due(facts: Facts) -> datetime:
    """The one moment at which an open enquiry is due."""
    if facts.status in ("received", "screened"):
        return hours_later(facts.received_at, 1 if facts.is_urgent else 4)
    if facts.status == "decided":
        assert facts.decided_at
        return days_later(facts.decided_at, 1)
    statutory = days_later(facts.reopened_at or facts.received_at, 1)
    research = _research(facts)
    if facts.reopened_at and research:
        research = statutory
    if research and (facts.research_continues or facts.status != "review"):
        return research if facts.research_continues else min(research, statutory)
    return min(statutory, research or statutory)


def _research(facts: Facts) -> datetime | None:
    """A higher rating shortens it; a lower one does not lengthen what is over already."""
    found = None
    for at, rating in facts.ratings:
        is_red = rating == "red"
        fresh = facts.received_at + timedelta(hours=4) if is_red else days_later(facts.received_at, DAYS[rating])
        found = min(fresh, found) if found and found <= at else fresh
    return found


@cache
def hours_later(start: datetime, hours: int) -> datetime:
    at, left = start, hours * 60
    while left:
        left -= is_open(at)
        at += MINUTE
    return at


@cache
def days_later(start: datetime, days: int) -> datetime:
    at = start
    while not is_open(at):
        at += MINUTE
    local = at.astimezone(LONDON)
    day = local.date()
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return datetime.combine(day, local.time(), LONDON).astimezone(UTC)


def is_open(at: datetime) -> bool:
    local = at.astimezone(LONDON)
    return is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS
