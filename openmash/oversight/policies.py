"""Who watches, who reads and closes alerts, and who keeps the ledger's receipts. Pure: reads facts, writes nothing."""

from openmash.agencies.models import Area
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor, System
from openmash.kit.verdict import Verdict, need
from openmash.oversight.models import Alert


def may_watch(by: Actor, _: Area) -> Verdict:
    return need(isinstance(by, System) and "watch" in by.permissions, "The system watches by itself.")


def may_read_alerts(by: Actor, _: object) -> Verdict:
    return holds(by, Permission.READ_LEDGER)


def may_read(by: Actor, alert: Alert) -> Verdict:
    """The governance lead of the area, whoever it is about. The database holds the same; a test compares."""
    return holds(by, Permission.READ_LEDGER, alert.area_id)


def may_close(by: Actor, alert: Alert) -> Verdict:
    """Never an alert about oneself."""
    return (
        may_read(by, alert)
        & need(not alert.outcome, "Somebody has closed this alert already.")
        & need(alert.user_id is None or alert.user_id != by.ledger_id, "Somebody else closes an alert about you.")
    )


def may_set(by: Actor, area: Area) -> Verdict:
    return holds(by, Permission.READ_LEDGER, area.pk)
