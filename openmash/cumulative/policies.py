"""Who answers what a rule found, and who sets the rules of an area. Pure: reads facts, writes nothing."""

from openmash.agencies.models import Area
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor, System
from openmash.cumulative.models import Hit
from openmash.kit.verdict import Verdict, need


def may_add_up(by: Actor, _: Area) -> Verdict:
    return need(isinstance(by, System) and "add_up" in by.permissions, "The system adds up by itself.")


def may_answer(by: Actor, hit: Hit) -> Verdict:
    """A social worker or a practice manager of the area, once."""
    return holds(by, Permission.RATE, hit.enquiry.area_id) & need(
        hit.agrees is None, "Somebody has answered this already."
    )


def may_set(by: Actor, area: Area) -> Verdict:
    """A practice manager of the area sets what is added up."""
    return holds(by, Permission.DECIDE, area.pk)
