"""How old somebody is, in words."""

from datetime import date

from openmash.design.moments import day

_MONTHS_IN_WORDS_UNTIL = 24


def age(born_on: date | None, due_on: date | None, today: date, *, is_estimated: bool = False) -> str:
    """ "6", "about 34", "5 months", "12 days", "due 3 April 2026"; empty when no date is known."""
    if born_on is None:
        return f"due {day(due_on)}" if due_on else ""
    months = (today.year - born_on.year) * 12 + today.month - born_on.month - (today.day < born_on.day)
    if months < 1:
        days = max((today - born_on).days, 0)
        return f"{days} day{'' if days == 1 else 's'}"
    if months < _MONTHS_IN_WORDS_UNTIL:
        return f"{months} month{'' if months == 1 else 's'}"
    return f"about {months // 12}" if is_estimated else str(months // 12)
