"""Anything that can be made of the document is sent: nothing breaks, and nothing is done without authority.

`python -m bench.api` sends many more of the same to the running server.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from openmash.agencies.scopes import SCOPES
from openmash.api.problems import PROBLEM
from openmash.api.tests.document import differences
from openmash.desk.reference import openapi
from openmash.enquiries.models import Enquiry
from openmash.feeds.models import Load
from openmash.gathering.models import Answer
from openmash.notifications.models import Notification

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OWN, OTHERS = 8, 1  # cases of each kind, for each operation that a token opens, and for each that it does not
TURNED_AWAY = {400, 401, 404, 413, 415}
DONE = (Enquiry, Answer, Load, Notification)


@cache
def operations() -> list[Any]:
    return [found.ok() for found in schemathesis.openapi.from_dict(openapi()).get_all_operations()]


def send(case: Case, shown: str) -> Any:
    """A case, to the test client, with this token."""
    asked = case.as_transport_kwargs(base_url="http://testserver")
    headers = {**asked["headers"], **({"Authorization": f"Bearer {shown}"} if shown else {})}
    kind = headers.pop("Content-Type", "application/json")
    body = json.dumps(asked["json"]) if "json" in asked else asked.get("data") or b""
    path = asked["url"].removeprefix("http://testserver")
    clean = {name: str(value).encode("latin-1", "replace").decode("latin-1") for name, value in headers.items()}
    return Client(raise_request_exception=False).generic(
        asked["method"], path, data=body, content_type=kind if body else "", headers=clean,
        query_params=asked.get("params") or {},
    )  # fmt: skip


def sent(operation: Any, shown: str, look: Callable[[Case, Any], None], each: int = OTHERS) -> None:
    """So many cases that fit the document and as many that do not, each looked at."""

    fits, does_not = (operation.as_strategy(mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE))

    @settings(max_examples=2 * each, database=None)
    @given(case=st.one_of(fits, does_not))
    def send_each(case: Case) -> None:
        look(case, send(case, shown))

    send_each()


def is_told_well(case: Case, answer: Any) -> None:
    assert answer.status_code < 500, (case.as_curl_command(), answer.content[:500])
    told = answer.status_code, answer["Content-Type"], answer.content
    assert differences(case.method, case.operation.path, *told) == [], case.as_curl_command()
    if answer.status_code >= 400:
        assert answer["Content-Type"] == PROBLEM and answer.json()["detail"]


@pytest.mark.parametrize("scope", SCOPES)
def test_a_token_breaks_nothing_and_opens_its_own_scope_alone(let_in, hub, scope):
    team = hub.teams["youth-involvement"] if scope == "releases" else None
    system = let_in("police", scope, team=team)
    for operation in operations():
        is_own = f"/{scope}" in operation.path or operation.path.startswith("/api/v1/deliveries")
        before = [model.objects.count() for model in DONE]

        def look(case: Case, answer: Any, is_own: bool = is_own) -> None:
            is_told_well(case, answer)
            assert is_own or answer.status_code in TURNED_AWAY, (case.as_curl_command(), answer.status_code)

        sent(operation, system.issued.shows, look, OWN if is_own else OTHERS)
        assert is_own or before == [model.objects.count() for model in DONE]


@pytest.mark.parametrize("shown", ["", "omash_nobody-was-ever-given-this-one"])
def test_without_a_token_nothing_is_done(hub, shown):
    before = [model.objects.count() for model in DONE]

    def look(case: Case, answer: Any) -> None:
        is_told_well(case, answer)
        assert answer.status_code in TURNED_AWAY - {404}, (case.as_curl_command(), answer.status_code)

    for operation in operations():
        sent(operation, shown, look)
    assert before == [model.objects.count() for model in DONE]
