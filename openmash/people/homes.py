"""Where somebody lived and with whom: those at one address at one time are a household, now or earlier (M53)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from openmash.people.models import Residence
from openmash.people.named import NameLine, names_of
from openmash.people.ties import MarkerLine, Tie, markers_by_lead
from openmash.people.whereabouts import Protection


@dataclass(frozen=True)
class Stay:
    """One address of the person. `is_now` when no end is known; `is_reviewed` when their own record says so, and not
    only one that was joined to it."""

    address: str
    place: int
    since: date | None
    until: date | None
    is_now: bool
    is_reviewed: bool
    source: str
    recorded_at: datetime


@dataclass(frozen=True)
class Housemate:
    """Someone else at the address: how they are related to the person, what they carry, and which of it is a risk."""

    lead: int
    name: str
    age: str
    relation: str
    markers: tuple[str, ...]
    risks: tuple[str, ...]
    recorded_at: datetime


@dataclass(frozen=True)
class Household:
    """An address and everybody else known to live or have lived there at the same time."""

    address: str
    since: date | None
    until: date | None
    is_reviewed: bool
    members: tuple[Housemate, ...]


def stays(records: list[int], lead: int, guard: Protection) -> tuple[Stay, ...]:
    """Every address of these records, where the lead lives now first; one address told twice is one stay."""
    rows = Residence.objects.filter(person__in=records).select_related("address").order_by("-recorded_at", "-id")
    found: dict[tuple[int, bool], Stay] = {}
    for row in rows:
        place = (row.address_id, row.until is None)
        stay = Stay(
            address=guard.words(lead, row.address),
            place=row.address_id,
            since=row.since,
            until=row.until,
            is_now=row.until is None,
            is_reviewed=row.person_id == lead,
            source=row.source,
            recorded_at=row.recorded_at,
        )
        earlier = found.get(place)
        found[place] = stay if earlier is None or stay.is_reviewed > earlier.is_reviewed else earlier
    return tuple(sorted(found.values(), key=lambda stay: (not stay.is_now, not stay.is_reviewed)))


def households(
    homes: tuple[Stay, ...],
    records: list[int],
    ties: tuple[Tie, ...],
    areas: Iterable[int],
    kept: frozenset[int],
    guard: Protection,
    today: date,
) -> tuple[tuple[Household, ...], tuple[Household, ...]]:
    """The households now and those before. Three queries, however many live there."""
    others = (
        Residence.objects.filter(address__in={stay.place for stay in homes}, person__area__in=areas)
        .exclude(person__in=kept.union(records))
        .order_by("recorded_at")
        .values_list("address_id", "person_id", "since", "until", "recorded_at")
    )
    rows = list(others)
    names = names_of({row[1] for row in rows}, today=today)
    carried = markers_by_lead({line.lead for line in names.values()}, guard)
    relation = {tie.lead: tie.says_back for tie in ties}
    every = [_household(stay, rows, names, carried, relation) for stay in homes]
    pairs = list(zip(homes, every, strict=True))
    return tuple(home for stay, home in pairs if stay.is_now), tuple(home for stay, home in pairs if not stay.is_now)


def _household(
    stay: Stay,
    rows: list[tuple[int, int, date | None, date | None, datetime]],
    names: dict[int, NameLine],
    carried: dict[int, tuple[MarkerLine, ...]],
    relation: dict[int, str],
) -> Household:
    members: dict[int, Housemate] = {}
    for place, person, since, until, recorded_at in rows:
        if place == stay.place and (until is None if stay.is_now else _overlap(stay, since, until)):
            line = names[person]
            members[line.lead] = _housemate(line, carried.get(line.lead, ()), relation.get(line.lead, ""), recorded_at)
    return Household(stay.address, stay.since, stay.until, stay.is_reviewed, tuple(members.values()))


def _housemate(line: NameLine, carried: tuple[MarkerLine, ...], relation: str, recorded_at: datetime) -> Housemate:
    return Housemate(
        lead=line.lead,
        name=line.name,
        age=line.age,
        relation=relation,
        markers=tuple(marker.says for marker in carried),
        risks=tuple(marker.says for marker in carried if marker.is_sensitive),
        recorded_at=recorded_at,
    )


def _overlap(stay: Stay, since: date | None, until: date | None) -> bool:
    """Whether two stays share a day; an end that is not known is open."""
    first, last = stay.since or date.min, stay.until or date.max
    return (since or date.min) <= last and first <= (until or date.max)
