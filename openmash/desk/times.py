"""How long it took: from receipt to the first response and to the decision, by level of need (M17)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.models import Area, User
from openmash.agencies.roles import Permission
from openmash.decisions.models import Decision
from openmash.design.page import page
from openmash.enquiries.clocks import in_days
from openmash.triage.codes import LEVELS

FEW = 5  # a figure of fewer says nothing, and could be told to be somebody
YEAR = timedelta(days=365)


class Percentile(Aggregate):
    """The value below which such a share of the rows lie. PostgreSQL's own."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field: ClassVar[DurationField] = DurationField()


@dataclass(frozen=True)
class Line:
    """One level of need. Times are none where there are too few to tell."""

    level: str
    decided: int
    response: timedelta | None
    response_of_nine_in_ten: timedelta | None
    decision: timedelta | None
    decision_of_nine_in_ten: timedelta | None


@dataclass(frozen=True)
class TimesPage:
    lines: tuple[Line, ...]
    since: datetime
    clocks: tuple[tuple[str, str], ...]


@holding(Permission.DECIDE, Permission.COUNT)
def times(request: HttpRequest) -> HttpResponse:
    """Of the last twelve months, for managers and analysts: half were quicker than the first figure."""
    since = timezone.now() - YEAR
    return page(request, "desk/times.html", TimesPage(by_level(request.user, since=since), since, clocks(request.user)))


def clocks(by: User) -> tuple[tuple[str, str], ...]:
    """What each of one's areas allows: by area and what is decided, how long."""
    held = by.areas_where(Permission.DECIDE) | by.areas_where(Permission.COUNT)
    found: list[tuple[str, str]] = []
    for area in Area.objects.filter(pk__in=held).order_by("name"):
        found.append((f"{area.name}: a decision about a child", in_days(1)))
        found.append((f"{area.name}: a decision about an adult", f"{in_days(area.adult_days)}, as the area has set it"))
    return tuple(found)


def by_level(by: User, *, since: datetime) -> tuple[Line, ...]:
    """One query, over the first signed decision of each enquiry of the areas where `by` decides or counts."""
    areas = by.areas_where(Permission.DECIDE) | by.areas_where(Permission.COUNT)
    signed = Decision.objects.filter(number=1, signed_at__gte=since, enquiry__area__in=areas, level__isnull=False)
    response, decision = _since_receipt("enquiry__rated_at"), _since_receipt("signed_at")
    rows = signed.values("level").annotate(
        decided=Count("pk"),
        response=Percentile(response, share=0.5),
        response_90=Percentile(response, share=0.9),
        decision=Percentile(decision, share=0.5),
        decision_90=Percentile(decision, share=0.9),
    )
    return tuple(_line(row) for row in rows.order_by("-level"))


def _since_receipt(moment: str) -> ExpressionWrapper:
    return ExpressionWrapper(F(moment) - F("enquiry__received_at"), output_field=DurationField())


def _line(row: dict[str, object]) -> Line:
    keys = ("response", "response_90", "decision", "decision_90")
    found = [row[key] if int(str(row["decided"])) >= FEW else None for key in keys]
    return Line(LEVELS[int(str(row["level"]))], int(str(row["decided"])), *found)  # type: ignore[arg-type]
