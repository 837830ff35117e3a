"""One command, one table: `python -m bench` measures the pages over a made-up county of 100,000 enquiries.

`python -m bench 1000000` takes another size. Each size has a folder and a PostgreSQL of its own,
`.mash/bench-<size>`, kept for the next run; delete the folder to have it written anew.
"""

import argparse
import os
import subprocess
import sys

from bench.county import county
from openmash.cli.running import django


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench", description="Measure the pages against a floor.")
    asked.add_argument("size", nargs="?", type=int, default=100_000, help="how many enquiries (100,000)")
    asked.add_argument("--rounds", default="60", help="how often each page is asked for (60)")
    said = asked.parse_args()
    with county(said.size) as env:
        subprocess.run(django("collectstatic", "--noinput", "--verbosity=0"), env=env, check=True)
        subprocess.run([sys.executable, "-m", "bench.pages", said.rounds], env={**os.environ, **env}, check=True)


if __name__ == "__main__":
    main()
