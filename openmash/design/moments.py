"""Dates, times and lengths of time in the words of the GOV.UK style guide, always in Europe/London."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
NOT_RECORDED = "Not recorded"

MINUTE = 60
HOUR = 60 * MINUTE


def local(value: datetime) -> datetime:
    """The same instant on a London clock; a value without a time zone is refused."""
    if timezone.is_naive(value):
        raise ValueError("a moment needs a time zone")
    return value.astimezone(LONDON)


def day(value: date | datetime | None, none: str = NOT_RECORDED) -> str:
    """`3 April 2026`."""
    if value is None:
        return none
    on = _date(value)
    return f"{on.day} {on:%B} {on.year}"


def time(value: datetime | None, none: str = NOT_RECORDED) -> str:
    """`5:30pm`, `9am`, `midday`, `midnight`."""
    return none if value is None else _clock(local(value))


def moment(value: datetime | None, none: str = NOT_RECORDED) -> str:
    """`3 April 2026, 5:30pm`."""
    return none if value is None else f"{day(value)}, {time(value)}"


def short_moment(value: datetime | None, none: str = NOT_RECORDED, now: datetime | None = None) -> str:
    """`today 5:30pm`, `tomorrow 9am`, `Mon 3 Apr 9am`, and with the year when it is another year."""
    if value is None:
        return none
    at, today = local(value), local(now or timezone.now()).date()
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((at.date() - today).days)
    if near:
        return f"{near} {_clock(at)}"
    if at.year == today.year:
        return f"{at:%a} {at.day} {at:%b} {_clock(at)}"
    return f"{at.day} {at:%b} {at.year} {_clock(at)}"


def span(length: timedelta, most: int = 2) -> str:
    """`1 day 3 hours`: the two largest units, or the largest alone."""
    minutes = int(abs(length.total_seconds()) // MINUTE)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    pairs = ((days, "day"), (hours, "hour")) if days else ((hours, "hour"), (minutes, "minute"))
    said = [_count(number, unit) for number, unit in pairs if number]
    return " ".join(said[:most]) or "less than a minute"


def ago(value: datetime | timedelta | None, none: str = NOT_RECORDED, now: datetime | None = None) -> str:
    """`2 hours ago`; a length of time says how long ago directly."""
    if value is None:
        return none
    length = value if isinstance(value, timedelta) else (now or timezone.now()) - value
    return "just now" if length.total_seconds() < MINUTE else f"{span(length)} ago"


def until(value: datetime | None, none: str = NOT_RECORDED, now: datetime | None = None) -> str:
    """`due in 2 hours`, `due tomorrow 9am`, `due now`, `1 day overdue`: of another day, when."""
    if value is None:
        return none
    now = now or timezone.now()
    left = value - now
    if abs(left.total_seconds()) < MINUTE:
        return "due now"
    if left < timedelta(0):
        return f"{span(left, most=1)} overdue"
    is_today = local(value).date() == local(now).date()
    return f"due in {span(left)}" if is_today else f"due {short_moment(value, now=now)}"


def _date(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def _clock(at: datetime) -> str:
    if (at.hour, at.minute) in ((0, 0), (12, 0)):
        return "midday" if at.hour else "midnight"
    minutes = f":{at:%M}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
