"""What is taken in: once for each key, at once or, when the token has had its calls, in its turn. Nothing is lost."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from ninja import Schema, Status

from openmash.agencies.models import Delivery
from openmash.agencies.systems import Caller, deliver, finish, hold_back, waiting_one
from openmash.api.door import must_wait
from openmash.api.problems import Unusable
from openmash.api.shapes import Sent
from openmash.audit.action import Refused
from openmash.feeds.shelf import Broken

Act = Callable[[Caller, str, Any, datetime], dict[str, Any]]
TAKES: dict[str, tuple[type[Sent], Act]] = {}
# What changed since it was accepted: trying again does not help before somebody acts.
_CANNOT_BE_TAKEN = (Refused, Unusable, Broken, Http404, ValueError)


class Taken(Schema):
    """It is in. `path` is where it can be read back."""

    reference: str
    path: str


class Waits(Schema):
    """It is kept, and waits for its turn. `path` is where to ask what came of it."""

    key: str
    path: str


def takes(what: str, shape: type[Sent]) -> Callable[[Act], Act]:
    """The act by which one kind of thing is taken in."""

    def decorate(act: Act) -> Act:
        TAKES[what] = shape, act
        return act

    return decorate


def take(caller: Caller, what: str, key: str, sent: Sent, *, done: int = 201, now: datetime | None = None) -> Status:
    """Take what was sent now, or keep it for its turn; the same key again is answered as the first time."""
    now = now or timezone.now()
    act = None if must_wait(caller, now) else lambda: TAKES[what][1](caller, key, sent, now)
    body = sent.model_dump(mode="json", exclude_unset=True)
    row: Delivery = deliver(caller.token, by=caller.user, now=now, what=what, key=key, sent=body, act=act)
    if row.done_at:
        return Status(done, row.answer)
    from openmash.api.tasks import take_in  # the task takes in by what stands here

    take_in.defer(delivery=row.pk, who=caller.user.pk)
    return Status(202, {"key": key, "path": f"/api/v1/deliveries/{key}"})


def take_what_waits(delivery: int, who: int) -> None:
    """Its turn has come: done as its system would have done it then, or held back for somebody to look at."""
    found = waiting_one(delivery, who)
    if found is None:
        return
    caller, row = found
    shape, act = TAKES[row.what]
    now = timezone.now()
    try:
        sent = shape.model_validate(row.body)
        finish(caller.token, by=caller.user, now=now, delivery=row, act=lambda: act(caller, row.key, sent, now))
    except _CANNOT_BE_TAKEN as wrong:
        because = str(wrong) or "What it is about is not there any more"
        body = json.dumps(row.body).encode()
        hold_back(caller.token, by=caller.user, now=now, what=row.what, key=row.key, body=body, because=because,
                  delivery=row)  # fmt: skip
