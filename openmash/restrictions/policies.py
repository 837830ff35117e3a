"""Who restricts, who looks after conflicts, and who opens what is restricted in an emergency. Pure: only reads."""

from django.utils import timezone

from openmash.agencies.models import User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.enquiries.kept_from import unhindered
from openmash.enquiries.models import Conflict, Enquiry, Glass, Restriction
from openmash.enquiries.policies import may_know
from openmash.kit.verdict import Verdict, need, no
from openmash.people.models import Person


def may_restrict(by: Actor, enquiry: Enquiry) -> Verdict:
    """A practice manager or the governance lead of the area, at any time: a closed enquiry too."""
    return (
        may_know(by, enquiry)
        & holds(by, Permission.RESTRICT, enquiry.area_id)
        & need(not enquiry.is_restricted, "This enquiry is restricted already.")
    )


def may_look_after(by: Actor, restriction: Restriction) -> Verdict:
    """The governance lead, and a practice manager who is named on it."""
    return (
        may_know(by, restriction.enquiry)
        & holds(by, Permission.RESTRICT, restriction.enquiry.area_id)
        & need(restriction.lifted_at is None, "This restriction has been lifted.")
    )


def may_review(by: Actor, restriction: Restriction) -> Verdict:
    """The governance lead says that it still has to be restricted. Nothing opens by itself when they do not."""
    return may_look_after(by, restriction) & holds(by, Permission.REVIEW_RESTRICTED, restriction.enquiry.area_id)


def may_read_restrictions(by: Actor, _: object) -> Verdict:
    return holds(by, Permission.RESTRICT)


def may_declare(by: Actor, person: Person) -> Verdict:
    """Everybody who can find somebody says that they know them."""
    return need(isinstance(by, User) and by.is_active, "Sign in to do this.")


def may_look_after_conflicts(by: Actor, user: User) -> Verdict:
    """The governance lead of an area where the colleague works, or a practice manager: never about themself."""
    areas = by.areas_where(Permission.RESTRICT) if isinstance(by, User) else frozenset()
    return (
        holds(by, Permission.RESTRICT)
        & need(bool(areas & _areas_of(user)), f"{user.name} works in another area.")
        & need(by.ledger_id != user.pk, "Nobody looks after their own conflicts.")
    )


def may_enter(by: Actor, user: User) -> Verdict:
    """The governance lead enters what a colleague did not say themself."""
    areas = by.areas_where(Permission.REVIEW_RESTRICTED) if isinstance(by, User) else frozenset()
    return (
        holds(by, Permission.REVIEW_RESTRICTED)
        & may_look_after_conflicts(by, user)
        & need(bool(areas & _areas_of(user)), f"{user.name} works in another area.")
    )


def _areas_of(user: User) -> set[int]:
    return {area for _, area, _ in user.postings_now}


def may_ask_removal(by: Actor, conflict: Conflict) -> Verdict:
    return (
        may_look_after_conflicts(by, conflict.user)
        & need(conflict.removed_at is None, "This has been removed already.")
        & need(conflict.removal_by_id is None, "Somebody has asked for this already.")
    )


def may_remove(by: Actor, conflict: Conflict) -> Verdict:
    """The second of two people."""
    return (
        may_look_after_conflicts(by, conflict.user)
        & need(conflict.removed_at is None, "This has been removed already.")
        & need(conflict.removal_by_id is not None, "Nobody has asked for this.")
        & need(conflict.removal_by_id != by.ledger_id, "You asked for this. Someone else has to agree.")
    )


def may_break_glass(by: Actor, user: User) -> Verdict:
    """A triage social worker or a practice manager, while no earlier emergency of theirs is overdue for review.

    Whether there is anything to open is asked inside the act: the answer would tell what there is.
    """
    if not isinstance(by, User) or by.pk != user.pk:
        return no("Everybody opens for themself.")
    with unhindered():
        late = Glass.objects.filter(user=by, outcome="", review_due_at__lte=timezone.now()).exists()
    return holds(by, Permission.BREAK_GLASS) & need(
        not late, "An enquiry that you opened in an emergency has not been reviewed in time. Ask the governance lead."
    )


def may_review_glass(by: Actor, glass: Glass) -> Verdict:
    """The governance lead of the area; never of what they opened themself."""
    return (
        may_know(by, glass.enquiry)
        & holds(by, Permission.REVIEW_RESTRICTED, glass.enquiry.area_id)
        & need(glass.user_id != by.ledger_id, "Somebody else reviews what you opened.")
        & need(not glass.outcome, "This has been reviewed already.")
    )


def may_read_glass(by: Actor, _: object) -> Verdict:
    return holds(by, Permission.REVIEW_RESTRICTED)
