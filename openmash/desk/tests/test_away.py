"""Somebody is away: what they had taken goes back to its desk, and what waits for them alone is listed (M119)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from openmash.agencies.granting import close_account, take_role_away
from openmash.agencies.models import User
from openmash.audit.action import Refused
from openmash.audit.actors import CLOCKWORK
from openmash.desk.left_over import left_over
from openmash.desk.tests.families import receive
from openmash.enquiries import actions
from openmash.enquiries.models import Enquiry
from openmash.enquiries.steps import raise_need
from openmash.enquiries.tasks import give_back_what_was_left

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(hub):
    return actions.take(receive(hub, now=timezone.now()), by=hub.staff["hannah"], now=timezone.now())


def week():
    return timezone.localdate() + timedelta(days=7)


def test_what_was_taken_goes_back_to_its_desk(hub, taken):
    actions.go_away(hub.staff["hannah"], by=hub.staff["hannah"], now=timezone.now(), until=week())
    enquiry = Enquiry.objects.get(pk=taken.pk)
    assert (enquiry.owner, enquiry.desk) == (None, "screening")


def test_what_waits_for_them_alone_is_listed_until_they_are_back(hub, taken):
    hannah, now = hub.staff["hannah"], timezone.now()
    raise_need(taken, "x", "Your draft came back", path="/", due_at=now, now=now, user=hannah)
    actions.go_away(hannah, by=hannah, now=now, until=week())
    (line,) = next(kind for kind in left_over(hub.staff["joanna"], now=now) if kind.key == "away").lines
    assert "Your draft came back: Hannah Brook is away until" in line.what
    actions.come_back(User.objects.get(pk=hannah.pk), by=hannah, now=now)
    assert next(kind for kind in left_over(hub.staff["joanna"], now=now) if kind.key == "away").lines == ()


def test_what_somebody_had_who_left_goes_back_to_its_desk_within_a_minute(hub, taken):
    hannah, now = hub.staff["hannah"], timezone.now()
    with pytest.raises(Refused, match="Its owner works here"):
        actions.return_to_desk(taken, by=CLOCKWORK)
    raise_need(taken, "x", "Your draft came back", path="/", due_at=now, now=now, user=hannah)
    close_account(hannah, by=hub.staff["nina"])
    with pytest.raises(Refused, match="by itself"):
        actions.return_to_desk(taken, by=hub.staff["ruth"])
    give_back_what_was_left(0)
    enquiry = Enquiry.objects.get(pk=taken.pk)
    assert (enquiry.owner, enquiry.desk) == (None, "screening")
    assert enquiry.steps.order_by("pk").last().says == "Given back to the desk: its owner does not work here any more"
    (line,) = next(kind for kind in left_over(hub.staff["joanna"], now=now) if kind.key == "away").lines
    assert "Your draft came back: Hannah Brook has left" in line.what


def test_what_somebody_had_who_changed_area_goes_back_too(hub, taken):
    for posting in hub.staff["hannah"].postings.all():
        take_role_away(posting, by=hub.staff["nina"])
    give_back_what_was_left(0)
    assert Enquiry.objects.get(pk=taken.pk).owner is None


def test_nobody_sends_somebody_else_away(hub):
    with pytest.raises(Refused):
        actions.go_away(hub.staff["hannah"], by=hub.staff["ruth"], now=timezone.now(), until=week())


def test_the_page(client, hub, taken):
    client.force_login(hub.staff["hannah"])
    wrong = client.post("/work/away/", {"until-day": "31", "until-month": "2", "until-year": "2027"})
    assert wrong.status_code == 200 and "real date" in wrong.text
    last = week()
    said = {"until-day": last.day, "until-month": last.month, "until-year": last.year}
    assert client.post("/work/away/", said).status_code == 302
    assert "You are away up to and including" in client.get("/work/").text
    client.post("/work/away/", {"do": "back"})
    assert "You are away up to" not in client.get("/work/").text
