"""Who may record, relate and match people. Pure: they read the facts they are handed.

Source: security 3.4, rows "household" and "person search": the hub's own staff, within their areas.
"""

from openmash.agencies.models import Area, User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.kit.verdict import Verdict, need
from openmash.people.agency_records import RecordPair
from openmash.people.kept import kept_from
from openmash.people.models import Judgement, Person, Proposal, RecordJudgement, Relationship, RiskFrom, Unprotecting
from openmash.people.pairs import Pair
from openmash.people.whereabouts import protection

_WRITERS = (Permission.KEY_ENQUIRY, Permission.MAKE_ENQUIRY, Permission.MATCH_PEOPLE)


def may_record(by: Actor, area: Area) -> Verdict:
    """Whoever may make or key an enquiry gives people with it: the public on the form too."""
    return _writes_in(by, area.pk)


def may_add(by: Actor, person: Person) -> Verdict:
    """Professionals come with an enquiry, from whoever may make or key one."""
    return _writes_in(by, person.area_id)


def may_tie(by: Actor, person: Person) -> Verdict:
    """The hub's staff say who is what to whom: of the second person the same is asked."""
    return may_match(by, person) & need(isinstance(by, User), "Only a person can say so.")


def may_change_tie(by: Actor, tie: Relationship) -> Verdict:
    return may_tie(by, tie.person) & may_tie(by, tie.other)


def may_know_risk(by: Actor, risk: RiskFrom) -> Verdict:
    """Whoever may know the one at risk, if neither of the two is kept from them. The database holds the same."""
    kept = kept_from(by)
    return may_tie(by, risk.person) & need(
        risk.person_id not in kept and risk.whom_id not in kept, "One of them is kept from you."
    )


def may_match(by: Actor, person: Person) -> Verdict:
    """The hub's staff say who is who, mark and amend, in the person's own area."""
    return holds(by, Permission.MATCH_PEOPLE, person.area_id)


def may_know(by: Actor, person: Person) -> Verdict:
    """Whether the person page exists for somebody at all. A refusal is answered as if there were no such person."""
    return may_match(by, person)


def may_protect(by: Actor, person: Person) -> Verdict:
    """Whoever may know somebody may protect where they are."""
    return may_match(by, person) & need(isinstance(by, User), "Only a person can say so.")


def may_open_whereabouts(by: Actor, person: Person) -> Verdict:
    """Triage social workers and practice managers. For anybody else there is nothing to open."""
    return may_know(by, person) & holds(by, Permission.OPEN_WHEREABOUTS, person.area_id)


def may_propose_unprotecting(by: Actor, person: Person) -> Verdict:
    return may_open_whereabouts(by, person)


def may_agree_unprotecting(by: Actor, proposed: Unprotecting) -> Verdict:
    """Another person, and one of the two a practice manager."""
    area = proposed.person.area_id
    is_manager = bool(holds(by, Permission.DECIDE, area)) or bool(holds(proposed.by, Permission.DECIDE, area))
    return (
        may_open_whereabouts(by, proposed.person)
        & need(proposed.by_id != by.ledger_id, "You proposed this. Someone else has to agree.")
        & need(is_manager, "One of the two has to be a practice manager.")
        & need(proposed.answered_at is None, "This has been answered already.")
    )


def may_decline_unprotecting(by: Actor, proposed: Unprotecting) -> Verdict:
    return may_open_whereabouts(by, proposed.person) & need(
        proposed.answered_at is None, "This has been answered already."
    )


def may_say_same(by: Actor, pair: Pair) -> Verdict:
    """Never against a word already given: a pair said to be different stays apart until that is undone."""
    return _may_join(by, pair) & need(
        not pair.is_guarded, "Who they are is protected. Two people have to agree on this."
    )


def may_propose_same(by: Actor, pair: Pair) -> Verdict:
    """The first of two people, where who somebody is must be guarded (matching 4)."""
    return (
        _may_join(by, pair)
        & need(pair.is_guarded, "Nobody else has to agree. Say that they are the same person.")
        & need(pair.proposal is None, "This has been proposed already.")
    )


def may_agree_same(by: Actor, pair: Pair) -> Verdict:
    return (
        _may_join(by, pair)
        & need(pair.proposal is not None, "Nobody has proposed this.")
        & need(pair.proposal is None or pair.proposal.by != by, "You proposed this. Someone else has to agree.")
    )


def may_decline_same(by: Actor, proposal: Proposal) -> Verdict:
    """Anybody who may match them, and whoever proposed it takes it back."""
    return (
        may_match(by, proposal.first)
        & may_match(by, proposal.second)
        & need(proposal.answered_at is None, "This has been answered already.")
    )


def may_say_different(by: Actor, pair: Pair) -> Verdict:
    return _may_judge(by, pair) & need(
        not pair.is_joined, "These records are joined as one person. Undo that first if it was a mistake."
    )


def may_undo(by: Actor, judgement: Judgement) -> Verdict:
    return (
        may_match(by, judgement.first)
        & may_match(by, judgement.second)
        & need(judgement.undone_at is None, "This has been undone already.")
    )


def may_judge_record(by: Actor, pair: RecordPair) -> Verdict:
    """An agency's record and a person, or another record: whoever matches people in the area. Never of the guarded."""
    return (
        holds(by, Permission.MATCH_PEOPLE, pair.area)
        & need(not pair.is_guarded, "Who they are is protected. No agency's record is joined with theirs.")
        & need(pair.stands is None, "Somebody has said this already. Undo that first if it was a mistake.")
    )


def may_undo_record(by: Actor, judgement: RecordJudgement) -> Verdict:
    return holds(by, Permission.MATCH_PEOPLE, judgement.area_id) & need(
        judgement.undone_at is None, "This has been undone already."
    )


def may_review(by: Actor, person: Person) -> Verdict:
    """Only the lead record of a person is changed, and only by a person."""
    return need(isinstance(by, User), "Only a person can review what has been given.") & need(
        person.lead_id is None, "This record has been joined to another. Change the other one."
    )


def may_adopt(by: Actor, person: Person) -> Verdict:
    """Whoever may match them makes what was given current."""
    return may_match(by, person) & may_review(by, person)


def may_say_safe(by: Actor, person: Person) -> Verdict:
    """Whoever may know them; of somebody protected only who may open where they are, since a number tells that."""
    is_protected = person.lead_id_or_own in protection().leads
    return (may_open_whereabouts if is_protected else may_match)(by, person) & may_review(by, person)


def _may_join(by: Actor, pair: Pair) -> Verdict:
    return _may_judge(by, pair) & need(
        not pair.clash,
        f"Someone said that {pair.clash} are not the same person. Undo that first if it was a mistake."
        if pair.clash
        else "-",
    )


def _may_judge(by: Actor, pair: Pair) -> Verdict:
    return (
        may_match(by, pair.first)
        & may_match(by, pair.second)
        & need(pair.first.pk != pair.second.pk, "Choose two different records.")
    )


def _writes_in(by: Actor, area: int) -> Verdict:
    verdicts = [holds(by, permission, area) for permission in _WRITERS]
    return next((verdict for verdict in verdicts if verdict), verdicts[0])
