"""The county to measure on: written once for each size, and kept in a PostgreSQL of its own, `.mash/bench-<size>`."""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from openmash.cli.running import django
from openmash.cli.surroundings import home, surroundings


@contextmanager
def county(size: int) -> Iterator[dict[str, str]]:
    """The surroundings of a county of so many enquiries, which is written first where it is not there yet."""
    with surroundings(home() / f"bench-{size}") as env:
        if not is_built(env["OPENMASH_OWNER_URL"]):
            subprocess.run(django("migrate", "--verbosity", "0"), env={**env, "OPENMASH_AS": "owner"}, check=True)
            subprocess.run([sys.executable, "-m", "bench.big_county", str(size)], env=env, check=True)
        yield env


def is_built(url: str) -> bool:
    """Whether this database holds the whole county."""
    with psycopg.connect(url) as owner:
        [there] = owner.execute("SELECT to_regclass('bench_built')").fetchone() or [None]
        return there is not None


def counted(url: str, **tables: str) -> str:
    """How much of each there is: `counted(url, enquiries="enquiries_enquiry")` is "20,000 enquiries"."""
    with psycopg.connect(url) as owner:
        rows = {name: owner.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for name, table in tables.items()}
    return ", ".join(f"{count:,} {name}" for name, count in rows.items())


def machine() -> str:
    cores = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    return f"{cores} · load {os.getloadavg()[0]:.1f}"
