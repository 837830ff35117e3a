"""How the rules print what they found."""

from collections.abc import Iterable
from datetime import date, timedelta

from openmash.cumulative.story import Contact
from openmash.design.moments import day
from openmash.people.chronology import year_before

__all__ = ["contact_line", "months_before", "within", "year_before"]


def months_before(today: date, months: int) -> date:
    """The same day so many months ago, or the last day of a shorter month."""
    years, month = divmod(today.month - 1 - months, 12)
    first = date(today.year + years, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(today.day, last.day))


def within(contacts: Iterable[Contact], today: date, months: int) -> tuple[Contact, ...]:
    """Those that came after the day so many months ago, up to today."""
    return tuple(one for one in contacts if months_before(today, months) < one.on <= today)


def contact_line(one: Contact) -> str:
    rating = one.rating.capitalize() or "Not rated"
    return (
        f"{day(one.on)}: {one.reference}, {rating}{', domestic abuse' if one.is_domestic_abuse else ''}, {one.source}"
    )
