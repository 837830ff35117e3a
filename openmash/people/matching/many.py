"""Many pairs scored at once: as `score.py` scores each, to the last bit, over columns of numbers (`columns.py`).

Names cost most: they are compared only where what is said beside them leaves the pair a chance to be worth a link.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice, product
from typing import Any

import numpy as np

from openmash.people.matching import compare
from openmash.people.matching.columns import Births, Column, Homes, Identifiers, Numbers, Shared
from openmash.people.matching.compare import Levels, NameLevels
from openmash.people.matching.described import Described, Home
from openmash.people.matching.score import MATCH, MODEL, POSSIBLE, Commonness, by_chance, chances, is_doubtful

_PARTS = ("born", "sex", "home", "telephone", "email", "number", "given", "surname")
_WORDS = [("", *MODEL[part]) for part in _PARTS]
_SIZES = (*map(len, _WORDS), 2)
_BESIDE, _NAMES = _SIZES[:6], _SIZES[6:]
_RIVALS = ("same", "twin", "family")
_SWAPPED = compare.ORDER[: compare.ORDER.index("alike") + 1]
_ROUNDING, _AT_ONCE = 1 - 1e-9, 10_000


@dataclass(frozen=True)
class Likely:
    """Pairs that are worth a link, by place: how likely each is one person, and whether the machine may join them."""

    ones: Numbers
    others: Numbers
    scores: Numbers
    are_matches: Numbers


class Many:
    """Descriptions, as the index keeps them, by their place, from nought, in the order in which they are given."""

    def __init__(self, facts: Iterable[str]) -> None:
        self._columns = tuple(map(Column, (tuple, _birth, frozenset, _homes, frozenset, frozenset, frozenset)))
        rows = map(_values, facts)
        while some := list(islice(rows, _AT_ONCE)):
            for column, values in zip(self._columns, zip(*some, strict=True), strict=True):
                column.add(values)
        for column in self._columns:
            column.close()
        kinds = (Births, Shared, Homes, Shared, Shared, Identifiers)
        self._parts = [
            kind(column, words) for kind, column, words in zip(kinds, self._columns[1:], _WORDS, strict=False)
        ]

    def described(self, place: int) -> Described:
        """One of them, but for the day of death, which is not compared."""
        names, birth, *others = [column.value(place) for column in self._columns]
        return Described(names, birth.born, birth.is_birth_date_estimated, birth.due, *others)

    def likely(self, ones: Numbers, others: Numbers, known: Commonness, least: float = POSSIBLE) -> Likely:
        """Score these pairs, and keep those that are worth a link, in the order in which they are given."""
        beside = np.ravel_multi_index([part.compared(ones, others) for part in self._parts], _BESIDE)
        kept = np.flatnonzero(_of_each(beside, lambda code: _may_be(code, least)))
        ones, others, beside = ones[kept], others[kept], beside[kept]
        names = self._columns[0]
        said, at = names.distinct(names.of[ones], names.of[others], lambda a, b: _naming(compare.names(a, b), known))
        naming, by_names = np.array(said, np.float64).reshape(-1, 2).T
        compared = beside * np.prod(_NAMES) + naming.astype(np.int64)[at]
        same, twin, family, stranger, is_left = _of_each(compared, _weights).T
        scores = same / (same + twin + family + stranger * known.people * by_names[at])
        worth = np.flatnonzero(scores >= least)
        are_matches = (scores >= MATCH) & (is_left == 0)
        return Likely(ones[worth], others[worth], scores[worth], are_matches[worth])


def _values(facts: str) -> tuple[Any, ...]:
    """What is said of one, a value for each column."""
    names, born, is_estimated, due, sexes, homes, telephones, emails, identifiers, *_ = json.loads(facts)
    return (
        tuple(map(tuple, names)), (tuple(born), is_estimated, tuple(due)), sexes, tuple(map(tuple, homes)),
        tuple(telephones), tuple(emails), tuple(map(tuple, identifiers)),
    )  # fmt: skip


def _birth(kept: tuple[tuple[str, ...], int, tuple[str, ...]]) -> Described:
    born, is_estimated, due = kept
    return Described(born=_days(born), is_birth_date_estimated=bool(is_estimated), due=_days(due))


def _days(kept: Iterable[str]) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, kept))


def _homes(kept: Iterable[tuple[str, ...]]) -> tuple[Home, ...]:
    return tuple(Home(key, postcode, "", *street) for key, postcode, *street in kept)


def _of_each(codes: Numbers, what: Callable[[int], Any]) -> Numbers:
    """What is said of each code: of those that occur it is asked once."""
    there = np.flatnonzero(np.bincount(codes)) if len(codes) else np.array([0])
    said = np.array([what(code) for code in there.tolist()])
    table = np.zeros((there[-1] + 1, *said.shape[1:]), said.dtype)
    table[there] = said
    return table[codes]


def _naming(compared: NameLevels, known: Commonness) -> tuple[int, float]:
    """How two names compare as one code, and how often strangers have them in common."""
    given, surname, is_swapped, first, last = compared
    return _CODE_OF_NAMES[given, surname, is_swapped], by_chance(given, surname, first, last, known)


@cache
def _weights(code: int) -> tuple[float, float, float, float, bool]:
    """The chances of the four answers, and whether a person has to decide."""
    levels = _levels(code)
    return *chances(levels), is_doubtful(levels)


def _levels(code: int) -> Levels:
    *places, is_swapped = np.unravel_index(code, _SIZES)
    words = {part: said[place] for part, said, place in zip(_PARTS, _WORDS, places, strict=True)}
    return Levels(is_swapped=bool(is_swapped), **words)


@cache
def _may_be(code: int, likely: float) -> bool:
    """Whether two that compare so beside their names are so likely by some names, were no strangers like them."""
    chance = np.array(chances(_levels(code * int(np.prod(_NAMES))))[:3]) * _CHANCES_OF_NAMES
    return bool((chance[:, 0] / chance.sum(1)).max() >= likely * _ROUNDING)


def _chances_of_names() -> Numbers:
    """Of two of one person, of twins and of one family, for all ways in which names compare."""
    ways = [(*way, False) for way in product(_WORDS[6], _WORDS[7])] + [
        (*way, True) for way in product(_SWAPPED, _SWAPPED)
    ]
    alone = np.array(chances(Levels())[:3])
    return np.array([chances(Levels(*way))[:3] for way in ways]) / alone


_CHANCES_OF_NAMES = _chances_of_names()
_CODE_OF_NAMES = {way: code for code, way in enumerate(product(_WORDS[6], _WORDS[7], (False, True)))}
