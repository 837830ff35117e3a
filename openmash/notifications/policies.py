"""Who evaluates notifications. Pure: reads facts, writes nothing (security 3.4, police evaluator)."""

from openmash.agencies.models import Area, User
from openmash.agencies.policies import holds, may_be_sent
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor, System
from openmash.kit.verdict import YES, Verdict, need
from openmash.notifications.codes import FORWARDED, RETAINED, WAITING
from openmash.notifications.models import File, Notification, Repair


def may_load(by: Actor, area: Area) -> Verdict:
    """A police evaluator of the area, a system of the police, or the drop folder."""
    if _is_loader(by) or holds(by, Permission.SEND_NOTIFICATIONS, area.pk):
        return YES
    return holds(by, Permission.EVALUATE_NOTIFICATIONS, area.pk)


def may_map(by: Actor, file: File) -> Verdict:
    return may_load(by, file.source.area) & need(file.state == File.MAPPING, "The file is being read already.")


def may_put_file_away(by: Actor, file: File) -> Verdict:
    return holds(by, Permission.EVALUATE_NOTIFICATIONS, file.source.area_id) & need(
        file.state in File.NEEDS_SOMEBODY, "The file is read already."
    )


def may_read_on(by: Actor, file: File) -> Verdict:
    return need(_is_loader(by), "The system reads files by itself.") & need(
        file.state == File.LOADING, "The file is read already."
    )


def may_repair(by: Actor, repair: Repair) -> Verdict:
    return holds(by, Permission.EVALUATE_NOTIFICATIONS, repair.file.source.area_id) & need(
        repair.ended_at is None, "This row has been put right already."
    )


def may_see(by: Actor, notification: Notification) -> Verdict:
    """The evaluators of the area, and the practice managers."""
    verdicts = [
        holds(by, permission, notification.area_id)
        for permission in (Permission.EVALUATE_NOTIFICATIONS, Permission.DECIDE)
    ]
    return next((verdict for verdict in verdicts if verdict), verdicts[0])


def may_evaluate(by: Actor, notification: Notification) -> Verdict:
    return holds(by, Permission.EVALUATE_NOTIFICATIONS, notification.area_id) & need(
        notification.state == WAITING, "Somebody has evaluated this already."
    )


def may_second(by: Actor, notification: Notification) -> Verdict:
    """A second evaluator looks at a sample of what was retained: never their own."""
    return (
        holds(by, Permission.EVALUATE_NOTIFICATIONS, notification.area_id)
        & need(notification.is_sampled and notification.state == RETAINED, "This is not in the sample.")
        & need(notification.second_by_id is None, "A second evaluator has looked already.")
        & need(notification.evaluated_by_id != by.ledger_id, "Somebody else looks at what you retained.")
    )


def may_read_forwarded(by: Actor, notification: Notification) -> Verdict:
    """The team that it was forwarded to."""
    is_theirs = isinstance(by, User) and any(
        role == "operational_recipient" and team == notification.team_id for role, _, team in by.postings_now
    )
    return need(is_theirs and notification.state == FORWARDED, "There is no such page.")


def may_open_forwarded(by: Actor, notification: Notification) -> Verdict:
    """It is sent to their agency each time it is read: not without a live signature (M131)."""
    theirs = may_read_forwarded(by, notification)
    return theirs & may_be_sent(by.agency, notification.area_id) if isinstance(by, User) else theirs


def may_acknowledge(by: Actor, notification: Notification) -> Verdict:
    return may_read_forwarded(by, notification) & need(
        notification.acknowledged_at is None, "Your team has acknowledged this already."
    )


def _is_loader(by: Actor) -> bool:
    return isinstance(by, System) and "load_notifications" in by.permissions
