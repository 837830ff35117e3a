"""When an agency's answer is due. Computed on reading, so that a change of rating holds for what was asked before."""

from datetime import datetime, timedelta

from django.db.models import Case, DateTimeField, F, When
from django.db.models.functions import Least

from openmash.agencies.models import Agency
from openmash.enquiries.models import Enquiry

RED_HOURS, AMBER_HOURS, GREEN_DAYS = 2, 4, 2
WARNINGS = (0.5, 0.9, 1.0)


def request_due(enquiry: Enquiry, agency: Agency, now: datetime) -> datetime:
    """When an agency that is asked now has to answer.

    The agency's own time is 2 hours by the clock at red, which runs on out of hours, 4 of its own working hours at
    amber and 2 of its own working days at green (M119: the pattern of those who have other work too). It is never later
    than the research clock of the enquiry: a day off does not hide that research is late, and the page for asking says
    which agencies are closed until then, so that somebody rings. Once research is overdue, the agency's own time holds.
    """
    if enquiry.rating == "red":
        own = now + timedelta(hours=RED_HOURS)
    elif enquiry.rating == "amber":
        own = agency.working_time.add_hours(now, AMBER_HOURS)
    else:
        own = agency.working_time.add_days(now, GREEN_DAYS)
    research = enquiry.research_due_at
    return min(own, research) if research and research > now else own


def is_closed_until(agency: Agency, now: datetime, due: datetime) -> bool:
    """Whether the agency does not open at all before its answer is due."""
    return agency.working_time.next_opening(now) >= due


def due_now() -> Case:
    """The due time of a request as a column: as asked, or the research clock where a new rating has shortened that."""
    return Case(
        When(enquiry__research_due_at__gt=F("asked_at"), then=Least("due_at", "enquiry__research_due_at")),
        default=F("due_at"),
        output_field=DateTimeField(),
    )


def due_of(asked: datetime, due: datetime, research_due: datetime | None) -> datetime:
    """The same for one request that is read already."""
    return min(due, research_due) if research_due and research_due > asked else due


def share_used(agency: Agency, rating: str, asked: datetime, due: datetime, now: datetime) -> float:
    """How much of the agency's time has passed: 0 to 1, more when late. Red runs on; otherwise in its own hours."""
    hours = agency.working_time
    if now >= due or rating == "red" or hours.between(asked, due) <= timedelta(0):
        return (now - asked) / (due - asked) if due > asked else 1.0
    return hours.fraction(asked, due, now)
