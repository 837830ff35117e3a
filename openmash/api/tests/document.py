"""What the document promises of every answer, held against the answer itself: its status, its type and its body."""

import json
import re
from functools import cache
from typing import Any

import jsonschema_rs

from openmash.api.problems import PROBLEM
from openmash.desk.reference import openapi

_ANY_PROBLEM = {"content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


@cache
def _paths() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """The longest first: what is between braces is anything but a slash."""
    paths = sorted(openapi()["paths"].items(), key=lambda one: -len(one[0]))
    return [(re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))), methods) for path, methods in paths]


@cache
def _validator(name: str) -> jsonschema_rs.Validator:
    """Of one shape of the document, exactly: nothing is left out of it, and nothing is in it that it does not name."""
    shapes = {key: _exactly(shape) for key, shape in openapi()["components"]["schemas"].items()}
    whole = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": shapes}}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def _exactly(shape: dict[str, Any]) -> dict[str, Any]:
    return shape | {"required": list(shape.get("properties", ())), "additionalProperties": False}


def promised(method: str, path: str) -> dict[str, Any] | None:
    """The answers that an operation may give, by status; none when there is no such operation."""
    found = next((methods for pattern, methods in _paths() if pattern.fullmatch(path)), {})
    operation: dict[str, Any] = found.get(method.lower(), {})
    return operation.get("responses")


def differences(method: str, path: str, status: int, kind: str, body: bytes) -> list[str]:
    """In what an answer differs from what the document promises. Where nothing is promised it has to be a problem."""
    answers = promised(method, path) or {str(status): _ANY_PROBLEM}
    if str(status) not in answers:
        return [f"{method} {path} does not promise {status}"]
    content = answers[str(status)]["content"]
    kind = kind.partition(";")[0]
    if kind not in content:
        return [f"{method} {path} {status} is {kind}, not {' or '.join(content)}"]
    schema = content[kind]["schema"]
    names = [one["$ref"].rpartition("/")[2] for one in schema.get("anyOf", [schema])]
    tried = [[f"{error.instance_path}: {error.message}" for error in _validator(name).iter_errors(json.loads(body))]
             for name in names]  # fmt: skip
    return [] if [] in tried else [f"{method} {path} {status}: {wrong}" for wrongs in tried for wrong in wrongs]
