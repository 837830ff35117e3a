"""What is seen of screening, rating and the basis. Everything returned is a finished, frozen value."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from openmash.agencies.queries import holders
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.enquiries.clocks import research_due
from openmash.enquiries.codes import RATINGS, WHY_NOT_TOLD
from openmash.enquiries.models import Enquiry, Need
from openmash.enquiries.queries import EarlierLine, PartyLine, Story, of_people, parties, story
from openmash.people.matching import candidates
from openmash.people.models import Person
from openmash.people.queries import records_of
from openmash.triage.codes import AGREEMENT, GATEWAYS, LAWFUL_BASES, LEVELS, SCREENING_OUTCOMES
from openmash.triage.models import Basis, Rating, Screening


@dataclass(frozen=True)
class RatingLine:
    """One rating with its reason, for the history of changes."""

    rating: str
    before: str
    because: str
    by: str
    raised_by: str
    at: datetime


def ratings(enquiry_number: int) -> tuple[RatingLine, ...]:
    """Every rating of an enquiry, newest first (M96)."""
    rows = Rating.objects.filter(enquiry=enquiry_number).select_related("by", "raised_by_agency").order_by("-id")
    return tuple(
        RatingLine(
            row.rating,
            row.before,
            row.because,
            row.by.name,
            row.raised_by_agency.name if row.raised_by_agency else "",
            row.at,
        )
        for row in rows
    )


@dataclass(frozen=True)
class ScreeningLine:
    outcome: str
    outcome_words: str
    considered: str
    by: str
    at: datetime


def screening(enquiry_number: int) -> ScreeningLine | None:
    """The screening of an enquiry, if it was screened."""
    row = Screening.objects.filter(enquiry=enquiry_number).select_related("by").order_by("-id").first()
    if row is None:
        return None
    return ScreeningLine(row.outcome, SCREENING_OUTCOMES[row.outcome], row.considered, row.by.name, row.at)


@dataclass(frozen=True)
class BasisLine:
    """A basis in words: `rows` are label and answer, in the order of the form."""

    number: int
    by: str
    at: datetime
    rows: tuple[tuple[str, str], ...]


def latest_basis(enquiry: Enquiry) -> Basis | None:
    """The basis that holds for what is asked now."""
    return Basis.objects.filter(enquiry=enquiry).select_related("by").order_by("-number").first()


def basis_line(row: Basis | None) -> BasisLine | None:
    """A basis as it is shown: the answers of the gate, in words."""
    if row is None:
        return None
    why = ". ".join(filter(None, [WHY_NOT_TOLD.get(row.why_not_told, ""), row.why_not_told_words]))
    return BasisLine(
        number=row.number,
        by=row.by.name,
        at=row.at,
        rows=(
            ("Significant harm suspected", f"{'Yes' if row.suspects_significant_harm else 'No'}. {row.harm_because}"),
            ("Level of need thought", LEVELS.get(row.thought_level, str(row.thought_level))),
            ("Family asked or told", "Yes" if row.told_family else f"No. {why}"),
            ("Family agrees to a service", AGREEMENT.get(row.agrees_to_service, row.agrees_to_service)),
            ("Lawful basis for sharing", LAWFUL_BASES.get(row.lawful_basis, row.lawful_basis)),
            ("Gateway in law", GATEWAYS.get(row.gateway, row.gateway)),
        ),
    )


@dataclass(frozen=True)
class Considered:
    """What a person screening or rating has before them: the referral, the people, and what is already known.

    `children_at` is where somebody still has to answer for the children around an adult (M58); empty when none has to.
    """

    story: Story
    parties: tuple[PartyLine, ...]
    earlier: tuple[EarlierLine, ...]
    unlooked: tuple[str, ...]
    screening: ScreeningLine | None
    children_at: str


def considered(enquiry: Enquiry, *, by: Actor) -> Considered:
    """The referral and its surroundings. `unlooked` names those whose possible matches nobody has looked at."""
    people = parties(enquiry.pk)
    records = {record for found in records_of(line.lead for line in people).values() for record in found}
    return Considered(
        story=story(enquiry, by=by),
        parties=people,
        earlier=of_people(records, by=by, besides=enquiry.pk),
        unlooked=unlooked(people, by=by),
        screening=screening(enquiry.pk),
        children_at=_children_at(enquiry),
    )


def _children_at(enquiry: Enquiry) -> str:
    waiting = Need.objects.filter(enquiry=enquiry, kind="child-considered", met_at=None)
    return waiting.values_list("path", flat=True).first() or ""


def unlooked(people: Iterable[PartyLine], *, by: Actor) -> tuple[str, ...]:
    """The names of those who may be somebody the hub knows, and of whom nobody has said whether they are."""
    waiting = {line.person: line.name for line in people if not line.is_matched}
    return tuple(
        waiting[person.pk]
        for person in Person.objects.filter(pk__in=waiting).order_by("pk")
        if any(found.judged is None and found.band != "low" for found in candidates(person, by=by))
    )


def due_by_rating(enquiry: Enquiry) -> dict[str, datetime]:
    """When research would be due at each rating, from receipt."""
    return {rating: research_due(enquiry.area, enquiry.received_at, rating) for rating in RATINGS}


def basis_begins(enquiry: Enquiry) -> dict[str, object]:
    """What the form begins with: the latest basis, or else what the referrer said. Nothing is typed twice."""
    latest = latest_basis(enquiry)
    given = latest or enquiry
    begins = {
        "version": enquiry.version,
        "told_family": _yes_or_no(given.told_family),
        "why_not_told": given.why_not_told,
        "why_not_told_words": given.why_not_told_words,
    }
    if latest is None:
        return begins | {
            "agrees_to_service": enquiry.family_agrees,
            "thought_level": enquiry.thinks_level or "",
            "lawful_basis": "public_task",
        }
    said = ("harm_because", "thought_level", "agrees_to_service", "lawful_basis", "gateway")
    harm = _yes_or_no(latest.suspects_significant_harm)
    return begins | {name: getattr(latest, name) for name in said} | {"suspects_significant_harm": harm}


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


@dataclass(frozen=True)
class Ring:
    """Somebody to ring on the fast track."""

    name: str
    job: str
    telephone: str


def whom_to_ring(enquiry: Enquiry, permission: Permission = Permission.DECIDE) -> tuple[Ring, ...]:
    """Those of the area who may decide, or do what else is asked, each with their own number or the hub's."""
    found = holders(permission, areas=[enquiry.area_id]).order_by("name")
    hub = enquiry.area.telephone
    return tuple(Ring(user.name, user.job_title, user.telephone or hub) for user in found)


def load_fast_track(reference: str) -> Enquiry:
    """The row, for the act that asks whether the reader may know of it; 404 when there is none."""
    enquiry = Enquiry.objects.select_related("area").filter(reference=reference).first()
    if enquiry is None:
        raise Http404
    return enquiry


def is_discussion_awaited(enquiry: Enquiry) -> bool:
    """Whether anybody alerted on the fast track still waits for the discussion."""
    return Need.objects.filter(enquiry=enquiry, kind="fast_track", met_at=None).exists()
