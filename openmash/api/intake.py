"""What is taken in: once for each key, at once or, when the token has had its calls, in its turn. Nothing is lost."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Schema, Status

from openmash.agencies.models import Delivery
from openmash.agencies.systems import Caller, deliver, finish, waiting_one
from openmash.api.door import must_wait
from openmash.api.shapes import Sent

Act = Callable[[Caller, str, Any, datetime], dict[str, Any]]
TAKES: dict[str, tuple[type[Sent], Act]] = {}


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
    """Its turn has come: done as its system would have done it then."""
    found = waiting_one(delivery, who)
    if found is None:
        return
    caller, row = found
    shape, act = TAKES[row.what]
    sent, now = shape.model_validate(row.body), timezone.now()
    finish(caller.token, by=caller.user, now=now, delivery=row, act=lambda: act(caller, row.key, sent, now))
