"""Who may read a sealed item: the first wall. The second is row-level security; a test proves the two equal.

One looks *from* an enquiry, in the capacities that one's live postings give there, and sees items of that enquiry and
of every other about the same people. Source: the permission matrix of the security design (3.4).
"""

from dataclasses import dataclass

from django.utils import timezone

from openmash.agencies.models import User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.enquiries.models import Enquiry
from openmash.enquiries.policies import has_cover
from openmash.enquiries.workflow import CLOSED, DECIDED, GATHERING, REVIEW, TRIAGED
from openmash.kit.verdict import YES, Verdict, need, no

_POOLED = (TRIAGED, GATHERING, REVIEW, DECIDED)
_OWN = {"agency_lead": "lead", "agency_researcher": "own", "agency_responder": "own"}


@dataclass(frozen=True)
class ItemFacts:
    """What the policy needs to know of an item."""

    agency: int
    sensitivity: str
    named: frozenset[int]
    deposited_by: int | None
    is_in_family: bool


def capacities(by: Actor, enquiry: Enquiry) -> frozenset[str]:
    """In what capacities `by` looks from an enquiry: manager, triage, lead, own. None without a live posting there."""
    if not isinstance(by, User) or not by.is_active:
        return frozenset()
    roles = {role for role, area, _ in by.postings_now if area == enquiry.area_id}
    held = set()
    if "practice_manager" in roles and (
        enquiry.status in _POOLED or (enquiry.status == CLOSED and has_cover(by, enquiry, timezone.now()))
    ):
        held.add("manager")
    if "triage_social_worker" in roles and enquiry.status in _POOLED:
        held.add("triage")
    held |= {
        capacity
        for role, capacity in _OWN.items()
        if role in roles and (capacity == "lead" or enquiry.status != CLOSED)
    }
    return frozenset(held)


def may_read_item(by: Actor, capacities: frozenset[str], item: ItemFacts) -> Verdict:
    """Whether one item may be read. General and sensitive: triage; sealed too: manager; locked: the named alone."""
    if not isinstance(by, User) or not by.is_active:
        return no("Sign in to do this.")
    if item.deposited_by == by.pk and item.agency == by.agency_id:
        return YES
    is_named = by.pk in item.named
    pooled = "manager" in capacities and (item.sensitivity != "L" or is_named)
    shared = "triage" in capacities and item.sensitivity in ("G", "S")
    own = capacities & {"own", "lead"} and item.agency == by.agency_id and (item.sensitivity != "L" or is_named)
    return need(item.is_in_family and bool(pooled or shared or own), "There is no such item.")


def may_look(by: Actor, enquiry: Enquiry) -> Verdict:
    """Whether `by` may open the sealed room from this enquiry at all."""
    return need(bool(capacities(by, enquiry)), "You do not read what agencies answered about this enquiry.")


def may_count(by: Actor, enquiry: Enquiry) -> Verdict:
    """Hub staff may know how much there is, and from whom. Locked items are not counted."""
    return holds(by, Permission.SEE_ENQUIRIES, enquiry.area_id)


def may_deposit(by: Actor, enquiry: Enquiry) -> Verdict:
    """An agency's own people put in what their agency knows."""
    return holds(by, Permission.ANSWER, enquiry.area_id)
