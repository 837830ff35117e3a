"""What two descriptions say of one another: for each part of a description, how the two compare, as one word.

The words are the rows of `model.json`. An empty word says nothing for or against. Comparing two names is remembered,
since the same names meet again and again.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from openmash.people.identifiers import KINDS
from openmash.people.matching.described import Described, Home
from openmash.people.names import classes, is_shared, name_class, tokens

LIKENESS, LONG_ENOUGH, SHORTEST = 0.9, 4, 3
LONG_ENOUGH_STREET, SLIPS = 8, 2
DUE_WITHIN, BORN_WITHIN = timedelta(days=28), timedelta(days=56)
ESTIMATE_WITHIN = 2
ORDER = ("same", "part", "sound", "alike", "initial", "", "other")
_RANK = {word: place for place, word in enumerate(ORDER)}
Agreed = tuple[str, ...]
"""The classes of the tokens in which two names agree."""


@dataclass(frozen=True, slots=True)
class Levels:
    """One word for each comparison. `in_common` are the classes of names in which the two agree, given names first."""

    given: str = ""
    surname: str = ""
    is_swapped: bool = False
    born: str = ""
    sex: str = ""
    home: str = ""
    telephone: str = ""
    email: str = ""
    number: str = ""


def levels(one: Described, other: Described) -> tuple[Levels, Agreed, Agreed]:
    """How the two compare, and the classes of first names and of surnames in which they agree."""
    given, surname, is_swapped, first, last = names(one.names, other.names)
    compared = Levels(
        given,
        surname,
        is_swapped,
        births(one, other),
        shared(one.sexes, other.sexes),
        homes(one.homes, other.homes),
        shared(one.telephones, other.telephones),
        shared(one.emails, other.emails),
        numbers(one.identifiers, other.identifiers),
    )
    return compared, first, last


def shared(ours: frozenset[str], theirs: frozenset[str]) -> str:
    if not ours or not theirs:
        return ""
    return "other" if ours.isdisjoint(theirs) else "same"


NameLevels = tuple[str, str, bool, Agreed, Agreed]


def names(ours: tuple[tuple[str, str], ...], theirs: tuple[tuple[str, str], ...]) -> NameLevels:
    """The best agreement of any two names."""
    if len(ours) == 1 == len(theirs):
        return two_names(*ours[0], *theirs[0])
    ways = [two_names(*one, *other) for one in ours for other in theirs]
    return min(ways, key=lambda way: (_how_far(way), way), default=("", "", False, (), ()))


def _how_far(way: NameLevels) -> tuple[int, int, int]:
    return _RANK[way[0]] + _RANK[way[1]], int(way[2]), _RANK[way[0]]


@lru_cache(maxsize=400_000)
def two_names(given: str, family: str, their_given: str, their_family: str) -> NameLevels:
    """In the same order, or with first name and surname the other way round where that agrees and this does not."""
    first, last = _first_names(given, their_given), _part(family, their_family)
    if "other" in (first[0], last[0]) and given and family and their_given and their_family:
        crossed = _part(given, their_family)
        if _agrees(crossed) and _agrees(crossed_too := _part(family, their_given)):
            # The better half first, whichever of the two records is asked about.
            first, last = sorted((crossed, crossed_too), key=lambda half: (_RANK[half[0]], half[1]))
            return first[0], last[0], True, first[1], last[1]
    return first[0], last[0], False, first[1], last[1]


def _agrees(half: tuple[str, Agreed]) -> bool:
    return _RANK[half[0]] <= _RANK["alike"]


def _first_names(ours: str, theirs: str) -> tuple[str, Agreed]:
    """As any half of a name, and a short form is spelt alike: surnames have none, Wood and Eastwood are two."""
    found = _part(ours, theirs)
    if found[0] == "other":
        mine, yours = _told_apart(ours, theirs)
        if any(_is_short_form(a, b) for a in mine.parts for b in yours.parts):
            return "alike", ()
    return found


@lru_cache(maxsize=400_000)
def _part(ours: str, theirs: str) -> tuple[str, Agreed]:
    """Compare one half of a name with one of another: any part of one may stand for any part of the other."""
    mine, yours = _told_apart(ours, theirs)
    if not mine.parts or not yours.parts:
        return "", ()
    if both := mine.parts & yours.parts:
        return "same" if mine.parts == yours.parts else "part", tuple(sorted(set(map(name_class, both))))
    if alike := mine.classes & yours.classes:
        return "sound", tuple(sorted(alike))
    pairs = [(a, b) for a in mine.parts for b in yours.parts]
    if any(_is_alike(a, b) for a, b in pairs):
        return "alike", ()
    if any(a[0] == b[0] and 1 in (len(a), len(b)) for a, b in pairs):
        return "initial", ()
    return "other", ()


class _Parts(NamedTuple):
    parts: frozenset[str]
    classes: frozenset[str]


def _told_apart(ours: str, theirs: str) -> tuple[_Parts, _Parts]:
    """The parts by which two are told apart: without Mohammed, Singh or Begum where both have a further one."""
    mine, yours = _taken_apart(ours), _taken_apart(theirs)
    return (mine[1], yours[1]) if mine[1].parts and yours[1].parts else (mine[0], yours[0])


@lru_cache(maxsize=65_536)
def _taken_apart(half: str) -> tuple[_Parts, _Parts]:
    """All parts, and those that whole communities do not share."""
    every = frozenset(tokens(half))
    found = (every, frozenset(part for part in every if not is_shared(part)))
    return tuple(_Parts(parts, frozenset(map(name_class, parts))) for parts in found)  # type: ignore[return-value]


def _is_alike(a: str, b: str) -> bool:
    """One slip of the pen, of which a name of three letters has no room; or the same beginning and letters."""
    short, long = sorted((len(a), len(b)))
    if short < SHORTEST or long < LONG_ENOUGH:
        return False
    if long - short <= 1 and OSA.distance(a, b, score_cutoff=1) <= 1:
        return True
    return short >= LONG_ENOUGH and JaroWinkler.similarity(a, b, score_cutoff=LIKENESS) >= LIKENESS


def _is_short_form(a: str, b: str) -> bool:
    """Femi is Oluwafemi, and Jas is Jaswinder: the beginning or the end of a first name often stands for it."""
    short, long = sorted((a, b), key=len)
    return len(short) >= SHORTEST and (long.startswith(short) or long.endswith(short))


_BORN = ("same", "swapped", "first", "near", "estimate", "year", "other")
_BORN_RANK = {word: place for place, word in enumerate(_BORN)}


def births(one: Described, other: Described) -> str:
    if one.born and other.born:
        is_estimate = one.is_birth_date_estimated or other.is_birth_date_estimated
        found = [two_days(a, b, is_estimate) for a in one.born for b in other.born]
        return found[0] if len(found) == 1 else min(found, key=_BORN_RANK.__getitem__)
    if one.due and other.due:
        return "due" if any(abs(a - b) <= DUE_WITHIN for a in one.due for b in other.due) else "not_due"
    born, due = one.born | other.born, one.due | other.due
    if born and due:
        return "due_born" if any(abs(a - b) <= BORN_WITHIN for a in born for b in due) else "not_due"
    return ""


@lru_cache(maxsize=400_000)
def two_days(a: date, b: date, is_estimate: bool) -> str:
    """The first of January is what is written when only the year is known."""
    if a == b:
        return "first" if (a.day, a.month) == (1, 1) else "same"
    if (a.year, a.day, a.month) == (b.year, b.month, b.day):
        return "swapped"
    is_about = is_estimate or (1, 1) in ((a.day, a.month), (b.day, b.month))
    if is_about and abs(a.year - b.year) <= (ESTIMATE_WITHIN if is_estimate else 0):
        return "estimate"
    if OSA.distance(f"{a:%Y%m%d}", f"{b:%Y%m%d}", score_cutoff=1) <= 1:
        return "near"
    return "year" if a.year == b.year else "other"


def homes(ours: tuple[Home, ...], theirs: tuple[Home, ...]) -> str:
    if not ours or not theirs:
        return ""
    if {home.key for home in ours if home.key} & {home.key for home in theirs}:
        return "same"
    if any(is_one_street(a.street, b.street) for a in ours for b in theirs if a.street and b.street):
        return "street"
    if {home.postcode for home in ours if home.postcode} & {home.postcode for home in theirs}:
        return "postcode"
    return "other"


@lru_cache(maxsize=400_000)
def is_one_street(ours: str, theirs: str) -> bool:
    """The same number in the same street, or in one spelt nearly so. A neighbour's number is another home."""
    number, _, street = ours.partition(" ")
    their_number, _, their_street = theirs.partition(" ")
    if number != their_number:
        return False
    return street == their_street or (
        min(len(street), len(their_street)) >= LONG_ENOUGH_STREET
        and OSA.distance(street, their_street, score_cutoff=SLIPS) <= SLIPS
    )


def numbers(ours: frozenset[tuple[str, str]], theirs: frozenset[tuple[str, str]]) -> str:
    """A number that names one person in the whole country says most; one that differs tells against it."""
    if not ours or not theirs:
        return ""
    both = {KINDS[kind].names for kind, _ in ours & theirs}
    if "country" in both:
        return "same"
    if {kind for kind, _ in ours if KINDS[kind].is_strong} & {kind for kind, _ in theirs}:
        return "other"
    return "council" if "authority" in both else ""


def all_classes(person: Described) -> set[str]:
    return {name for both in person.names for part in both for name in classes(part)}
