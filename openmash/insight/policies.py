"""Who sees an agency's mirror: that agency, and nobody of another."""

from openmash.agencies.models import Agency, User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.kit.verdict import Verdict, need

OF_AN_AGENCY = (
    Permission.SEE_OWN_ENQUIRIES,
    Permission.ANSWER,
    Permission.CONSENT_TO_RELEASE,
    Permission.RECEIVE_RELEASE,
)


COUNTED = (Permission.COUNT, Permission.DECIDE)


def areas_counted(by: User) -> frozenset[int]:
    """The areas in which somebody counts: an analyst, and a practice manager in their own."""
    return frozenset().union(*(by.areas_where(permission) for permission in COUNTED))


def may_see_mirror(by: Actor, agency: Agency) -> Verdict:
    """Its own staff: no other agency's row can be told apart on it (D10)."""
    verdicts = [holds(by, permission) for permission in OF_AN_AGENCY]
    may = next((verdict for verdict in verdicts if verdict), verdicts[0])
    return may & need(isinstance(by, User) and by.agency_id == agency.pk, "This is another agency's.")
