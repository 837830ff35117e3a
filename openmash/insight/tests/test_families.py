"""Families in need of the most support, by quarter, each counted once (M44)."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.decisions.models import Decision
from openmash.desk.tests.families import receive
from openmash.insight.families import QUARTERS, families, quarters
from openmash.insight.tests.test_mirror import NOON
from openmash.people import actions as people


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_quarters_follow_one_another_and_the_last_holds_today(today):
    found = quarters(today)
    assert len(found) == QUARTERS and found[-1].first <= today <= found[-1].last
    for one, following in pairwise(found):
        assert following.first - one.last == timedelta(days=1)
    assert all(one.first.month in (1, 4, 7, 10) and one.first.day == 1 for one in found)


def decided(hub, key, level=4, at: datetime = NOON, **more):
    enquiry = receive(hub, key=key, now=at, **more)
    Decision.objects.create(
        enquiry=enquiry, number=1, level=level, is_safeguarding_concern=True, rationale="x", not_known="x",
        signed_by=hub.staff["ruth"], signed_at=at,
    )  # fmt: skip
    return enquiry


def shown(hub, who="saul"):
    return [bar.shown for bar in families(by=hub.staff[who], today=NOON.date()).by_quarter.bars]


@pytest.mark.django_db
def test_a_family_counts_once_however_many_enquiries_and_people_it_has(hub, monkeypatch):
    monkeypatch.setattr("openmash.insight.suppression.FEW", 1)
    first = decided(hub, "first")
    mother = first.parties.order_by("order").last().person
    again = decided(hub, "again")
    people.say_same(again.parties.order_by("order").last().person, by=hub.staff["joanna"], now=NOON, other=mother)
    assert shown(hub)[-1] == "1"
    decided(hub, "lower", level=3)
    assert shown(hub, "shabana")[-1] == "0"


@pytest.mark.django_db
def test_a_plan_counts_in_every_quarter_of_which_it_had_a_day(hub, monkeypatch):
    monkeypatch.setattr("openmash.insight.suppression.FEW", 1)
    child = receive(hub, key="plan", now=NOON).parties.order_by("order").first().person
    hannah = hub.staff["hannah"]
    people.mark(child, by=hannah, now=NOON, kind="cp_plan", agency=hannah.agency, since=date(2026, 2, 1))
    assert shown(hub) == ["0", "1", "1", "1", "1"]


@pytest.mark.django_db
def test_few_are_not_shown_and_the_page_is_for_those_who_count(client, hub):
    decided(hub, "one")
    assert shown(hub)[-1] == "Fewer than 5"
    for who, status in (("saul", 200), ("ruth", 200), ("joanna", 404), ("lewis", 404)):
        client.force_login(hub.staff[who])
        assert client.get("/families-in-need/").status_code == status, who
