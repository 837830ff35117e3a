"""Which agency records are of which people, as they are linked now. Nothing is copied: correct the link, that is all.

Numbers only. Whoever shows what is behind one reads it through the wall of the room that holds it.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection


def records_of(leads: Iterable[int]) -> dict[int, frozenset[int]]:
    """By lead: the agency records linked with any record of that person. Restricted ones are never among them."""
    return _pairs("SELECT lead, record FROM openmash_records_of_leads(%s)", leads)


def leads_of(records: Iterable[int]) -> dict[int, frozenset[int]]:
    """By agency record: the people of the hub that it is linked with. More than one until somebody joins them."""
    return _pairs("SELECT record, lead FROM openmash_leads_of_records(%s)", records)


def _pairs(statement: str, numbers: Iterable[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(numbers)])
        for one, other in cursor.fetchall():
            found[one].add(other)
    return {one: frozenset(others) for one, others in found.items()}
