"""The decisions that are due, for a practice manager: child protection first, then first due (M31, M100)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from openmash.agencies.models import Area, User
from openmash.agencies.roles import Permission
from openmash.decisions.answers import Tally, tallies
from openmash.decisions.models import Decision
from openmash.enquiries.clocks import Clock, both_clocks
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import whom
from openmash.enquiries.workflow import GATHERING, REVIEW, SCREENED, STATUS_WORDS, TRIAGED
from openmash.triage.codes import SCREENING_OUTCOMES
from openmash.triage.models import Screening

PAGE = 50
_COLUMNS = (
    "id",
    "reference",
    "kind",
    "status",
    "rating",
    "clock",
    "due_at",
    "received_at",
    "triage_due_at",
    "statutory_due_at",
    "research_due_at",
    "research_continues",
    "decided_at",
    "fast_track_at",
    "is_restricted",
    "area_id",
    "owner_id",
    "owner__name",
    "version",
)


@dataclass(frozen=True)
class DueRow:
    """One enquiry that a decision is due on. `path` is where it is decided."""

    reference: str
    path: str
    children: str
    rating: str
    stage: str
    due_at: datetime
    clocks: tuple[Clock, ...]
    tally: Tally
    proposed_by: str
    owner: str
    is_mine: bool
    is_fast_track: bool
    is_restricted: bool
    research_continues: bool


@dataclass(frozen=True)
class DuePage:
    """`rows` in order; `next_after` is the key of the next page, empty on the last."""

    rows: tuple[DueRow, ...]
    next_after: str


def due(by: User, *, now: datetime, after: str = "") -> DuePage:
    """The decisions due in the areas where `by` decides. The same few queries, however many there are."""
    rows = _due(by)
    first = [] if after else list(rows.exclude(fast_track_at=None).order_by("due_at", "pk")[:PAGE])
    rest = _from(rows.filter(fast_track_at=None), after).order_by("due_at", "pk")[: PAGE + 1]
    found = list(rest)
    more = f"{found[PAGE - 1].due_at.isoformat()}_{found[PAGE - 1].pk}" if len(found) > PAGE else ""  # type: ignore[union-attr]
    return DuePage(_rows([*first, *found[:PAGE]], by, now), more)


def _due(by: User) -> QuerySet[Enquiry]:
    """Ready, or gathering answers; and what whoever screened thought needs no research, or is proposed already."""
    screening = Screening.objects.filter(enquiry=OuterRef("pk")).order_by("-id")
    proposed = Decision.objects.filter(enquiry=OuterRef("pk"), signed_at=None).exclude(proposed_at=None)
    early = Q(status__in=(SCREENED, TRIAGED)) & (~Q(screened="research") & Q(screened__isnull=False) | Exists(proposed))
    return (
        Enquiry.objects.filter(area__in=by.areas_where(Permission.DECIDE))
        .annotate(screened=Subquery(screening.values("outcome")[:1]))
        .filter(Q(status__in=(REVIEW, GATHERING)) | early)
        .select_related("owner")
        .only(*_COLUMNS)
    )


def _from(rows: QuerySet[Enquiry], after: str) -> QuerySet[Enquiry]:
    moment, _, number = after.rpartition("_")
    try:
        at = datetime.fromisoformat(moment)
        return rows.filter(Q(due_at__gt=at) | Q(due_at=at, pk__gt=int(number)))
    except ValueError:
        return rows  # the first page, or an address that somebody cut short


def _rows(found: list[Enquiry], by: User, now: datetime) -> tuple[DueRow, ...]:
    numbers = [row.pk for row in found]
    areas = Area.objects.in_bulk({row.area_id for row in found})
    children, answers = whom(numbers), tallies({row.pk: row.rating for row in found})
    proposed = Decision.objects.filter(enquiry__in=numbers, signed_at=None).exclude(proposed_at=None)
    proposers = dict(proposed.values_list("enquiry_id", "proposed_by__name"))
    rows = []
    for row in found:
        row.area = areas[row.area_id]  # one working calendar for all of an area's rows
        rows.append(_row(row, by, now, children.get(row.pk, "Nobody named"), answers[row.pk], proposers.get(row.pk)))
    return tuple(rows)


def _row(row: Enquiry, by: User, now: datetime, children: str, tally: Tally, proposed_by: str | None) -> DueRow:
    is_direct = row.status in (SCREENED, TRIAGED) and not proposed_by
    screened = SCREENING_OUTCOMES.get(row.screened or "", "")  # type: ignore[attr-defined]
    return DueRow(
        reference=row.reference,
        path=f"/enquiry/{row.reference}/decide/{'directly/' if is_direct else ''}",
        children=children,
        rating=row.rating,
        stage=screened if is_direct else STATUS_WORDS[row.status],
        due_at=row.due_at or row.statutory_due_at,
        clocks=both_clocks(row, now),
        tally=tally,
        proposed_by=proposed_by or "",
        owner=row.owner.name if row.owner else "",
        is_mine=row.owner_id == by.pk,
        is_fast_track=row.fast_track_at is not None,
        is_restricted=row.is_restricted,
        research_continues=row.research_continues,
    )
