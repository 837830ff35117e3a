"""What a full file no longer names is no longer the agency's: it is withdrawn."""

from datetime import datetime

from django.db import connection

from openmash.feeds.models import Load
from openmash.feeds.shelf import Reading, Sent

_TABLES = """
CREATE TEMPORARY TABLE IF NOT EXISTS named_record (number text) ON COMMIT DROP;
CREATE TEMPORARY TABLE IF NOT EXISTS named_event (number text, key text) ON COMMIT DROP;
TRUNCATE named_record, named_event;
"""
_RECORDS = """
UPDATE feeds_record held SET withdrawn_at = %(now)s
WHERE feed_id = %(feed)s AND format = %(format)s AND withdrawn_at IS NULL
  AND NOT EXISTS (SELECT FROM named_record named WHERE named.number = held.number)
RETURNING number
"""
_EVENTS = """
UPDATE feeds_event held SET withdrawn_at = %(now)s
WHERE feed_id = %(feed)s AND format = %(format)s AND withdrawn_at IS NULL
  AND NOT EXISTS (SELECT FROM named_event named WHERE named.number = held.number AND named.key = held.key)
"""


def withdraw_absent(load: Load, reading: Reading, *, now: datetime) -> list[str]:
    """The numbers of the records withdrawn. A row that was refused still names its record, where its number was read.

    The file is read once more, so that a load that was stopped and started again ends as one that was not.
    """
    given = {"feed": load.feed_id, "format": load.format, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        with cursor.copy("COPY named_record FROM STDIN") as copy:
            for row in reading.rows(0):
                if row.number:
                    copy.write_row((row.number,))
        with cursor.copy("COPY named_event FROM STDIN") as copy:
            for row in reading.rows(0):
                for event in row.events if isinstance(row, Sent) else ():
                    copy.write_row((row.number, event.key))
        cursor.execute("ANALYZE named_record")
        cursor.execute("ANALYZE named_event")
        cursor.execute(_RECORDS, given)
        numbers = [number for (number,) in cursor.fetchall()]
        cursor.execute(_EVENTS, given)
    return numbers
