"""Who may do what to an enquiry. Pure: reads facts, writes nothing.

The stages at which each role sees an enquiry are the permission matrix of the security design (3.4).
"""

from datetime import datetime
from typing import Protocol

from django.utils import timezone

from openmash.agencies.models import Area, User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import CLOCKWORK, Actor, System
from openmash.enquiries.models import Conflict, Enquiry, Glass, Named, Party, Restriction
from openmash.enquiries.workflow import CLOSED, OPEN
from openmash.kit.verdict import YES, Verdict, need, no
from openmash.people.queries import leads_of, records_of


class HasEnquiry(Protocol):
    """Anything that is about one enquiry."""

    @property
    def enquiry(self) -> Enquiry: ...


def may_receive(by: Actor, area: Area) -> Verdict:
    """Anyone may make an enquiry on the form; hub staff key one for a caller."""
    if holds(by, Permission.MAKE_ENQUIRY) or holds(by, Permission.KEY_ENQUIRY, area.pk):
        return YES
    return holds(by, Permission.KEY_ENQUIRY, area.pk)


def has_no_conflict(by: Actor, enquiry: Enquiry) -> Verdict:
    """Whoever knows somebody in it knows nothing of it, whatever their role. The system knows nobody."""
    if not isinstance(by, User) or by.is_system:
        return YES
    known = Conflict.objects.filter(user=by, removed_at=None).values_list("person", flat=True)
    groups = records_of(leads_of(known).values()).values()
    records = {record for group in groups for record in group}
    met = bool(records) and enquiry.parties.filter(person__in=records).exists()
    return need(not met, "You know somebody in this enquiry.")


def is_open_to(by: Actor, enquiry: Enquiry) -> Verdict:
    """Whether no restriction keeps it from `by`: a restricted one is known to whoever is named on it, and to whoever
    opened it in an emergency within the hour; that it is there, to the governance lead, who looks after it.
    """
    if not isinstance(by, User) or by.is_system:
        return YES
    return need(
        not Restriction.objects.filter(enquiry=enquiry, lifted_at=None).exists()
        or is_named(by, enquiry)
        or has_opened(by, enquiry)
        or (by.is_active and enquiry.area_id in by.areas_where(Permission.REVIEW_RESTRICTED)),
        "This enquiry is restricted, and you are not named on it.",
    )


def may_know(by: Actor, enquiry: Enquiry) -> Verdict:
    """Whether anything keeps it from `by`. The database holds the same in `openmash_kept_from()`."""
    return has_no_conflict(by, enquiry) & is_open_to(by, enquiry)


def has_opened(by: User, enquiry: Enquiry) -> bool:
    """Whether `by` opened it in an emergency within the hour."""
    return Glass.objects.filter(enquiry=enquiry, user=by, until__gt=timezone.now()).exists()


def is_named(by: User, enquiry: Enquiry) -> bool:
    return Named.objects.filter(enquiry=enquiry, user=by, until=None).exists()


def may_see(by: Actor, enquiry: Enquiry) -> Verdict:
    """Hub staff of the area see open enquiries; a closed one needs cover, with a reason, except for who coordinates."""
    seen = holds(by, Permission.SEE_ENQUIRIES, enquiry.area_id) & is_kept(enquiry)
    if not seen or enquiry.status in OPEN or not isinstance(by, User):
        return seen
    return seen & need(
        has_cover(by, enquiry, timezone.now()), "This enquiry is closed. Say why you need it to open it again."
    )


def is_kept(enquiry: Enquiry) -> Verdict:
    return need(enquiry.destroyed_at is None, "This record was destroyed when its time was over.")


def has_cover(by: User, enquiry: Enquiry, now: datetime) -> bool:
    return enquiry.covers.filter(user=by, since__lte=now, until__gt=now).exists()


def may_cover(by: Actor, enquiry: Enquiry) -> Verdict:
    """A closed enquiry is opened again for reading by hub staff of its area, with a reason that is kept."""
    return holds(by, Permission.SEE_ENQUIRIES, enquiry.area_id) & is_kept(enquiry)


