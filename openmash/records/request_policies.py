"""Who answers somebody who asks for what is held about them, and what has to be so before anything is given."""

from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.kit.verdict import Verdict, need
from openmash.people.kept import kept_from
from openmash.people.models import Person
from openmash.records.asked import SubjectItem, SubjectRequest


def may_find_people(by: Actor, _: object) -> Verdict:
    return holds(by, Permission.KEEP_RECORDS)


def may_open(by: Actor, person: Person) -> Verdict:
    return holds(by, Permission.KEEP_RECORDS, person.area_id)


def may_read_request(by: Actor, request: SubjectRequest) -> Verdict:
    """Never of somebody who is kept from them: whoever knows them neither reads nor approves what is held."""
    return holds(by, Permission.AGREE_RECORDS, request.area_id) & is_not_kept(by, request.person_id)


def is_not_kept(by: Actor, person: int) -> Verdict:
    return need(person not in kept_from(by), "There is no such request.")


def may_look(by: Actor, request: SubjectRequest) -> Verdict:
    """At everything held: whoever answers, and whoever approves; while it is open."""
    return may_read_request(by, request) & is_open(request)


def is_open(request: SubjectRequest) -> Verdict:
    return need(request.closed_at is None, "This request has been closed.")


def may_work_on(by: Actor, request: SubjectRequest) -> Verdict:
    may = holds(by, Permission.KEEP_RECORDS, request.area_id) & is_not_kept(by, request.person_id)
    return may & is_open(request)


def may_extend(by: Actor, request: SubjectRequest) -> Verdict:
    """Once, by two months: UK GDPR article 12(3)."""
    return may_work_on(by, request) & need(not request.extended_because, "It has been extended already.")


def may_propose_answer(by: Actor, request: SubjectRequest) -> Verdict:
    return may_work_on(by, request) & need(request.proposed_at is None, "It waits for a second person already.")


def may_approve_answer(by: Actor, request: SubjectRequest) -> Verdict:
    """Neither whoever proposed it nor whoever decided a thing of it."""
    decided = SubjectItem.objects.filter(request=request, by=by.ledger_id).exists() if by.ledger_id else False
    return (
        may_look(by, request)
        & need(request.proposed_at is not None, "Nothing has been proposed.")
        & need(request.approved_at is None, "Somebody has approved it already.")
        & need(by.ledger_id != request.proposed_by_id and not decided, "Somebody else approves what you decided.")
    )


def may_export(by: Actor, request: SubjectRequest) -> Verdict:
    return may_work_on(by, request) & need(request.approved_at is not None, "A second person has not approved it.")
