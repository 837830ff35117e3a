"""`python -m bench.thirty_days`: thirty days of a hub at 1,500 enquiries a month, on a clock of its own.

`--start 2026-10-20` takes another month: the usual one holds the end of summer time. After every hour each open enquiry
has one desk and one clock, and what is overdue is what `bench.naive_clock` reckons. Prints what happened; fails when
anything differs.
"""

import argparse
import json
import os
import random
import subprocess
import sys
from datetime import UTC, date, datetime, time
from time import perf_counter

import django
import psycopg
from psycopg.conninfo import make_conninfo

from openmash.cli.running import django as command
from openmash.cli.surroundings import DATABASE, home, surroundings


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m bench.thirty_days", description="Days of a hub, hour by hour.")
    asked.add_argument("--days", type=int, default=30)
    asked.add_argument("--a-day", type=int, default=50, help="enquiries a day (50)")
    asked.add_argument("--start", type=date.fromisoformat, default=date(2026, 10, 20))
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))
    said = asked.parse_args()
    print(f"seed {said.seed}", file=sys.stderr)
    with surroundings(home() / "thirty-days") as env:
        anew(env["OPENMASH_OWNER_URL"])
        migrate = command("migrate", "--verbosity=0", "--skip-checks")
        subprocess.run(migrate, env={**env, "OPENMASH_AS": "owner"}, check=True)
        os.environ |= {**env, "DJANGO_SETTINGS_MODULE": "openmash.settings", "OPENMASH_LOG": "ERROR"}
        django.setup()
        from bench.month import Month
        from openmash.county.hub import found_hub

        begun = perf_counter()
        start = datetime.combine(said.start, time(), UTC)
        month = Month(found_hub(), random.Random(said.seed), start, said.days, said.a_day)
        found = month.run(lambda line: print(line, file=sys.stderr, flush=True))
    print(json.dumps(found | {"seconds": round(perf_counter() - begun)}, indent=1))
    return 1 if found["differences"] or found["letters left behind"] or found["requests not sent"] else 0


def anew(owner_url: str) -> None:
    """An empty database in the place of the last run's."""
    with psycopg.connect(make_conninfo(owner_url, dbname="postgres"), autocommit=True) as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)".encode())
        owner.execute(f"CREATE DATABASE {DATABASE}".encode())


if __name__ == "__main__":
    sys.exit(main())
