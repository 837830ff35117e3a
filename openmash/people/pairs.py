"""Which records are one person: the connected records of everything that people said is the same, and not undone.

The lead is the record with the smallest number. Joining and parting move nothing but the pointers to the lead, so
that an undone judgement leaves no trace in the records.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from openmash.people.markers import GUARDING
from openmash.people.models import Judgement, Marker, Person, Proposal

_ONE_JUDGE_AT_A_TIME = 7_012_001  # a number of our own for PostgreSQL's advisory lock


@dataclass(frozen=True)
class Pair:
    """Two records as they stand to one another. `clash` names two records that were said to be different.

    `is_guarded`: one of the two may be joined only when two people agree; `proposal` is what one of them has said.
    """

    first: Person
    second: Person
    is_joined: bool
    clash: str
    is_guarded: bool = False
    proposal: Proposal | None = None


def pair_of(first: Person, second: Person) -> Pair:
    """How two records stand. Five queries at most."""
    ours, theirs = records_with([first.lead_id_or_own]), records_with([second.lead_id_or_own])
    is_joined = first.lead_id_or_own == second.lead_id_or_own
    clash = "" if is_joined else _clash(ours, theirs)
    return Pair(first, second, is_joined, clash, bool(guarded(ours | theirs)), _proposal(ours, theirs))


def guarded(records: Iterable[int]) -> set[int]:
    """Those of these records that carry a marker which guards who they are."""
    live = Marker.objects.filter(kind__in=GUARDING, until=None, person__in=list(records))
    return set(live.values_list("person_id", flat=True))


def live_judgement(first: int, second: int) -> Judgement | None:
    low, high = sorted((first, second))
    return Judgement.objects.filter(first=low, second=high, undone_at=None).first()


def records_with(leads: Iterable[int]) -> set[int]:
    """The numbers of all records whose lead is among these, the leads included."""
    wanted = list(leads)
    return set(Person.objects.filter(Q(pk__in=wanted) | Q(lead__in=wanted)).values_list("pk", flat=True))


def wait_for_other_judges() -> None:
    """Two people who judge at once do so one after the other, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_JUDGE_AT_A_TIME])


def point_at_leads(records: set[int]) -> None:
    """Set the lead of each of these records, a whole cluster or several, from the judgements that are live now."""
    same = Judgement.objects.filter(says=Judgement.SAME, undone_at=None, first__in=records, second__in=records)
    for cluster in clusters(records, same.values_list("first_id", "second_id")):
        lead = min(cluster)
        Person.objects.filter(pk=lead).exclude(lead=None).update(lead=None)
        Person.objects.filter(pk__in=cluster - {lead}).update(lead=lead)


def clusters(records: Iterable[int], ties: Iterable[tuple[int, int]]) -> list[set[int]]:
    """The records that the ties connect, each in exactly one cluster."""
    of: dict[int, set[int]] = {record: {record} for record in records}
    for one, other in ties:
        if of[one] is not of[other]:
            of[one] |= of[other]
            for member in of[other]:
                of[member] = of[one]
    return list({id(cluster): cluster for cluster in of.values()}.values())


def _proposal(ours: set[int], theirs: set[int]) -> Proposal | None:
    still_open = Proposal.objects.filter(answered_at=None).select_related("by")
    return still_open.filter(Q(first__in=ours, second__in=theirs) | Q(first__in=theirs, second__in=ours)).first()


def _clash(ours: set[int], theirs: set[int]) -> str:
    said = Judgement.objects.filter(says=Judgement.DIFFERENT, undone_at=None).filter(
        Q(first__in=ours, second__in=theirs) | Q(first__in=theirs, second__in=ours)
    )
    found = said.first()
    return f"records {found.first_id} and {found.second_id}" if found else ""
