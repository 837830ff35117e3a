"""A whole family as facts: who, who with whom, whose children, under which roofs. The desk turns it into a diagram."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from openmash.audit.actors import Actor
from openmash.people.kept import kept_from
from openmash.people.matching.search import areas_known_to
from openmash.people.models import Person, Relationship, Residence
from openmash.people.named import NameLine, leads_of, names_of, records_of
from openmash.people.relations import RELATIONS, RelationKind
from openmash.people.ties import markers_by_lead
from openmash.people.whereabouts import Protection, protection

_SEX_OF = {"mother": "F", "father": "M"}
_SIBLINGS = {"sibling", "half_sibling"}


@dataclass(frozen=True)
class Member:
    """One person. `household` is a key of `FamilyView.households`, or empty."""

    lead: int
    name: str
    age: str
    sex: str
    is_unborn: bool
    is_dead: bool
    household: str
    markers: tuple[str, ...]


@dataclass(frozen=True)
class PairOf:
    """Two members and how they belong: for a couple together, separated or ex; for a parent birth, step, foster or
    adoptive; for another tie the words from the first to the second."""

    a: int
    b: int
    kind: str
    since: str = ""


@dataclass(frozen=True)
class FamilyView:
    """A family by leads. `parents` read "a is a parent of b"; `households` are (key, address) pairs."""

    people: tuple[Member, ...]
    couples: tuple[PairOf, ...]
    parents: tuple[PairOf, ...]
    ties: tuple[PairOf, ...]
    households: tuple[tuple[str, str], ...]


def family_of(people: Iterable[int], *, by: Actor, today: date | None = None) -> FamilyView:
    """The family of these people, with everybody they are directly tied to. A dozen queries, however large it is.

    Only people of the areas in which `by` may match people, and nobody who is kept from them; a number may be any
    record of a person.
    """
    now, areas, kept = today or timezone.localdate(), areas_known_to(by), kept_from(by)
    asked = set(leads_of(set(people) - kept).values())
    near = {end for tie in _ties(asked, areas, kept) for end in (tie.a, tie.b)}
    ties = [tie for tie in _ties(asked | near, areas, kept) if {tie.a, tie.b} <= asked | near]
    return _view(names_of(asked | near, today=now), ties, areas)


@dataclass(frozen=True)
class _Told:
    """A relation as it was told, between leads."""

    a: int
    b: int
    kind: RelationKind
    since: str
    is_over: bool


def _ties(leads: set[int], areas: Iterable[int], kept: frozenset[int]) -> list[_Told]:
    """Every relation of these people, first told first; of those that ended only couples, who are drawn apart."""
    records = {record for group in records_of(leads).values() for record in group}
    theirs = Relationship.objects.filter(Q(person__in=records) | Q(other__in=records), is_mistaken=False)
    known = (
        theirs.filter(person__area__in=areas, other__area__in=areas).exclude(person__in=kept).exclude(other__in=kept)
    )
    rows = list(known.order_by("recorded_at", "id"))
    lead_of = leads_of(end for row in rows for end in (row.person_id, row.other_id))
    told = [
        _Told(
            lead_of[row.person_id],
            lead_of[row.other_id],
            RELATIONS[row.kind],
            str(row.since.year) if row.since else "",
            row.until is not None,
        )
        for row in rows
    ]
    return [tie for tie in told if tie.a != tie.b and (tie.kind.draws == "couple" or not tie.is_over)]


def _view(names: dict[int, NameLine], told: list[_Told], areas: Iterable[int]) -> FamilyView:
    kept = records_of(names)
    known = _known(kept, areas)
    drawn = {how: _drawn(how, told) for how in ("couple", "parent", "tie")}
    guard = protection()
    homes, carried = _homes(kept, guard), markers_by_lead(known, guard)
    sexes = {tie.a: _SEX_OF[tie.kind.key] for tie in told if tie.kind.key in _SEX_OF}
    members = tuple(
        Member(
            lead=lead,
            name=names[lead].name,
            age=names[lead].age,
            sex=names[lead].sex if names[lead].sex != "U" else sexes.get(lead, "U"),
            is_unborn=names[lead].is_unborn,
            is_dead=known[lead],
            household=str(homes[lead][0]) if lead in homes else "",
            markers=tuple(marker.says for marker in carried.get(lead, ())),
        )
        for lead in sorted(known)
    )
    roofs = {str(place): words for lead, (place, words) in sorted(homes.items()) if lead in known}
    return FamilyView(members, drawn["couple"], drawn["parent"], _without_shared_parents(drawn), tuple(roofs.items()))


def _known(kept: dict[int, frozenset[int]], areas: Iterable[int]) -> dict[int, bool]:
    """Those of whom at least one record may be known, and whether they have died."""
    rows = Person.objects.filter(pk__in=[one for group in kept.values() for one in group], area__in=areas)
    found: dict[int, bool] = {}
    for pk, lead, died_on in rows.values_list("pk", "lead_id", "died_on"):
        found[lead or pk] = found.get(lead or pk, False) or died_on is not None
    return found


def _drawn(how: str, told: list[_Told]) -> tuple[PairOf, ...]:
    """The latest word on each pair, in the order in which the pairs were first told."""
    found: dict[tuple[int, int], PairOf] = {}
    for tie in told:
        if tie.kind.draws == how:
            ends = (tie.a, tie.b) if how == "parent" else (min(tie.a, tie.b), max(tie.a, tie.b))
            is_parted = tie.is_over and tie.kind.detail == "together"
            says = "separated" if is_parted else tie.kind.detail or tie.kind.says
            found[ends] = PairOf(tie.a, tie.b, says, tie.since)
    return tuple(found.values())


def _without_shared_parents(drawn: dict[str, tuple[PairOf, ...]]) -> tuple[PairOf, ...]:
    """Brothers and sisters are drawn through the parents they share; only those without one are tied by a line."""
    parents: dict[int, set[int]] = {}
    for pair in drawn["parent"]:
        parents.setdefault(pair.b, set()).add(pair.a)
    siblings = {RELATIONS[kind].says for kind in _SIBLINGS}
    return tuple(
        tie
        for tie in drawn["tie"]
        if tie.kind not in siblings or not parents.get(tie.a, set()) & parents.get(tie.b, set())
    )


def _homes(kept: dict[int, frozenset[int]], guard: Protection) -> dict[int, tuple[int, str]]:
    """Where each of them lives now: what their own record says, else the latest that one joined to it says."""
    lead_of = {record: lead for lead, records in kept.items() for record in records}
    rows = Residence.objects.filter(person__in=lead_of, until=None).select_related("address")
    in_order = sorted(rows.order_by("recorded_at", "id"), key=lambda row: row.person_id in kept)
    return {
        lead_of[row.person_id]: (row.address_id, guard.words(lead_of[row.person_id], row.address)) for row in in_order
    }
