"""What the database lets each reader do to each row, all four commands, and what the policies say of the same.

An attempt is undone at once. A copy of a row that is there, number and all, is refused as a copy only after the wall
has let it through; so what was refused as a copy was let through.
"""

import copy
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain, zip_longest
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model

from openmash.audit.grants import CLOSED_TO_STRANGERS
from tests.house.walls.rules import Look, Wall
from tests.house.walls.world import Reader, World

TRY = """
CREATE FUNCTION walls_{table}(me bigint) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  it record;
  those bigint[];
  many integer;
BEGIN
  BEGIN RETURN QUERY SELECT 'SELECT ' || {key} FROM {table}; EXCEPTION WHEN insufficient_privilege THEN NULL; END;
  FOR it IN SELECT key, row FROM walls_row WHERE tbl = '{table}' LOOP
    {inserts}
  END LOOP;
  {others}
END $$;
"""
INSERT = """
BEGIN
  INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, {row});
EXCEPTION WHEN insufficient_privilege THEN NULL; WHEN unique_violation THEN RETURN NEXT '{name} ' || it.key; END;
"""
# All rows at once, and one by one when one of them is refused.
OTHER = """
BEGIN
  WITH done AS ({command} RETURNING {key}) SELECT array_agg({key}) INTO those FROM done;
  RAISE SQLSTATE 'WALLS';
EXCEPTION
  WHEN SQLSTATE 'WALLS' THEN RETURN QUERY SELECT '{name} ' || unnest(those);
  WHEN insufficient_privilege OR unique_violation THEN
    IF has_table_privilege('{table}', '{privilege}') THEN
      FOR it IN SELECT key FROM walls_row WHERE tbl = '{table}' LOOP
        BEGIN
          {command} WHERE {key} = it.key;
          IF FOUND THEN RAISE SQLSTATE 'WALLS'; END IF;
        EXCEPTION
          WHEN insufficient_privilege THEN NULL;
          WHEN SQLSTATE 'WALLS' OR unique_violation THEN RETURN NEXT '{name} ' || it.key;
        END;
      END LOOP;
    END IF;
END;
"""

# Nothing is read of the row: what is asked before it is changed is all that stands before it.
UNREAD = """
BEGIN
  {command};
  GET DIAGNOSTICS many = ROW_COUNT;
  RAISE SQLSTATE 'WALLS';
EXCEPTION
  WHEN SQLSTATE 'WALLS' THEN RETURN NEXT '{name} of ' || many;
  WHEN insufficient_privilege THEN NULL;
END;
"""


class Attempts:
    """`differences()`: at which reader and row the database and the policies differ."""

    def __init__(self, world: World, walls: dict[str, Wall]) -> None:
        self.world, self.walls = world, walls
        for rows in dict.fromkeys(wall.rows for wall in walls.values()):
            rows(world)
        Random(2026).shuffle(world.readers)  # so that some of each kind come early
        self._expected: dict[tuple[str, str, str], set[str]] = {}
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE walls_row (tbl text, key bigint, row jsonb)")
            cursor.execute(f"GRANT SELECT ON walls_row TO {settings.APP_ROLE}, {settings.STRANGERS_ROLE}")
            for table, wall in self.walls.items():
                cursor.execute(f"INSERT INTO walls_row SELECT '{table}', {wall.key}, to_jsonb({table}) FROM {table}")
                cursor.execute(_tries(wall, world.there.pk))

    @cached_property
    def rows(self) -> dict[str, list[Model]]:
        return {table: list(wall.model._base_manager.all()) for table, wall in self.walls.items()}

    def readers_of(self, table: str, *, is_whole: bool) -> list[Reader]:
        """Everybody; and, where something is looked at from an enquiry, everybody from each of these.

        Unless it is the whole: then one in three, from each enquiry one in nine, and whoever is alone of their kind.
        """
        places = [None, *(self.world.enquiries[key] for key in self.walls[table].looks_from)]
        at, one_in = list(self.walls).index(table), 3 if len(places) == 1 else 9
        return [
            replace(reader, looks_from=place)
            for number, reader in enumerate(self.world.readers, start=at)
            for turn, place in enumerate(places)
            if is_whole or reader.is_alone or (number + turn) % one_in == 0
        ]

    def differences(self, *tables: str, is_whole: bool) -> Iterator[str]:
        tried = [[(table, reader) for reader in self.readers_of(table, is_whole=is_whole)] for table in tables]
        for table, reader in filter(None, chain.from_iterable(zip_longest(*tried))):
            found, expected = self.allowed(table, reader), self.expected(table, reader)
            place = f" from {reader.looks_from.reference}" if reader.looks_from else ""
            if found != expected:  # whoever found one weakened clause often finds the next
                self.world.readers.sort(key=lambda one, name=reader.name: one.name != name)
            for one in sorted(found ^ expected):
                who = "the database alone" if one in found else "the policy alone"
                yield f"{table}: {reader.name}{place}: {one}: {who}"

    def allowed(self, table: str, reader: Reader) -> set[str]:
        said = reader.settings() | {"role": reader.role}
        with connection.cursor() as cursor:
            setting = ", ".join(["set_config(%s, %s, true)"] * len(said))
            cursor.execute(f"SELECT {setting}", [part for pair in said.items() for part in pair])
            cursor.execute(f"SELECT walls_{table}(%s)", [reader.user.pk if reader.user else None])
            found = {row[0] for row in cursor.fetchall()}
            cursor.execute("SELECT set_config('role', 'none', true)")
        return found

    def expected(self, table: str, reader: Reader) -> set[str]:
        wall, place = self.walls[table], reader.looks_from.reference if reader.looks_from else ""
        if (table, reader.name, place) not in self._expected:
            said = set(_expected(wall, Look(reader, self.world), self.rows[table]))
            self._expected[table, reader.name, place] = said
        return self._expected[table, reader.name, place]


