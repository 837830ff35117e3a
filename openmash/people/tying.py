"""Ties that somebody enters on a page: who is what to whom, when that ended, or that it was never so.

One tie may have been told of several records of the same two people: it ends, or is taken back, in all of them.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet

from openmash.agencies.models import User
from openmash.audit.action import Refused, Stale, action, known_to
from openmash.audit.actors import Actor
from openmash.kit.verdict import need
from openmash.people.kept import kept_from
from openmash.people.matching.search import areas_known_to
from openmash.people.models import Person, Relationship
from openmash.people.pairs import records_with, wait_for_other_judges
from openmash.people.policies import may_change_tie, may_match, may_tie
from openmash.people.relations import RELATIONS
from openmash.people.ties import rows_with

MOST = 120  # characters of who said so: it stands beside the tie


@dataclass(frozen=True)
class GivenRelation:
    """Who somebody is to another: a key of `people.relations`; `is_turned` when the other is that to them."""

    kind: str
    is_turned: bool = False
    since: date | None = None
    has_parental_responsibility: bool | None = None


@action(may=may_tie, event="person.related", keeps=("kind",), lock=False)
def relate(
    person: Person,
    *,
    by: User,
    now: datetime,
    other: Person,
    kind: str,
    has_parental_responsibility: bool | None = None,
    source: str,
    since: date | None = None,
    newest: int | None = None,
) -> Relationship:
    """`person` is the `kind` of `other`: a key of `people.relations`, otherwise ValueError.

    `newest` is the newest tie of the two that was shown: when one was entered since, `Stale` is raised.
    """
    if kind not in RELATIONS:
        raise ValueError(f"There is no relation {kind}. There are {', '.join(RELATIONS)}.")
    wait_for_other_judges()
    if newest is not None and newest_tie(person, other, by=by) > newest:
        raise Stale(person, newest)
    verdict = (
        may_match(by, other)
        & need(other.pk not in kept_from(by), "There is no such person.")
        & need(person.lead_id_or_own != other.lead_id_or_own, "Choose somebody else: these records are one person.")
        & need(bool(source.strip()), "Enter who says so.")
        & need(not _told(person, other, kind).filter(until=None).exists(), "The record says this already.")
    )
    if not verdict:
        raise Refused("person.related", verdict)
    return Relationship.objects.create(
        person=person,
        other=other,
        kind=kind,
        has_parental_responsibility=has_parental_responsibility,
        source=source.strip(),
        since=since,
        by=by,
        recorded_at=now,
    )


@action(may=may_change_tie, event="tie.ended", lock=False)
def end_tie(
    tie: Relationship, *, by: User, now: datetime, until: date, because: str, version: int | None = None
) -> Relationship:
    """It was so until that day. With the `version` that was shown: when it has changed since, `Stale` is raised."""
    _wait(tie, version)
    verdict = (
        need(bool(because.strip()), "Enter who says so, and why.")
        & need(tie.until is None, "It has ended already.")
        & need(not tie.since or until >= tie.since, "It cannot have ended before it began.")
    )
    if not verdict:
        raise Refused("tie.ended", verdict)
    return _change(tie, by, now, because, until=until)


@action(may=may_change_tie, event="tie.taken-back", lock=False)
def take_back_tie(
    tie: Relationship,
    *,
    by: User,
    now: datetime,
    because: str,
    instead: GivenRelation | None = None,
    version: int | None = None,
) -> Relationship:
    """It was never so; with `instead`, what it is. The row stays, and says who took it back and why."""
    _wait(tie, version)
    if not because.strip():
        raise Refused("tie.taken-back", need(False, "Enter who says so, and why."))
    changed = _change(tie, by, now, because, is_mistaken=True)
    if instead:
        one, two = (tie.other, tie.person) if instead.is_turned else (tie.person, tie.other)
        relate(
            one, by=by, now=now, other=two, kind=instead.kind, source=because, since=instead.since,
            has_parental_responsibility=instead.has_parental_responsibility,
        )  # fmt: skip
    return changed


def load_tie(number: int, *, by: Actor) -> Relationship:
    """A tie of two people who both may be known; otherwise 404. One that was taken back is none any more."""
    areas, kept = areas_known_to(by), kept_from(by)
    rows = Relationship.objects.filter(pk=number, is_mistaken=False, person__area__in=areas, other__area__in=areas)
    row = rows.exclude(person__in=kept).exclude(other__in=kept).select_related("person", "other").first()
    return known_to(by, row, may_change_tie, event="tie.looked-up")


def newest_tie(person: Person, other: Person, *, by: Actor) -> int:
    """The newest of all that was told of the two; 0 when nothing was."""
    theirs = records_with([other.lead_id_or_own])
    rows = rows_with(records_with([person.lead_id_or_own]), areas_known_to(by), kept_from(by))
    both = (rows.filter(person__in=theirs) | rows.filter(other__in=theirs)).order_by("-pk")
    return both.values_list("pk", flat=True).first() or 0


def _wait(tie: Relationship, version: int | None) -> None:
    """One after the other: rows of one tie are changed together, so that a lock on one of them is not enough."""
    wait_for_other_judges()
    tie.refresh_from_db()
    if tie.is_mistaken or version not in (None, tie.version):
        raise Stale(tie, version or 0)


def _change(tie: Relationship, by: User, now: datetime, because: str, **facts: object) -> Relationship:
    told = {"changed_by": by, "changed_at": now, "changed_because": because.strip()[:MOST], **facts}
    same = _told(tie.person, tie.other, tie.kind)
    (same if "is_mistaken" in facts else same.filter(until=None)).update(version=F("version") + 1, **told)
    tie.refresh_from_db()
    return tie


def _told(person: Person, other: Person, kind: str) -> QuerySet[Relationship]:
    """Every row that tells this tie, whichever records of the two it was told of."""
    ours, theirs = records_with([person.lead_id_or_own]), records_with([other.lead_id_or_own])
    rows = Relationship.objects.filter(kind=kind, is_mistaken=False)
    told = rows.filter(person__in=ours, other__in=theirs)
    return told | rows.filter(person__in=theirs, other__in=ours) if RELATIONS[kind].is_mutual else told
