"""`python -m bench.api`: the doors for machines, at the server that production uses, on the bench's own county.

First how many enquiries a second come in, as a ratio to the floor view asked for in the same way; then so many cases
(20,000) that schemathesis makes of the document, by every kind of token: none may break anything, be answered without
authority, or be answered otherwise than the document promises.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bench.county import counted, county, machine
from bench.pages import PORT, served

SENT = {
    "worry": "Made for measuring.",
    "concerns": ["neglect"],
    "children": [{"given": "Mia", "family": "Bell", "born_on": "2018-05-04", "sex": "F"}],
    "adults": [{"given": "Ann", "family": "Bell", "relation": "mother"}],
    "address_lines": "14 Mill Lane",
    "postcode": "WX3 4AB",
}
ISSUE = """
import json
from datetime import timedelta
from django.utils import timezone
from openmash.agencies import systems
from openmash.agencies.models import Agency, Area, Team, User
from openmash.agencies.scopes import SCOPES
area, police = Area.objects.get(key="wend-valley"), Agency.objects.get(key="police")
nina, gwen = (User.objects.get(email=f"{one}@wendmark.example") for one in ("nina.frost", "gwen.astley"))
team = Team.objects.get(key="youth-involvement")
ends = timezone.now() + timedelta(days=1)
tokens = {key: systems.issue(area, by=nina, agency=police, name="Bench " + key, scopes=[key], expires_at=ends,
    team=team if key == "releases" else None) for key in SCOPES}
for issued in tokens.values():
    systems.agree(issued.token, by=gwen)
print(json.dumps({key: issued.shows for key, issued in tokens.items()}))
"""
TURNED_AWAY = {400, 401, 404, 413, 415}
PROMISED = [status_code_conformance, content_type_conformance, response_schema_conformance]


def issued(env: dict[str, str]) -> dict[str, str]:
    """A token for each scope."""
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", ISSUE]
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def call(method: str, path: str, shown: str = "", body: bytes | None = None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    headers = {
        "Authorization": f"Bearer {shown}",
        "Content-Type": "application/json",
        "Idempotency-Key": uuid.uuid4().hex,
    }
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def a_second(what: str, method: str, path: str, shown: str, body: bytes | None, expected: int, count: int) -> float:
    """How many of these a second, four at a time."""
    begun = perf_counter()
    with ThreadPoolExecutor(4) as four:
        found = Counter(four.map(lambda _: call(method, path, shown, body), range(count)))
    rate = count / (perf_counter() - begun)
    assert set(found) == {expected}, found
    print(f"{what:24} {rate:8.1f} a second", flush=True)
    return rate


def fuzz(tokens: dict[str, str], cases: int) -> None:
    """Every operation with every kind of token and with none."""
    schema = schemathesis.openapi.from_url(f"http://127.0.0.1:{PORT}/api/v1/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    each = max(1, cases // (len(operations) * (len(tokens) + 1)))
    found: Counter[int] = Counter()
    for scope, shown in [*tokens.items(), ("", "")]:
        for operation in operations:
            is_own = bool(scope) and (f"/{scope}" in operation.path or "/deliveries" in operation.path)
            send_each(operation, shown, each, found, is_own=is_own)
        print(f"{scope or 'no token':24} {found.total():8,} cases so far: {dict(sorted(found.items()))}", flush=True)


def send_each(operation, shown: str, each: int, found: Counter[int], *, is_own: bool) -> None:
    strategies = [operation.as_strategy(mode) for mode in GenerationMode]

    @settings(max_examples=each, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=st.one_of(strategies))
    def send(case) -> None:
        headers = {"Authorization": f"Bearer {shown}"} if shown else None
        answer = case.call(base_url=f"http://127.0.0.1:{PORT}", headers=headers)
        found[answer.status_code] += 1
        assert answer.status_code < 500, case.as_curl_command()
        case.validate_response(answer, checks=PROMISED)
        assert is_own or answer.status_code in TURNED_AWAY, (answer.status_code, case.as_curl_command())

    send()


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench.api", description="Measure and try the doors for machines.")
    asked.add_argument("--size", type=int, default=100_000, help="enquiries of the county (100,000)")
    asked.add_argument("--cases", type=int, default=20_000)
    asked.add_argument("--count", type=int, default=400, help="submissions to measure")
    said = asked.parse_args()
    with county(said.size) as env:
        print(f"{counted(env['OPENMASH_OWNER_URL'], enquiries='enquiries_enquiry')} · {machine()}", flush=True)
        os.environ.update(env, OPENMASH_API_CALLS="1000000000", OPENMASH_LOG="ERROR")
        tokens = issued(dict(os.environ))
        with served():
            body = json.dumps(SENT).encode()
            call("POST", "/api/v1/enquiries", tokens["enquiries"], body)
            floor = a_second("floor", "GET", "/floor/", "", None, 200, said.count)
            rate = a_second("submit", "POST", "/api/v1/enquiries", tokens["enquiries"], body, 201, said.count)
            print(f"{'submit, of the floor':24} {rate / floor:8.3f}", flush=True)
            fuzz(tokens, said.cases)


if __name__ == "__main__":
    main()
