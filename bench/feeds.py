"""How fast a feed is loaded: `python -m bench.feeds [rows]` on an empty database, through the product's own loader."""

import csv
import os
import sys
import time
from pathlib import Path
from random import Random
from tempfile import NamedTemporaryFile

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmash.settings")


def write(path: Path, rows: int, seed: int = 2026) -> None:
    """A file of made-up people: most columns filled, one in a hundred with something wrong."""
    from openmash.county.names import GROUPS, STREETS, nhs_number

    draw = Random(seed)
    groups = list(GROUPS.values())
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow("number given family sex born_on address postcode telephone nhs open team since".split())
        for number in range(rows):
            group = draw.choice(groups)
            sex = draw.choice("FM")
            wrong = draw.random() < 0.01
            born = f"{draw.randrange(1940, 2026)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
            out.writerow(
                [
                    f"R{number:07}",
                    draw.choice(group.women if sex == "F" else group.men),
                    draw.choice(group.surnames),
                    sex,
                    "31/02/2010" if wrong else born,
                    f"{draw.randrange(1, 200)} {draw.choice(STREETS)}",
                    f"WX{draw.randrange(1, 6)} {draw.randrange(1, 10)}{draw.choice('ABDEFGHJ')}{draw.choice('ABDEFGHJ')}",
                    f"07700 900{draw.randrange(1000):03}" if draw.random() < 0.5 else "",
                    nhs_number(draw) if draw.random() < 0.7 else "",
                    draw.choice(("yes", "no")),
                    draw.choice(("North", "South", "Docks")),
                    "2024-01-01",
                ]
            )


def main(rows: int) -> None:
    from openmash.agencies.models import Agency, Area
    from openmash.audit.actors import SETTING_UP
    from openmash.feeds.actions import agree
    from openmash.feeds.folder import keep
    from openmash.feeds.loading import offer, read
    from openmash.feeds.policies import LOADER

    agency, area = Agency.objects.get(key="adult-mental-health"), Area.objects.get(key="harrowmouth")
    feed = agree(agency, by=SETTING_UP, area=area, sends_events=False)
    with NamedTemporaryFile(suffix=".csv") as file:
        write(Path(file.name), rows)
        for what in ("everybody new", "everybody the same"):
            with Path(file.name).open("a") as more:
                more.write("\r\n")  # another file with the same people
            with Path(file.name).open("rb") as sent:
                load = offer(feed, keep(sent, "bench.csv"), by=LOADER, is_full=True)
            began = time.perf_counter()
            load = read(load)
            took = time.perf_counter() - began
            print(f"{what}: {load.read:,} rows in {took:.1f} s, {load.read / took:,.0f} rows a second, {load.state}")


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
