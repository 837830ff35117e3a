"""A ledger with what the reports look for in it, written line by line as the acts would."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from openmash.audit.models import LedgerEvent
from openmash.oversight.shelf import REPORTS, Found, Look
from openmash.triage.tests.conftest import received

__all__ = ["received"]

LONDON = ZoneInfo("Europe/London")
TODAY = datetime(2026, 11, 25, tzinfo=LONDON)
NOON = TODAY.replace(hour=12)
EVENING = TODAY.replace(hour=23)


@pytest.fixture
def wrote(hub: Any) -> Callable[..., LedgerEvent]:
    """`wrote("ruth", enquiry=…, at=…)`: a line of the ledger; an enquiry that was opened, unless it says otherwise."""

    def write(name: str, at: datetime = NOON, event: str = "enquiry.opened", **more: Any) -> LedgerEvent:
        user = hub.staff[name]
        facts = {"outcome": "allowed", "actor": user.pk, "actor_name": user.name, "agency": user.agency.key}
        return LedgerEvent.objects.create(at=at, event=event, **facts | more)

    return write


@pytest.fixture
def finds(hub: Any) -> Callable[..., list[Found]]:
    """`finds("surge", viewers=3)`: what a report finds in Wend Valley at noon, with the usual numbers or these."""

    def find(key: str, now: datetime = EVENING, area: str = "wend-valley", **numbers: int) -> list[Found]:
        report = REPORTS.get(key)
        return list(report.find(Look(hub.areas[area], TODAY, now), report.usual() | numbers))

    return find
