"""A description as the index keeps it: one line of JSON, read and written fast, the same for equal descriptions."""

import json
from datetime import date
from zlib import crc32

from openmash.people.matching.described import Described, Home

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def facts_of(person: Described) -> str:
    return _COMPACT(
        [
            person.names,
            sorted(born.isoformat() for born in person.born),
            int(person.is_birth_date_estimated),
            sorted(due.isoformat() for due in person.due),
            "".join(sorted(person.sexes)),
            [(home.key, home.postcode, home.street) for home in person.homes],
            sorted(person.telephones),
            sorted(person.emails),
            sorted(person.identifiers),
            *([sorted(died.isoformat() for died in person.died)] if person.died else []),
        ]
    )


def described_by(facts: str) -> Described:
    names, born, is_estimated, due, sexes, homes, telephones, emails, identifiers, *more = json.loads(facts)
    return Described(
        names=tuple((given, family) for given, family in names),
        born=frozenset(map(date.fromisoformat, born)),
        is_birth_date_estimated=bool(is_estimated),
        due=frozenset(map(date.fromisoformat, due)),
        sexes=frozenset(sexes),
        homes=tuple(Home(key, postcode, "", *street) for key, postcode, *street in homes),
        telephones=frozenset(telephones),
        emails=frozenset(emails),
        identifiers=frozenset((kind, value) for kind, value in identifiers),
        died=frozenset(map(date.fromisoformat, more[0])) if more else frozenset(),
    )


def numbered(keys: list[str]) -> list[int]:
    """Keys as the index holds them: 32 bits, signed. Two keys with one number cost a comparison, never a wrong link."""
    return [crc32(key.encode()) - 0x8000_0000 for key in keys]
