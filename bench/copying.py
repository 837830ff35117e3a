"""Rows written straight into the tables, and the whole of them written again to make a county larger."""

from collections.abc import Iterator
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

import psycopg

ITEMS = 10
NOW = datetime.now(UTC)
Tables = tuple[tuple[str, str, int], ...]
_SHIFTS = {"enquiry_id": 1, "person_id": 3, "address_id": 1, "item_id": ITEMS}
_OTHER_THAN_BEFORE = {
    "lead_id": "NULL",
    "reference": "'W' || chr(64 + {copy}) || substr(reference, 3)",
    "received_key": "received_key || '-{copy}'",
    "received_at": "received_at - interval '{copy} years'",
    "status": "'closed'",
    "desk": "''",
    "clock": "''",
    "due_at": "NULL",
    "answer": "md5(answer::text || '{copy}')::uuid",
}


def columns_of(cursor: psycopg.Cursor, table: str) -> dict[str, Any]:
    """A plain value for each column of a table that must not be empty and has no default."""
    cursor.execute(
        "SELECT column_name, data_type, is_nullable, column_default, is_identity FROM information_schema.columns"
        " WHERE table_name = %s ORDER BY ordinal_position",
        [table],
    )
    plain = {"text": "", "character varying": "", "boolean": False, "ARRAY": [], "integer": 1, "smallint": 1}
    plain |= {"timestamp with time zone": NOW, "jsonb": "{}", "uuid": None, "bigint": None}
    return {
        name: None if nullable == "YES" else plain.get(kind)
        for name, kind, nullable, default, identity in cursor.fetchall()
    }


def copy(cursor: psycopg.Cursor, table: str, rows: Iterator[dict[str, Any]]) -> int:
    plain = columns_of(cursor, table)
    names = list(plain)
    listed = ", ".join(f'"{name}"' for name in names)
    with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as into:
        for row in rows:
            into.write_row([{**plain, **row}[name] for name in names])
    return cursor.rowcount


def copy_again(cursor: psycopg.Cursor, table: str, each: int, drawn: int, number: int) -> None:
    """The drawn rows of a table once more, about other enquiries and other people."""
    columns = list(columns_of(cursor, table))
    shifts = _SHIFTS | {"id": each}
    said = ", ".join(
        f'"{name}" + {shifts[name] * drawn * number}'
        if name in shifts
        else _OTHER_THAN_BEFORE.get(name, f'"{name}"').format(copy=number)
        for name in columns
    )
    listed = ", ".join(f'"{name}"' for name in columns)
    cursor.execute(f"INSERT INTO {table} ({listed}) SELECT {said} FROM {table} WHERE id <= {each * drawn}")


def multiply(cursor: psycopg.Cursor, tables: Tables, drawn: int, times: int) -> None:
    """Make the county `times` as large. The index of people's keys is made again at the end: that is much faster."""
    [(keys,)] = cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'people_by_key'").fetchall()
    cursor.execute("DROP INDEX people_by_key")
    for table, _, each in tables:
        begun = perf_counter()
        for number in range(1, times if each else 1):
            copy_again(cursor, table, each, drawn, number)
        print(f"{table:24} {times} times in {perf_counter() - begun:6.1f} s", flush=True)
    cursor.execute(keys)
