"""Enquiries for the tests of this room and of later ones, made through the real acts."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from openmash.audit.actors import PUBLIC
from openmash.enquiries import actions as enquiries
from openmash.enquiries.given import GivenEnquiry, GivenParty, GivenReferrer
from openmash.enquiries.models import Enquiry
from openmash.people.given import GivenPerson

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=LONDON)

MIA = GivenPerson(
    given="Mia",
    family="Bell",
    sex="F",
    born_on=date(2019, 4, 3),
    address_lines="12 Elm Road",
    postcode="WV1 2AB",
    identifiers=(("nhs", "9434765919"),),
    source="Health visitor",
)
DANA = GivenPerson(given="Dana", family="Bell", sex="F", born_on=date(1992, 8, 21), source="Health visitor")
DAMON = GivenPerson(given="Damon", family="Kerr", sex="M", source="Health visitor")
FAMILY = (
    GivenParty(MIA, "child", lives_in_household=True),
    GivenParty(DANA, "adult", relation_to_child="mother", lives_in_household=True),
    GivenParty(DAMON, "adult", relation_to_child="step_parent", lives_in_household=True),
)
REFERRER = GivenReferrer("professional", name="Siobhan Daly", job_title="Health visitor", email="siobhan@x.example")


def given(**more: Any) -> GivenEnquiry:
    """A health visitor's enquiry about one child and two adults; `more` replaces fields of `GivenEnquiry`."""
    facts: dict[str, Any] = {
        "worry": "Mia was seen with a bruise.",
        "channel": "professional_form",
        "source_code": "3B",
        "referrer": REFERRER,
        "parties": FAMILY,
        "fields": {"concerns": ["da_parent"], "told_family": False, "why_not_told": "raises_risk"},
    }
    return GivenEnquiry(**facts | more)


@pytest.fixture
def received(hub: Any) -> Callable[..., Enquiry]:
    """`received()` is an enquiry that has just come in; keyword arguments as in `given`."""
    made: list[Enquiry] = []

    def receive(area: str = "wend-valley", now: datetime = MONDAY, **more: Any) -> Enquiry:
        key = f"key-{len(made)}"
        made.append(enquiries.receive(hub.areas[area], by=PUBLIC, now=now, given=given(**more), key=key))
        return made[-1]

    return receive


BASIS = {
    "suspects_significant_harm": True,
    "harm_because": "An unexplained bruise on a child who cannot say how.",
    "thought_level": 4,
    "told_family": True,
    "why_not_told": "",
    "why_not_told_words": "",
    "agrees_to_service": "not_asked",
    "lawful_basis": "public_task",
    "gateway": "ca1989_s47",
}
