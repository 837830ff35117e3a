"""Whoever opens an enquiry after many others did, and an alert says so, is one of them: they are shown it no more."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.http import Http404
from django.utils import timezone

from openmash.agencies.models import Letter
from openmash.audit.binding import bound_to
from openmash.oversight import actions
from openmash.oversight.lines import LOOKS
from openmash.oversight.models import Alert
from openmash.oversight.queries import load_alert
from openmash.oversight.readings import read_alerts

pytestmark = pytest.mark.django_db
VIEWERS = ("hannah", "tomasz", "joanna", "martin", "peter")


@pytest.fixture
def noon():
    return timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def enquiry(received, wrote, noon):
    enquiry = received()
    for name in VIEWERS:
        wrote(name, enquiry=enquiry.pk, at=noon - timedelta(hours=1))
    return enquiry


@pytest.fixture
def alert(hub, enquiry, noon):
    """Raised at noon, of five viewers."""
    actions.watch(hub.areas["wend-valley"], noon, is_urgent=False)
    with bound_to(hub.staff["gwen"]):
        return Alert.objects.get(report="surge")


def shown(user) -> set[str]:
    return {line.name for lines in read_alerts(None, by=user) for line in lines}


def test_a_lead_who_joins_them_is_not_shown_it_and_the_next_in_line_is_told(hub, wrote, enquiry, alert, noon):
    gwen, ruth, area = hub.staff["gwen"], hub.staff["ruth"], hub.areas["wend-valley"]
    assert "Many viewers" in shown(gwen) and "Many viewers" not in shown(ruth)
    for other in ({"event": "alerts.read"}, {"outcome": "refused", "reasons": "No."}, {"at": noon - timedelta(days=1)}):
        wrote("gwen", **{"enquiry": enquiry.pk, "at": noon} | other)
    wrote("gwen", enquiry=enquiry.pk + 1, at=noon)
    assert "Many viewers" in shown(gwen)
    wrote("gwen", enquiry=enquiry.pk, at=noon)
    assert "Many viewers" not in shown(gwen)
    with transaction.atomic(), bound_to(gwen), pytest.raises(Http404):
        load_alert(alert.pk, by=gwen)
    assert "Many viewers" in shown(ruth), "there is no other lead"
    actions.watch(area, noon + timedelta(hours=1), is_urgent=False)
    assert Letter.objects.filter(user=ruth, link="/alerts/").count() == 1
    wrote("gwen", enquiry=enquiry.pk, at=noon)
    with bound_to(ruth):
        assert Alert.objects.get(pk=alert.pk).also.count(gwen.pk) == 1


def test_nor_one_that_was_closed_before_which_says_nothing_else_than_it_said(hub, wrote, enquiry, alert, noon):
    gwen = hub.staff["gwen"]
    actions.close(alert, by=gwen, outcome="work", because="A bad week.")
    assert "Many viewers" in shown(gwen)
    wrote("gwen", enquiry=enquiry.pk, at=noon)
    assert "Many viewers" not in shown(gwen)
    with bound_to(hub.staff["ruth"]):
        row = Alert.objects.get(pk=alert.pk)
        assert (row.outcome, row.because) == ("work", "A bad week.") and gwen.pk in row.also


@pytest.mark.parametrize("changes", [{"because": "Else."}, {"also": []}])
def test_a_closed_alert_is_otherwise_not_changed(hub, alert, changes):
    gwen = hub.staff["gwen"]
    actions.close(alert, by=gwen, outcome="work", because="A bad week.")
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic(), bound_to(gwen):
        Alert.objects.filter(pk=alert.pk).update(**changes)


@pytest.mark.parametrize("event", LOOKS)
def test_every_look_that_the_report_counts_joins_them(hub, wrote, enquiry, alert, noon, event):
    wrote("ruth", enquiry=enquiry.pk, at=noon, event=event)
    with bound_to(hub.staff["gwen"]):
        assert hub.staff["ruth"].pk in Alert.objects.get(pk=alert.pk).also
