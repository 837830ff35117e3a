"""Times by level of need: the half and nine in ten, none of too few, only of one's own areas (M17)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from openmash.decisions.models import Decision
from openmash.desk.tests.families import receive
from openmash.desk.times import by_level
from openmash.enquiries.models import Enquiry

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("Europe/London"))
SINCE = NOON - timedelta(days=365)


@pytest.fixture
def decided(hub):
    def decide(level, *hours):
        for place, taken in enumerate(hours):
            enquiry = receive(hub, key=f"{level}-{place}", now=NOON)
            Enquiry.objects.filter(pk=enquiry.pk).update(rated_at=NOON + timedelta(hours=1))
            Decision.objects.create(
                enquiry=enquiry, number=1, level=level, is_safeguarding_concern=True, rationale="x", not_known="x",
                signed_by=hub.staff["ruth"], signed_at=NOON + timedelta(hours=taken),
            )  # fmt: skip

    return decide


def test_half_and_nine_in_ten(hub, decided):
    decided(4, 2, 4, 6, 8, 30)
    (line,) = by_level(hub.staff["ruth"], since=SINCE)
    assert (line.level[:7], line.decided) == ("Level 4", 5)
    assert line.response == line.response_of_nine_in_ten == timedelta(hours=1)
    assert line.decision == timedelta(hours=6)
    assert timedelta(hours=8) < line.decision_of_nine_in_ten < timedelta(hours=30)


def test_the_highest_need_first_and_nothing_is_told_of_too_few(hub, decided):
    decided(2, 1, 2, 3, 4, 5)
    decided(4, 1)
    four, two = by_level(hub.staff["ruth"], since=SINCE)
    assert (four.decided, four.decision, two.decided) == (1, None, 5)


def test_only_of_ones_own_areas(client, hub, decided):
    decided(4, 1, 2, 3, 4, 5)
    assert by_level(hub.staff["shabana"], since=SINCE) == ()
    client.force_login(hub.staff["saul"])
    assert client.get("/").headers["Location"] == "/times/"
    assert client.get("/times/").status_code == 200
    client.force_login(hub.staff["hannah"])
    assert client.get("/times/").status_code == 404


def test_each_area_says_how_long_a_decision_about_an_adult_may_take(client, hub):
    area = hub.areas["wend-valley"]
    type(area).objects.filter(pk=area.pk).update(adult_days=5)
    client.force_login(hub.staff["saul"])
    page = client.get("/times/").text
    assert "a decision about an adult" in page and "5 working days, as the area has set it" in page
