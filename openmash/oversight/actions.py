"""What is done about what the ledger shows: an alert is raised, closed with what it was, and its numbers are set."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from openmash.agencies.letters import write
from openmash.agencies.models import Area, User
from openmash.audit.action import Refused, action
from openmash.audit.actors import System
from openmash.audit.signing import set_signed
from openmash.design.moments import day
from openmash.kit.verdict import no
from openmash.oversight.models import Alert, Setting
from openmash.oversight.policies import may_close, may_set, may_watch
from openmash.oversight.readers import readers_of
from openmash.oversight.shelf import REPORTS, Found, Look

WATCHING = System("The ledger’s watch", frozenset({"watch"}))
_LATE = timedelta(minutes=10)  # after midnight the last minutes of the day before are still looked through


@transaction.atomic
def watch(area: Area, now: datetime, *, is_urgent: bool) -> int:
    """Look through the day's lines with every report of this urgency; how many new alerts were raised."""
    moment = timezone.localtime(now - _LATE)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    look = Look(area, midnight, min(now, midnight + timedelta(days=1)))
    found = [
        (report, one)
        for report, numbers in numbers_of(area).items()
        if REPORTS.get(report).is_urgent == is_urgent
        for one in REPORTS.get(report).find(look, numbers)
    ]
    raised = 0
    with _watching(area):
        rows = Alert.objects.filter(area=area, at__gte=midnight).select_related("area")
        known = {(alert.report, alert.key): alert for alert in rows}
        for report, one in found:
            if alert := known.get((report, one.key)):
                _tell_whoever_reads_it_now(alert, now)
            else:
                known[report, one.key] = raise_alert(area, by=WATCHING, now=now, report=report, found=one)
                raised += 1
    return raised


def raise_urgent(area: Area, *, now: datetime, report: str, found: Found) -> Alert:
    """What an act of a later room cannot leave to the next look: raised within its own transaction."""
    with _watching(area):
        alert: Alert = raise_alert(area, by=WATCHING, now=now, report=report, found=found)
        return alert


@contextmanager
def _watching(area: Area) -> Iterator[None]:
    """The system sees the alerts of the one area that it watches, in this transaction; nobody else who is unbound."""
    set_signed("openmash.watching", str(area.pk), connection)
    yield
    set_signed("openmash.watching", "", connection)


def numbers_of(area: Area) -> dict[str, dict[str, int]]:
    """The reports that are on in an area, each with the area's numbers."""
    rows = {row.report: row for row in Setting.objects.filter(area=area)}
    return {
        report.key: report.usual() | (rows[report.key].numbers if report.key in rows else {})
        for report in REPORTS.all()
        if report.key not in rows or rows[report.key].is_on
    }


@action(may=may_watch, event="alert.raised", keeps=("report",), lock=False)
def raise_alert(area: Area, *, by: System, now: datetime, report: str, found: Found) -> Alert:
    """Something that somebody has to look at: each reader is told once a day, whatever the number of alerts."""
    alert = Alert.objects.create(
        area=area,
        report=report,
        key=found.key,
        says=found.says[:300],
        user_id=found.user,
        also=list(found.also),
        person=found.person,
        enquiry=found.enquiry,
        at=now,
    )
    _tell_readers(alert, now)
    return alert


def _tell_whoever_reads_it_now(alert: Alert, now: datetime) -> None:
    """Whoever joined the many who look is not shown it any more, and the next in line reads it."""
    if alert.also and not alert.outcome:
        _tell_readers(alert, now)


def _tell_readers(alert: Alert, now: datetime) -> None:
    """Once a day, whatever the number of alerts."""
    area, today = alert.area, timezone.localdate(now)
    for reader in readers_of(alert):
        write(
            to=reader.email,
            user=reader,
            about="Ledger",
            subject=f"The ledger shows something to look at, {day(today)}",
            line="There are new alerts.",
            link="/alerts/",
            key=f"alerts-{area.pk}-{today}-{reader.pk}",
            now=now,
        )


@action(may=may_close, event="alert.closed", keeps=("outcome",))
def close(alert: Alert, *, by: User, now: datetime, outcome: str, because: str) -> Alert:
    """Say what it was. A closed alert stays."""
    alert.outcome, alert.because, alert.closed_by, alert.closed_at = outcome, because, by, now
    alert.save()
    return alert


@action(may=may_set, event="report.set", keeps=("report", "numbers", "is_on"), lock=False)
def set_report(
    area: Area, *, by: User, now: datetime, report: str, numbers: Mapping[str, int], is_on: bool, because: str
) -> Setting:
    """From which numbers on a report raises an alert in the area, or that it raises none."""
    if problem := REPORTS.get(report).problem(numbers):
        raise Refused("report.set", no(problem))
    facts = {"numbers": dict(numbers), "is_on": is_on, "because": because, "by": by, "at": now}
    return Setting.objects.update_or_create(area=area, report=report, defaults=facts)[0]
