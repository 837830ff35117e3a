"""What a rule is made of, and the shelf on which the rules stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openmash.cumulative.story import Story
from openmash.kit.registry import Shelf

Numbers = Mapping[str, int]


@dataclass(frozen=True)
class Number:
    """One number of a rule that an area sets: what it counts, and the least and most that make sense."""

    key: str
    label: str
    usual: int
    least: int = 1
    most: int = 120


@dataclass(frozen=True)
class Rule:
    """`says` is a sentence with the numbers in braces; `find` returns the evidence, line by line, or nothing.

    A hit is a task for a person, never a decision.
    """

    key: str
    name: str
    order: int
    says: str
    numbers: tuple[Number, ...]
    find: Callable[[Story, Numbers], tuple[str, ...]]
    retired: bool = False

    def usual(self) -> dict[str, int]:
        return {number.key: number.usual for number in self.numbers}

    def sentence(self, numbers: Numbers) -> str:
        return self.says.format(**{**self.usual(), **numbers})


RULES = Shelf[Rule]("openmash.cumulative.rules", "RULE")
