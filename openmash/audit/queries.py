"""The ledger as investigators read it. No feature of the product reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from openmash.audit.models import LedgerEvent

PAGE = 100


@dataclass(frozen=True)
class LedgerLine:
    number: int
    at: datetime
    event: str
    is_refused: bool
    actor_name: str
    agency: str
    thing: str
    thing_number: int | None
    enquiry: int | None
    reasons: str
    kept: tuple[tuple[str, str], ...]


def about_people(people: Iterable[int], enquiries: Iterable[int], *, before: int = 0) -> tuple[LedgerLine, ...]:
    """Everything done to, or looked at, of these person records and the enquiries about them; newest first."""
    rows = LedgerEvent.objects.filter(Q(people__overlap=list(people)) | Q(enquiry__in=list(enquiries)))
    return _lines(rows, before)


def by_user(user: int, *, before: int = 0) -> tuple[LedgerLine, ...]:
    """Everything that a user did, looked at, or was refused; newest first."""
    return _lines(LedgerEvent.objects.filter(actor=user), before)


def latest(*, event: str = "", refused: bool = False, before: int = 0) -> tuple[LedgerLine, ...]:
    """The newest lines, of one event or of all, or only what was refused."""
    rows = LedgerEvent.objects.all()
    if event:
        rows = rows.filter(event=event)
    if refused:
        rows = rows.filter(outcome=LedgerEvent.REFUSED)
    return _lines(rows, before)


def _lines(rows: QuerySet[LedgerEvent], before: int) -> tuple[LedgerLine, ...]:
    if before:
        rows = rows.filter(pk__lt=before)
    return tuple(
        LedgerLine(
            number=row.pk,
            at=row.at,
            event=row.event,
            is_refused=row.outcome == LedgerEvent.REFUSED,
            actor_name=row.actor_name,
            agency=row.agency,
            thing=row.thing,
            thing_number=row.thing_number,
            enquiry=row.enquiry,
            reasons=row.reasons,
            kept=tuple((str(key).replace("_", " "), str(value)) for key, value in row.kept.items()),
        )
        for row in rows.order_by("-pk")[:PAGE]
    )
