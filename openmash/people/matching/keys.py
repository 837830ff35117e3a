"""The canonicaliser: from what is known of a person to keys by which their record is found. Runs when writing.

A key is a letter for its kind, a colon, and folded values. Two records that share a key are compared (`score.py`);
sharing one says nothing more. A stored row carries `KEYS_VERSION`: change the number with the rules.
Source: design of person matching, 1.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from openmash.people.matching.described import Described
from openmash.people.names import classes

KEYS_VERSION = 4
_LONGEST = 60
_MONTH = timedelta(days=30)
_NEIGHBOURS = (-1, 0, 1)
_ABOUT = (-2, -1, 0, 1, 2)
_NEW_YEAR = (1, 1)
Names = tuple[tuple[str, str], ...]


def keys_of(person: Described) -> list[str]:
    """The keys that a record is stored under, in order, each once."""
    return _tidied([*_exact(person), *_by_birth(person), *_by_place(person), *_homes(person), *_by_name(person)])


def search_keys(person: Described) -> list[str]:
    """The keys to look under: also the neighbouring years and months, those stored without a birth date, and all who
    live at the same address."""
    found = [*_exact(person), *_by_birth(person), *_by_place(person), *_homes(person)]
    pairs = _pairs(person)
    found += [f"y:{year}:{pair}" for year in _years(person) for pair in pairs]
    found += [f"o:{pair}" if person.born or person.due else f"n:{pair}" for pair in pairs]
    found += [f"u:{month}:{name}" for month in _months(person.due | person.born) for name in _families(person)]
    found += [f"b:{month}:{name}" for month in _months(person.due) for name in _families(person)]
    return _tidied(found)


def address_keys(person: Described) -> list[str]:
    """The keys of everybody who lives or lived at the same addresses."""
    return _tidied(list(_homes(person)))


def canonical_birth_date(born: date) -> str:
    """Year, then the smaller of day and month: the same when day and month were swapped."""
    low, high = sorted((born.day, born.month))
    return f"{born.year}{low:02}{high:02}"


def _exact(person: Described) -> Iterator[str]:
    yield from (f"i:{kind}:{value}" for kind, value in sorted(person.identifiers))
    yield from (f"t:{number}" for number in sorted(person.telephones))
    yield from (f"e:{address}" for address in sorted(person.emails))


def _by_birth(person: Described) -> Iterator[str]:
    """Birth date with the first letter of each part of the name: both parts may be mistyped. Year of birth, and day and
    month, with each two parts: one of the three may be wrong. An unborn child by the month due."""
    for born in sorted(person.born):
        day, is_new_year = canonical_birth_date(born), (born.month, born.day) == _NEW_YEAR
        # The first of January is written for half a town: there the whole part has to agree.
        yield from (f"d:{day}:{name if is_new_year else name[:1]}" for name in _every_class(person))
        yield from (f"y:{born.year}:{pair}" for pair in _pairs(person))
        if not is_new_year:
            yield from (f"m:{day[4:]}:{pair}" for pair in _pairs(person))
    yield from (f"u:{_month(day)}:{name}" for day in sorted(person.due) for name in _families(person))


def _by_place(person: Described) -> Iterator[str]:
    for home in person.homes:
        place = home.postcode.replace(" ", "").lower() or home.key
        if place:
            yield from (f"p:{place}:{name}" for name in _every_class(person))
            yield from (f"p:{place}:{born.year}" for born in sorted(person.born))


def _homes(person: Described) -> Iterator[str]:
    yield from (f"a:{home.key}" for home in person.homes if home.key)


def _by_name(person: Described) -> Iterator[str]:
    """The whole name: `n` for everybody, `o` only for those of whom no date is known. The month of birth finds the
    unborn child that a baby was."""
    for pair in _pairs(person):
        yield f"n:{pair}"
        if not person.born and not person.due:
            yield f"o:{pair}"
    yield from (f"b:{_month(born)}:{name}" for born in sorted(person.born) for name in _families(person))


def _years(person: Described) -> list[int]:
    """The years of birth to look under: more where the date is an estimate."""
    return sorted(
        {
            born.year + near
            for born in person.born
            for near in (_ABOUT if person.is_birth_date_estimated else _NEIGHBOURS)
        }
    )


def _months(days: Iterable[date]) -> list[str]:
    """The months of these days, and the months before and after."""
    return sorted({_month(day + near * _MONTH) for day in days for near in _NEIGHBOURS})


def _month(day: date) -> str:
    return f"{day.year}{day.month:02}"


def _families(person: Described) -> list[str]:
    return sorted({name for _, family in person.names for name in classes(family)})


def _every_class(person: Described) -> tuple[str, ...]:
    return _classes_of(person.names)


def _pairs(person: Described) -> tuple[str, ...]:
    return _pairs_of(person.names)


@lru_cache(maxsize=8_192)
def _classes_of(names: Names) -> tuple[str, ...]:
    return tuple(sorted({name for both in names for part in both for name in classes(part)}))


@lru_cache(maxsize=8_192)
def _pairs_of(names: Names) -> tuple[str, ...]:
    """Every two parts of a name, in no order: dropped, hyphenated and swapped parts still share a pair."""
    pairs: set[str] = set()
    for given, family in names:
        parts = sorted({*classes(given), *classes(family)})
        pairs |= {f"{one}+{two}" for i, one in enumerate(parts) for two in parts[i + 1 :]}
    return tuple(sorted(pairs))


def _tidied(keys: list[str]) -> list[str]:
    return list(dict.fromkeys(key[:_LONGEST] for key in keys))
