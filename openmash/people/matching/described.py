"""A person described: everything that matching compares, in comparable form. The same for a form and for a record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from openmash.people.addresses import address_key, is_postcode, street_key, tidy_postcode
from openmash.people.given import GivenPerson
from openmash.people.identifiers import normalise, problem
from openmash.people.telephones import email_key, telephone_key


@dataclass(frozen=True)
class Home:
    """Where somebody lives or lived. `key` is empty when the address is too vague to be one home; `street` is number
    and street alone, which two spellings of a home share when the flat, the town or the postcode is left out of one."""

    key: str
    postcode: str
    words: str = ""
    street: str = ""


@dataclass(frozen=True)
class Described:
    """One person, or all records of one person together. Every field may be empty."""

    names: tuple[tuple[str, str], ...] = ()
    born: frozenset[date] = frozenset()
    is_birth_date_estimated: bool = False
    due: frozenset[date] = frozenset()
    sexes: frozenset[str] = frozenset()
    homes: tuple[Home, ...] = ()
    telephones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    identifiers: frozenset[tuple[str, str]] = frozenset()
    died: frozenset[date] = frozenset()


@lru_cache(maxsize=65_536)
def home(lines: str, postcode: str) -> Home:
    kept = tidy_postcode(postcode) if is_postcode(postcode) else ""
    return Home(address_key(lines, postcode), kept, ", ".join(filter(None, [lines, kept])), street_key(lines))


def sound_identifiers(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those that pass their own check: a mistyped number must not join two people."""
    return frozenset((kind, normalise(kind, value)) for kind, value in pairs if value and not problem(kind, value))


def described(given: GivenPerson) -> Described:
    """What somebody said of a person, in comparable form."""
    names = ((given.given, given.family), *(_other_names(given) if given.other_names else ()))
    has_home = given.address_lines or given.postcode
    return Described(
        names=tuple(name for name in names if any(name)),
        born=frozenset({given.born_on} if given.born_on else ()),
        is_birth_date_estimated=given.is_birth_date_estimated,
        due=frozenset({given.due_on} if given.due_on else ()),
        sexes=frozenset({given.sex} - {"U", ""}),
        homes=(home(given.address_lines, given.postcode),) if has_home else (),
        telephones=frozenset({telephone_key(given.telephone)} - {""}),
        emails=frozenset({email_key(given.email)} - {""}),
        identifiers=sound_identifiers(given.identifiers),
    )


def _other_names(given: GivenPerson) -> list[tuple[str, str]]:
    """Other names are free text: "Bell" is another family name, "Mia Bell" a whole one; commas part them."""
    return [other_name(text, given) for text in given.other_names.split(",") if text.strip()]


def other_name(text: str, given: GivenPerson) -> tuple[str, str]:
    """One other name as (given, family)."""
    first, _, last = " ".join(text.split()).rpartition(" ")
    return (first, last) if first else (given.given, last)


def together(records: Sequence[Described]) -> Described:
    """Several records of one person as one description."""
    if len(records) == 1:
        return records[0]
    return Described(
        names=tuple(dict.fromkeys(name for one in records for name in one.names)),
        born=frozenset().union(*(one.born for one in records)),
        is_birth_date_estimated=any(one.is_birth_date_estimated for one in records),
        due=frozenset().union(*(one.due for one in records)),
        sexes=frozenset().union(*(one.sexes for one in records)),
        homes=tuple(dict.fromkeys(home for one in records for home in one.homes)),
        telephones=frozenset().union(*(one.telephones for one in records)),
        emails=frozenset().union(*(one.emails for one in records)),
        identifiers=frozenset().union(*(one.identifiers for one in records)),
        died=frozenset().union(*(one.died for one in records)),
    )
