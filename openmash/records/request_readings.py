"""Looks at what is held about somebody who asks: each is on the ledger before anything is shown, sealed things too."""

from datetime import date, datetime

from openmash.agencies.models import User
from openmash.audit.action import Refused, reading
from openmash.kit.verdict import need
from openmash.people.queries import NameLine
from openmash.records import answers
from openmash.records.answers import Exported, RequestLine, RequestSheet, ThingView
from openmash.records.asked import SubjectRequest
from openmash.records.policies import may_read_records
from openmash.records.request_policies import may_export, may_find_people, may_look


@reading(may=may_find_people, event="people.found-for-records")
def find_people(
    _: None, *, by: User, now: datetime, given: str, family: str, born_on: date | None
) -> tuple[NameLine, ...]:
    """People of the reader's areas by their whole names."""
    return answers.people(by=by, given=given, family=family, born_on=born_on)


@reading(may=may_read_records, event="subject-requests.read")
def read_requests(_: None, *, by: User, now: datetime) -> tuple[RequestLine, ...]:
    """The requests of the reader's areas."""
    return answers.requests(by=by)


@reading(may=may_look, event="subject-request.looked-at")
def look_at_request(request: SubjectRequest, *, by: User, now: datetime) -> RequestSheet:
    """All that is held about somebody, by its titles."""
    return answers.sheet(request, by=by)


@reading(may=may_look, event="subject-request.thing-read", keeps=("key",))
def read_thing(request: SubjectRequest, *, by: User, now: datetime, key: str) -> ThingView:
    """One thing that is held, word for word, with what was pointed out in it."""
    return answers.thing(request, key)


@reading(may=may_look, event="subject-request.preview-read")
def preview(request: SubjectRequest, *, by: User, now: datetime) -> Exported:
    """What would be given, as it would be given: for whoever approves it."""
    return answers.exported(request, now)


@reading(may=may_export, event="subject-request.exported", keeps=("form",))
def export(request: SubjectRequest, *, by: User, now: datetime, form: str) -> Exported:
    """What was approved leaves, and nothing else: refused when what is held has changed since."""
    made = answers.exported(request, now)
    verdict = need(made.document.hash == request.body_hash, "What is held has changed since it was approved.")
    if not verdict:
        raise Refused("subject-request.exported", verdict)
    return made
