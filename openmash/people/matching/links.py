"""Which agency records are of which people, as they are linked now. Nothing is copied: correct the link, that is all.

Numbers only. Whoever shows what is behind one reads it through the wall of the room that holds it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from openmash.agencies.models import User
from openmash.audit.binding import asked_by


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


@dataclass(frozen=True)
class OpenPair:
    """Two people of the hub who are alike, by their leads, and nobody has said whether they are one.

    A page that goes on after this pair is asked for by its `key`.
    """

    score: float
    first: int
    second: int
    key: str


def to_decide(*, by: User, after: str = "", most: int = 50) -> tuple[OpenPair, ...]:
    """The pairs for a person to decide, the likeliest first, among the people of the areas that `by` may match in."""
    score, _, number = after.partition("-")
    begins = (float(score), int(number)) if _is_key(score, number) else (2.0, 0)
    with asked_by(by), connection.cursor() as cursor:
        cursor.execute(_TO_DECIDE, {"score": begins[0], "number": begins[1], "most": most})
        return tuple(OpenPair(likely, one, two, f"{likely!r}-{key}") for likely, one, two, key in cursor.fetchall())


def _is_key(score: str, number: str) -> bool:
    return score.replace(".", "", 1).isdecimal() and number.isdecimal() and len(score) + len(number) < 40


_TO_DECIDE = """
SELECT link.score, ours.lead, theirs.lead, link.id FROM people_link link
JOIN people_indexentry first ON first.id = link.first AND first.person_id IS NOT NULL
JOIN people_indexentry second ON second.id = link.second AND second.person_id IS NOT NULL
JOIN LATERAL (SELECT coalesce(lead_id, id) AS lead FROM people_person WHERE id = first.person_id) ours ON true
JOIN LATERAL (SELECT coalesce(lead_id, id) AS lead FROM people_person WHERE id = second.person_id) theirs ON true
WHERE ours.lead <> theirs.lead AND (link.score, -link.id) < (%(score)s, -%(number)s)
  AND NOT EXISTS (
    SELECT FROM people_judgement said
    JOIN people_person one ON one.id = said.first_id JOIN people_person two ON two.id = said.second_id
    WHERE said.undone_at IS NULL AND coalesce(one.lead_id, one.id) IN (ours.lead, theirs.lead)
      AND coalesce(two.lead_id, two.id) IN (ours.lead, theirs.lead)
      AND coalesce(one.lead_id, one.id) <> coalesce(two.lead_id, two.id)
  )
  AND NOT EXISTS (
    SELECT FROM people_proposal said
    JOIN people_person one ON one.id = said.first_id JOIN people_person two ON two.id = said.second_id
    WHERE said.answered_at IS NULL AND coalesce(one.lead_id, one.id) IN (ours.lead, theirs.lead)
      AND coalesce(two.lead_id, two.id) IN (ours.lead, theirs.lead)
  )
  AND NOT EXISTS (
    SELECT FROM people_link better
    JOIN people_indexentry a ON a.id = better.first JOIN people_indexentry b ON b.id = better.second
    JOIN people_person pa ON pa.id = a.person_id JOIN people_person pb ON pb.id = b.person_id
    WHERE (better.score, -better.id) > (link.score, -link.id)
      AND coalesce(pa.lead_id, pa.id) IN (ours.lead, theirs.lead)
      AND coalesce(pb.lead_id, pb.id) IN (ours.lead, theirs.lead)
      AND coalesce(pa.lead_id, pa.id) <> coalesce(pb.lead_id, pb.id)
  )
ORDER BY link.score DESC, link.id LIMIT %(most)s
"""
