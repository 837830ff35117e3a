"""Our own file of events: dated facts for the chronology, where the agency has agreed to send them."""

from functools import partial
from hashlib import blake2b

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
    "number": text("number"),
    "happened_on": past_day,
    "happened_until": day,
    "kind": _kind,
    "words": _words,
    "sensitivity": _sensitivity,
    "reference": text("number"),
}


def event_key(*parts: object) -> str:
    """A key for an event that has no number of its own: the same for the same facts."""
    return blake2b("|".join(str(part) for part in parts).encode(), digest_size=12).hexdigest()


def _row(row: int, said: dict[str, object], wrong: list[str]) -> Sent | Turned:
    missing = [f"{name} is missing" for name in ("number", "happened_on", "words") if name not in said]
    if missing:
        return Turned(row, "; ".join(wrong or missing), said.get("number", ""))
    event = SentEvent(
        key=said.get("reference") or event_key(said["happened_on"], said.get("kind"), said["words"]),
        happened_on=said["happened_on"],
        words=said["words"],
        happened_until=said.get("happened_until"),
        kind=said.get("kind", "other"),
        sensitivity=said.get("sensitivity", "G"),
    )
    return Sent(row, said["number"], has_record=False, events=(event,), left_out=tuple(wrong))


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
