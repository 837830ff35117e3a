"""What is done with a statutory check: logged, looked at, answered by two people, or refused."""

from datetime import datetime
from typing import Any

from openmash.agencies.models import Area, User
from openmash.audit.action import action, reading
from openmash.enquiries.whereabouts import refuse_if_told, tells_where_anybody_is
from openmash.statutory_checks.codes import ANSWERED, OPEN, PROPOSED, REFUSED, REQUESTERS
from openmash.statutory_checks.models import StatutoryCheck
from openmash.statutory_checks.policies import (
    may_approve,
    may_log,
    may_propose,
    may_refuse,
    may_see,
    may_send_back,
)


@action(may=may_log, event="check.logged", keeps=("requester", "basis"), lock=False)
def log(
    area: Area, *, by: User, now: datetime, requester: str, due_at: datetime | None = None, **said: Any
) -> StatutoryCheck:
    """A check came in. It is due after the working days usual for who asks, unless they named another time."""
    _, days = REQUESTERS[requester]
    return StatutoryCheck.objects.create(
        area=area,
        requester=requester,
        logged_by=by,
        **{"received_at": now} | said,
        due_at=due_at or area.working_time.add_days(said.get("received_at", now), days),
    )


@reading(may=may_see, event="check.looked-at")
def look_at(check: StatutoryCheck, *, by: User, now: datetime) -> StatutoryCheck:
    """The check with what the hub knows beside it: on the ledger before it is shown."""
    return check


@action(may=may_propose, event="check.proposed", keeps=("finding",))
def propose(check: StatutoryCheck, *, by: User, now: datetime, finding: str, answer: str) -> StatutoryCheck:
    """The words that are to leave. They leave when somebody else has approved them."""
    refuse_if_told("check.proposed", tells_where_anybody_is({"answer": answer}, check, by=by))
    check.state, check.finding, check.answer = PROPOSED, finding, answer
    check.proposed_by, check.proposed_at, check.sent_back = by, now, ""
    return _kept(check)


@action(may=may_send_back, event="check.sent-back")
def send_back(check: StatutoryCheck, *, by: User, now: datetime, because: str) -> StatutoryCheck:
    """Other words are needed. What was written stays to be changed."""
    check.state, check.sent_back = OPEN, because
    return _kept(check)


@action(may=may_approve, event="check.answered")
def approve(check: StatutoryCheck, *, by: User, now: datetime) -> StatutoryCheck:
    """Exactly these words leave the hub, to the address that asked and to no other. They are never changed again."""
    check.state, check.ended_by, check.ended_at = ANSWERED, by, now
    return _kept(check)


@action(may=may_refuse, event="check.refused")
def refuse(check: StatutoryCheck, *, by: User, now: datetime, because: str) -> StatutoryCheck:
    """Nothing is told, because."""
    check.state, check.ended_by, check.ended_at, check.ended_because = REFUSED, by, now, because
    return _kept(check)


def _kept(check: StatutoryCheck) -> StatutoryCheck:
    check.version += 1
    check.save()
    return check
