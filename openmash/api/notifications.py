"""A system of the police sends notifications: read by the same importer as the evaluators' files."""

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Router, Schema, Status
from pydantic import Field

from openmash.agencies.queries import areas
from openmash.agencies.systems import Caller
from openmash.api.door import Token
from openmash.api.enquiries import WRONG
from openmash.api.intake import Taken, Waits, take, takes
from openmash.api.problems import Problem
from openmash.api.shapes import Key, Number, Sent, raw
from openmash.api.tables import as_file
from openmash.notifications import loading
from openmash.notifications.codes import USUAL_KINDS
from openmash.notifications.file_queries import file_line, load_file
from openmash.notifications.rows import FIELDS
from openmash.notifications.tasks import read_notifications

router = Router(tags=["Notifications"])
MOST, MOST_PEOPLE = 2_000, 30
Value = raw(300)


class SubjectSent(Sent):
    """Somebody in it. `role` is child, victim, suspect or adult, or as forces spell these."""

    role: Value = ""
    given: Value = ""
    family: Value = ""
    born_on: Value = ""
    sex: Value = ""
    telephone: Value = ""


class NotificationSent(Sent):
    """One notification. What cannot be read is kept for an evaluator to put right: nothing is turned away."""

    reference: Value
    happened_on: Value
    words: raw(20_000)
    grade: Value = ""
    what: Value = ""
    logs: Value = ""
    address_lines: Value = ""
    postcode: Value = ""
    people: Annotated[list[SubjectSent], Field(max_length=MOST_PEOPLE)] = []


class NotificationsSent(Sent):
    """`kind` is what the force calls its notices."""

    kind: raw(40, min_length=1, description=f"Such as {', '.join(USUAL_KINDS)}")
    notifications: Annotated[list[NotificationSent], Field(min_length=1, max_length=MOST)]


class NotificationsRead(Schema):
    """How far they are read. `state` is loading, done, broken or away; `repairs` wait for an evaluator.

    Away is what an evaluator put away unread.
    """

    number: int
    state: str
    because: str
    total: int
    loaded: int
    repeated: int
    repairs: int


@router.post("/notifications", auth=Token("notifications", takes="notifications"),
             response={202: Taken | Waits, WRONG: Problem}, operation_id="send_notifications",
             summary="Send police notifications")  # fmt: skip
def send_notifications(request: HttpRequest, key: Key, payload: NotificationsSent) -> Status:
    """They are kept when this answers, and read within two minutes. `path` says how they fared."""
    return take(request.auth, "notifications", key, payload, done=202)


@router.get("/notifications/{int:number}", auth=Token("notifications"),
            response={200: NotificationsRead, WRONG: Problem}, operation_id="read_notifications",
            summary="Ask how sent notifications fared")  # fmt: skip
def read_sent(request: HttpRequest, number: Annotated[Number, Path()]) -> dict[str, Any]:
    row = load_file(number, by=request.auth.user)
    if row.by_id != request.auth.user.pk:
        raise Http404
    line = file_line(row)
    return {name: getattr(line, name) for name in NotificationsRead.model_fields}


@takes("notifications", NotificationsSent)
def take_notifications(caller: Caller, key: str, sent: NotificationsSent, now: datetime) -> dict[str, Any]:
    """To the importer, as a file of the system's own source, whose headings need no mapping."""
    columns = {field.key: field.key for field in FIELDS}
    rows = (
        one.model_dump(exclude={"people"}) | person.model_dump()
        for one in sent.notifications
        for person in one.people or [SubjectSent()]
    )
    kept = as_file(f"{caller.user.name}.csv", list(columns), rows)
    area = areas()[caller.token.area_id]
    file = loading.offer(area, kept, by=caller.user, source=caller.user.name, kind=sent.kind)
    file = loading.begin(file, by=caller.user, columns=columns)
    read_notifications.defer(file=file.pk)
    return {"reference": str(file.pk), "path": f"/api/v1/notifications/{file.pk}"}
