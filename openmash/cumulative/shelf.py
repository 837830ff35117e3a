"""What a rule is made of, and the shelf on which the rules stand."""

from collections.abc import Callable
from dataclasses import dataclass

from openmash.cumulative.story import Story
from openmash.kit.registry import Shelf
from openmash.kit.settable import Number, Numbers, Settable


@dataclass(frozen=True)
class Rule(Settable):
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


RULES = Shelf[Rule]("openmash.cumulative.rules", "RULE")
