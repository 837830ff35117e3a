"""What a system may be let do. Each scope is a role, so that the policies of every room hold for systems as for people.

A token narrows its system to the roles of its scopes and to its own area: see `acting_as`.
"""

from dataclasses import dataclass

from openmash.agencies.models import Token, User


@dataclass(frozen=True)
class Scope:
    """One thing that a token lets its system do, and the role in which the system does it."""

    key: str
    says: str
    role: str


_SCOPES = (
    Scope("enquiries", "Send enquiries, and read back how far its own are", "professional_referrer"),
    Scope("notifications", "Send police notifications", "notifying_system"),
    Scope("requests", "List what the agency is asked, and answer it", "agency_responder"),
    Scope("cases", "Send how cases stand: open, in need, protected, looked after, early help", "case_system"),
    Scope("releases", "Fetch and acknowledge what was released to it", "operational_recipient"),
)
SCOPES: dict[str, Scope] = {scope.key: scope for scope in _SCOPES}


def acting_as(user: User, token: Token) -> User:
    """The system, narrowed to what this token is for: postings in its area, in the roles of its scopes."""
    roles = {SCOPES[key].role for key in token.scopes}
    user.postings_now = tuple(one for one in user.postings_now if one[0] in roles and one[1] == token.area_id)
    return user
