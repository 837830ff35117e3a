"""What a full file no longer names is no longer the agency's: it is withdrawn."""

from datetime import datetime

from django.db import connection

from openmash.feeds.models import Load, Record
from openmash.feeds.shelf import Broken, Reading, Sent

_TABLE = """
CREATE TEMPORARY TABLE IF NOT EXISTS named (number text, key text) ON COMMIT DROP;
TRUNCATE named;
"""
_RECORDS = """
UPDATE feeds_record held SET withdrawn_at = %(now)s
WHERE feed_id = %(feed)s AND format = %(format)s AND withdrawn_at IS NULL
  AND NOT EXISTS (SELECT FROM named WHERE named.number = held.number AND named.key IS NULL)
RETURNING number
"""
_EVENTS = """
UPDATE feeds_event held SET withdrawn_at = %(now)s
WHERE feed_id = %(feed)s AND format = %(format)s AND withdrawn_at IS NULL
  AND NOT EXISTS (SELECT FROM named WHERE named.number = held.number AND named.key = held.key)
"""


def refuse_to_withdraw_many(load: Load) -> None:
    """`Broken` when a full file names less than half of what the agency has sent before: it may have been cut short."""
    held = Record.objects.filter(feed=load.feed_id, format=load.format, withdrawn_at=None).count()
    if load.total * 2 < held:
        raise Broken(
            f"The full file has {load.total:,} rows, and the agency has sent {held:,} people before. If it is right to "
            "withdraw so many, send it again and say so."
        )


def withdraw_absent(load: Load, reading: Reading, *, now: datetime) -> list[str]:
    """The numbers of the records withdrawn. A row that was refused still names its record, where its number was read.

    The file is read once more, so that a load that was stopped and started again ends as one that was not.
    """
    given = {"feed": load.feed_id, "format": load.format, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(_TABLE)
        with cursor.copy("COPY named FROM STDIN") as copy:
            for row in reading.rows(0):
                copy.write_row((row.number, None))
                for event in row.events if isinstance(row, Sent) else ():
                    copy.write_row((row.number, event.key))
        cursor.execute("ANALYZE named")
        cursor.execute(_RECORDS, given)
        numbers = [number for (number,) in cursor.fetchall()]
        cursor.execute(_EVENTS, given)
    return numbers
