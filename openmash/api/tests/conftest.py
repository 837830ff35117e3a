"""Systems that were let in, each with a token, and a client that speaks as one of them."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openmash.agencies import systems
from openmash.api.tests.document import differences
from openmash.county.hub import Hub

WORRY = {
    "worry": "He came to school with a cut lip and would not say how it happened.",
    "is_danger_now": False,
    "concerns": ["physical_adult"],
    "told_family": False,
    "why_not_told": "raises_risk",
    "children": [{"given": "Perrin", "family": "Oldacre", "born_on": "2017-04-09", "sex": "M", "nhs": "943 476 5919"}],
    "adults": [{"given": "Dawn", "family": "Oldacre", "relation": "mother", "lives_in_household": True}],
    "address_lines": "14 Tannery Row",
    "postcode": "WX1 4QT",
    "referrer": {"name": "Sgt Ines Coyle", "job_title": "Custody sergeant", "telephone": "01632 960 771"},
}


class System:
    """One system: `call` is its client, which holds every answer against the document; `issued` what it was given."""

    def __init__(self, issued: systems.Issued) -> None:
        self.issued, self.user, self.token = issued, issued.token.user, issued.token
        self.client = Client(raise_request_exception=False)

    def call(self, method: str, path: str, body: Any = None, key: str = "", **headers: str) -> Any:
        given = {"Authorization": f"Bearer {self.issued.shows}", **({"Idempotency-Key": key} if key else {}), **headers}
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        answer = self.client.generic(method, f"/api/v1{path}", headers=given, **sent)
        told = answer["Content-Type"], answer.content
        assert differences(method, f"/api/v1{path}", answer.status_code, *told) == [], answer.content
        return answer

    def get(self, path: str) -> Any:
        return self.call("GET", path)

    def post(self, path: str, body: Any = None, key: str = "") -> Any:
        return self.call("POST", path, body, key)


@pytest.fixture
def let_in(hub: Hub) -> Callable[..., System]:
    """`let_in("police", "enquiries")`: a system of the police that may send enquiries."""

    def issue(
        agency: str, *scopes: str, area: str = "wend-valley", name: str = "Records", is_agreed: bool = True,
        now: datetime | None = None, **facts: Any,
    ) -> System:  # fmt: skip
        now = now or timezone.now()
        facts = {"expires_at": now + timedelta(days=30), "now": now} | facts
        issued = systems.issue(
            hub.areas[area], by=hub.staff["nina"], agency=hub.agencies[agency], name=name, scopes=scopes, **facts
        )
        if is_agreed:
            systems.agree(issued.token, by=hub.staff["gwen"], now=now)
        return System(issued)

    return issue