def may_advance(by: Actor, enquiry: Enquiry) -> Verdict:
    """A move is made by a verb of a later room, which has asked its own policy; here only: nobody unknown moves it."""
    if isinstance(by, System):
        return YES
    return need(isinstance(by, User) and by.is_active, "Sign in to do this.")


def may_take(by: Actor, enquiry: Enquiry) -> Verdict:
    """Whoever opened a restricted enquiry in an emergency does not take it on: they would lose sight of it."""
    is_passing = enquiry.is_restricted and isinstance(by, User) and not is_named(by, enquiry)
    return (
        may_see(by, enquiry)
        & need(enquiry.status != CLOSED, "A closed enquiry has no owner.")
        & need(not is_passing, "You are not named on this restricted enquiry.")
    )


def may_return(by: Actor, enquiry: Enquiry) -> Verdict:
    """The clock gives back what somebody had who has left, or who has no role in the area any more."""
    return need(by == CLOCKWORK, "The clock does this by itself.") & need(
        enquiry.owner is not None and not enquiry.owner.works_in(enquiry.area_id), "Its owner works here."
    )


def may_fast_track(by: Actor, enquiry: Enquiry) -> Verdict:
    """Immediate child protection: any hub professional, at any stage before closing (M101)."""
    return (
        holds(by, Permission.FAST_TRACK, enquiry.area_id)
        & need(enquiry.status != CLOSED, "The enquiry is closed. Reopen it first.")
        & need(enquiry.fast_track_at is None, "The enquiry is on the fast track already.")
    )


def may_pause(by: Actor, enquiry: Enquiry) -> Verdict:
    return holds(by, Permission.RATE, enquiry.area_id) & need(enquiry.status in OPEN, "A closed enquiry has no clock.")


def may_reopen(by: Actor, enquiry: Enquiry) -> Verdict:
    """The decision-maker reopens, for a late answer, a challenge or new information."""
    return holds(by, Permission.DECIDE, enquiry.area_id) & is_kept(enquiry)


def may_read_referrer(by: Actor, enquiry: Enquiry) -> Verdict:
    """Who brought it: triage and practice managers. A coordinator sees the role, and the name to call back."""
    return holds(by, Permission.RATE, enquiry.area_id) & need(enquiry.status in OPEN, "The enquiry is closed.")


def may_call_back(by: Actor, enquiry: Enquiry) -> Verdict:
    """A coordinator reads the referrer's name and number in order to call back, and says why."""
    return holds(by, Permission.SCREEN, enquiry.area_id) & need(enquiry.status in OPEN, "The enquiry is closed.")


def may_release_from_hold(by: Actor, enquiry: Enquiry) -> Verdict:
    """What looked like spam is let in, or closed with a reason, by a person."""
    return holds(by, Permission.SCREEN, enquiry.area_id) & need(enquiry.is_held, "The enquiry is not held.")


def may_keep_draft(by: Actor, _: object) -> Verdict:
    """Anybody keeps a draft of their own form."""
    return YES if isinstance(by, System | User) else no("Sign in to do this.")


def may_tidy(by: Actor, _: object) -> Verdict:
    """The system's own clock sweeps drafts that are older than 24 hours."""
    return need(isinstance(by, System), "Only the system's own clock does this.")


def may_settle(by: Actor, party: Party) -> Verdict:
    """Matching is done by hub staff of the enquiry's area."""
    return holds(by, Permission.MATCH_PEOPLE, party.enquiry.area_id)


def may_look_up(by: Actor, _: object) -> Verdict:
    """Whoever matches people sees what is already known of those whom a caller names, as they are keyed (M1)."""
    return holds(by, Permission.MATCH_PEOPLE)


def may_look_up_matches(by: Actor, looked: HasEnquiry) -> Verdict:
    """Whom the people of an enquiry may be is for those who match people in its area."""
    return holds(by, Permission.MATCH_PEOPLE, looked.enquiry.area_id)


def may_see_own(by: Actor, enquiry: Enquiry) -> Verdict:
    """A professional reads back what they sent themself, and nobody else's."""
    is_theirs = isinstance(by, User) and enquiry.referrer.user_id == by.pk
    return holds(by, Permission.SEE_OWN_ENQUIRIES) & need(is_theirs, "This is somebody else's enquiry.")
