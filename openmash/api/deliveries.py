"""What came of something that a system sent, by the key that it gave it."""

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Router, Schema

from openmash.agencies.models import HeldBack
from openmash.agencies.systems import delivery_of
from openmash.api.door import Token
from openmash.api.enquiries import WRONG
from openmash.api.problems import Problem

router = Router(tags=["Deliveries"])


class DeliveryRead(Schema):
    """`state` is waiting, held-back (it could not be taken: a person has it), done or put-away; `because` says why.

    `answer` is what the system was told, or would have been, when it was done.
    """

    key: str
    what: str
    state: str
    received_at: datetime
    done_at: datetime | None
    answer: dict[str, str | int] | None
    because: str


@router.get("/deliveries/{key}", auth=Token(), response={200: DeliveryRead, WRONG: Problem},
            operation_id="read_delivery", summary="Ask what came of something that you sent")  # fmt: skip
def read_delivery(request: HttpRequest, key: Annotated[str, Path(max_length=64)]) -> dict[str, Any]:
    row = delivery_of(request.auth, key)
    if row is None:
        raise Http404
    same = {name: getattr(row, name) for name in ("key", "what", "received_at")}
    held: HeldBack | None = getattr(row, "held", None)
    if row.done_at or held is None:
        state = "done" if row.done_at else "waiting"
        return same | {"state": state, "done_at": row.done_at, "answer": row.answer, "because": ""}
    if held.came_to:  # a person made the enquiry of it
        answer = {"reference": held.came_to, "path": f"/api/v1/enquiries/{held.came_to}"}
        return same | {"state": "done", "done_at": held.ended_at, "answer": answer, "because": ""}
    state, because = ("put-away", held.ended_because) if held.ended_at else ("held-back", held.because)
    return same | {"state": state, "done_at": held.ended_at, "answer": None, "because": because}
