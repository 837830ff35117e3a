"""Decisions due: where a practice manager starts, and what to open at ten to five."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.decisions.due import DuePage
from openmash.decisions.due import due as decisions_due
from openmash.design.page import page
from openmash.desk.next_action import PRESSING
from openmash.enquiries.queries import NeedLine, needs_of


@dataclass(frozen=True)
class DueDesk:
    list: DuePage
    besides: tuple[NeedLine, ...]
    is_first: bool


@holding(Permission.DECIDE)
def due(request: HttpRequest) -> HttpResponse:
    """Child protection first, then first due: who has answered, who rates it higher, what is proposed."""
    now, after = timezone.now(), request.GET.get("after", "")
    besides = tuple(line for line in needs_of(request.user, now=now) if line.kind in PRESSING)
    found = decisions_due(request.user, now=now, after=after)
    return page(request, "desk/due.html", DueDesk(found, () if after else besides, not after))
