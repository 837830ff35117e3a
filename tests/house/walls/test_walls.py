"""The policies and the database say the same: of every walled table, reader and row, in all four commands.

Another table behind a wall is one more `Wall` in `walls.py`, or one more name in `kept.py`. In every run some readers
try each wall; with `./mash test tests/house/walls --whole-walls` everybody does.
"""

import pytest
from django.db import connection

from tests.house.walls.walls import WALLS

pytestmark = [pytest.mark.database, pytest.mark.slow]
NOT_COMPARED: dict[str, str] = {}  # the table, and why nobody has to compare its wall


@pytest.mark.parametrize("table", WALLS)
def test_policy_and_database_say_the_same(attempts, table, is_whole):
    assert list(attempts.differences(table, is_whole=is_whole))[:30] == []


def test_every_wall_is_compared(attempts):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid"
            " WHERE relrowsecurity AND polname <> 'who_asks_is_signed'"
        )
        walled = {row[0] for row in cursor.fetchall()}
    assert walled == set(WALLS) | set(NOT_COMPARED)


def test_what_is_denied_is_denied_in_every_command(attempts):
    """PostgreSQL asks a policy for SELECT of an UPDATE or a DELETE only where it reads the row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT polname FROM pg_policy WHERE NOT polpermissive AND polcmd <> '*'")
        assert cursor.fetchall() == []


def test_each_table_is_shown_to_some_and_not_to_others(attempts, is_whole):
    """A comparison of nothing with nothing would say nothing."""
    for table in WALLS:
        readers = attempts.readers_of(table, is_whole=is_whole)
        seen = [sum(one.startswith("SELECT") for one in attempts.expected(table, reader)) for reader in readers]
        assert len(readers) > 60 and min(seen) < max(seen) and len(attempts.rows[table]) > 1, table
