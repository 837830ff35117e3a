"""How a person is tied to others, and what they carry, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from openmash.design.moments import day
from openmash.people.dated import Changeable
from openmash.people.markers import GUARDING, MARKERS, marker_says
from openmash.people.models import Marker, Relationship
from openmash.people.named import names_of
from openmash.people.relations import RELATIONS
from openmash.people.whereabouts import WITHHELD, WITHHELD_SOURCE, Protection

WHAT = "Tie"


@dataclass(frozen=True)
class Amended:
    """A change of what a record says, as it is shown."""

    what: str
    before: str
    after: str
    source: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Tie:
    """Read "<the person> is <says> <name>": "child of Ann Bell"; and "<name> is <says_back> <the person>".

    `is_parent` when the other is their parent; `number` is the row that tells it.
    """

    number: int
    lead: int
    name: str
    age: str
    says: str
    says_back: str
    kind: str
    is_parent: bool
    has_parental_responsibility: bool | None
    since: date | None
    until: date | None
    source: str

    @property
    def is_live(self) -> bool:
        return self.until is None


@dataclass(frozen=True)
class MarkerLine:
    """A marker on somebody: who holds it, from when, and until when."""

    marker: int
    says: str
    agency: str
    team: str
    worker: str
    since: date | None
    until: date | None
    source: str
    is_sensitive: bool

    @property
    def is_live(self) -> bool:
        return self.until is None


def ties_of(records: list[int], lead: int, areas: Iterable[int], kept: frozenset[int], today: date) -> tuple[Tie, ...]:
    """Each tie once, whichever record it was told of, in the order of `RELATIONS`, those that ended last. Two queries.

    A tie with somebody of another area, or among the `kept`, is not there.
    """
    rows = rows_with(records, areas, kept).filter(is_mistaken=False)
    found = list(rows.order_by("-recorded_at", "-id"))
    names = names_of({number for row in found for number in (row.person_id, row.other_id)}, today=today)
    ties: dict[tuple[int, str], Tie] = {}
    for row in found:
        is_first = row.person_id in records
        other, kind = names[row.other_id if is_first else row.person_id], RELATIONS[row.kind]
        says, says_back = (kind.says, kind.says_back) if is_first else (kind.says_back, kind.says)
        if other.lead != lead and (other.lead, says) not in ties:
            ties[other.lead, says] = Tie(
                number=row.pk,
                lead=other.lead,
                name=other.name,
                age=other.age,
                says=says,
                says_back=says_back,
                kind=row.kind,
                is_parent=kind.draws == "parent" and not is_first,
                has_parental_responsibility=row.has_parental_responsibility,
                since=row.since,
                until=row.until,
                source=row.source,
            )
    order = list(RELATIONS)
    return tuple(sorted(ties.values(), key=lambda tie: (not tie.is_live, order.index(tie.kind), tie.name)))


def rows_with(records: Iterable[int], areas: Iterable[int], kept: frozenset[int]) -> QuerySet[Relationship]:
    """Everything told of these records and somebody who may be known, mistakes and what ended included."""
    theirs = Q(person__in=records, other__area__in=areas) | Q(other__in=records, person__area__in=areas)
    return Relationship.objects.filter(theirs).exclude(person__in=kept).exclude(other__in=kept)


def history_of(records: Iterable[int], rows: Iterable[Relationship], guard: Protection) -> Iterator[Amended]:
    """What somebody entered, ended or took back on a page, each in a line; not who told it of somebody protected."""
    own, some = set(records), list(rows)
    names = names_of({number for row in some for number in (row.person_id, row.other_id)})
    for row in some:
        is_first = row.person_id in own
        kind, other = RELATIONS[row.kind], names[row.other_id if is_first else row.person_id]
        words = f"{kind.says if is_first else kind.says_back} {other.name}"
        yield from changes_of(row, WHAT, words[0].upper() + words[1:], is_hidden=other.lead in guard.leads)


def changes_of(row: Changeable, what: str, words: str, *, is_hidden: bool) -> Iterator[Amended]:
    """How what a row says in `words` was entered, and how it ended or was taken back; `is_hidden` keeps who told it."""
    if row.by:
        source = WITHHELD_SOURCE if is_hidden else row.source
        yield Amended(what, "", words, source, row.by.name, row.recorded_at)
    if row.changed_by and row.changed_at:
        now = "Recorded by mistake" if row.is_mistaken else f"Until {day(row.until)}"
        source = WITHHELD_SOURCE if is_hidden else row.changed_because
        yield Amended(what, words, now, source, row.changed_by.name, row.changed_at)


def markers_of(records: list[int], guard: Protection) -> tuple[MarkerLine, ...]:
    """What these records carry, live ones first."""
    lines = [line for lines in _markers(records, guard).values() for line in lines]
    return tuple(sorted(lines, key=lambda line: (not line.is_live, line.says)))


def markers_by_lead(leads: Iterable[int], guard: Protection) -> dict[int, tuple[MarkerLine, ...]]:
    """What each of these people carries now, whichever of their records holds it."""
    wanted = set(leads)
    found = _markers(wanted, guard, by_lead=True) if wanted else {}
    return {lead: tuple(line for line in lines if line.is_live) for lead, lines in found.items()}


def _markers(people: Iterable[int], guard: Protection, *, by_lead: bool = False) -> dict[int, list[MarkerLine]]:
    rows = Marker.objects.select_related("agency").annotate(lead=Coalesce("person__lead_id", "person_id"))
    theirs = Q(person__in=people)
    rows = rows.filter(theirs | Q(person__lead__in=people) if by_lead else theirs)
    found: dict[int, list[MarkerLine]] = {}
    for row in rows.order_by("-since", "-id"):
        is_sensitive = row.kind in MARKERS and MARKERS[row.kind].is_sensitive
        says_where = row.lead in guard.leads and row.kind not in GUARDING  # one that protects says from whom
        whom = (WITHHELD, "") if says_where and (row.team or row.worker) else (row.team, row.worker)
        line = MarkerLine(
            row.pk, marker_says(row.kind), row.agency.name, *whom, row.since, row.until,
            WITHHELD_SOURCE if says_where else row.source, is_sensitive,
        )  # fmt: skip
        found.setdefault(row.lead, []).append(line)
    return found
