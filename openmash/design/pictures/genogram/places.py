"""Where everybody stands: rows one under another, nobody too near, parents over the middle of their children."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from openmash.design.pictures.genogram.facts import Facts
from openmash.design.pictures.genogram.generations import Generations
from openmash.design.pictures.genogram.symbols import caption
from openmash.design.pictures.genogram.trunks import CELL, HALF, Arcs, way_out
from openmash.design.pictures.genogram.units import is_way, way, ways
from openmash.design.pictures.ink import length

BESIDE, PARTNERS, WAY, WALL = 14, 42, 16, 15
HEAD, ARC, TRACK = 20, 20, 11
LABEL, LABEL_SIZE, LABEL_LEADING = 8, 13, 16
SWEEPS = 14


@dataclass(frozen=True)
class Pull:
    """The middle of `lower` belongs `shift` right of the middle of `upper`; `weight` says how much it matters."""

    upper: tuple[str, ...]
    lower: tuple[str, ...]
    shift: float = 0.0
    weight: float = 1.0


@dataclass(frozen=True)
class Row:
    """A row of people: its keys in order, its top edge, the middle of its symbols and its foot."""

    keys: tuple[str, ...]
    top: float
    axis: float
    foot: float


@dataclass(frozen=True)
class Layout:
    """Where everything is: the middle of every symbol and way by key, the rows, and what passes over their heads."""

    x: Mapping[str, float]
    rows: tuple[Row, ...]
    over: Arcs
    width: float
    height: float

    def at(self, key: str, row: int) -> tuple[float, float]:
        """The middle of a symbol."""
        return self.x[key], self.rows[row].axis

    def arc(self, row: int, a: str, b: str) -> list[tuple[float, float]]:
        """The line from one to the other over the heads of a row."""
        level = self.over[row].index((a, b))
        left, right = sorted((self.x[a], self.x[b]))
        axis, y, inward = self.rows[row].axis, self.rows[row].axis - HALF - 12 - ARC * level, 8 + 3 * (level % 3)
        return [(left + inward, axis), (left + inward, y), (right - inward, y), (right - inward, axis)]


def place(facts: Facts, kin: Generations, keys: Sequence[Sequence[str]], over: Arcs) -> Layout:
    """Places for the ordered keys; `over` are the lines that pass over the heads of each row."""
    x = _across(facts, kin, keys)
    left = min((x[key] - _half(key) for row in keys for key in row), default=0) - WALL
    x = {key: here - left for key, here in x.items()}
    rows: list[Row] = []
    y = 0.0
    for number, row in enumerate(keys):
        axis = y + HEAD + ARC * len(over.get(number, ())) + HALF
        foot = max((caption(facts.people[key]).foot for key in row if not is_way(key)), default=HALF)
        rows.append(Row(tuple(row), y, axis, axis + foot + _label_height(facts, row)))
        y = rows[-1].foot + 26 + TRACK * sum(_starts(kin, number))
    return Layout(x, tuple(rows), over, _right(x) + WALL, rows[-1].foot if rows else 0)


def shifted(layout: Layout, right: float, down: float) -> Layout:
    """The same layout elsewhere."""
    rows = tuple(replace(row, top=row.top + down, axis=row.axis + down, foot=row.foot + down) for row in layout.rows)
    x = {key: here + right for key, here in layout.x.items()}
    return replace(layout, x=x, rows=rows, width=layout.width + right, height=layout.height + down)


def apart(facts: Facts, kin: Generations, left: str, right: str) -> float:
    """How far the middles of two neighbours must be from one another."""
    pair = (left, right) in kin.pairs or (right, left) in kin.pairs
    gap = PARTNERS if pair else BESIDE
    homes = [None if is_way(key) else facts.people[key].household for key in (left, right)]
    if homes[0] != homes[1]:
        gap = max(gap, BESIDE + WALL * sum(home is not None for home in homes))
    return _half(left) + _half(right) + gap


def _right(x: Mapping[str, float]) -> float:
    return max((here + _half(key) for key, here in x.items()), default=0)


def _label_height(facts: Facts, row: Sequence[str]) -> float:
    homes = [facts.people[key].household for key in row if not is_way(key)]
    wide = [length(facts.home_label(home), LABEL_SIZE, bold=True) for home in homes if home]
    return LABEL + LABEL_LEADING * (1 + any(width > CELL for width in wide)) if wide else 0


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
    pulls = _pulls(facts, kin, keys)
    for sweep in range(SWEEPS):
        numbers = range(len(keys)) if sweep % 2 == 0 else range(len(keys) - 1, -1, -1)
        for number in numbers:
            wanted = _wanted(x, set(keys[number]), pulls)
            x |= _spread([(key, *wanted.get(key, (x[key], 0.01))) for key in keys[number]], steps[number])
    return x


def _pulls(facts: Facts, kin: Generations, keys: Sequence[Sequence[str]]) -> list[Pull]:
    pulls: list[Pull] = []
    for number, family in enumerate(kin.families):
        start = way_out(kin, keys[kin.row[family.parents[0]]], family)
        upper, shift = start.keys, start.shift
        for row in ways(kin, family):
            near = tuple(child for child in family.children if kin.row[child] == row)
            pulls.append(Pull(upper, (*near, way(number, row)), shift))
            upper, shift = (way(number, row),), 0.0
        last = max(kin.row[child] for child in family.children)
        pulls.append(Pull(upper, tuple(child for child in family.children if kin.row[child] == last), shift))
    return [*pulls, *_neighbourly(facts, kin, keys, {key for pull in pulls for key in (*pull.upper, *pull.lower)})]


def _neighbourly(facts: Facts, kin: Generations, keys: Sequence[Sequence[str]], tied: set[str]) -> Iterator[Pull]:
    """Partners stay close, and whoever is no parent or child keeps to the household or to those they know."""
    for row in keys:
        for left, right in pairwise(row):
            if (left, right) in kin.pairs or (right, left) in kin.pairs:
                yield Pull((left,), (right,), apart(facts, kin, left, right), 0.8)
    for home in facts.homes:
        members = facts.members(home)
        for row in keys:
            upper = tuple(key for key in row if key in members)
            lower = tuple(key for key in members if upper and kin.row[key] == kin.row[upper[0]] + 1)
            if upper and lower:
                yield Pull(upper, lower, weight=0.12)
    for key in facts.people.keys() - tied:
        own = facts.people[key].household
        mates = tuple(mate for mate in (facts.members(own) if own else ()) if mate in tied)
        others = tuple(tie.b if tie.a == key else tie.a for tie in kin.ties if key in (tie.a, tie.b))
        if mates or others:
            yield Pull(mates or others, (key,), weight=0.05)


def _wanted(x: Mapping[str, float], row: set[str], pulls: Sequence[Pull]) -> dict[str, tuple[float, float]]:
    """Where each of a row would like to stand, each group moving as one, and how much it matters."""
    sums: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for pull in pulls:
        strain = _middle(x, pull.lower) - _middle(x, pull.upper) - pull.shift
        share = 0.5 if row.issuperset((*pull.upper, *pull.lower)) else 1.0
        for group, shift in ((pull.upper, strain * share), (pull.lower, -strain * share)):
            for key in row.intersection(group):
                total, heavy = sums[key]
                sums[key] = (total + pull.weight * (x[key] + shift), heavy + pull.weight)
    return {key: (total / weight, weight) for key, (total, weight) in sums.items()}


def _middle(x: Mapping[str, float], keys: Sequence[str]) -> float:
    places = [x[key] for key in keys]
    return (min(places) + max(places)) / 2


def _spread(wishes: Sequence[tuple[str, float, float]], steps: Sequence[float]) -> dict[str, float]:
    """The places nearest to the wishes at which neighbours keep their distance (least squares, by pooling)."""
    blocks: list[tuple[float, float, int]] = []
    offsets = list(accumulate(steps, initial=0.0))
    for (_, wish, weight), offset in zip(wishes, offsets, strict=False):
        block = (wish - offset, weight, 1)
        while blocks and blocks[-1][0] > block[0]:
            place, heavy, count = blocks.pop()
            both = heavy + block[1]
            block = ((place * heavy + block[0] * block[1]) / both, both, count + block[2])
        blocks.append(block)
    places = [place for place, _, count in blocks for _ in range(count)]
    return {key: place + offset for (key, _, _), place, offset in zip(wishes, places, offsets, strict=False)}
