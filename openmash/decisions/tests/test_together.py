"""Ten managers sign at once, each on a connection of their own, on real PostgreSQL: one decision is made."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from openmash.allocation.models import Handover
from openmash.audit.action import Refused, Stale
from openmash.audit.models import LedgerEvent
from openmash.county.hub import load_hub
from openmash.decisions import actions
from openmash.decisions.models import Decision
from openmash.decisions.tests.conftest import MONDAY, World
from openmash.feeds.tests.committed import copied_database

LATER = MONDAY + timedelta(hours=3)


@pytest.fixture
def own_world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    with copied_database(django_db_blocker):
        yield World(load_hub())


@pytest.mark.database
def test_ten_who_sign_at_once_make_one_decision(own_world: World) -> None:
    enquiry = own_world.review()
    managers = [own_world.ruth, own_world.martin] * 5
    gate, given = threading.Barrier(len(managers)), own_world.decision()

    def sign(by) -> str:
        gate.wait()
        try:
            actions.sign(enquiry, by=by, now=LATER, given=given, seen=enquiry.version)
        except (Refused, Stale) as stopped:
            return type(stopped).__name__
        else:
            return "signed"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(managers)) as pool:
        ended = list(pool.map(sign, managers))
    assert ended.count("signed") == 1
    assert set(ended) <= {"signed", "Stale", "Refused"}
    assert Decision.objects.count() == Handover.objects.count() == 1
    assert own_world.fresh(enquiry).status == "decided"
    assert LedgerEvent.objects.filter(event="decision.signed", outcome="allowed").count() == 1
