"""An agency's case system sends how cases stand (M11): read by the same loader as the files of its agency."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Router, Schema, Status
from pydantic import Field

from openmash.agencies.systems import Caller
from openmash.api.door import Token
from openmash.api.enquiries import WRONG
from openmash.api.intake import Taken, Waits, take, takes
from openmash.api.problems import Problem
from openmash.api.shapes import Key, Number, Sent, raw
from openmash.api.tables import as_file
from openmash.audit.action import Refused
from openmash.feeds.codes import STATUSES
from openmash.feeds.formats.open_cases import COLUMNS
from openmash.feeds.loading import offer
from openmash.feeds.models import Feed, Load
from openmash.feeds.queries import load_load, report
from openmash.feeds.tasks import read_file
from openmash.kit.verdict import no

router = Router(tags=["Cases"])
MOST = 5_000
Value = raw(200)


class CaseSent(Sent):
    """One case. A row that cannot be used is refused alone, with its reason; a value that cannot be is left out."""

    number: Annotated[Value, Field(description="Your own number for the person")]
    given: Value = ""
    family: Value = ""
    other_names: Value = ""
    sex: Value = ""
    born_on: Value = ""
    address: Value = ""
    postcode: Value = ""
    telephone: Value = ""
    nhs: Value = ""
    upn: Value = ""
    la_child_id: Value = ""
    case_status: Annotated[Value, Field(description=f"One of {', '.join(STATUSES)}, or as councils spell these")] = ""
    team: Value = ""
    worker: Value = ""
    since: Value = ""
    until: Value = ""
    withdrawn: bool = False


class CasesSent(Sent):
    """The cases that changed; with `is_full` all of them: then whoever is not named is withdrawn."""

    cases: Annotated[list[CaseSent], Field(min_length=1, max_length=MOST)]
    is_full: bool = False
    may_withdraw_many: bool = False


class RefusedRow(Schema):
    row: int
    is_whole_row: bool
    because: str


class CasesRead(Schema):
    """How far they are read. `state` is waiting, loading, done or broken. Row 2 is the first case."""

    number: int
    state: str
    because: str
    read: int
    added: int
    changed: int
    withdrawn: int
    refused: list[RefusedRow]


@router.post("/cases", auth=Token("cases", takes="cases"), response={202: Taken | Waits, WRONG: Problem},
             operation_id="send_cases", summary="Send how cases stand")  # fmt: skip
def send_cases(request: HttpRequest, key: Key, payload: CasesSent) -> Status:
    """They are kept when this answers, and read within a minute. `path` says how they fared."""
    return take(request.auth, "cases", key, payload, done=202)


@router.get("/cases/{int:number}", auth=Token("cases"), response={200: CasesRead, WRONG: Problem},
            operation_id="read_cases", summary="Ask how sent cases fared")  # fmt: skip
def read_cases(request: HttpRequest, number: Annotated[Number, Path()]) -> dict[str, Any]:
    found = report(load_load(number, by=request.auth.user))
    facts = {name: getattr(found, name) for name in ("because", "added", "changed", "withdrawn")}
    refused = [{"row": one.row, "is_whole_row": one.is_whole_row, "because": one.because} for one in found.refusals]
    return facts | {
        "number": found.line.number,
        "state": found.line.state,
        "read": found.line.read,
        "refused": refused,
    }


@takes("cases", CasesSent)
def take_cases(caller: Caller, key: str, sent: CasesSent, now: datetime) -> dict[str, Any]:
    """To the loader of the agency's feed, as its list of open cases."""
    feed = Feed.objects.select_related("agency", "area").filter(
        agency=caller.user.agency_id, area=caller.token.area_id, ended_at=None
    )
    row = feed.first()
    if row is None:
        raise Refused("feed.received", no("No feed is agreed with your agency in this area."))
    said = (one.model_dump(exclude={"withdrawn"}) | {"withdrawn": "yes" if one.withdrawn else ""} for one in sent.cases)
    kept = as_file(f"{caller.user.name}.csv", [column.name for column in COLUMNS], said)
    load = offer(row, kept, by=caller.user, is_full=sent.is_full, may_withdraw_many=sent.may_withdraw_many)
    if load.state == Load.WAITING:
        read_file.defer(load=load.pk)
    return {"reference": str(load.pk), "path": f"/api/v1/cases/{load.pk}"}
