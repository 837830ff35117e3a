"""Who grades domestic abuse, and who records what of MARAC. Pure: reads facts, writes nothing."""

from collections.abc import Iterable

from openmash.agencies.models import Agency
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.domestic_abuse.codes import CRITERIA
from openmash.domestic_abuse.given import GivenMeeting
from openmash.domestic_abuse.models import MaracReferral
from openmash.enquiries.models import Enquiry, Party
from openmash.enquiries.workflow import CLOSED, DECIDED
from openmash.kit.verdict import Verdict, need


def may_grade(by: Actor, enquiry: Enquiry) -> Verdict:
    """A social worker or a practice manager of the area, until the decision."""
    return holds(by, Permission.RATE, enquiry.area_id) & need(
        enquiry.status not in (DECIDED, CLOSED), "The enquiry is decided. Reopen it first."
    )


def may_read_marac(by: Actor, enquiry: Enquiry) -> Verdict:
    """Hub staff of the area, also after closing: it is a part of the story. The database holds the same wall."""
    return holds(by, Permission.SEE_ENQUIRIES, enquiry.area_id)


def may_refer(by: Actor, enquiry: Enquiry) -> Verdict:
    """A social worker or a practice manager of the area, until it is closed."""
    return holds(by, Permission.RATE, enquiry.area_id) & need(
        enquiry.status != CLOSED, "The enquiry is closed. Reopen it first."
    )


def may_record_meeting(by: Actor, referral: MaracReferral) -> Verdict:
    """The same people; MARAC often meets after the enquiry is decided or closed."""
    return holds(by, Permission.RATE, referral.enquiry.area_id) & need(
        referral.is_referred, "This was not referred to MARAC."
    )


def is_on_criteria(criteria: Iterable[str]) -> Verdict:
    return need(bool(set(criteria)) and set(criteria) <= set(CRITERIA), "Select at least one criterion.")


def is_of_this_enquiry(referral: MaracReferral, given: GivenMeeting) -> Verdict:
    """MARAC heard of people of the enquiry, and asked agencies of the area."""
    named = set(Party.objects.filter(enquiry=referral.enquiry_id).values_list("person", flat=True))
    wanted = {one.agency for one in given.actions}
    there = Agency.objects.filter(pk__in=wanted, areas=referral.enquiry.area_id).count()
    return need(bool(given.people) and set(given.people) <= named, "Select whom MARAC spoke about.") & need(
        there == len(wanted), "Select the agency that does each action."
    )
