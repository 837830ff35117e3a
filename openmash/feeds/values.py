"""One value of a row: read as it is meant, or left out with the reason in words. A reason never repeats the value."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

import nhs_number
from django.utils import timezone

from openmash.people.identifiers import KINDS, normalise, problem

YES, NO = frozenset({"y", "yes", "true", "1", "a) yes"}), frozenset({"n", "no", "false", "0", "b) no"})
SEXES = {"m": "M", "male": "M", "1": "M", "f": "F", "female": "F", "2": "F"}
LONGEST = {
    "number": 60, "given": 100, "family": 100, "other_names": 200, "address_lines": 200, "postcode": 8,
    "telephone": 40, "email": 120, "status": 60, "team": 120, "worker": 120,
}  # fmt: skip
EARLIEST = date(1900, 1, 1)
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class LeftOut(ValueError):
    """A value that cannot be used. The message says why, after the name of its column."""


def clean(value: object) -> str:
    """Text that the database takes: without control signs, without spaces around it."""
    return _UNSAFE.sub("", str(value)).strip() if value is not None else ""


def text(field: str) -> Callable[[str], str]:
    """A reader of a text that is no longer than its field."""
    most = LONGEST[field]

    def read(value: str) -> str:
        if len(value) > most:
            raise LeftOut(f"must have at most {most} characters")
        return value

    return read


@lru_cache(maxsize=65_536)
def day(value: str) -> date:
    """A day, as 2010-02-28 or 28/02/2010. Not before 1900."""
    try:
        written = value[:10] if value[4:5] == "-" else "-".join(reversed(value.split("/")))
        found = datetime.strptime(written, "%Y-%m-%d").date()  # noqa: DTZ007 - a day, in no time zone
    except ValueError:
        raise LeftOut("must be a real date, like 2010-02-28 or 28/02/2010") from None
    if found < EARLIEST:
        raise LeftOut("must be after 1900")
    return found


@lru_cache(maxsize=65_536)
def past_day(value: str) -> date:
    """A day that is not in the future."""
    found = day(value)
    if found > timezone.localdate():
        raise LeftOut("must not be in the future")
    return found


def yes_or_no(value: str) -> bool:
    said = value.casefold()
    if said not in YES and said not in NO:
        raise LeftOut("must be yes or no")
    return said in YES


def sex(value: str) -> str:
    return SEXES.get(value.casefold(), "U")


def identifier(kind: str) -> Callable[[str], str]:
    """A reader of one kind of identifier: as it is kept, `nhs:9434765919`, if it passes its check."""

    def read(value: str) -> str:
        if kind == "nhs" and value.isdecimal() and nhs_number.is_valid(value):  # the many, at a fifth of the time
            return f"nhs:{value}"
        if wrong := problem(kind, value):
            raise LeftOut(f"is not right. {wrong}")
        return f"{kind}:{normalise(kind, value)}"

    return read


IDENTIFIERS = tuple(kind.key for kind in KINDS.values() if kind.names != "home")
"""The kinds of identifier that name a person."""
