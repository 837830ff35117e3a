"""Who looks out for missing families, and who answers a sighting. Pure: reads facts, writes nothing."""

from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor, System
from openmash.enquiries.models import Enquiry
from openmash.kit.verdict import Verdict, need
from openmash.lookout.models import MissingFamily, Sighting


def may_look_for(by: Actor, enquiry: Enquiry) -> Verdict:
    """A social worker of the hub says that the family of an enquiry cannot be found, whatever its stage."""
    return holds(by, Permission.RATE, enquiry.area_id) & need(
        not enquiry.missing.filter(ended_at=None).exists(), "This family is being looked for already."
    )


def may_see(by: Actor, missing: MissingFamily) -> Verdict:
    return holds(by, Permission.RATE, missing.enquiry.area_id)


def may_stop_looking(by: Actor, missing: MissingFamily) -> Verdict:
    return may_see(by, missing) & need(missing.ended_at is None, "Nobody looks for this family any more.")


def may_answer_sighting(by: Actor, sighting: Sighting) -> Verdict:
    return may_see(by, sighting.missing) & need(not sighting.answer, "Somebody has answered this sighting already.")


def may_see_elsewhere(by: Actor, enquiry: Enquiry) -> Verdict:
    """Whom another hub may know: for the social workers of the enquiry's own area."""
    return holds(by, Permission.RATE, enquiry.area_id)


def may_compare(by: Actor, _: Enquiry) -> Verdict:
    """The system itself compares each new enquiry with everybody who is looked for."""
    return need(isinstance(by, System) and "look_out" in by.permissions, "The system compares by itself.")
