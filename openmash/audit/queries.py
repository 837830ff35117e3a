"""The ledger as investigators read it. No feature of the product reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.expressions import RawSQL

from openmash.audit.models import LedgerEvent

PAGE = 100
EVERYTHING = Q()


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


def about_people(
    people: Iterable[int], enquiries: Iterable[int], *, before: int = 0, but: Q = EVERYTHING
) -> tuple[LedgerLine, ...]:
    """Everything done to, or looked at, of these person records and the enquiries about them; newest first.

    `but`, here and below: which lines are not the reader's.
    """
    return _lines(_about(people, enquiries).exclude(but), before)


@dataclass(frozen=True)
class Looker:
    """One user who looked at something or did something, how often, and when last."""

    number: int
    name: str
    agency: str
    times: int
    last: datetime


def lookers(people: Iterable[int], enquiries: Iterable[int], *, but: Q = EVERYTHING) -> tuple[Looker, ...]:
    """Every user who has a line about these person records or the enquiries about them; who did last comes first."""
    rows = _about(people, enquiries).exclude(but).filter(actor__isnull=False).values("actor", "actor_name", "agency")
    counted = rows.annotate(times=Count("pk"), last=Max("at")).order_by("-last")
    return tuple(
        Looker(row["actor"] or 0, row["actor_name"], row["agency"], row["times"], row["last"]) for row in counted
    )


def _about(people: Iterable[int], enquiries: Iterable[int]) -> QuerySet[LedgerEvent]:
    about = RawSQL("SELECT openmash_lines_about(%s::bigint[], %s::bigint[])", [list(people), list(enquiries)])
    return LedgerEvent.objects.filter(pk__in=about)


def by_user(user: int, *, before: int = 0, but: Q = EVERYTHING) -> tuple[LedgerLine, ...]:
    """Everything that a user did, looked at, or was refused; newest first."""
    return _lines(LedgerEvent.objects.filter(actor=user).exclude(but), before)


def latest(*, event: str = "", refused: bool = False, before: int = 0, but: Q = EVERYTHING) -> tuple[LedgerLine, ...]:
    """The newest lines, of one event or of all, or only what was refused."""
    rows = LedgerEvent.objects.exclude(but)
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
