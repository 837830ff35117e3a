"""Where everybody stands: rows one under another, nobody nearer than allowed, parents over the middle of their children."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from openmash.design.pictures.genogram.facts import Facts
from openmash.design.pictures.genogram.generations import Generations
from openmash.design.pictures.genogram.symbols import CELL, HALF, caption
from openmash.design.pictures.genogram.units import is_way, way, ways

BESIDE, PARTNERS, WAY, WALL = 14, 42, 16, 15
HEAD, LABEL, TRACK = 20, 22, 11
SWEEPS = 12
Bond = tuple[tuple[str, ...], tuple[str, ...], float]


@dataclass(frozen=True)
class Row:
    """A row of people: its keys in order, its top edge, the middle of its symbols and its foot."""

    keys: tuple[str, ...]
    top: float
    axis: float
    foot: float


@dataclass(frozen=True)
class Layout:
    """Where everything is: the middle of every symbol and way by key, and the rows."""

    x: Mapping[str, float]
    rows: tuple[Row, ...]
    width: float
    height: float

    def at(self, key: str, row: int) -> tuple[float, float]:
        """The middle of a symbol."""
        return self.x[key], self.rows[row].axis


def place(facts: Facts, kin: Generations, keys: Sequence[Sequence[str]], arcs: Mapping[int, int]) -> Layout:
    """Places for the ordered keys; `arcs` says how many lines pass over the heads of each row."""
    x = _across(facts, kin, keys)
    left = min((x[key] - _half(key) for row in keys for key in row), default=0) - WALL
    x = {key: here - left for key, here in x.items()}
    rows: list[Row] = []
    y = 0.0
    for number, row in enumerate(keys):
        axis = y + HEAD + 16 * arcs.get(number, 0) + HALF
        foot = max((caption(facts.people[key]).foot for key in row if not is_way(key)), default=HALF)
        housed = any(not is_way(key) and facts.people[key].household for key in row)
        rows.append(Row(tuple(row), y, axis, axis + foot + (LABEL if housed else 0)))
        y = rows[-1].foot + 26 + TRACK * sum(_starts(kin, number))
    return Layout(x, tuple(rows), max(x.values(), default=0) + CELL / 2 + WALL, rows[-1].foot if rows else 0)


def shifted(layout: Layout, right: float, down: float) -> Layout:
    """The same layout elsewhere."""
    rows = tuple(
        replace(row, top=row.top + down, axis=row.axis + down, foot=row.foot + down) for row in layout.rows
    )
    return Layout({key: x + right for key, x in layout.x.items()}, rows, layout.width + right, layout.height + down)


def apart(facts: Facts, kin: Generations, left: str, right: str) -> float:
    """How far the middles of two neighbours must be from one another."""
    pair = (left, right) in kin.pairs or (right, left) in kin.pairs
    gap = PARTNERS if pair else BESIDE
    homes = [None if is_way(key) else facts.people[key].household for key in (left, right)]
    if homes[0] != homes[1]:
        gap = max(gap, BESIDE + WALL * sum(home is not None for home in homes))
    return _half(left) + _half(right) + gap


def _starts(kin: Generations, row: int) -> list[bool]:
    return [
        kin.row[family.parents[0]] <= row < max(kin.row[child] for child in family.children) for family in kin.families
    ]


def _half(key: str) -> float:
    return WAY / 2 if is_way(key) else CELL / 2


def _across(facts: Facts, kin: Generations, keys: Sequence[Sequence[str]]) -> dict[str, float]:
    steps = [[apart(facts, kin, left, right) for left, right in pairwise(row)] for row in keys]
    x: dict[str, float] = {}
    for row, widths in zip(keys, steps, strict=True):
        here = 0.0
        for key, width in zip(row, [*widths, 0.0], strict=True):
            x[key], here = here, here + width
    bonds = _pulls(facts, kin)
    for sweep in range(SWEEPS):
        numbers = range(len(keys)) if sweep % 2 == 0 else range(len(keys) - 1, -1, -1)
        for number in numbers:
            wanted = _wanted(x, set(keys[number]), bonds)
            x |= _spread([(key, *wanted.get(key, (x[key], 0.01))) for key in keys[number]], steps[number])
    return x


def _pulls(facts: Facts, kin: Generations) -> list[Bond]:
    """Groups whose middles belong over one another, with how much it matters."""
    bonds: list[Bond] = []
    for number, family in enumerate(kin.families):
        upper = family.parents
        for row in ways(kin, family):
            near = tuple(child for child in family.children if kin.row[child] == row)
            bonds.append((upper, (*near, way(number, row)), 1.0))
            upper = (way(number, row),)
        last = max(kin.row[child] for child in family.children)
        bonds.append((upper, tuple(child for child in family.children if kin.row[child] == last), 1.0))
    tied = {key for upper, lower, _ in bonds for key in (*upper, *lower)}
    bonds += [((a,), (b,), 0.3) for a, b in kin.pairs if a not in tied or b not in tied]
    for key in facts.people.keys() - tied:
        home = facts.people[key].household
        mates = tuple(mate for mate in (facts.members(home) if home else ()) if mate in tied)
        others = tuple(tie.b if tie.a == key else tie.a for tie in kin.ties if key in (tie.a, tie.b))
        if mates or others:
            bonds.append((mates or others, (key,), 0.05))
    return bonds


def _wanted(x: Mapping[str, float], row: set[str], bonds: Sequence[Bond]) -> dict[str, tuple[float, float]]:
    """Where each of a row would like to stand, each group moving as one, and how much it matters."""
    sums: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for upper, lower, weight in bonds:
        strain = _middle(x, lower) - _middle(x, upper)
        for group, shift in ((upper, strain), (lower, -strain)):
            for key in row.intersection(group):
                total, heavy = sums[key]
                sums[key] = (total + weight * (x[key] + shift), heavy + weight)
    return {key: (total / weight, weight) for key, (total, weight) in sums.items()}


def _middle(x: Mapping[str, float], keys: Sequence[str]) -> float:
    places = [x[key] for key in keys]
    return (min(places) + max(places)) / 2


def _spread(wishes: Sequence[tuple[str, float, float]], steps: Sequence[float]) -> dict[str, float]:
    """The places nearest to the wishes at which neighbours keep their distance (least squares, by pooling)."""
    blocks: list[tuple[float, float, int]] = []
    offsets = [0.0]
    for step in steps:
        offsets.append(offsets[-1] + step)
    for (_, wish, weight), offset in zip(wishes, offsets, strict=False):
        block = (wish - offset, weight, 1)
        while blocks and blocks[-1][0] > block[0]:
            place, heavy, count = blocks.pop()
            both = heavy + block[1]
            block = ((place * heavy + block[0] * block[1]) / both, both, count + block[2])
        blocks.append(block)
    places = [place for place, _, count in blocks for _ in range(count)]
    return {key: place + offset for (key, _, _), place, offset in zip(wishes, places, offsets, strict=False)}
