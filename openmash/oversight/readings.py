"""Looks at alerts: on the ledger like any other, and bound, so that the database shows what is the reader's."""

from datetime import datetime

from openmash.agencies.models import User
from openmash.audit.action import reading
from openmash.oversight import queries
from openmash.oversight.policies import may_read_alerts
from openmash.oversight.queries import AlertLine


@reading(may=may_read_alerts, event="alerts.read")
def read_alerts(_: None, *, by: User, now: datetime) -> tuple[tuple[AlertLine, ...], tuple[AlertLine, ...]]:
    """What is open, and what was closed lately."""
    return queries.alerts(by=by, is_open=True), queries.alerts(by=by, is_open=False)
