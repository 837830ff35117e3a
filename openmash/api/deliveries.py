"""What came of something that a system sent, by the key that it gave it."""

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Router, Schema

from openmash.agencies.systems import delivery_of
from openmash.api.door import Token
from openmash.api.enquiries import WRONG
from openmash.api.problems import Problem

router = Router(tags=["Deliveries"])


class DeliveryRead(Schema):
    """`state` is waiting or done; `answer` is what the system was told, or would have been, when it was done."""

    key: str
    what: str
    state: str
    received_at: datetime
    done_at: datetime | None
    answer: dict[str, str | int] | None


@router.get("/deliveries/{key}", auth=Token(), response={200: DeliveryRead, WRONG: Problem},
            operation_id="read_delivery", summary="Ask what came of something that you sent")  # fmt: skip
def read_delivery(request: HttpRequest, key: Annotated[str, Path(max_length=64)]) -> dict[str, Any]:
    row = delivery_of(request.auth, key)
    if row is None:
        raise Http404
    return {
        "key": row.key,
        "what": row.what,
        "state": "done" if row.done_at else "waiting",
        "received_at": row.received_at,
        "done_at": row.done_at,
        "answer": row.answer,
    }
