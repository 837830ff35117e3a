"""Who grades domestic abuse. Pure: reads facts, writes nothing."""

from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.enquiries.models import Enquiry
from openmash.enquiries.workflow import CLOSED, DECIDED
from openmash.kit.verdict import Verdict, need


def may_grade(by: Actor, enquiry: Enquiry) -> Verdict:
    """A social worker or a practice manager of the area, until the decision."""
    return holds(by, Permission.RATE, enquiry.area_id) & need(
        enquiry.status not in (DECIDED, CLOSED), "The enquiry is decided. Reopen it first."
    )
