"""Who stands in which row: partners beside one another, children below their parents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openmash.design.pictures.genogram.facts import Facts, OtherTie, age

MOST_UNBOUND = 8
KINDS = ("birth", "adoptive", "foster", "unknown", "step")


@dataclass(frozen=True)
class Family:
    """One or two parents in one row and the children they have, who all stand in lower rows."""

    parents: tuple[str, ...]
    children: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Generations:
    """The row of every person (0 at the top), the families to draw, and ties that cannot be drawn as rows."""

    row: Mapping[str, int]
    families: tuple[Family, ...]
    pairs: tuple[tuple[str, str], ...]
    ties: tuple[OtherTie, ...]


def generations(facts: Facts) -> Generations:
    """Every person's row. A circle of parents, or a couple across generations, is left as a labelled tie."""
    ranks = _Ranks(facts.people)
    for tie in sorted(facts.parents, key=lambda tie: KINDS.index(tie.kind)):
        ranks.below(tie.parent, tie.child)
    for couple in facts.couples:
        ranks.beside(couple.a, couple.b)
    unsure = [family for family in _families(facts) if not _implied(family, facts)]
    for family in unsure:
        for other in family.parents[1:]:
            ranks.beside(family.parents[0], other)
    row = _settle(facts, ranks.levels())
    families = _merge(part for family in unsure for part in _sound(family, row))
    pairs = {(couple.a, couple.b): None for couple in facts.couples if row[couple.a] == row[couple.b]}
    for family in families:
        if len(family.parents) == 2 and family.parents[::-1] not in pairs:
            pairs[(family.parents[0], family.parents[1])] = None
    return Generations(row, families, tuple(pairs), (*facts.ties, *_odd(facts, row)))


def told_families(facts: Facts) -> tuple[Family, ...]:
    """Every parenthood as told, whatever can be drawn of it, children of the same parents together."""
    return _merge(_families(facts))


class _Ranks:
    """Groups of people who share a row, and which group stands above which; nothing may stand above itself."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.group = {key: key for key in keys}
        self.lower: dict[str, set[str]] = defaultdict(set)

    def below(self, upper: str, lower: str) -> None:
        a, b = self.group[upper], self.group[lower]
        if a != b and not self._reaches(b, a):
            self.lower[a].add(b)

    def beside(self, one: str, other: str) -> None:
        a, b = self.group[one], self.group[other]
        if a == b or self._reaches(a, b) or self._reaches(b, a):
            return
        self.group = {key: a if group == b else group for key, group in self.group.items()}
        self.lower[a] |= self.lower.pop(b, set())
        for below in self.lower.values():
            if b in below:
                below.remove(b)
                below.add(a)

    def levels(self) -> dict[str, int]:
        """The row of every person, parents as low as their children allow."""
        level = dict.fromkeys(self.group.values(), 0)
        order = self._order()
        for group in order:
            for below in self.lower[group]:
                level[below] = max(level[below], level[group] + 1)
        with_parents = {below for group in order for below in self.lower[group]}
        for group in reversed(order):
            if self.lower[group] and group not in with_parents:
                level[group] = min(level[below] for below in self.lower[group]) - 1
        return {key: level[group] for key, group in self.group.items()}

    def _order(self) -> list[str]:
        order: dict[str, None] = {}
        for start in sorted(set(self.group.values())):
            waiting = [(start, False)]
            while waiting:
                group, done = waiting.pop()
                if done:
                    order[group] = None
                elif group not in order:
                    waiting.append((group, True))
                    waiting += [(below, False) for below in sorted(self.lower[group]) if below not in order]
        return list(order)[::-1]

    def _reaches(self, start: str, goal: str) -> bool:
        seen, waiting = {start}, [start]
        while waiting:
            for below in self.lower.get(waiting.pop(), ()):
                if below == goal:
                    return True
                if below not in seen:
                    seen.add(below)
                    waiting.append(below)
        return False


def _families(facts: Facts) -> list[Family]:
    """Each child with its parents, two and two, by kind of parenthood."""
    of: dict[tuple[str, str], list[str]] = defaultdict(list)
    for tie in facts.parents:
        of[(tie.child, tie.kind)].append(tie.parent)
    together = {frozenset((couple.a, couple.b)) for couple in facts.couples}
    found: list[Family] = []
    for (child, kind), parents in of.items():
        left = list(parents)
        pair = next(((a, b) for a in left for b in left if frozenset((a, b)) in together), tuple(left[:2]))
        found.append(Family(pair, (child,), kind))
        found += [Family((other,), (child,), kind) for other in left if other not in pair]
    return found


def _implied(family: Family, facts: Facts) -> bool:
    """A step-parent who is the partner of a parent needs no line of their own."""
    if family.kind != "step":
        return False
    parents = {tie.parent for tie in facts.parents if tie.child in family.children and tie.kind != "step"}
    partners = {couple.a: couple.b for couple in facts.couples if couple.b in parents}
    partners |= {couple.b: couple.a for couple in facts.couples if couple.a in parents}
    return all(parent in partners for parent in family.parents)


def _sound(family: Family, row: Mapping[str, int]) -> Iterable[Family]:
    """The family as it can be drawn: parents of one row above the child, else one parent at a time."""
    above = tuple(parent for parent in family.parents if row[parent] < row[family.children[0]])
    if len({row[parent] for parent in above}) == 1:
        yield Family(above, family.children, family.kind)
    else:
        yield from (Family((parent,), family.children, family.kind) for parent in above)


def _merge(families: Iterable[Family]) -> tuple[Family, ...]:
    children: dict[tuple[frozenset[str], str], list[str]] = defaultdict(list)
    parents: dict[tuple[frozenset[str], str], tuple[str, ...]] = {}
    for family in families:
        same = (frozenset(family.parents), family.kind)
        parents.setdefault(same, family.parents)
        children[same] += family.children
    return tuple(Family(parents[same], tuple(children[same]), same[1]) for same in parents)


def _odd(facts: Facts, row: Mapping[str, int]) -> Iterable[OtherTie]:
    for tie in facts.parents:
        if row[tie.parent] >= row[tie.child]:
            yield OtherTie(tie.parent, tie.child, "parent and child")
    for couple in facts.couples:
        if row[couple.a] != row[couple.b]:
            yield OtherTie(couple.a, couple.b, "partners" if couple.kind == "together" else couple.kind)


def _settle(facts: Facts, row: dict[str, int]) -> dict[str, int]:
    """Put those without parent, child or partner in the row of people nearest their age."""
    bound = {key for tie in facts.parents for key in (tie.parent, tie.child)}
    bound |= {key for couple in facts.couples for key in (couple.a, couple.b)}
    ages: dict[int, list[float]] = defaultdict(list)
    for key in bound:
        years = age(facts.people[key])
        ages[row[key]] += [] if years is None else [years]
    middle = {level: sum(known) / len(known) for level, known in ages.items() if known}
    adults = max((row[tie.parent] for tie in facts.parents), default=0)
    filled: dict[int, int] = defaultdict(int)
    for key in facts.people:
        if key not in bound:
            years = age(facts.people[key])
            near = (
                None
                if years is None
                else min(middle, key=lambda level: (abs(middle[level] - years), level), default=None)
            )
            row[key] = adults if near is None else near
            filled[row[key]] += 1
            if filled[row[key]] > MOST_UNBOUND:
                row[key] = max(ages, default=0) + (filled[row[key]] - 1) // MOST_UNBOUND
    lowest = min(row.values(), default=0)
    return {key: level - lowest for key, level in row.items()}
