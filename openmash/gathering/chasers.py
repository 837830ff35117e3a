"""Reminders to agencies at half, nine tenths and the end of their time. Nothing depends on them for being right."""

from dataclasses import dataclass
from datetime import datetime

from openmash.audit.action import Refused
from openmash.audit.actors import CLOCKWORK
from openmash.gathering.actions import chase
from openmash.gathering.clocks import WARNINGS, due_of, share_used
from openmash.gathering.models import Request

_SAYS = {
    1: "Half of the time to answer has passed",
    2: "The time to answer is nearly over",
    3: "The time to answer is over",
}


@dataclass(frozen=True)
class Chaser:
    """One reminder that is due: the request's number, and which warning it is (1, 2 or 3)."""

    request: int
    stage: int


def due_chasers(now: datetime) -> tuple[Chaser, ...]:
    """The reminders that have not been written yet, from the open requests alone. One query and the agencies' hours."""
    found = []
    rows = Request.objects.filter(answered_at=None, withdrawn_at=None).select_related("agency", "enquiry")
    for row in rows.order_by("pk"):
        due = due_of(row.asked_at, row.due_at, row.enquiry.research_due_at)
        used = share_used(row.agency, row.enquiry.rating, row.asked_at, due, now)
        stage = sum(used >= warning for warning in WARNINGS)
        if stage > row.chased:
            found.append(Chaser(row.pk, stage))
    return tuple(found)


def write_chasers(now: datetime) -> int:
    """Write each reminder that is due. An answer that comes in between wins. Returns how many were written."""
    written = 0
    for chaser in due_chasers(now):
        try:
            chase(
                Request.objects.get(pk=chaser.request),
                by=CLOCKWORK,
                now=now,
                says=_SAYS[chaser.stage],
                stage=chaser.stage,
            )
        except Refused:
            continue
        written += 1
    return written
