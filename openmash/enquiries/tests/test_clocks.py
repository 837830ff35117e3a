"""The two clocks of an enquiry, on the area's hours."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.agencies.models import Area
from openmash.enquiries.clocks import research_due, research_due_after_change, state_of, statutory_due, triage_due

LONDON = ZoneInfo("Europe/London")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.fixture
def area(monkeypatch):
    area = Area(key="a", name="A", opens=datetime(2026, 1, 1, 9).time(), closes=datetime(2026, 1, 1, 17).time())
    from openmash.kit.clock import WorkingTime, england_closed_days

    area.__dict__["working_time"] = WorkingTime(
        area.opens, area.closes, frozenset(area.weekdays), england_closed_days()
    )
    return area


@pytest.mark.parametrize(
    ("rating", "received", "due"),
    [
        pytest.param("red", "2026-11-16 10:00", "2026-11-16 14:00", id="red is four hours"),
        pytest.param("red", "2026-11-16 16:30", "2026-11-16 20:30", id="red runs on after closing"),
        pytest.param("amber", "2026-11-16 10:00", "2026-11-17 10:00", id="amber is one working day"),
        pytest.param("amber", "2026-11-20 10:00", "2026-11-23 10:00", id="amber over a weekend"),
        pytest.param("green", "2026-11-16 10:00", "2026-11-19 10:00", id="green is three working days"),
        pytest.param("green", "2026-12-23 10:00", "2026-12-30 10:00", id="green over Christmas"),
        pytest.param("amber", "2026-11-14 23:00", "2026-11-17 09:00", id="a Saturday night counts from Monday morning"),
    ],
)
def test_the_research_clock(area, rating, received, due):
    assert research_due(area, at(received), rating) == at(due)


def test_triage_is_due_in_an_hour_when_urgent_and_in_four_otherwise(area):
    assert triage_due(area, at("2026-11-16 10:00"), is_urgent=True) == at("2026-11-16 11:00")
    assert triage_due(area, at("2026-11-16 10:00"), is_urgent=False) == at("2026-11-16 14:00")


def test_the_statutory_clock_is_one_working_day(area):
    assert statutory_due(area, at("2026-11-20 15:00")) == at("2026-11-23 15:00")


def test_a_lower_rating_never_lengthens_a_clock_already_breached(area):
    received, breached, now = at("2026-11-16 10:00"), at("2026-11-16 14:00"), at("2026-11-16 15:00")
    assert research_due_after_change(area, received, "green", breached, now) == breached


def test_a_lower_rating_lengthens_a_clock_that_still_runs(area):
    received, running, now = at("2026-11-16 10:00"), at("2026-11-16 14:00"), at("2026-11-16 11:00")
    assert research_due_after_change(area, received, "green", running, now) == at("2026-11-19 10:00")


@given(st.integers(0, 4 * 60 - 1))
def test_the_warnings_come_at_half_and_at_nine_tenths(minutes):
    received = at("2026-11-16 10:00")
    due = at("2026-11-16 14:00")
    from datetime import timedelta

    state = state_of(received, due, received + timedelta(minutes=minutes), Area(), runs_on=True)
    assert state == ("close" if minutes >= 216 else "half" if minutes >= 120 else "ok")
