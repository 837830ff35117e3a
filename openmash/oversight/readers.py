"""To whom an alert goes: the area's governance leads, or, where none of them may see it, its practice managers."""

from dataclasses import dataclass

from django.db.models.functions import Coalesce

from openmash.agencies.models import Area, User
from openmash.agencies.queries import posted
from openmash.enquiries.kept_from import may_be_told, people_in_conflict, unhindered
from openmash.enquiries.models import Conflict, Enquiry, Party
from openmash.oversight.models import Alert
from openmash.people.queries import leads_of

LEAD, STANDS_IN = "governance_lead", "practice_manager"


def leads_for(alert: Alert) -> list[User]:
    """The area's leads, but whom it is about and whoever is in conflict with whom it shows."""
    leads = [user for user in _posted(LEAD, alert.area) if user.pk not in alert.about]
    with unhindered():
        shown = set(Party.objects.filter(enquiry=alert.enquiry or 0).values_list("person", flat=True))
        people = set(leads_of(shown | {alert.person or 0}).values())
        conflicts = Conflict.objects.annotate(known=Coalesce("person__lead", "person")).filter(removed_at=None)
        knowing = set(conflicts.filter(known__in=people).values_list("user", flat=True))
    return [user for user in leads if user.pk not in knowing]


def readers_of(alert: Alert) -> list[User]:
    """Who is told of it."""
    if leads := leads_for(alert):
        return leads
    users = [user for user in _posted(STANDS_IN, alert.area) if user.pk not in alert.about]
    if alert.enquiry:
        with unhindered():
            enquiry = Enquiry.objects.filter(pk=alert.enquiry).first()
        users = may_be_told(enquiry, users) if enquiry else users
    return [user for user in users if not alert.person or alert.person not in people_in_conflict(user)]


@dataclass(frozen=True)
class ReadInstead:
    """Who is shown the alerts about a lead: other leads of the area, or else those who stand in, or nobody."""

    lead: str
    area: str
    leads: tuple[str, ...]
    stand_in: tuple[str, ...]


def read_instead(area: Area, *, by: User) -> tuple[ReadInstead, ...]:
    """One for each lead of the area; `by` is called "you"."""
    leads, managers = _posted(LEAD, area), _posted(STANDS_IN, area)
    return tuple(
        ReadInstead(
            "you" if lead == by else lead.name,
            area.name,
            tuple(other.name for other in leads if other != lead),
            tuple(other.name for other in managers if other != lead),
        )
        for lead in leads
    )


def _posted(role: str, area: Area) -> list[User]:
    return list(posted(role, areas=[area.pk]).order_by("name"))
