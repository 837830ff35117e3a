"""What is long over in the county, and what somebody asks of it."""

import pytest
from django.db import transaction

from openmash.audit.binding import bound_to
from openmash.county.hub import Hub
from openmash.county.old_records import tell_old_records
from openmash.county.tests.conftest import NOW
from openmash.records import answers, queries

pytestmark = [pytest.mark.database]


def test_two_are_due_one_is_held_and_somebody_asks(county: Hub):
    tell_old_records(county, NOW)  # once, however often it is told
    with transaction.atomic(), bound_to(county.staff["gwen"]):
        assert [line.is_held for line in queries.due(by=county.staff["gwen"])].count(True) == 1
        assert len(queries.due(by=county.staff["gwen"])) == 3
        [request] = answers.requests(by=county.staff["gwen"])
        [hold] = queries.holds(by=county.staff["gwen"])
    assert request.stands == "Open" and not request.is_late and hold.kind == "A public inquiry"
