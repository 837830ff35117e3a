"""The document is exact: what differs from it in anything is found."""

import json

import pytest

from openmash.api.problems import JSON, PROBLEM
from openmash.api.tests.document import differences

TAKEN = {"reference": "WV-AAAA-AAAA", "path": "/api/v1/enquiries/WV-AAAA-AAAA"}
TOLD = {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "Nothing.", "errors": []}


def wrong(status=201, kind=JSON, body=None, path="/api/v1/enquiries"):
    return differences("POST", path, status, kind, json.dumps(TAKEN if body is None else body).encode())


def test_what_is_promised_differs_in_nothing():
    assert wrong() == []
    assert wrong(404, PROBLEM, TOLD) == [] and wrong(405, PROBLEM, TOLD, "/api/v1/nothing") == []


@pytest.mark.parametrize(
    "given",
    [
        {"body": {"reference": "WV-AAAA-AAAA"}},
        {"body": TAKEN | {"worry": "He came to school."}},
        {"body": TAKEN | {"path": 7}},
        {"body": []},
        {"status": 200},
        {"kind": "text/html"},
        {"status": 404, "body": TOLD},
        {"status": 404, "kind": PROBLEM, "body": TOLD | {"errors": [{"field": "worry"}]}},
    ],
)
def test_what_differs_in_anything_is_found(given):
    assert wrong(**given)
