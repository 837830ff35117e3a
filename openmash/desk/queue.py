"""The hub's queue: every open enquiry of the user's areas, first due first."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.queries import areas_of
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.desk.lists import Choice, Filter, Page, Row, choices, fast_tracked
from openmash.desk.lists import queue as queue_of
from openmash.enquiries.queries import counts_by_status
from openmash.enquiries.workflow import OPEN, STATUS_WORDS


@dataclass(frozen=True)
class QueuePage:
    title: str
    fast_track: tuple[Row, ...]
    list: Page
    choices: dict[str, tuple[Choice, ...]]
    stats: tuple[tuple[int, str], ...]
    nothing: str


@holding(Permission.SEE_ENQUIRIES)
def queue(request: HttpRequest) -> HttpResponse:
    by, chosen, now = request.user, Filter.asked(request.GET.dict()), timezone.now()
    areas = areas_of(by.areas_where(Permission.SEE_ENQUIRIES))
    counts = counts_by_status([area.pk for area in areas])
    value = QueuePage(
        title="Queue",
        fast_track=() if chosen != Filter() else fast_tracked(by, now=now),
        list=queue_of(by, chosen, now=now),
        choices=choices(chosen, areas),
        stats=tuple((counts.get(status, 0), STATUS_WORDS[status]) for status in OPEN),
        nothing="No open enquiry fits. Choose All to see the rest.",
    )
    return page(request, "desk/queue.html", value)
