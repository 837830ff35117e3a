"""The doors of the governance lead: what the ledger shows, its numbers, and whether it can be trusted."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.models import Area, User
from openmash.agencies.roles import Permission
from openmash.audit.binding import asked_by
from openmash.audit.standing import Standing, standing
from openmash.design.page import page
from openmash.enquiries.forms.settable import NumbersForm
from openmash.oversight import actions, queries
from openmash.oversight.forms import CloseForm
from openmash.oversight.models import Alert
from openmash.oversight.queries import AlertLine, ReportLine
from openmash.oversight.readers import ReadInstead, read_instead
from openmash.oversight.readings import read_alerts
from openmash.oversight.receipts import Witness, witnesses
from openmash.oversight.shelf import REPORTS, Report


@dataclass(frozen=True)
class AlertsPage:
    open: tuple[AlertLine, ...]
    closed: tuple[AlertLine, ...]
    standing: Standing
    read_instead: tuple[ReadInstead, ...]
    is_lead: bool


@dataclass(frozen=True)
class ClosePage:
    alert: AlertLine
    form: CloseForm


@dataclass(frozen=True)
class ReportsPage:
    areas: tuple[tuple[str, str, tuple[ReportLine, ...]], ...]


@dataclass(frozen=True)
class ReportPage:
    area: str
    name: str
    says: str
    fields: tuple[str, ...]
    form: NumbersForm


@dataclass(frozen=True)
class ReceiptsPage:
    standing: Standing
    witnesses: tuple[Witness, ...]
    may_read_ledger: bool


@holding(Permission.READ_LEDGER, Permission.STAND_IN_FOR_LEAD)
def alerts(request: HttpRequest) -> HttpResponse:
    """What the ledger shows that somebody has to look at."""
    waiting, closed = read_alerts(None, by=request.user)
    places = Area.objects.filter(pk__in=queries.areas_of(request.user)).order_by("name")
    instead = tuple(one for area in places for one in read_instead(area, by=request.user))
    is_lead = bool(request.user.areas_where(Permission.READ_LEDGER))
    return page(request, "oversight/alerts.html", AlertsPage(waiting, closed, standing(), instead, is_lead))


@holding(Permission.READ_LEDGER, Permission.STAND_IN_FOR_LEAD)
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Say what an alert was."""
    alert, line = _load(number, request.user)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        actions.close(alert, by=request.user, **form.cleaned_data)
        messages.success(request, "The alert is closed. What you said stays with it.")
        return redirect("oversight:alerts")
    return page(request, "oversight/close.html", ClosePage(line, form))


def _load(number: int, by: User) -> tuple[Alert, AlertLine]:
    with asked_by(by):
        alert = queries.load_alert(number, by=by)
        return alert, queries.alert_line(alert, by=by)


@holding(Permission.READ_LEDGER)
def reports(request: HttpRequest) -> HttpResponse:
    """Every report of the areas where the reader keeps the ledger, with its numbers."""
    areas = _areas(request.user)
    return page(
        request,
        "oversight/reports.html",
        ReportsPage(tuple((area.key, area.name, queries.reports(area)) for area in areas)),
    )


@holding(Permission.READ_LEDGER)
def report(request: HttpRequest, area: str, key: str) -> HttpResponse:
    """One report of an area: from which numbers on it raises an alert."""
    place, found = _area(area, request.user), _report(key)
    line = next(one for one in queries.reports(place) if one.key == key)
    numbers = found.usual() | actions.numbers_of(place).get(key, {})
    initial = numbers | {"is_on": "yes" if line.is_on else "no"}
    form = NumbersForm(request.POST or None, of=found, initial=initial)
    if form.is_valid():
        said = {"is_on": form.cleaned_data["is_on"], "because": form.cleaned_data["because"]}
        actions.set_report(place, by=request.user, report=key, numbers=form.numbers, **said)
        messages.success(request, f"Saved. It holds in {place.name} from now on.")
        return redirect("oversight:reports")
    fields = tuple(number.key for number in found.numbers)
    return page(request, "oversight/report.html", ReportPage(place.name, found.name, line.says, fields, form))


def _areas(by: User) -> list[Area]:
    return list(Area.objects.filter(pk__in=by.areas_where(Permission.READ_LEDGER)).order_by("name"))


def _area(key: str, by: User) -> Area:
    for area in _areas(by):
        if area.key == key:
            return area
    raise Http404


def _report(key: str) -> Report:
    try:
        return REPORTS.get(key)
    except KeyError:
        raise Http404 from None


@holding(Permission.READ_LEDGER, Permission.KEEP_RECEIPTS)
def receipts(request: HttpRequest) -> HttpResponse:
    """How the ledger's chain stands, and who keeps its receipts. There is nothing personal in it."""
    may_read = bool(request.user.areas_where(Permission.READ_LEDGER))
    return page(request, "oversight/receipts.html", ReceiptsPage(standing(timezone.now()), witnesses(), may_read))
