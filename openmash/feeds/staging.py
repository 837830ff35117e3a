"""A batch of rows into the database at one go: copied beside the tables, then put into them by one statement each.

What is the same already is not touched, so that a file read twice changes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from openmash.audit.signing import set_signed
from openmash.feeds.models import Load
from openmash.feeds.shelf import Sent

_TYPES = {
    "given": "text", "family": "text", "other_names": "text", "sex": "text", "born_on": "date", "died_on": "date",
    "is_deceased": "boolean", "address_lines": "text", "postcode": "text", "telephone": "text", "email": "text",
    "identifiers": "text", "is_open": "boolean", "status": "text", "team": "text", "worker": "text", "since": "date",
    "until": "date", "is_sensitive": "boolean", "superseded": "text",
}  # fmt: skip
FACTS = tuple(_TYPES)
_LISTS = ("identifiers", "superseded")
_SELECTED = ", ".join(f"string_to_array({name}, ' ')" if name in _LISTS else name for name in FACTS)
_KEPT = ", ".join(FACTS)
_HELD, _SENT = (", ".join(f"{table}.{name}" for name in FACTS) for table in ("held", "excluded"))
_EVENT_FACTS = "happened_on, happened_until, kind, words, sensitivity"
_EVENT_HELD, _EVENT_SENT = (
    ", ".join(f"{table}.{name}" for name in _EVENT_FACTS.split(", ")) for table in ("held", "excluded")
)

TABLES = f"""
CREATE TEMPORARY TABLE IF NOT EXISTS staged_record (
  at integer, number text, {", ".join(f"{name} {kind}" for name, kind in _TYPES.items())}, is_withdrawn boolean
) ON COMMIT DROP;
CREATE TEMPORARY TABLE IF NOT EXISTS staged_event (
  at integer, number text, key text, happened_on date, words text, happened_until date, kind text, sensitivity text
) ON COMMIT DROP;
TRUNCATE staged_record, staged_event;
"""
PUT = f"""
INSERT INTO feeds_record AS held (feed_id, format, number, {_KEPT}, changed_at)
SELECT %(feed)s, %(format)s, number, {_SELECTED}, %(now)s FROM (
  SELECT DISTINCT ON (number) * FROM staged_record ORDER BY number, at DESC
) latest WHERE NOT is_withdrawn
ON CONFLICT (feed_id, number, format) DO UPDATE
SET ({_KEPT}, changed_at, withdrawn_at) = ROW ({_SENT}, excluded.changed_at, NULL)
WHERE ({_HELD}, held.withdrawn_at) IS DISTINCT FROM ({_SENT}, NULL)
RETURNING number, xmax = 0
"""  # noqa: S608 - our own columns
TAKE_BACK = """
UPDATE feeds_record held SET withdrawn_at = %(now)s FROM (
  SELECT DISTINCT ON (number) * FROM staged_record ORDER BY number, at DESC
) latest
WHERE latest.is_withdrawn AND held.feed_id = %(feed)s AND held.number = latest.number AND held.format = %(format)s
  AND held.withdrawn_at IS NULL
RETURNING held.number
"""
STRANGERS = """
SELECT at FROM staged_event event WHERE NOT EXISTS (
  SELECT FROM feeds_record held
  WHERE held.feed_id = %(feed)s AND held.number = event.number AND held.withdrawn_at IS NULL
) ORDER BY at
"""
PUT_EVENTS = f"""
INSERT INTO feeds_event AS held (feed_id, format, number, key, {_EVENT_FACTS}, changed_at)
SELECT %(feed)s, %(format)s, number, key, {_EVENT_FACTS}, %(now)s FROM (
  SELECT DISTINCT ON (number, key) * FROM staged_event ORDER BY number, key, at DESC
) latest WHERE NOT at = ANY (%(strangers)s)
ON CONFLICT (feed_id, number, format, key) DO UPDATE
SET ({_EVENT_FACTS}, changed_at, withdrawn_at) = ROW ({_EVENT_SENT}, excluded.changed_at, NULL)
WHERE ({_EVENT_HELD}, held.withdrawn_at) IS DISTINCT FROM ({_EVENT_SENT}, NULL)
"""  # noqa: S608 - our own columns


@dataclass
class Put:
    """What a batch did: the numbers that are new, changed and taken back, the events, and rows about strangers."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    events: int = 0
    strangers: list[int] = field(default_factory=list)


@contextmanager
def loading(load: Load) -> Iterator[None]:
    """Within it, the database lets this transaction at the records of the load's feed."""
    set_signed("openmash.load", str(load.pk), connection)
    yield
    set_signed("openmash.load", "", connection)


def put(load: Load, rows: Sequence[Sent], *, now: datetime) -> Put:
    """Put these rows into the feed's tables. The caller holds the load, and has opened it with `loading`."""
    done = Put()
    given = {"feed": load.feed_id, "format": load.format, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        _copy_records(cursor, rows)
        cursor.execute(PUT, given)
        for number, is_new in cursor.fetchall():
            (done.added if is_new else done.changed).append(number)
        cursor.execute(TAKE_BACK, given)
        done.withdrawn = [number for (number,) in cursor.fetchall()]
        if _copy_events(cursor, rows):
            cursor.execute(STRANGERS, given)
            done.strangers = [at for (at,) in cursor.fetchall()]
            cursor.execute(PUT_EVENTS, given | {"strangers": done.strangers})
            done.events = cursor.rowcount
    return done


def _copy_records(cursor, rows: Iterable[Sent]) -> None:  # noqa: ANN001 - a cursor
    with cursor.copy(f"COPY staged_record (at, number, {_KEPT}, is_withdrawn) FROM STDIN") as copy:
        for sent in rows:
            if sent.has_record:
                copy.write_row(sent[: len(FACTS) + 3])


def _copy_events(cursor, rows: Iterable[Sent]) -> int:  # noqa: ANN001 - a cursor
    """How many events there are to put."""
    found = [(sent.row, sent.number, *event) for sent in rows for event in sent.events]
    if found:
        heads = "at, number, key, happened_on, words, happened_until, kind, sensitivity"
        with cursor.copy(f"COPY staged_event ({heads}) FROM STDIN") as copy:
            for event in found:
                copy.write_row(event)
    return len(found)
