"""A request for what is held about somebody: opened, each thing decided, proposed, approved by another, and closed."""

from datetime import date, datetime

from openmash.agencies.letters import write
from openmash.agencies.models import User
from openmash.audit.action import Refused, action
from openmash.kit.verdict import Verdict, need
from openmash.people.models import Person
from openmash.records.actions import who_agrees
from openmash.records.asked import SubjectItem, SubjectRequest
from openmash.records.codes import FULL, REDACTED, WITHHELD
from openmash.records.giving import LEFT_OUT, Decided, decided, document, phrases_in, still_there
from openmash.records.giving import left_out as without
from openmash.records.material import Thing, things_held
from openmash.records.request_policies import may_approve_answer, may_extend, may_open, may_propose_answer, may_work_on

ONE_UNDECIDED = "Something has not been decided, or says something else than when it was."


@action(may=may_open, event="subject-request.opened", keeps=("asker",))
def open_request(
    person: Person, *, by: User, now: datetime, asker: str, asker_name: str, asker_right: str, received_on: date,
    identity_how: str, identity_on: date,
) -> SubjectRequest:  # fmt: skip
    """Somebody asks. Whoever opens it has made sure who they are, and by what right they ask for somebody else."""
    return SubjectRequest.objects.create(
        area_id=person.area_id, person=person, asker=asker, asker_name=asker_name, asker_right=asker_right,
        received_on=received_on, identity_how=identity_how, identity_on=identity_on, identity_by=by, opened_at=now,
    )  # fmt: skip


@action(may=may_extend, event="subject-request.extended")
def extend(request: SubjectRequest, *, by: User, now: datetime, because: str) -> SubjectRequest:
    """Two months more, where it is complex: whoever asked is told within the first."""
    request.extended_because, request.extended_by = because, by
    request.save()
    return request


@action(may=may_work_on, event="subject-request.decided", keeps=("key", "given", "ground"))
def decide(
    request: SubjectRequest, *, by: User, now: datetime, key: str, digest: str, given: str, ground: str = "",
    left_out: str = "", because: str = "",
) -> SubjectItem:  # fmt: skip
    """What is given of one thing, as it was when it was read. What had been proposed or approved is so no more."""
    thing = next((one for one in things_held(request) if one.key == key), None)
    verdict = _fits(thing, digest, given, left_out, because)
    if thing is None or not verdict:
        raise Refused("subject-request.decided", verdict)
    _take_back(request)
    facts = {
        "enquiry_id": thing.enquiry, "digest": digest, "given": given, "ground": "" if given == FULL else ground,
        "left_out": left_out if given == REDACTED else "", "because": because, "by": by, "at": now,
    }  # fmt: skip
    return SubjectItem.objects.update_or_create(request=request, key=key, defaults=facts)[0]


def _fits(thing: Thing | None, digest: str, given: str, left_out: str, because: str) -> Verdict:
    text = thing.text if thing else ""
    missing = [phrase for phrase in phrases_in(left_out) if LEFT_OUT not in without(text, phrase)]
    still = still_there(text, left_out)
    return (
        need(thing is not None and thing.digest == digest, "This says something else by now. Read it again.")
        & need(given == WITHHELD or not (thing and thing.is_locked), "Its agency locked it: withhold it here.")
        & need(given != REDACTED or bool(phrases_in(left_out)), "Enter the words to leave out.")
        & need(given != REDACTED or not missing, f"These words are not in it: {'; '.join(missing)}.")
        & need(given != REDACTED or not still, f"These words are in it in other letters too: {'; '.join(still)}.")
        & need(
            given != FULL or not (thing and thing.points) or bool(because),
            "Say why what was pointed out may be given.",
        )
    )


def _take_back(request: SubjectRequest) -> None:
    if request.proposed_at is not None:
        request.proposed_by = request.proposed_at = request.approved_by = request.approved_at = None
        request.body_hash = ""
        request.save()


@action(may=may_propose_answer, event="subject-request.proposed")
def propose_answer(request: SubjectRequest, *, by: User, now: datetime) -> SubjectRequest:
    """Everything is decided: a second person looks."""
    body = body_of(request, now)
    request.proposed_by, request.proposed_at, request.body_hash = by, now, body
    request.save()
    for person in who_agrees(request.area_id, by):
        write(
            to=person.email,
            user=person,
            about="Records",
            subject="An answer about somebody’s records needs a second person",
            line="Somebody decided what is given of what is held about a person, and you can approve it.",
            link=f"/records/requests/{request.pk}/",
            key=f"subject-{request.pk}-{now:%Y%m%d%H%M%S}-{person.pk}",
            now=now,
        )
    return request


@action(may=may_approve_answer, event="subject-request.approved", keeps=("shown",))
def approve_answer(request: SubjectRequest, *, by: User, now: datetime, shown: str) -> SubjectRequest:
    """The second person's yes, to exactly what was proposed and shown to them."""
    verdict = need(
        shown == request.body_hash == body_of(request, now), "What is held has changed since it was proposed."
    )
    if not verdict:
        raise Refused("subject-request.approved", verdict)
    request.approved_by, request.approved_at = by, now
    request.save()
    return request


@action(may=may_work_on, event="subject-request.taken-back")
def take_back(request: SubjectRequest, *, by: User, now: datetime) -> SubjectRequest:
    """What was proposed is decided anew: something changed, or the second person wants it otherwise."""
    _take_back(request)
    return request


@action(may=may_work_on, event="subject-request.closed")
def close_request(request: SubjectRequest, *, by: User, now: datetime, because: str) -> SubjectRequest:
    """It was given, and how; or why nothing was."""
    request.closed_by, request.closed_at, request.closed_because = by, now, because
    request.save()
    return request


def all_decided(request: SubjectRequest) -> tuple[Decided, ...]:
    """Everything held with what was decided of it; refused while one thing is undecided. Call it bound."""
    found = decided(things_held(request), {row.key: row for row in request.items.all()})
    verdict = need(all(one.decision for one in found), ONE_UNDECIDED)
    if not verdict:
        raise Refused("subject-request.proposed", verdict)
    return found


def body_of(request: SubjectRequest, now: datetime) -> str:
    """The hash of what would be given now."""
    return document(request, all_decided(request), hub=request.area.hub_name, made_at=now).hash
