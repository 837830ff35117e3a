"""What six agencies have written of a made-up population, with the errors that they make, and enquiries about it.

`python -m bench.matching.people FOLDER --size 1000000` writes one CSV file an agency, as fast as the cores allow. Each
row says also whose it truly is (`person`, `household`, `group`, `twin`), which no part of the product reads.
"""

import argparse
import csv
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import count
from os import cpu_count
from pathlib import Path
from random import Random

from bench.matching.families import HOUSEHOLDS_A_BLOCK, Soul, block
from bench.matching.names import GROUPS
from bench.matching.telling import Habits, told

SEED = 2026
RECORDS_A_BLOCK = 12_750  # about
COLUMNS = (
    "number given family other_names sex born estimated address postcode telephone email nhs upn pnc"
    " person household group child twin"
).split()
AGENCIES: dict[str, Habits] = {
    "police": Habits(0.75, 0.45, 0.45, 0.03, 0.05, 0.1, 0.3, 0.5, 0.05, pnc=0.9, typo=0.05, spelt=1.6, short=0.08, twice=0.12, swapped=0.015),
    "health": Habits(0.9, 0.96, 1.0, 0.002, 0.01, 0.02, 0.12, 0.7, 0.25, nhs=0.97, typo=0.01, spelt=0.6, short=0.02, second=0.45, twice=0.01),
    "education": Habits(0.0, 0.8, 1.0, 0.003, 0.015, 0.05, 0.18, 0.6, 0.1, nhs=0.03, upn=0.96, typo=0.015, spelt=0.8, short=0.06, past_name=0.4),
    "childrens-social-care": Habits(0.9, 0.97, 0.22, 0.05, 0.03, 0.06, 0.2, 0.6, 0.2, nhs=0.4, upn=0.45, typo=0.03, spelt=1.2, second=0.2, no_given=0.005, twice=0.06),
    "housing": Habits(0.85, 0.5, 0.3, 0.14, 0.05, 0.01, 0.08, 0.75, 0.4, typo=0.04, spelt=1.3, short=0.1, second=0.1, swapped=0.02),
    "adult-mental-health": Habits(0.5, 0.0, 0.2, 0.02, 0.03, 0.08, 0.25, 0.6, 0.2, nhs=0.6, typo=0.03, spelt=1.2, short=0.07),
}  # fmt: skip
ASKING = Habits(
    1,
    1,
    1,
    0.14,
    0.07,
    0.2,
    0.15,
    0.45,
    0.1,
    nhs=0.06,
    upn=0.05,
    pnc=0.05,
    typo=0.06,
    spelt=1.8,
    short=0.1,
    second=0.15,
    swapped=0.015,
    no_given=0.02,
)


def size_of(records: int) -> int:
    """How many blocks make so many records."""
    return max(1, round(records / RECORDS_A_BLOCK))


def known(seed: int, number: int) -> Iterator[tuple[str, Soul]]:
    """By agency: the people of a block of whom it has a record, once for each record."""
    draw = Random(f"{seed} known {number}")
    for household in block(seed, number):
        for key, habits in AGENCIES.items():
            if draw.random() < habits.families:
                for one in household:
                    if draw.random() < (habits.children if one.is_child else habits.adults):
                        yield key, one
                        if draw.random() < habits.twice:
                            yield key, one


def write_block(seed: int, number: int) -> dict[str, list[tuple[object, ...]]]:
    """Each agency's rows of one block."""
    rows: dict[str, list[tuple[object, ...]]] = {key: [] for key in AGENCIES}
    draw, numbers = Random(f"{seed} told {number}"), count(number * 1_000_000 + 1)
    for key, one in known(seed, number):
        rows[key].append((next(numbers), *told(draw, one, AGENCIES[key]), *truth(one)))
    return rows


def truth(one: Soul) -> tuple[object, ...]:
    return one.number, one.household, one.group, int(one.is_child), one.twin


@dataclass(frozen=True, eq=False)
class Enquiry:
    """Somebody asked about. `is_known` is whether any agency has a record of them."""

    row: dict[str, str]
    person: int
    household: int
    group: str
    is_known: bool


def enquiries(wanted: int, blocks: int, seed: int = SEED) -> list[Enquiry]:
    """As many of each name group: two in three about people whom an agency knows, one in six about people of known
    households whom no agency knows, one in six about strangers who live at homes of the county."""
    draw, found = Random(f"{seed} enquiries"), []
    quota = {
        (key, kind): wanted * part // 6 // len(GROUPS)
        for key in GROUPS
        for kind, part in (("known", 4), ("unknown", 1), ("stranger", 1))
    }
    places = [*draw.sample(range(blocks), min(blocks, 12)), *range(blocks, blocks + 400)]
    for number in places:
        if not any(many for (_, kind), many in quota.items() if kind == "stranger" or number < blocks):
            break
        seen = {one.number for _, one in known(seed, number)} if number < blocks else set()
        people = [one for household in block(seed, number) for one in household]
        draw.shuffle(people)
        share = 1 if number >= blocks else max(1, -(-wanted // 6 // len(GROUPS) // min(blocks, 12)))
        taken: dict[tuple[str, str], int] = {}
        for one in people:
            kind = "stranger" if number >= blocks else "known" if one.number in seen else "unknown"
            key = (one.group, kind)
            most = quota[key] if number >= blocks else min(quota[key], share * 4)
            if taken.get(key, 0) < most:
                taken[key] = taken.get(key, 0) + 1
                if kind == "stranger":
                    one.home %= blocks * HOUSEHOLDS_A_BLOCK
                row = dict(zip(COLUMNS, map(str, (0, *told(draw, one, ASKING), *truth(one))), strict=True))
                found.append(Enquiry(row, one.number, one.household, one.group, kind == "known"))
        for key, many in taken.items():
            quota[key] -= many
    draw.shuffle(found)
    return found


def common_names(wanted: int, seed: int = SEED) -> list[tuple[str, str]]:
    """The names that most people share, such as Mohammed Khan, each group's commonest ten of each."""
    draw, group = Random(f"{seed} common"), list(GROUPS.values())
    return [
        (draw.choice(one.men.words[:6] + one.women.words[:6] + one.second_men[:1]), draw.choice(one.surnames.words[:6]))
        for one in (draw.choice(group) for _ in range(wanted))
    ]


def write(folder: Path, records: int, seed: int = SEED) -> int:
    """Write the files unless they are there; returns how many records."""
    done = folder / f"whole-{seed}-{records}"
    if done.exists():
        return int(done.read_text())
    folder.mkdir(parents=True, exist_ok=True)
    files = {key: (folder / f"{key}.csv").open("w", newline="") for key in AGENCIES}
    out = {key: csv.writer(file) for key, file in files.items()}
    written = 0
    for each in out.values():
        each.writerow(COLUMNS)
    blocks = size_of(records)
    with ProcessPoolExecutor(cpu_count()) as pool:
        for rows in pool.map(write_block, [seed] * blocks, range(blocks)):
            for key, each in rows.items():
                out[key].writerows(each)
                written += len(each)
    for file in files.values():
        file.close()
    done.write_text(str(written))
    return written


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--size", type=int, default=1_000_000)
    asked.add_argument("--seed", type=int, default=SEED)
    said = asked.parse_args()
    print(f"{write(said.folder, said.size, said.seed):,} records in {said.folder}")


if __name__ == "__main__":
    main()
