"""Looks at records as records: on the ledger, and bound, so that the database shows what is the reader's."""

from dataclasses import dataclass
from datetime import datetime

from openmash.agencies.models import User
from openmash.audit.action import reading
from openmash.enquiries.models import Enquiry
from openmash.records import queries
from openmash.records.policies import may_read_of, may_read_records
from openmash.records.queries import DestroyedLine, DueLine, HoldLine, RecordView, ReviewLine


@dataclass(frozen=True)
class Shelves:
    """What the reader has to see to: what waits for somebody, what is due, what is held, what was destroyed lately."""

    waiting: tuple[ReviewLine, ...]
    due: tuple[DueLine, ...]
    holds: tuple[HoldLine, ...]
    destroyed: tuple[DestroyedLine, ...]


@reading(may=may_read_records, event="records.read")
def read_shelves(_: None, *, by: User, now: datetime) -> Shelves:
    """What is due, held and waiting in the reader's areas."""
    return Shelves(queries.waiting(by=by), queries.due(by=by), queries.holds(by=by), queries.destroyed(by=by))


@reading(may=may_read_of, event="record.read")
def read_record(enquiry: Enquiry, *, by: User, now: datetime) -> RecordView:
    """One enquiry as a record: nothing of what it says."""
    return queries.record(enquiry, by=by)
