"""The county uses every door: calls for advice in every state, and a night of police notifications."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from openmash.consultations.models import Consultation
from openmash.county.doors import tell_doors
from openmash.notifications.models import Notification, Repair
from openmash.statutory_checks.models import StatutoryCheck

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 16, 15, tzinfo=ZoneInfo("Europe/London"))


def test_the_doors_are_used_and_used_once(hub, settings, tmp_path):
    settings.FEEDS_FOLDER = tmp_path
    tell_doors(hub, NOW)
    tell_doors(hub, NOW)
    assert set(Consultation.objects.values_list("state", flat=True)) == {"waiting", "ended"}
    assert Consultation.objects.count() == 6
    assert {"waiting", "retained", "forwarded"} == set(Notification.objects.values_list("state", flat=True))
    assert Notification.objects.count() == 23 and Repair.objects.count() == 3
    assert set(StatutoryCheck.objects.values_list("state", flat=True)) == {"open", "proposed", "answered"}
    assert StatutoryCheck.objects.count() == 4
    assert not Notification.objects.filter(happened_on__gt=NOW.date()).exists()
