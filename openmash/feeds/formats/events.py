"""Our own file of events: dated facts for the chronology, where the agency has agreed to send them."""

from functools import partial
from hashlib import blake2b
from typing import Any

from openmash.feeds import comma_files
from openmash.feeds.codes import KINDS, SENSITIVITIES
from openmash.feeds.comma_files import Shape
from openmash.feeds.person_columns import NUMBER
from openmash.feeds.shelf import Column, Format, Sent, SentEvent, Turned
from openmash.feeds.values import LeftOut, day, past_day, text

LONGEST_WORDS = 2000
COLUMNS = (
    NUMBER,
    Column("happened_on", "The day on which it happened, or began", is_needed=True),
    Column("happened_until", "The day on which it ended"),
    Column("kind", f"One of {', '.join(KINDS)}; “other” when nothing is said"),
    Column("words", f"What happened, in at most {LONGEST_WORDS:,} characters", is_needed=True),
    Column("sensitivity", "G general, S sensitive or X sealed; X when what is said is none of these"),
    Column("reference", "The agency's own number for the event: the same event sent again changes the first"),
)


def _kind(value: str) -> str:
    if value.casefold() not in KINDS:
        raise LeftOut(f"must be one of {', '.join(KINDS)}")
    return value.casefold()


def _words(value: str) -> str:
    if len(value) > LONGEST_WORDS:
        raise LeftOut(f"must have at most {LONGEST_WORDS:,} characters")
    return value


def _sensitivity(value: str) -> str:
    """What cannot be read is sealed: never less than was meant."""
    return value.upper() if value.upper() in SENSITIVITIES else "X"


READERS = {
    "number": ("number", text("number")),
    "happened_on": ("happened_on", past_day),
    "happened_until": ("happened_until", day),
    "kind": ("kind", _kind),
    "words": ("words", _words),
    "sensitivity": ("sensitivity", _sensitivity),
    "reference": ("key", text("number")),
}


def event_key(*parts: object) -> str:
    """A key for an event that has no number of its own: the same for the same facts."""
    return blake2b("|".join(str(part) for part in parts).encode(), digest_size=12).hexdigest()


def _row(row: int, said: dict[str, Any], wrong: list[str]) -> Sent | Turned:
    number = said.pop("number", "")
    missing = [f"“{name}” is missing" for name in ("happened_on", "words") if name not in said]
    if missing or not number:
        return Turned(row, "; ".join(wrong or missing or ["“number” is missing"]), number)
    said.setdefault("key", event_key(said["happened_on"], said.get("kind", ""), said["words"]))
    return Sent(row, number, has_record=False, events=(SentEvent(**said),), left_out=tuple(wrong))


SHAPE = Shape(COLUMNS, READERS, _row)
FORMAT = Format(
    key="events",
    name="CSV of events",
    order=20,
    says="One row for each dated fact about a person whom the agency has sent before.",
    columns=COLUMNS,
    fits=partial(comma_files.fits, SHAPE),
    open=partial(comma_files.read, SHAPE),
)
