"""The one next action of an enquiry for whoever looks, what blocks it in words, and what else may be done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from openmash.adults import policies as adults
from openmash.agencies.models import User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.decisions import policies as decisions
from openmash.decisions.models import Feedback
from openmash.disclosure import policies as disclosure
from openmash.domestic_abuse.policies import may_grade, may_refer
from openmash.domestic_abuse.queries import is_domestic_abuse
from openmash.enquiries import policies as enquiries
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import needs_of
from openmash.enquiries.workflow import CLOSED, DECIDED, DESK_WORDS, GATHERING, RECEIVED, REVIEW, SCREENED, TRIAGED
from openmash.gathering import policies as gathering
from openmash.intelligence.policies import may_open_sealed
from openmash.kit.verdict import YES, Verdict, need
from openmash.lookout import policies as lookout
from openmash.triage import policies as triage
from openmash.triage.models import Basis

# What waits for somebody besides the next stage, and comes before it.
PRESSING = ("fast_track", "child-considered", "late_answer", "step_up", "rating_alert")


@dataclass(frozen=True)
class Offer:
    """One thing that may be done: its words, where, and whether it may; `posts` when one press does it."""

    label: str
    url: str
    verdict: Verdict = YES
    posts: bool = False


@dataclass(frozen=True)
class NextAction:
    who: str
    due_at: datetime | None
    main: Offer | None
    nothing: str
    others: tuple[Offer, ...]


def next_action(enquiry: Enquiry, *, by: User, now: datetime) -> NextAction:
    """What presses `by` here, or else the next stage, offered or refused with its reasons; then the rest."""
    path = f"/enquiry/{enquiry.reference}/"
    stage = _MAIN[enquiry.status](enquiry, by, path)
    pressing = [one for one in needs_of(by, now=now) if one.enquiry == enquiry.pk and one.kind in PRESSING]
    main, *rest = [*(Offer(one.says, one.path) for one in pressing), stage]
    offers: dict[str, Offer] = {}
    for offer in [*rest, *_others(enquiry, by, path)]:
        if offer and offer.verdict:
            offers.setdefault(offer.url, offer)
    others = tuple(offer for url, offer in offers.items() if not main or url != main.url)
    owner = enquiry.owner.name if enquiry.owner else DESK_WORDS.get(enquiry.desk, "")
    who, due = ("You", pressing[0].due_at) if pressing else (owner, enquiry.due_at)
    return NextAction(who, due, main, "The enquiry is closed. Nothing is due.", others)


def _screen(enquiry: Enquiry, by: Actor, path: str) -> Offer:
    return Offer("Screen", f"{path}screen/", triage.may_screen(by, enquiry))


def _rate(enquiry: Enquiry, by: Actor, path: str) -> Offer:
    return Offer("Rate", f"{path}rate/", triage.may_rate(by, enquiry))


def _ask(enquiry: Enquiry, by: Actor, path: str) -> Offer:
    if not Basis.objects.filter(enquiry=enquiry).exists():
        return Offer("Record the basis for asking", f"{path}basis/", triage.may_record_basis(by, enquiry))
    return Offer("Ask the agencies", f"{path}ask/", gathering.may_ask(by, enquiry))


def _gather(enquiry: Enquiry, by: Actor, path: str) -> Offer:
    if holds(by, Permission.DECIDE, enquiry.area_id):
        return Offer("Decide", f"{path}decide/", decisions.may_decide(by, enquiry))
    return Offer("See who has answered", f"{path}requests/")


def _decide(enquiry: Enquiry, by: Actor, path: str) -> Offer:
    if not holds(by, Permission.DECIDE, enquiry.area_id) and decisions.may_propose(by, enquiry):
        return Offer("Propose a decision", f"{path}decide/")
    return Offer("Decide", f"{path}decide/", decisions.may_decide(by, enquiry))


def _close(enquiry: Enquiry, by: Actor, path: str) -> Offer:
    told = Feedback.objects.filter(enquiry=enquiry, at__gte=enquiry.decided_at).exists()
    if not told:
        return Offer("Tell the referrer", f"{path}feedback/", decisions.may_give_feedback(by, enquiry))
    return Offer("Close", f"{path}close/", decisions.may_close(by, enquiry))


_MAIN: dict[str, Callable[[Enquiry, Actor, str], Offer | None]] = {
    RECEIVED: _screen,
    SCREENED: _rate,
    TRIAGED: _ask,
    GATHERING: _gather,
    REVIEW: _decide,
    DECIDED: _close,
    CLOSED: lambda enquiry, by, path: None,
}


def _others(enquiry: Enquiry, by: User, path: str) -> Iterator[Offer]:
    is_mine = enquiry.owner_id == by.pk
    yield Offer("Give back to the desk" if is_mine else "Take it", f"{path}{'give-back' if is_mine else 'take'}/",
                enquiries.may_take(by, enquiry), posts=True)  # fmt: skip
    yield Offer("Possible matches", f"{path}match/", holds(by, Permission.MATCH_PEOPLE, enquiry.area_id))
    yield Offer("Fast track: child protection", f"{path}fast-track/", enquiries.may_fast_track(by, enquiry))
    yield Offer("Look for a missing family", f"{path}missing/", lookout.may_look_for(by, enquiry))
    yield Offer("Grade the domestic abuse", f"{path}domestic-abuse/", _abuse(may_grade(by, enquiry), enquiry))
    yield Offer("Refer to MARAC", f"{path}marac/", _abuse(may_refer(by, enquiry), enquiry))
    yield Offer("Record the Care Act test", f"{path}care-act/", adults.may_record(by, enquiry))
    yield Offer("Answer for the children around", f"{path}children/", adults.may_consider_children(by, enquiry))
    yield Offer("Change the rating", f"{path}rerate/", triage.may_rerate(by, enquiry))
    yield Offer("Record the basis again", f"{path}basis/", _again(triage.may_record_basis(by, enquiry), enquiry))
    yield Offer("Ask agencies", f"{path}ask/", gathering.may_ask(by, enquiry))
    yield Offer("Sealed answers, in an emergency", f"{path}emergency/", may_open_sealed(by, enquiry))
    yield Offer("Take to the decision now", f"{path}review/", gathering.may_take_to_review(by, enquiry))
    yield Offer("Decide without research", f"{path}decide/directly/", decisions.may_decide_directly(by, enquiry))
    yield Offer("Research continues", f"{path}continue/", decisions.may_continue_research(by, enquiry))
    yield Offer("Release something", f"{path}release/new/", disclosure.may_draft(by, enquiry))
    yield Offer("Record that nothing is shared", f"{path}release/not/", disclosure.may_not_share(by, enquiry))
    yield Offer("Tell the referrer", f"{path}feedback/", decisions.may_give_feedback(by, enquiry))
    paused = enquiry.pauses.filter(until=None).exists()
    yield Offer("Start the clock again" if paused else "Pause the clock", f"{path}{'resume' if paused else 'pause'}/",
                enquiries.may_pause(by, enquiry), posts=paused)  # fmt: skip
    yield Offer("Reopen", f"{path}reopen/", decisions.may_reopen(by, enquiry))
    yield Offer("Say who alone sees this", f"{path}restrict/", holds(by, Permission.RESTRICT, enquiry.area_id))


def _abuse(verdict: Verdict, enquiry: Enquiry) -> Verdict:
    return verdict & need(is_domestic_abuse(enquiry), "Nobody has said that it is domestic abuse.")


def _again(verdict: Verdict, enquiry: Enquiry) -> Verdict:
    return verdict & Verdict(() if enquiry.status != TRIAGED or enquiry.bases.exists() else ("It comes next.",))
