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
from openmash.enquiries.policies import has_cover, has_opened
from openmash.enquiries.workflow import CLOSED, DECIDED, GATHERING, REVIEW, TRIAGED
from openmash.kit.verdict import YES, Verdict, need, no

_POOLED = (TRIAGED, GATHERING, REVIEW, DECIDED)
EMERGENCY = "emergency"
_OWN = {"agency_lead": "lead", "agency_researcher": "own", "agency_responder": "own"}


@dataclass(frozen=True)
class ItemFacts:
    """What the policy needs to know of an item."""

    agency: int
    sensitivity: str
    named: frozenset[int]
    deposited_by: int | None
    is_in_family: bool
    is_here: bool = False
    """Of the very enquiry that is looked from."""


def capacities(by: Actor, enquiry: Enquiry) -> frozenset[str]:
    """In what capacities `by` looks from an enquiry: manager, triage, emergency, lead, own. None without a live posting
    there. Whoever triages and opened it in an emergency looks in that capacity too, within the hour (security 3.6).
    """
    if not isinstance(by, User) or not by.is_active:
        return frozenset()
    roles = {role for role, area, _ in by.postings_now if area == enquiry.area_id}
    held = set()
    if "practice_manager" in roles and (
        enquiry.status in _POOLED or (enquiry.status == CLOSED and has_cover(by, enquiry, timezone.now()))
    ):
        held.add("manager")
    if "triage_social_worker" in roles and enquiry.status in _POOLED:
        held |= {"triage", EMERGENCY} if has_opened(by, enquiry) else {"triage"}
    held |= {
        capacity
        for role, capacity in _OWN.items()
        if role in roles and (capacity == "lead" or enquiry.status != CLOSED)
    }
    return frozenset(held)


def may_read_item(by: Actor, capacities: frozenset[str], item: ItemFacts) -> Verdict:
    """Whether one item may be read. General and sensitive: triage; sealed too: manager; locked: the named alone.

    In an emergency, what is sealed of that one enquiry; never what is locked.
    """
    if not isinstance(by, User) or not by.is_active:
        return no("Sign in to do this.")
    if item.deposited_by == by.pk and item.agency == by.agency_id:
        return YES
    is_named = by.pk in item.named
    pooled = "manager" in capacities and (item.sensitivity != "L" or is_named)
    shared = "triage" in capacities and item.sensitivity in ("G", "S")
    broken = EMERGENCY in capacities and item.sensitivity == "X" and item.is_here
    own = capacities & {"own", "lead"} and item.agency == by.agency_id and (item.sensitivity != "L" or is_named)
    return need(item.is_in_family and bool(pooled or shared or broken or own), "There is no such item.")


def may_look(by: Actor, enquiry: Enquiry) -> Verdict:
    """Whether `by` may open the sealed room from this enquiry at all."""
    return need(bool(capacities(by, enquiry)), "You do not read what agencies answered about this enquiry.")


def may_open_sealed(by: Actor, enquiry: Enquiry) -> Verdict:
    """Whoever opened this enquiry in an emergency and reads its pooled items, but not what is sealed of it."""
    held = capacities(by, enquiry)
    return need(EMERGENCY in held and "manager" not in held, "You have not opened this in an emergency.")


def may_count(by: Actor, enquiry: Enquiry) -> Verdict:
    """Hub staff may know how much there is, and from whom. Locked items are not counted."""
    return holds(by, Permission.SEE_ENQUIRIES, enquiry.area_id)


def may_deposit(by: Actor, enquiry: Enquiry) -> Verdict:
    """An agency's own people put in what their agency knows."""
    return holds(by, Permission.ANSWER, enquiry.area_id)
