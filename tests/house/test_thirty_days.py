"""The short form of `python -m bench.thirty_days`: over a weekend on which the clocks change, nothing is forgotten."""

from datetime import UTC, datetime
from random import Random

import pytest

from bench.month import Month
from openmash.county.hub import Hub

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
THURSDAY = datetime(2026, 10, 22, tzinfo=UTC)


def test_each_open_enquiry_has_one_desk_and_one_clock_at_every_hour(hub: Hub) -> None:
    found = Month(hub, Random(4), THURSDAY, days=5, a_day=5).run()
    assert found["differences"] == []
    assert found["letters left behind"] == found["requests not sent"] == 0
    felt = ("enquiries", "absences", "leavers", "late answers", "overdue at some hour", "asked by e-mail")
    assert all(found.get(name) for name in felt), found
