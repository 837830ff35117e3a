"""Agencies' records as the same as somebody, or not: numbers only. Who it is there, the agency alone can say."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from openmash.agencies.models import Agency
from openmash.audit.actors import Actor
from openmash.audit.binding import asked_by
from openmash.people.matching import Elsewhere
from openmash.people.matching.search import areas_known_to
from openmash.people.models import IndexEntry, Person, RecordJudgement
from openmash.people.pairs import guarded, records_with

LIKELY = 0.1


@dataclass(frozen=True)
class RecordPair:
    """An agency's record with a person of the hub, or with another record; and what stands of the two now."""

    area: int
    record: int
    person: Person | None
    other: int | None
    is_guarded: bool
    stands: RecordJudgement | None

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return (self.person.pk,) if self.person else ()


@dataclass(frozen=True)
class AgencyRecords:
    """Records that are linked with one another and may be somebody: which agencies', how likely, and why."""

    records: tuple[int, ...]
    agencies: tuple[str, ...]
    band: str
    because: str


@dataclass(frozen=True)
class RecordSaid:
    """A judgement that stands of a person and an agency's record."""

    judgement: int
    says: str
    record: int
    agency: str
    by: str


def load_pair(record: int, *, by: Actor, person: Person | None = None, other: int | None = None) -> RecordPair:
    """The record with the person, or with the other record; 404 when `by` may not know of one of them."""
    low, high = min(record, other or record), max(record, other or record)
    known = _known({low, high}, by)
    if {low, high} - set(known) or (person is None) == (low == high):
        raise Http404
    area = person.area_id if person else known[low].area_id or min(areas_known_to(by))
    second = None if person else high
    with asked_by(by):
        stands = RecordJudgement.objects.filter(record=low, person=person, other=second, undone_at=None).first()
    is_guarded = person is not None and bool(guarded(records_with([person.lead_id_or_own])))
    return RecordPair(area, low, person, second, is_guarded, stands)


def load_record_judgement(number: int, *, by: Actor) -> RecordJudgement:
    """A judgement that stands, in an area where `by` matches people; otherwise 404."""
    with asked_by(by):
        live = RecordJudgement.objects.filter(area__in=areas_known_to(by), undone_at=None, pk=number)
        found = live.select_related("person").first()
    if found is None:
        raise Http404
    return found


def said_of_records(people: Iterable[int], *, by: Actor) -> dict[int, tuple[RecordSaid, ...]]:
    """By record of the hub: what somebody has said of it and agencies' records, the latest first. Three queries."""
    wanted = list(people)
    with asked_by(by):
        live = RecordJudgement.objects.filter(person__in=wanted, undone_at=None).select_related("by").order_by("-pk")
        rows = list(live)
    known, names = _known({row.record for row in rows}, by), _agencies()
    found: dict[int, list[RecordSaid]] = {one: [] for one in wanted}
    for row in rows:
        if row.record in known:
            agency = names[known[row.record].source_id]
            found[row.person_id].append(RecordSaid(row.pk, row.says, row.record, agency, row.by.name))
    return {one: tuple(said) for one, said in found.items()}


def not_judged(found: Iterable[Elsewhere], said: Iterable[RecordSaid]) -> tuple[AgencyRecords, ...]:
    """Whom agencies alone know and may be somebody, without the records that somebody has judged.

    Of those who are hardly likely nothing is said: there is nobody to look up.
    """
    judged, names = {one.record for one in said}, _agencies()
    shown = []
    for one in found:
        left = [known for known in one.known_to if known.record not in judged]
        if left and one.score >= LIKELY:
            agencies = tuple(sorted({names[known.agency] for known in left}))
            shown.append(AgencyRecords(tuple(known.record for known in left), agencies, one.band, one.because))
    return tuple(shown)


def _known(records: set[int], by: Actor) -> dict[int, IndexEntry]:
    """Those of these records that `by` may know of; restricted ones are never among them."""
    with asked_by(by):
        rows = IndexEntry.objects.filter(Q(record__in=records)).only("record", "source_id", "area_id")
        return {row.record: row for row in rows}


def _agencies() -> dict[int, str]:
    return dict(Agency.objects.values_list("pk", "name"))
