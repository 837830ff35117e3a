"""Something on a shelf that an area sets for itself: its numbers, and the sentence in which they stand."""

from collections.abc import Mapping
from dataclasses import dataclass

Numbers = Mapping[str, int]


@dataclass(frozen=True)
class Number:
    """One number that an area sets: what it counts, and the least and most that make sense."""

    key: str
    label: str
    usual: int
    least: int = 1
    most: int = 120

    @property
    def bounds(self) -> str:
        return f"{self.label} must be a number from {self.least} to {self.most}"


class Settable:
    """What has `numbers`, and `says` them in a sentence with their keys in braces."""

    says: str
    numbers: tuple[Number, ...]

    def usual(self) -> dict[str, int]:
        return {number.key: number.usual for number in self.numbers}

    def sentence(self, numbers: Numbers) -> str:
        return self.says.format(**{**self.usual(), **numbers})

    def problem(self, numbers: Numbers) -> str:
        """Which of these numbers makes no sense, in a sentence; nothing when all do."""
        for number in self.numbers:
            if not number.least <= numbers.get(number.key, number.usual) <= number.most:
                return f"{number.bounds}."
        return ""
