"""Who logs, answers and approves statutory checks. Pure: reads facts, writes nothing."""

from openmash.agencies.models import Area
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.kit.verdict import Verdict, need
from openmash.statutory_checks.codes import OPEN, PROPOSED, WAITING
from openmash.statutory_checks.models import StatutoryCheck


def may_log(by: Actor, area: Area) -> Verdict:
    return holds(by, Permission.MATCH_PEOPLE, area.pk)


def may_see(by: Actor, check: StatutoryCheck) -> Verdict:
    """The hub's own staff in the area: those who may look people up."""
    return holds(by, Permission.MATCH_PEOPLE, check.area_id)


def may_propose(by: Actor, check: StatutoryCheck) -> Verdict:
    return may_see(by, check) & need(check.state == OPEN, "This has been answered, or waits for approval.")


def may_approve(by: Actor, check: StatutoryCheck) -> Verdict:
    """What leaves the hub is approved by a decision-maker who did not write it (release protocol, I2)."""
    return (
        holds(by, Permission.APPROVE_RELEASE, check.area_id)
        & need(check.state == PROPOSED, "There is no answer to approve.")
        & need(check.proposed_by_id is None or check.proposed_by != by, "You wrote this. Someone else has to approve.")
    )


def may_send_back(by: Actor, check: StatutoryCheck) -> Verdict:
    """An approver asks for other words; whoever wrote it takes it back."""
    may = need(check.proposed_by == by, "-") or holds(by, Permission.APPROVE_RELEASE, check.area_id)
    return may & need(check.state == PROPOSED, "There is no answer to send back.")


def may_refuse(by: Actor, check: StatutoryCheck) -> Verdict:
    return holds(by, Permission.APPROVE_RELEASE, check.area_id) & need(
        check.state in WAITING, "This has been answered already."
    )
