"""Agencies that only have e-mail: what this room tells the room that writes to them.

The later room says what to do::

    class PostConfig(AppConfig):
        def ready(self):
            BY_POST.append(on_telling)      # (request, says, now), inside the transaction of the act

With nobody on the list such an agency cannot be asked: the act fails, rather than a request that nobody is sent.
"""

from collections.abc import Callable
from datetime import datetime

from openmash.agencies.models import Agency
from openmash.gathering.models import Request

BY_POST: list[Callable[[Request, str, datetime], None]] = []


class NobodyWrites(Exception):
    """An agency that only has e-mail would be told something, and nobody writes to it."""


def is_by_post(request: Request) -> bool:
    return request.agency.mode == Agency.EMAIL


def tell_by_post(request: Request, says: str, now: datetime) -> None:
    """`says` is "asked", "withdrawn", or the words of a reminder. Raises `NobodyWrites` when the list is empty."""
    if not BY_POST:
        raise NobodyWrites("No room has said how an agency that only has e-mail is written to.")
    for write in BY_POST:
        write(request, says, now)
