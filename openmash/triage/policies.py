"""Who screens, who rates, and what the gate wants before any agency is asked."""

from openmash.agencies.models import User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission as P
from openmash.audit.actors import Actor
from openmash.enquiries.models import Enquiry
from openmash.enquiries.workflow import DECIDED, CLOSED, JOURNEY
from openmash.kit.verdict import Verdict, need


def may_screen(by: Actor, enquiry: Enquiry) -> Verdict:
    """A coordinator or a social worker finishes screening, once someone has looked at every possible match."""
    return holds(by, P.SCREEN, enquiry.area_id) & JOURNEY.may_make("screen", enquiry.status)


def is_qualified(by: Actor) -> Verdict:
    """Only a qualified social worker sets or changes a rating (M96)."""
    return need(
        isinstance(by, User) and by.is_qualified_social_worker,
        "Only a qualified social worker rates an enquiry.",
    )


def may_rate(by: Actor, enquiry: Enquiry) -> Verdict:
    return holds(by, P.RATE, enquiry.area_id) & is_qualified(by) & JOURNEY.may_make("rate", enquiry.status)


def may_rerate(by: Actor, enquiry: Enquiry) -> Verdict:
    return (
        holds(by, P.RATE, enquiry.area_id)
        & is_qualified(by)
        & need(bool(enquiry.rating), "The enquiry has not been rated yet.")
        & need(enquiry.status not in (DECIDED, CLOSED), "The enquiry is decided. Reopen it first.")
    )


def may_record_basis(by: Actor, enquiry: Enquiry) -> Verdict:
    """The basis is recorded by whoever answers for it: a qualified social worker, after rating."""
    return (
        holds(by, P.RECORD_BASIS, enquiry.area_id)
        & need(bool(enquiry.rating), "Rate the enquiry before you record the basis for asking.")
        & need(enquiry.status not in (DECIDED, CLOSED), "The enquiry is decided. Reopen it first.")
    )


def gate(*, suspects_significant_harm: bool, agrees_to_service: str) -> Verdict:
    """Whether agencies may be asked at all: significant harm is suspected, or the family agrees (levels 2 and 3).

    *AB v Haringey* [2013] EWHC 416 (Admin): checks without either are unlawful.
    """
    return need(
        suspects_significant_harm or agrees_to_service == "yes",
        "Significant harm is not suspected and the family has not agreed, so no agency may be asked. "
        "Ask the family, or decide without research, or record why significant harm is suspected.",
    )
