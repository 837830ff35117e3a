"""Who records what of an adult at risk, and what an adult's enquiry is not decided without."""

from collections.abc import Collection, Iterable

from openmash.adults.codes import ADULT, ENQUIRY
from openmash.adults.rows import answers, records
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.enquiries.models import Enquiry
from openmash.enquiries.policies import may_see
from openmash.enquiries.workflow import CLOSED, DECIDED
from openmash.kit.verdict import YES, Verdict, need


def _is_open_adults(enquiry: Enquiry) -> Verdict:
    return need(enquiry.kind == ADULT, "This enquiry is not about an adult.") & need(
        enquiry.status not in (DECIDED, CLOSED), "The enquiry is decided. Reopen it first."
    )


def may_read(by: Actor, enquiry: Enquiry) -> Verdict:
    """Those who see the enquiry. The database holds the same wall."""
    return may_see(by, enquiry)


def may_record(by: Actor, enquiry: Enquiry) -> Verdict:
    """A social worker or a practice manager of the area, until the decision."""
    return holds(by, Permission.RATE, enquiry.area_id) & _is_open_adults(enquiry)


def may_consider_children(by: Actor, enquiry: Enquiry) -> Verdict:
    """Whoever screens, so that it is answered by the first who has the enquiry in hand (M58)."""
    return holds(by, Permission.SCREEN, enquiry.area_id) & _is_open_adults(enquiry)


def is_child_considered(by: Actor, enquiry: Enquiry) -> Verdict:
    """An adult's enquiry is not decided, in whatever way, before somebody has answered for the children (M58)."""
    if enquiry.kind != ADULT or answers(enquiry, by):
        return YES
    return Verdict(("Nobody has said whether a child was considered. Look at the children around this adult first.",))


def is_recorded(by: Actor, enquiry: Enquiry) -> Verdict:
    """The three-part test, capacity and the adult's wishes are on record before a decision after research."""
    if enquiry.kind != ADULT or records(enquiry, by):
        return YES
    return Verdict(("The Care Act test is not recorded yet. Record it before you decide.",))


def answers_for(answer: str, found: int) -> Verdict:
    """What is answered does not contradict what was shown."""
    return need(
        answer != "none" or not found,
        f"{found} {'child is' if found == 1 else 'children are'} known around this adult. Choose another answer.",
    ) & need(
        answer not in ("safe", "known", ENQUIRY) or bool(found),
        "No child is known around this adult. Add the child to the enquiry's people by a new enquiry, or choose that "
        "there is none.",
    )


def is_about_them(chosen: Iterable[int], children: Collection[int]) -> Verdict:
    """An enquiry about children around the adult is about at least one of them, and about nobody else."""
    leads = set(chosen)
    return need(bool(leads), "Select at least one child.") & need(
        leads <= set(children), "Select the children again: they have changed."
    )
