"""Who stands left of whom: partners side by side, brothers and sisters by age, households together, few crossings."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from openmash.design.pictures.genogram.facts import Facts
from openmash.design.pictures.genogram.generations import Generations
from openmash.design.pictures.genogram.units import Rows, by_age, first_order, units, way, ways

TRIES = 450
OUT_OF_AGE, CROSSED, INTRUDED, APART, FAR = 40.0, 6.0, 25.0, 4.0, 0.4
Bond = tuple[tuple[str, ...], str]


def ordered(facts: Facts, kin: Generations) -> list[list[str]]:
    """The keys of every row from left to right, with the keys of the ways kept free among them."""
    rows = first_order(facts, kin, units(facts, kin))
    judge = _Judge(facts, kin)
    best, tries, better = judge.cost(rows), 0, True
    while better and tries < TRIES:
        better = False
        for row, start, goal in _moves(rows):
            changed = [*rows[:row], _moved(rows[row], start, goal), *rows[row + 1 :]]
            cost = judge.cost(changed)
            tries += 1
            if cost < best - 0.01:
                rows, best, better = changed, cost, True
    return [[key for unit in row for key in unit] for row in rows]


def _moves(rows: Rows) -> Iterator[tuple[int, int, int]]:
    """Every change worth trying: turn a unit about (goal = start), or stand it elsewhere in its row."""
    for number, row in enumerate(rows):
        for start, unit in enumerate(row):
            for goal in range(len(row)):
                if goal != start or len(unit) > 1:
                    yield number, start, goal


def _moved(row: Sequence[tuple[str, ...]], start: int, goal: int) -> list[tuple[str, ...]]:
    rest = [*row[:start], *row[start + 1 :]]
    unit = row[start][::-1] if start == goal else row[start]
    return [*rest[:goal], unit, *rest[goal:]]


class _Judge:
    """How hard an order is to read; 0 is best."""

    def __init__(self, facts: Facts, kin: Generations) -> None:
        self.bonds = _bonds(kin)
        self.siblings = [by_age(facts, family.children) for family in kin.families]
        self.ties = [(tie.a, tie.b) for tie in kin.ties]
        homes: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for key, person in facts.people.items():
            if person.household:
                homes[person.household][kin.row[key]].append(key)
        self.homes: list[list[list[str]]] = [[rows[row] for row in sorted(rows)] for rows in homes.values()]

    def cost(self, rows: Rows) -> float:
        x: dict[str, float] = {}
        for row in rows:
            keys = [key for unit in row for key in unit]
            middle = (len(keys) - 1) / 2
            x |= {key: place - middle for place, key in enumerate(keys)}
        return self._lines(x) + self._families(x) + self._homes(x)

    def _lines(self, x: Mapping[str, float]) -> float:
        cost = sum(FAR * abs(x[a] - x[b]) for a, b in self.ties)
        for bonds in self.bonds:
            ends = [(sum(x[key] for key in upper) / len(upper), x[lower]) for upper, lower in bonds]
            cost += sum(FAR * abs(top - bottom) for top, bottom in ends)
            cost += CROSSED * sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in combinations(ends, 2))
        return cost

    def _families(self, x: Mapping[str, float]) -> float:
        return OUT_OF_AGE * sum(x[a] > x[b] for keys in self.siblings for a, b in pairwise(keys))

    def _homes(self, x: Mapping[str, float]) -> float:
        cost = 0.0
        for rows in self.homes:
            spans = [(min(x[key] for key in row), max(x[key] for key in row)) for row in rows]
            cost += INTRUDED * sum(high - low + 1 - len(row) for (low, high), row in zip(spans, rows, strict=True))
            for upper, lower in pairwise(spans):
                apart = max(lower[0] - upper[1], upper[0] - lower[1])
                cost += APART + apart if apart > 0 else 0
        return cost


def _bonds(kin: Generations) -> list[list[Bond]]:
    """Every stretch of line from one row to the next, by the row it starts from."""
    bonds: dict[int, list[Bond]] = defaultdict(list)
    for number, family in enumerate(kin.families):
        upper = family.parents
        for row in ways(kin, family):
            bonds[row - 1].append((upper, way(number, row)))
            bonds[row - 1] += [(upper, child) for child in family.children if kin.row[child] == row]
            upper = (way(number, row),)
        last = max(kin.row[child] for child in family.children)
        bonds[last - 1] += [(upper, child) for child in family.children if kin.row[child] == last]
    return list(bonds.values())
