"""What is seen of those who are looked for. Everything returned is a finished, frozen value."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.enquiries.models import Enquiry, Need
from openmash.kit.verdict import Verdict
from openmash.lookout.actions import KNOWN_THERE, NAMED_THERE
from openmash.lookout.models import Elsewhere, MissingFamily, Sighting
from openmash.lookout.policies import may_answer_sighting, may_see, may_stop_looking
from openmash.people.queries import NameLine, names_of


@dataclass(frozen=True)
class SightingLine:
    """One place where they may have turned up. `reference` is of an enquiry that the reader may open, or empty."""

    number: int
    where: str
    telephone: str
    reference: str
    because: str
    at: datetime
    answer: str
    answered_by: str
    words: str
    may_answer: Verdict


@dataclass(frozen=True)
class MissingLine:
    """A family that is looked for, and whether somebody has still to look at a sighting."""

    number: int
    reference: str
    area: str
    names: str
    since: datetime
    by: str
    sightings: int
    unanswered: int
    is_over: bool


@dataclass(frozen=True)
class MissingView:
    number: int
    reference: str
    area: str
    people: tuple[NameLine, ...]
    because: str
    by: str
    since: datetime
    ended_at: datetime | None
    ended_by: str
    ended_because: str
    sightings: tuple[SightingLine, ...]
    may_stop: Verdict


def load_missing(number: int, *, by: User) -> MissingFamily:
    """The row, for an action; 404 when there is none or `by` may not know of it."""
    row = MissingFamily.objects.select_related("enquiry__area", "by", "ended_by").filter(pk=number).first()
    if row is None or not may_see(by, row):
        raise Http404
    return row


def load_sighting(number: int, *, by: User) -> Sighting:
    row = Sighting.objects.select_related("missing__enquiry__area").filter(pk=number).first()
    if row is None or not may_see(by, row.missing):
        raise Http404
    return row


def missing_families(*, by: User) -> tuple[MissingLine, ...]:
    """Those who are looked for in `by`'s areas; unanswered sightings first, then the latest."""
    areas = by.areas_where(Permission.RATE)
    rows = MissingFamily.objects.filter(enquiry__area__in=areas).select_related("enquiry__area", "by")
    found = list(rows.prefetch_related("sightings").order_by("-since"))
    names = names_of({person for row in found for person in row.people})
    lines = [_line(row, names) for row in found]
    return tuple(sorted(lines, key=lambda line: (line.is_over, -line.unanswered)))


def _line(row: MissingFamily, names: dict[int, NameLine]) -> MissingLine:
    seen = list(row.sightings.all())
    return MissingLine(
        number=row.pk,
        reference=row.enquiry.reference,
        area=row.enquiry.area.name,
        names=", ".join(names[person].name for person in row.people if person in names),
        since=row.since,
        by=row.by.name,
        sightings=len(seen),
        unanswered=sum(not sighting.answer for sighting in seen),
        is_over=row.ended_at is not None,
    )


def missing_view(row: MissingFamily, *, by: User) -> MissingView:
    """A family that is looked for, and every sighting, the latest first."""
    sightings = row.sightings.select_related("area", "enquiry", "agency", "answered_by").order_by("-at", "-pk")
    names = names_of(row.people)
    mine = by.areas_where(Permission.SEE_ENQUIRIES)
    return MissingView(
        number=row.pk,
        reference=row.enquiry.reference,
        area=row.enquiry.area.name,
        people=tuple(names[person] for person in row.people if person in names),
        because=row.because,
        by=row.by.name,
        since=row.since,
        ended_at=row.ended_at,
        ended_by=row.ended_by.name if row.ended_by else "",
        ended_because=row.ended_because,
        sightings=tuple(_sighting(one, by, mine) for one in sightings),
        may_stop=may_stop_looking(by, row),
    )


def _sighting(row: Sighting, by: User, mine: frozenset[int]) -> SightingLine:
    what = f"On the list of {row.agency.name}" if row.agency else f"In an enquiry in {row.area.name}"
    return SightingLine(
        number=row.pk,
        where=what,
        telephone=row.area.telephone,
        reference=row.enquiry.reference if row.enquiry and row.area_id in mine else "",
        because=row.because,
        at=row.at,
        answer=row.answer,
        answered_by=row.answered_by.name if row.answered_by else "",
        words=row.words,
        may_answer=may_answer_sighting(by, row),
    )


@dataclass(frozen=True)
class OtherHub:
    """Another area's hub that may know, or looks for, somebody in an enquiry: whom to ring, and why."""

    name: str
    telephone: str
    why: str
    at: datetime


@dataclass(frozen=True)
class Lookout:
    """What stands on an enquiry: the number of its missing family, and which hubs to ring."""

    missing: int
    hubs: tuple[OtherHub, ...]
    is_awaited: bool


def lookout(enquiry: Enquiry) -> Lookout:
    """For whoever may see the enquiry. Three queries."""
    missing = enquiry.missing.filter(ended_at=None).values_list("pk", flat=True).first()
    hubs = [
        OtherHub(row.area.hub_name, row.area.telephone, _why(row.people), row.at)
        for row in Elsewhere.objects.filter(enquiry=enquiry).select_related("area")
    ]
    seen = Sighting.objects.filter(enquiry=enquiry).exclude(missing__enquiry__area=enquiry.area_id)
    for row in seen.select_related("missing__enquiry__area"):
        theirs = row.missing.enquiry.area
        hubs.append(OtherHub(theirs.hub_name, theirs.telephone, "Looks for somebody in this enquiry", row.at))
    kinds = (KNOWN_THERE, NAMED_THERE)
    is_awaited = bool(hubs) and Need.objects.filter(enquiry=enquiry, kind__in=kinds, met_at=None).exists()
    return Lookout(missing or 0, tuple(hubs), is_awaited)


def _why(people: int) -> str:
    return f"May know {'one person' if people == 1 else f'{people} people'} in this enquiry"
