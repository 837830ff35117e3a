"""What a report is made of, and the shelf on which the reports stand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from openmash.agencies.models import Area
from openmash.kit.registry import Shelf
from openmash.kit.settable import Number, Numbers, Settable


@dataclass(frozen=True)
class Look:
    """What is looked through: the lines of one day in an area. `since` is its midnight, `now` at most its end."""

    area: Area
    since: datetime
    now: datetime

    @property
    def day(self) -> str:
        return f"{self.since:%Y-%m-%d}"


@dataclass(frozen=True)
class Found:
    """One thing found. The same `key` again is the same alert; the numbers lead to the ledger's lines behind it.

    `user` and `also`: whom it is about, and who therefore is not shown it.
    """

    key: str
    says: str
    user: int | None = None
    also: tuple[int, ...] = ()
    person: int | None = None
    enquiry: int | None = None


@dataclass(frozen=True)
class Report(Settable):
    """`says` is a sentence with the numbers in braces. `is_urgent`: looked at every minute, the others every hour."""

    key: str
    name: str
    order: int
    says: str
    numbers: tuple[Number, ...]
    find: Callable[[Look, Numbers], Iterable[Found]]
    is_urgent: bool = False
    retired: bool = False


REPORTS = Shelf[Report]("openmash.oversight.reports", "REPORT")
