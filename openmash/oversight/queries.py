"""What is seen of the alerts and of the chain. Everything returned is a finished, frozen value."""

from dataclasses import dataclass
from datetime import datetime

from openmash.agencies.models import Area, User
from openmash.agencies.roles import Permission
from openmash.audit.action import known_to
from openmash.enquiries.models import Enquiry
from openmash.kit.verdict import Verdict
from openmash.oversight.codes import OUTCOMES
from openmash.oversight.models import Alert, Setting
from openmash.oversight.policies import may_close, may_read
from openmash.oversight.shelf import REPORTS

_CLOSED_SHOWN = 30


@dataclass(frozen=True)
class AlertLine:
    """One alert. `more` is the page that shows what is behind it: of the ledger, for whoever reads that."""

    number: int
    name: str
    area: str
    says: str
    reference: str
    at: datetime
    more: str
    outcome: str
    because: str
    closed_by: str
    closed_at: datetime | None
    may_close: Verdict


@dataclass(frozen=True)
class ReportLine:
    """A report as an area uses it, and how many alerts it raised in the last seven days."""

    key: str
    name: str
    says: str
    is_on: bool
    because: str
    by: str
    at: datetime | None


def areas_of(by: User) -> frozenset[int]:
    """Where `by` reads alerts, as a lead or where there is no other."""
    return by.areas_where(Permission.READ_LEDGER) | by.areas_where(Permission.STAND_IN_FOR_LEAD)


def load_alert(number: int, *, by: User) -> Alert:
    """The row, for the action; 404 when there is none or `by` may not know of it. Call it bound to `by`."""
    row = Alert.objects.select_related("area", "closed_by").filter(pk=number).first()
    return known_to(by, row, may_read, event="alert.looked-up")


def alerts(*, by: User, is_open: bool) -> tuple[AlertLine, ...]:
    """The alerts of `by`'s areas, newest first: all that are open, or the last that were closed. Call it bound."""
    rows = Alert.objects.filter(area__in=areas_of(by)).select_related("area", "closed_by")
    rows = rows.filter(outcome="").order_by("-at") if is_open else rows.exclude(outcome="").order_by("-closed_at")
    rows = rows.exclude(user=by).exclude(also__contains=[by.pk])
    found = [row for row in (rows if is_open else rows[:_CLOSED_SHOWN]) if may_read(by, row)]
    numbers = {row.enquiry for row in found if row.enquiry}
    references = dict(Enquiry.objects.filter(pk__in=numbers).values_list("pk", "reference"))
    return tuple(alert_line(row, references.get(row.enquiry or 0, ""), by=by) for row in found)


def alert_line(row: Alert, reference: str = "", *, by: User) -> AlertLine:
    return AlertLine(
        number=row.pk,
        name=REPORTS.get(row.report).name,
        area=row.area.name,
        says=row.says,
        reference=reference,
        at=row.at,
        more=_more(row, reference, by),
        outcome=OUTCOMES.get(row.outcome, ""),
        because=row.because,
        closed_by=row.closed_by.name if row.closed_by else "",
        closed_at=row.closed_at,
        may_close=may_close(by, row),
    )


def _more(row: Alert, reference: str, by: User) -> str:
    """Whoever stands in for a lead does not read the ledger: they see of whom it speaks, and ask."""
    if row.area_id not in by.areas_where(Permission.READ_LEDGER):
        return f"/person/{row.person}/" if row.person else f"/enquiry/{reference}/" if reference else ""
    if row.person:
        return f"/ledger/person/{row.person}/"
    if row.user_id:
        return f"/ledger/user/{row.user_id}/"
    return f"/ledger/?reference={reference}" if reference else ""


def reports(area: Area) -> tuple[ReportLine, ...]:
    """Every report, with the area's own numbers in its sentence."""
    rows = {row.report: row for row in Setting.objects.filter(area=area).select_related("by")}
    return tuple(_report(report.key, rows.get(report.key)) for report in REPORTS.all())


def _report(key: str, row: Setting | None) -> ReportLine:
    report = REPORTS.get(key)
    return ReportLine(
        key=key,
        name=report.name,
        says=report.sentence(row.numbers if row else {}),
        is_on=row.is_on if row else True,
        because=row.because if row else "",
        by=row.by.name if row else "",
        at=row.at if row else None,
    )
