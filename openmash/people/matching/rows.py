"""Stored records in comparable form, many at once in five queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from openmash.people.matching.described import Described, Home, home, sound_identifiers
from openmash.people.models import Contact, Identifier, Name, Person, Residence
from openmash.people.telephones import email_key, telephone_key


def describe_records(records: Iterable[int]) -> dict[int, Described]:
    """Each of these records by itself."""
    return describe_groups({record: record for record in records})


def describe_groups(group_of: Mapping[int, int]) -> dict[int, Described]:
    """Records described together: `group_of` says for each record whose description it belongs to."""
    wanted = list(group_of)
    names, homes, identifiers = (
        _by(Name, wanted, "given", "family"),
        _homes(wanted),
        _by(Identifier, wanted, "kind", "value"),
    )
    contacts, people = _by(Contact, wanted, "kind", "value"), _people(wanted)
    groups: dict[int, list[int]] = defaultdict(list)
    for record, group in group_of.items():
        if record in people:
            groups[group].append(record)
    return {
        group: Described(
            names=tuple(dict.fromkeys(name for one in records for name in names[one] if any(name))),
            born=_days(people, records, 0),
            is_birth_date_estimated=any(people[one][2] for one in records),
            due=_days(people, records, 1),
            sexes=frozenset(people[one][3] for one in records) - {"U", ""},
            homes=tuple(dict.fromkeys(place for one in records for place in homes[one])),
            telephones=frozenset(
                telephone_key(value) for one in records for kind, value in contacts[one] if kind == "telephone"
            ) - {""},
            emails=frozenset(email_key(value) for one in records for kind, value in contacts[one] if kind == "email")
            - {""},
            identifiers=sound_identifiers(pair for one in records for pair in identifiers[one]),
        )
        for group, records in groups.items()
    }  # fmt: skip


def _by(model: Any, records: list[int], *columns: str) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for record, one, two in model.objects.filter(person__in=records).order_by("id").values_list("person_id", *columns):
        found[record].append((one, two))
    return found


def _homes(records: list[int]) -> dict[int, list[Home]]:
    found: dict[int, list[Home]] = defaultdict(list)
    rows = Residence.objects.filter(person__in=records).order_by("-id")
    for record, lines, postcode in rows.values_list("person_id", "address__lines", "address__postcode"):
        found[record].append(home(lines, postcode))
    return found


def _people(records: list[int]) -> dict[int, tuple[date | None, date | None, bool, str]]:
    rows = Person.objects.filter(pk__in=records)
    return {row[0]: row[1:] for row in rows.values_list("pk", "born_on", "due_on", "is_birth_date_estimated", "sex")}


def _days(people: Mapping[int, tuple[Any, ...]], records: list[int], column: int) -> frozenset[date]:
    return frozenset(people[one][column] for one in records if people[one][column])
