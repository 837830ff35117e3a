"""Who stands left of whom: partners side by side, brothers and sisters by age, households together, few crossings."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from openmash.design.pictures.genogram.facts import Facts
from openmash.design.pictures.genogram.generations import Generations
from openmash.design.pictures.genogram.units import Rows, by_age, first_order, units, way, ways

TRIES = 800
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
    judge = _Judge(facts, kin, keys)
    tries, better = 0, True
    while better and tries < TRIES:
        tries, better = tries + len(moves), False
        for row, start, stop, goal in moves:
            changed = _moved(keys[row], start, stop, goal)
            if judge.prefers(row, changed):
                keys[row], better = changed, True
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
    """How hard an order is to read, asked of one row at a time."""

    def __init__(self, facts: Facts, kin: Generations, keys: Keys) -> None:
        self.bonds = _bonds(kin)
        self.ties = [(tie.a, tie.b) for tie in kin.ties]
        self.siblings: dict[int, list[tuple[float, str, str]]] = defaultdict(list)
        groups = [(OUT_OF_AGE, family.children) for family in kin.families]
        for weight, children in (*groups, *((HALF_OUT_OF_AGE, half) for half in _halves(kin))):
            for a, b in pairwise(
                by_age(facts, (child for child in children if kin.row[child] == kin.row[children[0]]))
            ):
                self.siblings[kin.row[a]].append((weight, a, b))
        self.pairs: dict[int, list[tuple[float, str, str]]] = defaultdict(list)
        for weight, a, b in _weighted_pairs(facts, kin):
            self.pairs[kin.row[a]].append((weight, a, b))
        homes: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for key, person in facts.people.items():
            if person.household:
                homes[person.household][kin.row[key]].append(key)
        self.homes = [dict(rows) for rows in homes.values()]
        self.x: dict[str, float] = {}
        for row in keys:
            self._stand(row)
        self.costs = [self._cost(row) for row in range(len(keys))]

    def prefers(self, row: int, keys: Sequence[str]) -> bool:
        """Whether the row is easier to read in this order; if so it is taken for granted from now on."""
        before = {key: self.x[key] for key in keys}
        self._stand(keys)
        if self._cost(row) < self.costs[row] - 0.01:
            self.costs = [self._cost(number) for number in range(len(self.costs))]
            return True
        self.x |= before
        return False

    def _stand(self, keys: Sequence[str]) -> None:
        middle = (len(keys) - 1) / 2
        for place, key in enumerate(keys):
            self.x[key] = place - middle

    def _cost(self, row: int) -> float:
        """All that depends on the order of one row."""
        x = self.x
        cost = sum([weight * (abs(x[a] - x[b]) - 1) for weight, a, b in self.pairs[row]])
        cost += sum([weight for weight, a, b in self.siblings[row] if x[a] > x[b]])
        cost += sum([FAR * abs(x[a] - x[b]) for a, b in self.ties])
        return cost + self._lines(row - 1) + self._lines(row) + self._homes(row)

    def _lines(self, gap: int) -> float:
        x, cost = self.x, 0.0
        ends = [(sum([x[key] for key in upper]) / len(upper), x[lower]) for upper, lower in self.bonds.get(gap, ())]
        for top, bottom in ends:
            cost += FAR * abs(top - bottom)
        for one, other in combinations(ends, 2):
            if (one[0] - other[0]) * (one[1] - other[1]) < 0:
                cost += CROSSED
        return cost

    def _homes(self, row: int) -> float:
        cost = 0.0
        for home in self.homes:
            if row in home:
                low, high = self._span(home[row])
                cost += INTRUDED * (high - low + 1 - len(home[row]))
                for near in (row - 1, row + 1):
                    if near in home:
                        span = self._span(home[near])
                        apart = max(span[0] - high, low - span[1])
                        cost += APART + apart if apart > 0 else 0
        return cost

    def _span(self, keys: Sequence[str]) -> tuple[float, float]:
        places = [self.x[key] for key in keys]
        return min(places), max(places)


def _weighted_pairs(facts: Facts, kin: Generations) -> Iterator[tuple[float, str, str]]:
    """How much it matters that two partners touch: more when they are together, more with every child."""
    now = {(couple.a, couple.b) for couple in facts.couples if couple.kind == "together"}
    shared = Counter({frozenset(family.parents): len(family.children) for family in kin.families})
    for a, b in kin.pairs:
        yield SPLIT * (2 if (a, b) in now else 1) + BIND * shared[frozenset((a, b))], a, b


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


def _bonds(kin: Generations) -> dict[int, list[Bond]]:
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
    return bonds
