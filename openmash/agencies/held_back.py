"""What other systems sent and what could not be taken: who sees it, opens it, and ends it. `systems` holds it back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from openmash.agencies.models import HeldBack, User
from openmash.agencies.policies import may_end_held, may_open_held
from openmash.audit.action import action, known_to, reading
from openmash.audit.binding import asked_by

# Longer than this, and the worker that takes things in does not come round.
TURN = timedelta(minutes=15)
# What is held back, and who puts it right when that is not the hub itself.
_WORDS = {
    "enquiry": ("An enquiry", ""),
    "notifications": ("Police notifications", "Police evaluators"),
    "cases": ("How cases stand", "System administrators"),
    "answer": ("An answer", ""),
}


@dataclass(frozen=True)
class HeldLine:
    """One thing held back. `who` has to act, empty for the hub itself; `call` is empty when nobody can open it."""

    system: str
    agency: str
    what: str
    because: str
    since: datetime
    who: str
    is_enquiry: bool
    call: str


def held_lines(areas: Iterable[int], *, by: User, now: datetime) -> tuple[HeldLine, ...]:
    """What is held back in these areas, and what has waited for its turn too long, the longest first."""
    with asked_by(by):
        rows = HeldBack.objects.filter(area__in=areas, ended_at=None).select_related("system__agency")
        found = [*map(_line, rows.order_by("received_at", "id")[:200]), *_late(areas, now)]
    return tuple(sorted(found, key=lambda line: line.since))


def load_held(call: str, *, by: User) -> HeldBack:
    """The row, for whoever deals with it; 404 for everybody else."""
    with asked_by(by):
        row = HeldBack.objects.select_related("system__agency", "area").filter(call=call).first()
    return known_to(by, row, may_open_held, event="held-back.looked-up")


def held_for(call: str, *, by: User) -> HeldBack | None:
    """The enquiry with which a call began, if it did begin with one that was held back."""
    with asked_by(by):
        row = HeldBack.objects.select_related("system__agency", "area").filter(call=call, what="enquiry").first()
    return row if row and may_open_held(by, row) else None


@reading(may=may_open_held, event="held-back.opened")
def open_held(held: HeldBack, *, by: User, now: datetime) -> bytes:
    """What came, byte for byte; nothing of what is its agency's alone."""
    return bytes(held.body or b"")


@action(may=may_end_held, event="held-back.ended")
def end_held(held: HeldBack, *, by: User, now: datetime, because: str, came_to: str = "") -> HeldBack:
    """It became an enquiry, or it is put away with a reason. What waited is not tried again."""
    held.ended_at, held.ended_by, held.ended_because, held.came_to = now, by, because, came_to
    held.save(update_fields=["ended_at", "ended_by", "ended_because", "came_to"])
    return held


def _line(row: HeldBack) -> HeldLine:
    agency = row.system.agency.name
    what, who = _WORDS[row.what]
    who = agency if row.what == "answer" else who
    return HeldLine(row.system.name, agency, what, row.because, row.received_at, who, row.what == "enquiry", row.call)


def _late(areas: Iterable[int], now: datetime) -> Iterator[HeldLine]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT who, count(*), min(since) FROM openmash_waiting_deliveries()"
            " WHERE tried IS NULL AND since <= %s AND area = ANY(%s) GROUP BY who",
            [now - TURN, list(areas)],
        )
        found = {who: (count, since) for who, count, since in cursor.fetchall()}
    for user in User.objects.filter(pk__in=found).select_related("agency"):
        count, since = found[user.pk]
        what = "1 delivery" if count == 1 else f"{count} deliveries"
        because = "accepted, and not taken in yet"
        yield HeldLine(user.name, user.agency.name, what, because, since, "System administrators", False, "")
