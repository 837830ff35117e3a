"""Who may send a file, see how it went, and know what an agency sent: the first wall. The second is row-level security.

An area's feeds are shared with that area's hub, under that area's agreement: who matches people there may know which
agencies know them; events are read from an enquiry of the area, in the capacities of the sealed room (ADR 4).
"""

from dataclasses import dataclass

from openmash.agencies.models import Agency, User
from openmash.agencies.policies import has_live_signature, holds, may_set_up
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor, System
from openmash.feeds.models import Feed, Load
from openmash.intelligence.policies import EMERGENCY
from openmash.kit.verdict import YES, Verdict, need, no

LOADER = System("The loader of feeds", frozenset({"send_feed"}))
"""Whoever drops a file into the folder, or loads it on the server itself, acts as this part of the system."""


@dataclass(frozen=True)
class RecordFacts:
    """What the policy needs to know of a record."""

    agency: int
    area: int
    is_withdrawn: bool


@dataclass(frozen=True)
class EventFacts:
    """What the policy needs to know of an event. `is_in_family`: it is about somebody whom the enquiry is about."""

    agency: int
    area: int
    sensitivity: str
    is_withdrawn: bool
    is_in_family: bool


def may_agree(by: Actor, agency: Agency) -> Verdict:
    """A feed is agreed where the sharing agreement is kept: by whoever sets the hub up."""
    return may_set_up(by, agency)


def may_end(by: Actor, feed: Feed) -> Verdict:
    return may_agree(by, feed.agency) & need(feed.ended_at is None, "This feed has ended.")


def may_see_feed(by: Actor, feed: Feed) -> Verdict:
    """The agency's own lead, and the system administrator, see what came and how it went: never who is in it."""
    if isinstance(by, System):
        return holds(by, Permission.SEND_FEED)
    if holds(by, Permission.MANAGE_USERS, feed.area_id):
        return YES
    own = need(isinstance(by, User) and by.agency_id == feed.agency_id, "Each agency sends its own people.")
    return holds(by, Permission.SEND_FEED, feed.area_id) & own


def may_send(by: Actor, feed: Feed) -> Verdict:
    """Whoever sees the feed sends for it, while the agency's signature is live."""
    return (
        may_see_feed(by, feed)
        & need(feed.ended_at is None, "This feed has ended.")
        & has_live_signature(feed.agency, feed.area_id)
    )


def may_begin(by: Actor, load: Load) -> Verdict:
    return may_send(by, load.feed) & need(not load.is_over, "This file has been read to its end.")


def may_break_off(by: Actor, load: Load) -> Verdict:
    """The loader says what is wrong with a file; also when its agency may no longer send."""
    return may_see_feed(by, load.feed) & need(not load.is_over, "This file has been read to its end.")


def may_take(by: Actor, load: Load) -> Verdict:
    """Rows are taken in by the loader alone, while the file is being read."""
    return holds(by, Permission.SEND_FEED) & need(load.state == Load.LOADING, "This file is not being read.")


def may_read_record(by: Actor, record: RecordFacts) -> Verdict:
    """A record whole, with its identity: only the lead of the agency whose it is, in its area."""
    if not isinstance(by, User) or not by.is_active:
        return no("Sign in to do this.")
    is_own = record.agency == by.agency_id and by.is_posted_as("agency_lead", record.area)
    return need(is_own and not record.is_withdrawn, "There is no such record.")


def may_know_of(by: Actor, area: int) -> Verdict:
    """That an agency knows somebody, since when, and whom to ask there: whoever matches people in the area."""
    return holds(by, Permission.MATCH_PEOPLE, area)


def may_know_of_open_case(by: Actor, area: int) -> Verdict:
    """That somebody is open to social care, the team and the worker, and nothing else (M89): the evaluators' desk."""
    evaluates = holds(by, Permission.EVALUATE_NOTIFICATIONS, area)
    return evaluates or holds(by, Permission.DECIDE, area)


def may_read_event(by: Actor, held: frozenset[str], area: int, event: EventFacts) -> Verdict:
    """An event, looked at from an enquiry of `area` in the capacities `held` there (see `intelligence.policies`)."""
    if not isinstance(by, User) or not by.is_active:
        return no("Sign in to do this.")
    is_read = (
        "manager" in held
        or ("triage" in held and event.sensitivity in ("G", "S"))
        or (EMERGENCY in held and event.sensitivity == "X")
        or (bool(held & {"own", "lead"}) and event.agency == by.agency_id)
    )
    is_here = event.is_in_family and event.area == area and not event.is_withdrawn
    return need(is_read and is_here, "There is no such event.")
