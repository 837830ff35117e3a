"""The hub's queue: every open enquiry of the user's areas, child protection first, then first due first."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.queries import areas_of
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.desk.lists import Choice, Filter, Page, choices
from openmash.desk.lists import queue as queue_of


@dataclass(frozen=True)
class QueuePage:
    title: str
    list: Page
    choices: dict[str, tuple[Choice, ...]]
    nothing: str


@holding(Permission.SEE_ENQUIRIES)
def queue(request: HttpRequest) -> HttpResponse:
    by, chosen, now = request.user, Filter.asked(request.GET.dict()), timezone.now()
    areas = areas_of(by.areas_where(Permission.SEE_ENQUIRIES))
    value = QueuePage(
        title="Queue",
        list=queue_of(by, chosen, now=now),
        choices=choices(chosen, areas),
        nothing="No open enquiry fits. Choose All to see the rest.",
    )
    return page(request, "desk/queue.html", value)
