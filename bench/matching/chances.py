"""How often each comparison comes out so: `python -m bench.matching.chances [--seed 77] [--blocks 8]`.

The populations are of the measuring's own making, so that whose each record is can be known: two records of one person, an
enquiry and all records of the person asked about, twins, others of one household, strangers. Printed beside what
`openmash/people/matching/model.json` says. Use other seeds than those that `bench.matching` measures with.
"""

import argparse
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmash.settings")
django.setup()

from bench.matching.hub import given
from bench.matching.people import COLUMNS, enquiries, write_block
from openmash.people.matching.compare import levels
from openmash.people.matching.described import Described, described, together
from openmash.people.matching.score import MODEL

ANSWERS = ("same", "twin", "family", "stranger")
PARTS = ("given", "surname", "born", "sex", "home", "telephone", "email", "number")
STRANGERS = 200_000
Pair = tuple[str, Described, Described]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=77)
    asked.add_argument("--blocks", type=int, default=8)
    asked.add_argument("--enquiries", type=int, default=12_000)
    said = asked.parse_args()
    for what, pairs in (("record and record", _records(said)), ("enquiry and person", _enquiries(said))):
        _tell(what, pairs)


def _tell(what: str, pairs: Iterator[Pair]) -> None:
    counts: dict[str, dict[str, Counter[str]]] = {answer: {part: Counter() for part in PARTS} for answer in ANSWERS}
    for answer, one, other in pairs:
        compared = levels(one, other)[0]
        for part in PARTS:
            if level := getattr(compared, part):
                counts[answer][part][level] += 1
    print(f"\n{what}: counted (in the model)")
    for part in PARTS:
        for level, chances in MODEL[part].items():
            told = (
                f"{answer} {counts[answer][part][level] / max(counts[answer][part].total(), 1):.5f}"
                f" ({chances.get(answer, 'by name')})"
                for answer in ANSWERS
            )
            print(f"  {part:<10}{level:<10}" + "  ".join(told))


def _people(said: argparse.Namespace) -> tuple[dict[int, list[Described]], dict[int, set[int]], dict[int, int]]:
    """The records of each person, the people of each household, and who is whose twin."""
    records: dict[int, list[Described]] = defaultdict(list)
    households: dict[int, set[int]] = defaultdict(set)
    twins: dict[int, int] = {}
    for number in range(said.blocks):
        for rows in write_block(said.seed, number).values():
            for row in rows:
                told = dict(zip(COLUMNS, map(str, row), strict=True))
                person = int(told["person"])
                records[person].append(described(given(told)))
                households[int(told["household"])].add(person)
                twins[person] = int(told["twin"])
    return records, households, twins


def _records(said: argparse.Namespace) -> Iterator[Pair]:
    records, households, twins = _people(said)
    draw, everybody = Random(said.seed), list(records)
    for theirs in records.values():
        yield from (("same", one, other) for one, other in combinations(theirs, 2))
    for people in households.values():
        for one, other in combinations(sorted(people), 2):
            answer = "twin" if twins[one] == other else "family"
            yield answer, draw.choice(records[one]), draw.choice(records[other])
    for _ in range(STRANGERS):
        one, other = draw.sample(everybody, 2)
        yield "stranger", draw.choice(records[one]), draw.choice(records[other])


def _enquiries(said: argparse.Namespace) -> Iterator[Pair]:
    records, households, twins = _people(said)
    draw = Random(said.seed)
    whole = {person: together(theirs) for person, theirs in records.items()}
    everybody = list(whole)
    for one in enquiries(said.enquiries, said.blocks, said.seed):
        asked, near = described(given(one.row)), households.get(one.household, set())
        if one.person in whole:
            yield "same", asked, whole[one.person]
        for other in near - {one.person}:
            yield "twin" if twins[other] == one.person else "family", asked, whole[other]
        for other in draw.sample(everybody, 20):
            if other not in near | {one.person}:
                yield "stranger", asked, whole[other]


if __name__ == "__main__":
    main()
