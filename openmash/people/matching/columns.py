"""One part of many descriptions as a column of numbers, and how its values compare, for many pairs at once.

What nearly all records hold, one value, is compared in numpy. What holds several goes through `compare.py`, each
distinct pair of values once. Both say the same: a test compares them.
"""

from array import array
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from openmash.people.identifiers import KINDS
from openmash.people.matching import compare

Numbers = NDArray[Any]
_NEW_YEAR = 101


class Column:
    """`of` has the number of each description's value; `values` are the distinct ones, as the index keeps them.

    `made` makes of one what `compare.py` compares.
    """

    def __init__(self, made: Callable[[Any], Any]) -> None:
        self._number: dict[Any, int] = {}
        self._of = array("i")
        self._made = lru_cache(maxsize=None)(lambda number: made(self.values[number]))

    def add(self, values: Iterable[Any]) -> None:
        number = self._number
        self._of.extend([number.setdefault(value, len(number)) for value in values])

    def close(self) -> None:
        """Everything was added."""
        self.of: Numbers = np.array(self._of, np.int32)
        self.values = list(self._number)
        del self._number, self._of

    def value(self, place: int) -> Any:
        """What the description in this place says."""
        return self._made(int(self.of[place]))

    def each(self, what: Callable[[Any], Any], kind: Any = bool) -> Numbers:
        """Something of each value."""
        return np.fromiter(map(what, self.values), kind, len(self.values))

    def numbered(self, what: Callable[[Any], Any]) -> Numbers:
        """Something of each value as a number, which only equals share; nought for nothing."""
        number: dict[Any, int] = {}
        return self.each(lambda value: number.setdefault(it, len(number) + 1) if (it := what(value)) else 0, np.int32)

    def distinct(self, a: Numbers, b: Numbers, compared: Callable[[Any, Any], Any]) -> tuple[list[Any], Numbers]:
        """What is said of each distinct pair of values, and for each pair which of these it is."""
        pairs, at = np.unique(a.astype(np.int64) << 32 | b, return_inverse=True)
        both = zip((pairs >> 32).tolist(), (pairs & 0xFFFF_FFFF).tolist(), strict=True)
        return [compared(self._made(one), self._made(other)) for one, other in both], at


class Part:
    """How two values of a column compare. `words` are all that can be said; its place is the number of a word."""

    def __init__(self, column: Column, words: tuple[str, ...]) -> None:
        self.column, self.number = column, {word: place for place, word in enumerate(words)}
        self.is_said, self.is_simple = column.each(bool), column.each(lambda it: len(it) == 1)
        self.prepare()

    def compared(self, ones: Numbers, others: Numbers) -> Numbers:
        """The number of the word for each pair of descriptions, by their places."""
        a, b = self.column.of[ones], self.column.of[others]
        found = np.zeros(len(a), np.int8)
        said = np.flatnonzero(self.are_said(a, b))
        are_simple = self.is_simple[a[said]] & self.is_simple[b[said]]
        simple, several = said[are_simple], said[~are_simple]
        found[simple] = self.simply(a[simple], b[simple])
        if len(several):
            words, at = self.column.distinct(a[several], b[several], self.one_by_one)
            found[several] = np.array([self.number[word] for word in words], np.int8)[at]
        return found

    def prepare(self) -> None:
        """What has to be known of each value."""

    def are_said(self, a: Numbers, b: Numbers) -> Numbers:
        """Which of these pairs of values can be compared."""
        return self.is_said[a] & self.is_said[b]

    def simply(self, a: Numbers, b: Numbers) -> Numbers:
        """The same for values that are simple."""
        raise NotImplementedError

    one_by_one: ClassVar[Callable[[Any, Any], str]]

    def chosen(self, default: str, **ways: Numbers) -> Numbers:
        """The first word that is so."""
        return np.select(list(ways.values()), [self.number[word] for word in ways], self.number[default])


class Shared(Part):
    """Sexes, telephones, e-mail addresses."""

    one_by_one = staticmethod(compare.shared)

    def simply(self, a: Numbers, b: Numbers) -> Numbers:
        return self.chosen("other", same=a == b)


