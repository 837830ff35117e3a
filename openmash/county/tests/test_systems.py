"""Two other systems act in the county, each through its own door."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from openmash.agencies.models import HeldBack
from openmash.audit.actors import SETTING_UP
from openmash.audit.binding import bound_to
from openmash.county.systems import push_cases, tell_systems
from openmash.enquiries.models import Enquiry
from openmash.feeds.actions import agree
from openmash.feeds.loading import read
from openmash.feeds.models import Load

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 16, 15, tzinfo=ZoneInfo("Europe/London"))


def test_the_custody_suite_sends_an_enquiry_and_the_case_system_how_cases_stand(hub, settings, tmp_path):
    settings.FEEDS_FOLDER = tmp_path
    tell_systems(hub, NOW)
    tell_systems(hub, NOW)
    enquiry = Enquiry.objects.get(channel="other_system")
    assert (enquiry.source_code, enquiry.referrer.agency.key, enquiry.received_at) == ("6", "police", NOW)
    with bound_to(hub.staff["joanna"]):
        assert [one.ended_at for one in HeldBack.objects.all()] == [None], "and one that a person has to complete"
    area = hub.areas["wend-valley"]
    push_cases(hub, NOW)
    assert not Load.objects.exists(), "without an agreed feed nothing is sent"
    agree(hub.agencies["childrens-social-care"], by=SETTING_UP, area=area, sends_events=False)
    push_cases(hub, NOW)
    push_cases(hub, NOW)
    load = read(Load.objects.get())
    assert (load.state, load.added, load.refused, load.sent_by.name) == ("done", 1, 0, "Case system")
