"""What happens when an answer comes after the decision. Who is on the list is seen where it is appended to.

An answer to a decided enquiry may never simply lie there (field note D1): the decision-maker is asked whether the
decision stands. That is a later room's business, so the later room says what to do::

    class DecisionsConfig(AppConfig):
        def ready(self):
            LATE.append(raise_late_answer)      # (answer, by, now), inside the transaction that stores the answer

With nobody on the list no late answer can be stored: the act fails, and the answer with it, rather than be forgotten.
"""

from collections.abc import Callable
from datetime import datetime

from openmash.agencies.models import User
from openmash.gathering.models import Answer

LATE: list[Callable[[Answer, User, datetime], None]] = []


class NobodyIsTold(Exception):
    """A late answer would be stored and nobody asked about it."""


def tell_of_late_answer(answer: Answer, by: User, now: datetime) -> None:
    """Everyone on the list does their part. Raises `NobodyIsTold` when the list is empty."""
    if not LATE:
        raise NobodyIsTold("No room has said what is done with an answer that comes after the decision.")
    for tell in LATE:
        tell(answer, by, now)
