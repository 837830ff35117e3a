"""What is given to record a referral to MARAC and what it decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class GivenAction:
    """One action of a meeting. `agency` is the number of the one whose it is."""

    what: str
    agency: int
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class GivenMeeting:
    """`people` are the records of those it was about, as they stand in the enquiry."""

    met_on: date
    decided: str
    told: str
    people: Sequence[int]
    actions: Sequence[GivenAction] = ()
