"""A county in small, built once for a file of tests and rolled back after them."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from openmash.county import build
from openmash.county.hub import Hub
from openmash.enquiries.workflow import DECIDED

# A Wednesday afternoon, so that the past of the stories is always the same.
NOW = datetime(2026, 11, 25, 15, 10, tzinfo=ZoneInfo("Europe/London"))
OPEN_IN_SMALL = tuple((stage, count if stage == DECIDED else 2, hours) for stage, count, hours in build.OPEN_TODAY)
FAMILIES, ENQUIRIES = 36, 66


def nothing(done: int, of: int) -> None:
    """Nobody watches the progress."""


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Hub]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(build, "OPEN_TODAY", OPEN_IN_SMALL)
        hub = build.build_small(nothing, now=NOW)
        build.build_rest(nothing, families=FAMILIES, enquiries=ENQUIRIES)
        yield hub
        transaction.set_rollback(True)
