"""A request to an agency that only has e-mail, and what is sent back."""

from collections.abc import Callable
from typing import Any

import pytest

from openmash.gathering.models import Request
from openmash.gathering.tests.conftest import LATER, asked, ready, received, triaged
from openmash.post import actions
from openmash.post.models import Reply
from openmash.post.policies import POSTMAN

__all__ = ["LATER", "asked", "ready", "received", "triaged"]
HOUSING = "north-wend-housing"


@pytest.fixture
def request_out(asked: Callable[..., list[Request]]) -> Request:
    """The one open request to the housing association."""
    return asked(HOUSING)[0]


@pytest.fixture
def comes(db: None) -> Callable[..., Reply]:
    """`comes(raw)`: a message comes in from the mailbox."""

    def take_in(raw: bytes, **more: Any) -> Reply:
        return actions.receive(None, by=POSTMAN, raw=raw, **{"now": LATER} | more)

    return take_in
