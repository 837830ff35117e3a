"""What a format yields, and the shelf on which the formats stand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from openmash.kit.registry import Shelf


class Broken(Exception):
    """The file as a whole cannot be read. The message says what to do; nothing of the file is loaded."""


class SentEvent(NamedTuple):
    """One dated fact. `key` is the same whenever the agency sends the same event."""

    key: str
    happened_on: date
    words: str
    happened_until: date | None = None
    kind: str = "other"
    sensitivity: str = "G"


class Sent(NamedTuple):
    """What one row says of one person. `number` is the agency's own; empty means not said.

    `left_out` says, in words, what of the row could not be used. A row `is_withdrawn` when its owner takes the record
    back, and has no `has_record` when it brings events alone.
    """

    row: int
    number: str
    given: str = ""
    family: str = ""
    other_names: str = ""
    sex: str = "U"
    born_on: date | None = None
    died_on: date | None = None
    is_deceased: bool = False
    address_lines: str = ""
    postcode: str = ""
    telephone: str = ""
    email: str = ""
    identifiers: str = ""
    is_open: bool | None = None
    status: str = ""
    team: str = ""
    worker: str = ""
    since: date | None = None
    until: date | None = None
    is_sensitive: bool = False
    superseded: str = ""
    is_withdrawn: bool = False
    has_record: bool = True
    events: tuple[SentEvent, ...] = ()
    left_out: tuple[str, ...] = ()


class Turned(NamedTuple):
    """One row that could not be used at all, and why. A record whose `number` could be read is not withdrawn for it."""

    row: int
    because: str
    number: str = ""


@dataclass(frozen=True)
class Reading:
    """A file whose shape is right. `rows(after)` yields what stands after that row, in the order of the file."""

    total: int
    rows: Callable[[int], Iterator[Sent | Turned]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file, for the reference: its heading, what stands in it, and whether it must be there."""

    name: str
    holds: str
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """One way in which an agency may send whom it knows.

    `fits` looks at the beginning of a file only. `open` reads all of it and raises `Broken` when its shape is wrong.
    """

    key: str
    name: str
    order: int
    says: str
    columns: tuple[Column, ...]
    fits: Callable[[Path], bool]
    open: Callable[[Path], Reading]
    unit: str = "Row"
    retired: bool = False


FORMATS = Shelf[Format]("openmash.feeds.formats", "FORMAT")


def format_of(path: Path) -> Format:
    """The format that fits a file; `Broken` when none does."""
    found = next((form for form in FORMATS.all() if form.fits(path)), None)
    if found is None:
        names = "; ".join(form.name for form in FORMATS.all())
        raise Broken(f"The file is in none of the formats that we read. They are: {names}.")
    return found
