"""When an enquiry is due. Two clocks run, never one: the statutory one and the research one (journey of an enquiry).

All are computed from receipt, so that nothing has to run for a clock to be right. `due_at` on the row is the earliest
that runs now, kept for sorting.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from openmash.agencies.models import Area
from openmash.enquiries.models import Enquiry
from openmash.enquiries.workflow import CLOSED, DECIDED, RECEIVED, REVIEW, SCREENED

CLOCK_WORDS = {
    "triage": "Rate",
    "statutory": "Decide and tell the referrer",
    "research": "Research",
    "feedback": "Tell the referrer and close",
}


def triage_due(area: Area, received_at: datetime, *, is_urgent: bool) -> datetime:
    """First triage: one working hour for anything urgent, otherwise four."""
    hours = area.urgent_triage_hours if is_urgent else area.triage_hours
    return area.working_time.add_hours(received_at, float(hours))


def statutory_due(area: Area, received_at: datetime, kind: str = "child") -> datetime:
    """One working day from receipt (Working Together 2023); for an adult what the area has set (Care Act 2014)."""
    return area.working_time.add_days(received_at, area.adult_days if kind == "adult" else 1)


def research_due(area: Area, received_at: datetime, rating: str) -> datetime:
    """By rating, from receipt. Red runs on out of hours; amber and green count working days."""
    if rating == "red":
        return received_at + timedelta(hours=float(area.red_hours))
    days = area.amber_days if rating == "amber" else area.green_days
    return area.working_time.add_days(received_at, days)


def research_due_after_change(
    area: Area, received_at: datetime, rating: str, due_before: datetime | None, now: datetime
) -> datetime:
    """A higher rating shortens; a lower one never lengthens a clock that is already breached."""
    due = research_due(area, received_at, rating)
    if due_before and due_before <= now:
        return min(due, due_before)
    return due


def set_running_clock(enquiry: Enquiry, now: datetime) -> None:
    """Write on the row, unsaved, which clock runs at its status and when that is due."""
    enquiry.clock, enquiry.due_at = _running(enquiry, now)


def _running(enquiry: Enquiry, now: datetime) -> tuple[str, datetime | None]:
    if enquiry.status == CLOSED:
        return "", None
    if enquiry.status in (RECEIVED, SCREENED):
        return "triage", enquiry.triage_due_at
    if enquiry.status == DECIDED:
        return "feedback", enquiry.area.working_time.add_days(enquiry.decided_at or now, 1)
    research = enquiry.research_due_at or enquiry.statutory_due_at
    if enquiry.research_continues or (enquiry.status != REVIEW and research <= enquiry.statutory_due_at):
        return "research", research
    return "statutory", min(enquiry.statutory_due_at, research)


@dataclass(frozen=True)
class Clock:
    """One clock as it is shown. `state` is ok, half, close or over: 50, 90 and 100 per cent of the working time."""

    name: str
    label: str
    due_at: datetime
    state: str
    is_running: bool
    paused_since: datetime | None = None
    due_without_pauses: datetime | None = None


def _statutory_words(enquiry: Enquiry) -> str:
    """For an adult with what the area has set, since no law sets it."""
    words = CLOCK_WORDS["statutory"]
    return words if enquiry.kind != "adult" else f"{words}: {in_days(enquiry.area.adult_days)} for an adult"


def in_days(days: int) -> str:
    return "1 working day" if days == 1 else f"{days} working days"


def state_of(started: datetime, due: datetime, now: datetime, area: Area, *, runs_on: bool = False) -> str:
    """How far a clock has run: warnings at 50, 90 and 100 per cent."""
    if now >= due:
        return "over"
    if runs_on:
        share = (now - started) / (due - started) if due > started else 1.0
    else:
        share = area.working_time.fraction(started, due, now)
    return "close" if share >= 0.9 else "half" if share >= 0.5 else "ok"


def both_clocks(enquiry: Enquiry, now: datetime) -> tuple[Clock, ...]:
    """The statutory and the research clock side by side; before the rating, triage stands for research."""
    area, started = enquiry.area, enquiry.received_at
    if enquiry.status == CLOSED:
        return ()
    if enquiry.status == DECIDED and enquiry.due_at:
        state = state_of(enquiry.decided_at or started, enquiry.due_at, now, area)
        return (Clock("feedback", CLOCK_WORDS["feedback"], enquiry.due_at, state, is_running=True),)
    statutory = Clock(
        "statutory",
        _statutory_words(enquiry),
        enquiry.statutory_due_at,
        state_of(started, enquiry.statutory_due_at, now, area),
        is_running=enquiry.clock == "statutory",
    )
    if enquiry.research_due_at is None:
        due, name = enquiry.triage_due_at, "triage"
    else:
        due, name = enquiry.research_due_at, "research"
    state = state_of(started, due, now, area, runs_on=enquiry.rating == "red")
    return (Clock(name, CLOCK_WORDS[name], due, state, is_running=enquiry.clock == name), statutory)