class Births(Part):
    """Birth dates. Babies who are due are not simple."""

    one_by_one = staticmethod(compare.births)

    def prepare(self) -> None:
        self.has_born, self.has_due = self.column.each(lambda it: bool(it[0])), self.column.each(lambda it: bool(it[2]))
        self.is_simple = self.column.each(lambda it: len(it[0]) == 1 and not it[2])
        self.is_estimate = self.column.each(lambda it: it[1])
        days = [it[0][0] if it[0] else "0000-00-00" for it in self.column.values]
        self.digits = np.array([list(day.replace("-", "").encode()) for day in days], np.uint8).reshape(-1, 8)
        self.year, self.month, self.day = np.array([day.split("-") for day in days], np.int32).reshape(-1, 3).T

    def are_said(self, a: Numbers, b: Numbers) -> Numbers:
        born, due = (self.has_born[a], self.has_born[b]), (self.has_due[a], self.has_due[b])
        return born[0] & born[1] | due[0] & due[1] | (born[0] | born[1]) & (due[0] | due[1])

    def simply(self, a: Numbers, b: Numbers) -> Numbers:
        apart, is_year = abs(self.year[a] - self.year[b]), self.year[a] == self.year[b]
        is_same = is_year & (self.month[a] == self.month[b]) & (self.day[a] == self.day[b])
        is_estimate, is_new_year = self.is_estimate[a] | self.is_estimate[b], self.month * 100 + self.day == _NEW_YEAR
        return self.chosen(
            "other",
            first=is_same & is_new_year[a],
            same=is_same,
            swapped=is_year & (self.month[a] == self.day[b]) & (self.day[a] == self.month[b]),
            estimate=is_estimate & (apart <= compare.ESTIMATE_WITHIN) | is_year & (is_new_year[a] | is_new_year[b]),
            near=self._is_one_slip(a, b),
            year=is_year,
        )

    def _is_one_slip(self, a: Numbers, b: Numbers) -> Numbers:
        """One digit is another, or two side by side changed places."""
        ours, theirs = self.digits[a], self.digits[b]
        differ = ours != theirs
        crossed = (ours[:, 1:] == theirs[:, :-1]) & (ours[:, :-1] == theirs[:, 1:]) & differ[:, 1:]
        many = differ.sum(1)
        return (many == 1) | (many == 2) & crossed.any(1)


class Homes(Part):
    """One home with one other."""

    one_by_one = staticmethod(compare.homes)

    def prepare(self) -> None:
        self.streets = [_street(it) for it in self.column.values]
        self.key, self.postcode = (self.column.numbered(lambda it, at=at: it[0][at] if it else "") for at in (0, 1))
        self.house = self.column.numbered(lambda it: _street(it).partition(" ")[0])

    def simply(self, a: Numbers, b: Numbers) -> Numbers:
        is_same = (self.key[a] == self.key[b]) & (self.key[a] > 0)
        is_street = (self.house[a] == self.house[b]) & (self.house[a] > 0) & ~is_same
        asked = np.flatnonzero(is_street)
        near = zip(a[asked].tolist(), b[asked].tolist(), strict=True)
        is_street[asked] = [compare.is_one_street(self.streets[one], self.streets[other]) for one, other in near]
        is_postcode = (self.postcode[a] == self.postcode[b]) & (self.postcode[a] > 0)
        return self.chosen("other", same=is_same, street=is_street, postcode=is_postcode)


def _street(homes: tuple[tuple[str, ...], ...]) -> str:
    """Number and street of the first; entries that were written long ago have none."""
    return homes[0][2] if homes and homes[0][2:] else ""


class Identifiers(Part):
    """Numbers, one of a kind at most."""

    one_by_one = staticmethod(compare.numbers)

    def prepare(self) -> None:
        self.is_simple = self.column.each(lambda it: len(dict(it)) == len(it))
        kinds = sorted({kind for it in self.column.values for kind, _ in it})
        self.kinds = [(KINDS[kind], self.column.numbered(lambda it, kind=kind: dict(it).get(kind))) for kind in kinds]

    def simply(self, a: Numbers, b: Numbers) -> Numbers:
        nobody = np.zeros(len(a), bool)
        is_same, is_other, is_council = nobody, nobody, nobody
        for kind, number in self.kinds:
            both, is_equal = (number[a] > 0) & (number[b] > 0), (number[a] == number[b]) & (number[a] > 0)
            is_same = is_same | is_equal if kind.names == "country" else is_same
            is_council = is_council | is_equal if kind.names == "authority" else is_council
            is_other = is_other | both if kind.is_strong else is_other
        return self.chosen("", same=is_same, other=is_other, council=is_council)
