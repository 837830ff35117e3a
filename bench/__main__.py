"""One command, one table: `python -m bench` measures the pages over a made-up county of 100,000 enquiries.

`python -m bench 1000000` takes another size. Each size has a folder and a PostgreSQL of its own,
`.mash/bench-<size>`, kept for the next run; delete the folder to have it written anew.
"""

import argparse
import os
import subprocess
import sys

import psycopg

from openmash.cli.running import django
from openmash.cli.surroundings import home, surroundings


def is_built(url: str) -> bool:
    """Whether this database holds the whole county."""
    with psycopg.connect(url) as owner:
        [there] = owner.execute("SELECT to_regclass('bench_built')").fetchone() or [None]
        return there is not None


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench", description="Measure the pages against a floor.")
    asked.add_argument("size", nargs="?", type=int, default=100_000, help="how many enquiries (100,000)")
    asked.add_argument("--rounds", default="60", help="how often each page is asked for (60)")
    said = asked.parse_args()
    with surroundings(home() / f"bench-{said.size}") as env:
        python = [sys.executable, "-m"]
        if not is_built(env["OPENMASH_OWNER_URL"]):
            subprocess.run(django("migrate", "--verbosity", "0"), env={**env, "OPENMASH_AS": "owner"}, check=True)
            subprocess.run([*python, "bench.big_county", str(said.size)], env=env, check=True)
        subprocess.run(django("collectstatic", "--noinput", "--verbosity=0"), env=env, check=True)
        subprocess.run([*python, "bench.pages", said.rounds], env={**os.environ, **env}, check=True)


if __name__ == "__main__":
    main()
