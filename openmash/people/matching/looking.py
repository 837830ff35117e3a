"""One look into the index: who shares a key with somebody described, put together by person. One query, or two."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection
from psycopg.types.json import Jsonb

from openmash.audit.actors import Actor
from openmash.audit.binding import asked_by
from openmash.people.matching.described import Described, together
from openmash.people.matching.keys import search_keys
from openmash.people.matching.stored import described_by, numbered

MOST_COMPARED, MOST_OF_A_KEY = 60, 200


@dataclass(frozen=True)
class KnownTo:
    """An agency (its number) has a record of them, under this number of ours."""

    agency: int
    record: int


class Who(NamedTuple):
    """A person of the hub by their lead; otherwise records linked with one another, or one record alone."""

    lead: int
    cluster: int
    record: int


@dataclass(frozen=True)
class Group:
    """Everything that the index has of one person. `died` is what any of their records says, an agency's too."""

    described: Described
    known_to: tuple[KnownTo, ...]
    died: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Look:
    groups: dict[Who, Group]
    is_truncated: bool


def look(asked: Described, *, by: Actor, without: Iterable[int] = ()) -> Look:
    """Whoever shares a key, but for these records of the hub, among those whom `by` may know of."""
    keys = numbered(search_keys(asked))
    if not keys:
        return Look({}, is_truncated=False)
    with asked_by(by), connection.cursor() as cursor:
        cursor.execute(
            "SELECT source, record, person, lead, cluster, facts, is_full FROM openmash_search_index(%s, %s, %s)",
            [keys, MOST_COMPARED, MOST_OF_A_KEY],
        )
        own = set(without)
        rows = [row for row in cursor.fetchall() if row[2] not in own]
        joined = _joined(cursor, [row[3] for row in rows if row[3]])
    return Look(_groups(rows, joined), is_truncated=any(row[6] for row in rows))


def _joined(cursor: object, leads: list[int]) -> dict[int, list[str]]:
    """The facts of every record of these people: what joined records say counts together."""
    found: dict[int, list[str]] = defaultdict(list)
    if leads:
        cursor.execute(  # type: ignore[attr-defined]
            "SELECT coalesce(person.lead_id, person.id), entry.facts FROM people_person person"
            " JOIN people_indexentry entry ON entry.person_id = person.id"
            " WHERE person.id = ANY (%s) OR person.lead_id = ANY (%s) ORDER BY person.id",
            [leads, leads],
        )
        for lead, facts in cursor.fetchall():  # type: ignore[attr-defined]
            found[lead].append(facts)
    return found


def _groups(rows: list[tuple[object, ...]], joined: dict[int, list[str]]) -> dict[Who, Group]:
    """An agency's record stands with the person of the hub it is linked with; with several, it stands with each."""
    leads_of: dict[object, set[int]] = defaultdict(set)
    for _, _, _, lead, cluster, _, _ in rows:
        if lead and cluster:
            leads_of[cluster].add(lead)
    facts = {Who(lead, 0, 0): [described_by(one) for one in told] for lead, told in joined.items()}
    known: dict[Who, list[KnownTo]] = defaultdict(list)
    died: dict[Who, frozenset[date]] = defaultdict(frozenset)
    for source, record, _, lead, cluster, said, _ in rows:
        if lead:
            continue
        told = described_by(said)
        for one in leads_of.get(cluster) or (0,):
            who = Who(one, 0, 0) if one else Who(0, cluster or 0, 0 if cluster else record)
            known[who].append(KnownTo(source, record))
            died[who] |= told.died
            if not one:
                facts.setdefault(who, []).append(told)
    found = {who: together(told) for who, told in facts.items()}
    return {who: Group(one, tuple(known.get(who, ())), one.died | died[who]) for who, one in found.items()}


_RECORDS_LIKE = """
SELECT asked.at, near.record, near.facts
FROM (
  SELECT a.at - 1 AS at, ARRAY(SELECT jsonb_array_elements_text(a.keys)::integer) AS keys
  FROM jsonb_array_elements(%s) WITH ORDINALITY AS a (keys, at)
) asked
CROSS JOIN LATERAL (
  SELECT entry.record, entry.facts
  FROM unnest(asked.keys) AS wanted (key)
  CROSS JOIN LATERAL (SELECT held.entry FROM people_indexkey held WHERE held.key = wanted.key LIMIT %s) AS held
  JOIN people_indexentry entry ON entry.id = held.entry
  WHERE entry.source_id = ANY (%s) AND NOT entry.is_restricted
  GROUP BY entry.id ORDER BY count(*) DESC, entry.id LIMIT %s
) near"""


def records_like(asked: Sequence[Described], sources: Iterable[int]) -> list[dict[int, Described]]:
    """Of each the records of these agencies that share a key. One query. Call within `linking.open_index`.

    The numbers are for a function that knows what its reader may learn; who stands behind one is for nobody's eyes.
    """
    found: list[dict[int, Described]] = [{} for _ in asked]
    keys = [numbered(search_keys(one)) for one in asked]
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS_LIKE, [Jsonb(keys), MOST_OF_A_KEY, list(sources), MOST_COMPARED])
        for at, record, facts in cursor.fetchall():
            found[at][record] = described_by(facts)
    return found