def _expected(wall: Wall, look: Look, rows: list[Model]) -> Iterator[str]:
    if look.is_stranger and wall.table.startswith(tuple(f"{room}_" for room in CLOSED_TO_STRANGERS)):
        return
    privacy = getattr(wall.model, "Privacy", None)
    adds = not getattr(privacy, "written_by_database", False)
    changes = not getattr(privacy, "append_only", False)
    removes = getattr(privacy, "deletable", False)

    def is_open(row: Model) -> bool:
        return all(look.knows(_of(row, column)) for column in wall.about)

    def is_read(row: Model) -> bool:
        return is_open(row) and bool(wall.read(look, row))

    writes = _writes(wall, look.by and look.by.pk, look.world.there.pk)
    for name, values in writes.items() if changes else ():
        found = [_written(row, values) for row in rows if is_open(row) and wall.change(look, row)]
        if all(is_open(row) and wall.becomes(look, row) for row in found):
            yield f"UPDATE unread{name} of {len(found)}"
    if removes:
        yield f"DELETE unread of {sum(is_open(row) and bool(wall.remove(look, row)) for row in rows)}"
    for row in rows:
        number = _of(row, wall.key)
        versions = {"": row} | {name: _written(row, values) for name, values in writes.items()}
        if is_read(row):
            yield f"SELECT {number}"
            if removes and wall.remove(look, row):
                yield f"DELETE {number}"
        for name, new in versions.items():
            if adds and is_open(new) and wall.add(look, new):
                yield f"INSERT{name} {number}"
            if changes and is_read(row) and wall.change(look, row) and is_read(new) and wall.becomes(look, new):
                yield f"UPDATE{name} {number}"


def _writes(wall: Wall, me: Any, there: Any) -> dict[str, dict[str, Any]]:
    """What is written into a row beside trying it as it lies, by its name: whose it is, where it is, and both."""
    signs = [{column: me} for column in wall.signed_in if me]
    moves = [{column: there} for column in wall.moves_in]
    both = [one | other for one in signs for other in moves]
    return {f" {' and '.join(one)}": one for one in (*signs, *moves, *both)}


def _written(row: Model, values: dict[str, int]) -> Model:
    copied = copy.copy(row)
    for column, value in values.items():
        setattr(copied, column, value)
    return copied


def _of(row: Model, path: str) -> int | None:
    for part in path.split("."):
        row = getattr(row, part)
    return row


def _tries(wall: Wall, there: int) -> str:
    """The function that tries it all. `me` is the reader's number."""
    names = {"table": wall.table, "key": wall.key}
    inserts = INSERT.format(name="INSERT", row="it.row", **names)
    command = f"UPDATE {wall.table} SET {wall.key} = {wall.key}"
    others = OTHER.format(name="UPDATE", command=command, privilege="UPDATE", **names)
    for name, values in _writes(wall, "me", str(there)).items():
        pairs = ", ".join(f"'{column}', {value}" for column, value in values.items())
        sets = ", ".join(f"{column} = {value}" for column, value in values.items())
        command = f"UPDATE {wall.table} SET {sets}"
        other = OTHER.format(name=f"UPDATE{name}", command=command, privilege="UPDATE", **names)
        other += UNREAD.format(name=f"UPDATE unread{name}", command=command)
        if_known = ("IF me IS NOT NULL THEN", "END IF;") if "me" in values.values() else ("", "")
        inserts += INSERT.format(name=f"INSERT{name}", row=f"it.row || jsonb_build_object({pairs})", **names).join(
            if_known
        )
        others += other.join(if_known)
    command = f"DELETE FROM {wall.table}"
    others += OTHER.format(name="DELETE", command=command, privilege="DELETE", **names)
    others += UNREAD.format(name="DELETE unread", command=command)
    return TRY.format(inserts=inserts, others=others, **names)
