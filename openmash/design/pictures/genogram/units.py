"""Partners who stand side by side, and a first order of everybody found by walking down from the oldest."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from openmash.design.pictures.genogram.facts import Facts, age
from openmash.design.pictures.genogram.generations import Family, Generations

Unit = tuple[str, ...]
Rows = list[list[Unit]]
AGE_NOT_KNOWN, UNBORN = 500.0, 1000.0


def seniority(facts: Facts, key: str) -> float:
    """A number that puts the oldest first, then those whose age is not known, then the unborn."""
    person = facts.people[key]
    years = age(person)
    return UNBORN if person.unborn else AGE_NOT_KNOWN if years is None else -years


def by_age(facts: Facts, keys: Iterable[str]) -> list[str]:
    """The keys from oldest to youngest; those of one age in the order given."""
    return sorted(keys, key=lambda key: seniority(facts, key))


def way(number: int, row: int) -> str:
    """The key of the place that the line of family `number` keeps free in a row it only passes. No person has it."""
    return f"\0{number}:{row}"


def is_way(key: str) -> bool:
    """Whether a key is that of a place kept free for a line."""
    return key.startswith("\0")


def ways(kin: Generations, family: Family) -> range:
    """The rows that the family's line passes through between the parents and the furthest child."""
    return range(kin.row[family.parents[0]] + 1, max(kin.row[child] for child in family.children))


def units(facts: Facts, kin: Generations) -> dict[str, Unit]:
    """For every person the people who stand beside them as partners or fellow parents, in order."""
    beside: dict[str, list[str]] = {key: [] for key in facts.people}
    for a, b in kin.pairs:
        beside[a].append(b)
        beside[b].append(a)
    eldest = _eldest(facts, kin)
    found: dict[str, Unit] = {}
    for key in facts.people:
        if key not in found:
            unit = _chain(_reached(key, beside), beside, eldest, facts)
            found |= dict.fromkeys(unit, unit)
    return found


def first_order(facts: Facts, kin: Generations, unit_of: Mapping[str, Unit]) -> Rows:
    """A good order to begin with: each family below its parents, in-laws' families to the right."""
    walk = _Walk(facts, kin, unit_of)
    focus = [key for key, person in facts.people.items() if person.focus]
    for key in (*focus, *by_age(facts, facts.people)):
        walk.visit(walk.top(unit_of[key]))
    return walk.rows


class _Walk:
    def __init__(self, facts: Facts, kin: Generations, unit_of: Mapping[str, Unit]) -> None:
        self.facts, self.kin, self.unit_of = facts, kin, unit_of
        self.rows: Rows = [[] for _ in range(max(kin.row.values(), default=0) + 1)]
        self.seen: set[Unit] = set()
        self.above: dict[str, str] = {}
        self.families: dict[str, list[tuple[int, Family]]] = defaultdict(list)
        for number, family in enumerate(kin.families):
            self.families[max(family.parents, key=unit_of[family.parents[0]].index)].append((number, family))
            for child in family.children:
                self.above.setdefault(child, family.parents[0])

    def top(self, unit: Unit) -> Unit:
        """The oldest unseen forebears of the unit on its first side that has any."""
        while True:
            higher = (self.unit_of[self.above[key]] for key in unit if key in self.above)
            unseen = next((above for above in higher if above not in self.seen), None)
            if unseen is None:
                return unit
            unit = unseen

    def visit(self, unit: Unit) -> None:
        if unit in self.seen:
            return
        self.seen.add(unit)
        self.rows[self.kin.row[unit[0]]].append(unit)
        for key in unit:
            for number, family in self.families[key]:
                for row in ways(self.kin, family):
                    self.rows[row].append((way(number, row),))
                for child in by_age(self.facts, family.children):
                    self.visit(self.unit_of[child])
        for key in unit:
            if key in self.above:
                self.visit(self.top(self.unit_of[self.above[key]]))


def _eldest(facts: Facts, kin: Generations) -> dict[frozenset[str], float]:
    """How old the eldest child is that two people have together."""
    eldest: dict[frozenset[str], float] = {}
    for family in kin.families:
        same = frozenset(family.parents)
        oldest = min(seniority(facts, child) for child in family.children)
        eldest[same] = min(eldest.get(same, oldest), oldest)
    return eldest


def _reached(start: str, beside: Mapping[str, list[str]]) -> list[str]:
    seen, waiting = {start: None}, [start]
    while waiting:
        fresh = [key for key in beside[waiting.pop()] if key not in seen]
        seen |= dict.fromkeys(fresh)
        waiting += fresh
    return list(seen)


def _chain(
    members: list[str], beside: Mapping[str, list[str]], eldest: Mapping[frozenset[str], float], facts: Facts
) -> Unit:
    """A row in which partners touch: two with the man first, else whoever has most partners with the present one right.

    Former partners stand to the left in the order of their eldest child, so that children come out by age.
    """
    if len(members) == 2:
        return tuple(sorted(members, key=lambda key: facts.people[key].sex != "M"))
    now = {frozenset((couple.a, couple.b)) for couple in facts.couples if couple.kind == "together"}
    hub = max(members, key=lambda key: len(beside[key]))
    line, waiting = [hub], [hub]
    while waiting:
        here = waiting.pop(0)
        partners = [key for key in beside[here] if key not in line]
        partners.sort(key=lambda key: (frozenset((here, key)) in now, eldest.get(frozenset((here, key)), UNBORN)))
        former, present = (partners[:-1], partners[-1:]) if here == hub else ([], partners)
        if line.index(here) < line.index(hub):
            former, present = partners, []
        place = line.index(here)
        line[place : place + 1] = [*former, here, *present]
        waiting += partners
    return tuple(line)
