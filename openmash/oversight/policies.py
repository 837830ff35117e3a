"""Who watches, who reads and closes alerts, and who keeps the ledger's receipts. Pure: reads facts, writes nothing.

Nobody reads an alert about themselves (security P5). The database holds the same; a test compares.
"""

from openmash.agencies.models import Area
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor, System
from openmash.kit.verdict import Verdict, need
from openmash.oversight.models import Alert
from openmash.oversight.readers import leads_for


def may_watch(by: Actor, _: Area) -> Verdict:
    return need(isinstance(by, System) and "watch" in by.permissions, "The system watches by itself.")


def may_read_alerts(by: Actor, _: object) -> Verdict:
    return holds(by, Permission.READ_LEDGER) or holds(by, Permission.STAND_IN_FOR_LEAD)


def may_read(by: Actor, alert: Alert) -> Verdict:
    """The governance lead of the area; where no lead may, its practice managers. Never whom it is about."""
    is_lead = holds(by, Permission.READ_LEDGER, alert.area_id)
    if not is_lead and (not holds(by, Permission.STAND_IN_FOR_LEAD, alert.area_id) or leads_for(alert)):
        return is_lead
    return need(by.ledger_id not in alert.about, "Somebody else reads an alert about you.")


def may_close(by: Actor, alert: Alert) -> Verdict:
    return may_read(by, alert) & need(not alert.outcome, "Somebody has closed this alert already.")


def may_set(by: Actor, area: Area) -> Verdict:
    return holds(by, Permission.READ_LEDGER, area.pk)
