"""Who screens, who rates, and what the gate wants before any agency is asked."""

from openmash.agencies.models import User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.enquiries.codes import WHY_NOT_TOLD
from openmash.enquiries.models import Enquiry, Need
from openmash.enquiries.workflow import CLOSED, DECIDED, JOURNEY
from openmash.kit.verdict import Verdict, need, no
from openmash.triage.codes import AGREEMENT, GATEWAYS, LAWFUL_BASES, LEVELS
from openmash.triage.given import SaidBasis


def may_screen(by: Actor, enquiry: Enquiry) -> Verdict:
    """A coordinator or a social worker finishes screening, once someone has looked at every possible match."""
    return holds(by, Permission.SCREEN, enquiry.area_id) & JOURNEY.may_make("screen", enquiry.status)


def is_qualified(by: Actor) -> Verdict:
    """Only a qualified social worker sets or changes a rating (M96)."""
    return need(
        isinstance(by, User) and by.is_qualified_social_worker,
        "Only a qualified social worker rates an enquiry.",
    )


def may_rate(by: Actor, enquiry: Enquiry) -> Verdict:
    """The first rating, by a qualified social worker, once screening is finished (M96)."""
    return holds(by, Permission.RATE, enquiry.area_id) & is_qualified(by) & JOURNEY.may_make("rate", enquiry.status)


def may_rerate(by: Actor, enquiry: Enquiry) -> Verdict:
    """A change of rating, until the decision."""
    return (
        holds(by, Permission.RATE, enquiry.area_id)
        & is_qualified(by)
        & need(bool(enquiry.rating), "The enquiry has not been rated yet.")
        & need(enquiry.status not in (DECIDED, CLOSED), "The enquiry is decided. Reopen it first.")
    )


def may_record_basis(by: Actor, enquiry: Enquiry) -> Verdict:
    """The basis is recorded by whoever answers for it, after rating: a triage social worker or a practice manager."""
    return (
        holds(by, Permission.RECORD_BASIS, enquiry.area_id)
        & need(bool(enquiry.rating), "Rate the enquiry before you record the basis for asking.")
        & need(enquiry.status not in (DECIDED, CLOSED), "The enquiry is decided. Reopen it first.")
    )


def gate(*, suspects_significant_harm: bool, agrees_to_service: str, gateway: str = "") -> Verdict:
    """Whether agencies may be asked at all: significant harm is suspected, or the family agrees (levels 2 and 3).

    *AB v Haringey* [2013] EWHC 416 (Admin): checks without either are unlawful, and section 47 needs the suspicion.
    """
    return need(
        suspects_significant_harm or agrees_to_service == "yes",
        "Significant harm is not suspected and the family has not agreed, so no agency may be asked. "
        "Ask the family, or decide without research, or record why significant harm is suspected.",
    ) & need(
        suspects_significant_harm or gateway != "ca1989_s47",
        "Section 47 is for suspected significant harm. Choose another gateway, or record why harm is suspected.",
    )


def is_complete(said: SaidBasis) -> Verdict:
    """Whether a basis says everything that the gate asks, and nothing that contradicts itself."""
    is_told = said["told_family"]
    return (
        need(bool(said["harm_because"].strip()), "Say why significant harm is, or is not, suspected.")
        & need(said["thought_level"] in LEVELS, "Choose the level of need that you think it is.")
        & need(is_told or said["why_not_told"] in WHY_NOT_TOLD, "Say why the family has not been told.")
        & need(said["agrees_to_service"] in AGREEMENT, "Say whether the family agrees to a service.")
        & need(
            is_told or said["agrees_to_service"] != "yes",
            "A family that has not been told cannot have agreed to a service. Change one of the two answers.",
        )
        & need(said["lawful_basis"] in LAWFUL_BASES, "Choose the lawful basis for sharing.")
        & need(said["gateway"] in GATEWAYS, "Choose the gateway in law.")
    )


def may_open_fast_track(by: Actor, enquiry: Enquiry) -> Verdict:
    """The agency that is needed on the fast track sees whom it is about and whom to ring, while it is needed (M101)."""
    if not isinstance(by, User):
        return no("There is no such page.")
    areas = by.areas_where(Permission.ANSWER) | by.areas_where(Permission.EVALUATE_NOTIFICATIONS)
    live = Need.objects.filter(enquiry=enquiry, kind="fast_track", agency=by.agency_id, met_at=None)
    return need(enquiry.area_id in areas and live.exists(), "There is no such page.")
