"""For the screen on the wall of the hub: references, ratings and clocks. No names, of families or of staff (M67)."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.queries import areas_of
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.desk.lists import Filter, Row
from openmash.desk.lists import queue as queue_of
from openmash.enquiries.queries import count_overdue, counts_by_status
from openmash.enquiries.workflow import OPEN, STATUS_WORDS

SHOWN = 12  # what a screen on a wall shows without scrolling


@dataclass(frozen=True)
class Wallboard:
    area: str
    at: datetime
    rows: tuple[Row, ...]
    more: int
    stats: tuple[tuple[int, str] | tuple[int, str, str], ...]


@holding(Permission.SEE_ENQUIRIES)
def wallboard(request: HttpRequest, key: str = "") -> HttpResponse:
    by, now = request.user, timezone.now()
    areas = areas_of(by.areas_where(Permission.SEE_ENQUIRIES))
    area = next((area for area in areas if area.key == key), None)
    if area is None:
        return redirect("desk:wallboard", areas[0].key)
    rows = queue_of(by, Filter(area=area.key), now=now).rows
    counts = counts_by_status([area.pk])
    stages = tuple((counts.get(status, 0), STATUS_WORDS[status]) for status in OPEN)
    overdue = (count_overdue(area.pk, now), "Overdue", "late")
    more = max(0, sum(counts.get(status, 0) for status in OPEN) - SHOWN)
    return page(request, "desk/wallboard.html", Wallboard(area.hub_name, now, rows[:SHOWN], more, (overdue, *stages)))
