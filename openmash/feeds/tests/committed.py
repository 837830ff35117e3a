"""Rows that are truly committed, in a copy of the test database that is dropped afterwards: an owner can reach them."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from openmash.settings import OWNER_URL


@contextmanager
def copied_database(blocker) -> Iterator[str]:
    """Within it the tests' connections point at the copy; it gives the owner's address of it."""
    name = connections["default"].settings_dict["NAME"]
    copy = f"{name}_copy"

    def owner(*statements: str) -> None:
        with psycopg.connect(OWNER_URL, autocommit=True) as connection:
            for statement in statements:
                connection.execute(
                    sql.SQL(statement).format(copy=sql.Identifier(copy), name=sql.Identifier(name), of=name)
                )

    with blocker.unblock():
        connections["default"].close()
        owner(
            "DROP DATABASE IF EXISTS {copy} WITH (FORCE)",
            # PostgreSQL copies only a database that nobody has open, and an earlier test's thread may still.
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {of}",
            "CREATE DATABASE {copy} TEMPLATE {name}",
        )
        _point_at(copy)
        try:
            yield make_conninfo(OWNER_URL, dbname=copy)
        finally:
            _point_at(name)
            owner("DROP DATABASE {copy} WITH (FORCE)")


def _point_at(name: str) -> None:
    connections["default"].close()
    for alias in ("default", "ledger"):
        connections.settings[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name
