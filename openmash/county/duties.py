"""Who of the staff of Wendmark does what."""

from openmash.agencies.models import User
from openmash.allocation.models import Handover
from openmash.county.hub import Hub

# Who does what in each area; the first is asked first.
DOES = {
    "wend-valley": {"coordinate": ("joanna", "dev"), "triage": ("hannah", "tomasz"), "manage": ("ruth", "martin")},
    "harrowmouth": {"coordinate": ("ellen",), "triage": ("grace",), "manage": ("shabana", "colin")},
}
ANSWERS = {
    "childrens-social-care": "wendy",
    "police": "lewis",
    "health": "mary",
    "education": "femi",
    "probation": "marcus",
    "youth-offending": "josh",
    "camhs": "leila",
    "early-years": "paula",
    "adult-mental-health": "noel",
    "housing": "tina",
    "adult-social-care": "omar",
    "idva": "jo",
}


def receiver(hub: Hub, handover: Handover) -> User:
    """Whoever takes what is handed on: of the team that it went to, else of the agency."""
    users = hub.staff.values()
    if handover.team_id:
        return next(user for user in users if handover.team_id in user.team_ids)
    by_agency = {user.agency_id: user for user in users if user.is_posted_as("operational_recipient")}
    return by_agency.get(handover.agency_id) or hub.staff[ANSWERS[handover.agency.key]]
