"""A whole copy of the test database, in which a test commits, and a superuser who is held back by nothing."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from conftest import founded_database
from openmash.settings import OWNER_URL

ALIASES = ("default", "ledger")


@pytest.fixture(scope="module")
def copied(django_db_setup: None, django_db_blocker: pytest.FixtureRequest, worker_id: str) -> Iterator[str]:
    """The owner's address of the copy; meanwhile the application's connections of other threads lead there too."""
    original = connections["default"].settings_dict["NAME"]
    name = f"ledger_{settings.DATABASES['default']['NAME']}_{os.environ.get('TEST_DB_SUFFIX', worker_id)}"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    make = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(founded_database()))
    with django_db_blocker.unblock():
        connections["default"].close()
        with psycopg.connect(OWNER_URL, autocommit=True) as owner:
            owner.execute(drop)
            owner.execute(make)
        for alias in ALIASES:
            connections.settings[alias]["NAME"] = name
        yield make_conninfo(OWNER_URL, dbname=name)
        connections["default"].close()
        for alias in ALIASES:
            connections.settings[alias]["NAME"] = original
        with psycopg.connect(OWNER_URL, autocommit=True) as owner:
            owner.execute(drop)


@pytest.fixture
def superuser(copied: str) -> Iterator[psycopg.Connection]:
    """A superuser of the database in one transaction, which is rolled back in the end."""
    with psycopg.connect(copied) as connection:
        yield connection
        connection.rollback()
