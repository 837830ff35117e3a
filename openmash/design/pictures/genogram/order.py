"""Who stands left of whom: partners side by side, brothers and sisters by age, households together, few crossings."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from openmash.design.pictures.genogram.facts import Facts
from openmash.design.pictures.genogram.generations import Generations
from openmash.design.pictures.genogram.units import Rows, by_age, first_order, units, way, ways

TRIES = 500
OUT_OF_AGE, HALF_OUT_OF_AGE, CROSSED, FAR, BIND = 40.0, 10.0, 6.0, 0.4, 3.0
INTRUDED, SPLIT, APART = 28.0, 16.0, 4.0
Bond = tuple[tuple[str, ...], str]
Keys = list[list[str]]
Move = tuple[int, int, int, int]


def ordered(facts: Facts, kin: Generations) -> Keys:
    """The keys of every row from left to right, with the keys of the ways kept free among them."""
    rows = first_order(facts, kin, units(facts, kin))
    keys = [[key for unit in row for key in unit] for row in rows]
    moves = list(_moves(rows))
    judge = _Judge(facts, kin)
    best, tries, better = judge.cost(keys), 0, True
    while better and tries < TRIES:
        better = False
        for row, start, stop, goal in moves:
            changed = [*keys[:row], _moved(keys[row], start, stop, goal), *keys[row + 1 :]]
            cost = judge.cost(changed)
            tries += 1
            if cost < best - 0.01:
                keys, best, better = changed, cost, True
    return keys


def _moves(rows: Rows) -> Iterator[Move]:
    """Every change worth trying: turn neighbours about (goal = start), or stand one or a few elsewhere in the row."""
    for number, row in enumerate(rows):
        size = sum(len(unit) for unit in row)
        for width in sorted({1, *(len(unit) for unit in row)}, reverse=True):
            for start in range(size - width + 1):
                yield from ((number, start, start + width, goal) for goal in range(size - width + 1))


def _moved(row: Sequence[str], start: int, stop: int, goal: int) -> list[str]:
    rest = [*row[:start], *row[stop:]]
    taken = row[start:stop][::-1] if start == goal else row[start:stop]
    return [*rest[:goal], *taken, *rest[goal:]]


class _Judge:
    """How hard an order is to read; 0 is best."""

    def __init__(self, facts: Facts, kin: Generations) -> None:
        self.bonds = _bonds(kin)
        self.siblings = [(OUT_OF_AGE, by_age(facts, family.children)) for family in kin.families]
        self.siblings += [(HALF_OUT_OF_AGE, by_age(facts, half)) for half in _halves(kin)]
        self.ties = [(tie.a, tie.b) for tie in kin.ties]
        now = {(couple.a, couple.b) for couple in facts.couples if couple.kind == "together"}
        shared = Counter({frozenset(family.parents): len(family.children) for family in kin.families})
        self.pairs = [
            (a, b, SPLIT * (2 if (a, b) in now else 1) + BIND * shared[frozenset((a, b))]) for a, b in kin.pairs
        ]
        homes: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for key, person in facts.people.items():
            if person.household:
                homes[person.household][kin.row[key]].append(key)
        self.homes: list[list[list[str]]] = [[rows[row] for row in sorted(rows)] for rows in homes.values()]

    def cost(self, keys: Sequence[Sequence[str]]) -> float:
        x: dict[str, float] = {}
        for row in keys:
            middle = (len(row) - 1) / 2
            for place, key in enumerate(row):
                x[key] = place - middle
        return self._lines(x) + self._pairs(x) + self._homes(x)

    def _lines(self, x: Mapping[str, float]) -> float:
        cost = 0.0
        for bonds in self.bonds:
            ends = [(sum([x[key] for key in upper]) / len(upper), x[lower]) for upper, lower in bonds]
            for top, bottom in ends:
                cost += FAR * abs(top - bottom)
            for one, other in combinations(ends, 2):
                if (one[0] - other[0]) * (one[1] - other[1]) < 0:
                    cost += CROSSED
        return cost

    def _pairs(self, x: Mapping[str, float]) -> float:
        cost = sum(weight * (abs(x[a] - x[b]) - 1) for a, b, weight in self.pairs)
        cost += sum(FAR * abs(x[a] - x[b]) for a, b in self.ties)
        for weight, keys in self.siblings:
            for a, b in pairwise(keys):
                if x[a] > x[b]:
                    cost += weight
        return cost

    def _homes(self, x: Mapping[str, float]) -> float:
        cost = 0.0
        for rows in self.homes:
            places = [[x[key] for key in row] for row in rows]
            spans = [(min(row), max(row)) for row in places]
            for (low, high), row in zip(spans, rows, strict=True):
                cost += INTRUDED * (high - low + 1 - len(row))
            for upper, lower in pairwise(spans):
                apart = max(lower[0] - upper[1], upper[0] - lower[1])
                cost += APART + apart if apart > 0 else 0
        return cost


def _halves(kin: Generations) -> list[list[str]]:
    """The children of everybody who has children in more than one family, when they stand in one row."""
    children: dict[tuple[str, int], list[str]] = defaultdict(list)
    families: Counter[str] = Counter(parent for family in kin.families for parent in family.parents)
    for family in kin.families:
        for child in family.children:
            for parent in family.parents:
                if families[parent] > 1 and child not in children[(parent, kin.row[child])]:
                    children[(parent, kin.row[child])].append(child)
    return list(children.values())


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
