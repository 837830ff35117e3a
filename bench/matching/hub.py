"""A hub of its own for measuring: an embedded PostgreSQL that keeps what it writes, the county's staff, six feeds.

The files of `people.write` are loaded through the product's own `index.put`, read, made comparable and indexed.
"""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

import django
import psycopg
from psycopg import sql

from bench.matching.people import AGENCIES
from openmash.embedded import attach
from openmash.embedded.cluster import OWNER
from openmash.people.given import GivenPerson

ASKER = "joanna.vale@wendmark.example"


@contextmanager
def founded(home: Path, name: str) -> Iterator[str]:
    """A fresh hub in a database of this name; gives the owner's address of it. Django is set up on it."""
    with attach(home) as server:
        owner_url = server.url(OWNER, name)
        with server.as_owner() as owner:
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.ensure(name)
        os.environ |= {
            "OPENMASH_OWNER_URL": owner_url,
            "DATABASE_URL": server.url(database=name),
            "DJANGO_SETTINGS_MODULE": "openmash.settings",
            "OPENMASH_SECRET_KEY": "only-for-this",  # by it the database knows that the application asks
        }
        django.setup()
        _found(owner_url)
        yield owner_url


def _found(owner_url: str) -> None:
    env = {**os.environ, "OPENMASH_AS": "owner"}
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=env, check=True)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("ALTER SYSTEM SET max_wal_size = '4GB'")
        owner.execute("SELECT pg_reload_conf()")
    from openmash.county.hub import found_hub

    found_hub()


def given(row: Mapping[str, str]) -> GivenPerson:
    """A row of a file, or of an enquiry, as the product's forms and feeds give a person."""
    numbers = ((kind, row[kind]) for kind in ("nhs", "upn", "pnc"))
    return GivenPerson(
        given=row["given"],
        family=row["family"],
        other_names=row["other_names"],
        sex=row["sex"],
        born_on=date.fromisoformat(row["born"]) if row["born"] else None,
        is_birth_date_estimated=row["estimated"] == "1",
        address_lines=row["address"],
        postcode=row["postcode"],
        telephone=row["telephone"],
        email=row["email"],
        identifiers=tuple(pair for pair in numbers if pair[1]),
    )


@dataclass(frozen=True)
class Loaded:
    records: int
    seconds: float


def load(folder: Path, *, is_delta: bool = False) -> Loaded:
    """Every agency's file into the index, with a worker a core. A delta is each hundredth row, moved to another home."""
    from openmash.agencies.models import Agency
    from openmash.people.matching import index

    agencies = dict(Agency.objects.values_list("key", "pk"))
    written, began = 0, perf_counter()
    with index.processes(os.cpu_count() or 1) as pool:
        for key in AGENCIES:
            with (folder / f"{key}.csv").open(newline="") as file:
                written += index.put(agencies[key], _rows(csv.DictReader(file), is_delta=is_delta), pool=pool)
    return Loaded(written, perf_counter() - began)


def _rows(rows: Iterator[dict[str, str]], *, is_delta: bool) -> Iterator[object]:
    from openmash.people.matching.index import IndexRow

    for row in rows:
        if not is_delta:
            yield IndexRow(int(row["number"]), given(row))
        elif int(row["number"]) % 100 == 0:
            yield IndexRow(int(row["number"]), given(row | {"address": f"{row['number']} New Road", "postcode": ""}))


@dataclass(frozen=True, slots=True)
class Whose:
    person: int
    household: int
    twin: int
    is_child: bool


def truth(folder: Path) -> dict[int, Whose]:
    """By record: whose it is."""
    found: dict[int, Whose] = {}
    kept: dict[int, Whose] = {}
    for key in AGENCIES:
        with (folder / f"{key}.csv").open(newline="") as file:
            for row in csv.DictReader(file):
                person = int(row["person"])
                if person not in kept:
                    kept[person] = Whose(person, int(row["household"]), int(row["twin"]), row["child"] == "1")
                found[int(row["number"])] = kept[person]
    return found


def vacuum(owner_url: str) -> None:
    """What the database does by itself in its own time, done now."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")
