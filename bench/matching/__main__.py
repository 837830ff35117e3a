"""How well and how fast people are found, in one table: `python -m bench.matching [--size 1000000] [--quick]`.

It makes its own data and its own database in `--home`, and needs nothing else that runs.
"""

import argparse
from pathlib import Path

from bench.matching import baseline, hub
from bench.matching.people import SEED, enquiries, size_of, write

HOME = Path(__file__).parents[2] / ".mash" / "bench-matching"
ENOUGH_A_SECOND = 20_000


def main() -> None:
    said = _asked()
    size = 50_000 if said.quick else said.size
    folder = said.home / f"{size}-{said.seed}"
    records = write(folder, size, said.seed)
    asked = enquiries(840 if said.quick else said.enquiries, size_of(size), said.seed)
    whose = hub.truth(folder)
    with hub.founded(said.home / "database", f"matching_{size}") as owner_url:
        _measure(said, folder, records, asked, whose, owner_url)


def _measure(said: argparse.Namespace, folder: Path, records: int, asked: list, whose: dict, owner_url: str) -> None:
    from bench.matching import febrl, linking, searching
    from bench.matching.table import Table

    table = Table()
    loaded = hub.load(folder)
    rate = loaded.records / loaded.seconds
    table.tell(
        "feed: parsed, made comparable, indexed",
        f"{rate:,.0f} rows a second",
        f">= {ENOUGH_A_SECOND:,}",
        is_met=rate >= ENOUGH_A_SECOND,
    )
    hub.vacuum(owner_url)
    has_splink = baseline.is_there() and not said.no_splink
    if not has_splink:
        table.tell("Splink", baseline.MISSING if not baseline.is_there() else "left out")
    told = linking.splink(table, folder, whose) if has_splink else None
    took = None if said.no_linking else linking.ours(table, owner_url, whose, told)
    if took is None:
        table.tell("ours: bulk link", "left out")
        linking.count_names()
    hub.vacuum(owner_url)
    search = baseline.Search(folder) if has_splink else None
    found = searching.measure(table, asked, whose, owner_url, search, 20 if said.quick else 60)
    searching.worst_names(table, found, 200)
    searching.tell_growth(table, found, said.home, 50_000 if said.quick else said.size, said.seed)
    if took is not None:
        linking.delta(table, folder, owner_url, took)  # last: it moves people away from where they are asked about
    febrl.measure(table)
    people = len({one.person for one in whose.values()})
    table.show(
        f"{records:,} records of {people:,} people at six agencies, seed {said.seed}; {len(asked):,} enquiries, a third about people in no index"
    )


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    asked.add_argument("--size", type=int, default=1_000_000, help="records, about")
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--enquiries", type=int, default=2_100)
    asked.add_argument("--quick", action="store_true", help="50,000 records and 840 enquiries")
    asked.add_argument("--no-splink", action="store_true")
    asked.add_argument("--no-linking", action="store_true", help="count names, as linking does first, and link nothing")
    asked.add_argument("--home", type=Path, default=HOME)
    return asked.parse_args()


if __name__ == "__main__":
    main()
