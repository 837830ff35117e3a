"""Enquiries that are ready to be asked about, and requests that are ready to be answered."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from openmash.enquiries.models import Enquiry
from openmash.gathering import actions
from openmash.gathering.given import Asked
from openmash.gathering.models import Request
from openmash.gathering.shelf import RETURNS
from openmash.intelligence.actions import GivenItem
from openmash.triage import actions as triage
from openmash.triage.tests.conftest import MONDAY, received

__all__ = ["received"]

HARM = {
    "suspects_significant_harm": True,
    "harm_because": "An unexplained bruise on a child who cannot say how.",
    "thought_level": 4,
    "told_family": False,
    "why_not_told": "raises_risk",
    "why_not_told_words": "",
    "agrees_to_service": "not_asked",
    "lawful_basis": "public_task",
    "gateway": "ca1989_s47",
}
AGREED = HARM | {
    "suspects_significant_harm": False,
    "harm_because": "Tired parents who want help.",
    "thought_level": 2,
    "told_family": True,
    "why_not_told": "",
    "agrees_to_service": "yes",
    "gateway": "ca1989_s17",
}
LATER = MONDAY + timedelta(minutes=30)


def item(words: str = "Seen with a bruise", **more: Any) -> GivenItem:
    """An item of an answer, as an agency would give it."""
    return GivenItem(**{"words": words, "nature": "fact", "dependable": "1", "known_how": "A"} | more)


def checks(request: Request, result: str = "not_known") -> dict[str, str]:
    """The same result for every system of the agency's return."""
    return {system.key: result for system in RETURNS.get(request.agency.return_key).systems}


def nothing_known(request: Request) -> dict[str, Any]:
    return {"is_nothing_known": True, "rating": "", "checks": checks(request), "items": ()}


def known(request: Request, *items: GivenItem, rating: str = "amber") -> dict[str, Any]:
    """An answer with items, rated."""
    found = items or (item(people=(request.people[0],)),)
    return {"is_nothing_known": False, "rating": rating, "checks": checks(request, "known"), "items": found}


@pytest.fixture
def triaged(hub: Any, received: Callable[..., Enquiry]) -> Callable[..., Enquiry]:
    """`triaged("red")` is an enquiry that is screened and rated; nothing is on record of a basis."""

    def make(rating: str = "amber", now: datetime = MONDAY, **more: Any) -> Enquiry:
        enquiry = received(now=now, **more)
        triage.screen(enquiry, by=hub.staff["joanna"], now=now, outcome="research", considered="Not known before.")
        triage.rate(enquiry, by=hub.staff["hannah"], now=now, rating=rating, because="A bruise.")
        enquiry.refresh_from_db()
        return enquiry

    return make


@pytest.fixture
def ready(hub: Any, triaged: Callable[..., Enquiry]) -> Callable[..., Enquiry]:
    """`ready()` has a basis on record too."""

    def make(rating: str = "amber", basis: dict[str, Any] | None = None, **more: Any) -> Enquiry:
        enquiry = triaged(rating, **more)
        triage.record_basis(enquiry, by=hub.staff["hannah"], now=LATER, **basis or HARM)
        enquiry.refresh_from_db()
        return enquiry

    return make


@pytest.fixture
def asked(hub: Any, ready: Callable[..., Enquiry]) -> Callable[..., list[Request]]:
    """`asked("police", "health")` are the open requests to those agencies about one new enquiry."""

    def make(*keys: str, now: datetime = LATER, **more: Any) -> list[Request]:
        enquiry = ready(**more)
        agencies = [Asked(hub.agencies[key], "It would know.") for key in keys or ("police",)]
        return list(actions.ask(enquiry, by=hub.staff["hannah"], now=now, agencies=agencies))

    return make
