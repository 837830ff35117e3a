"""What a machine is told when something is wrong: problem details (RFC 9457), whoever noticed it.

The middleware comes first of all, so that what Django or a library answers (a method that is not allowed, a body that
is too large, an error that nobody foresaw) is told in the same way.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from openmash.agencies.systems import Differs, hold_back
from openmash.audit.action import Refused
from openmash.feeds.shelf import Broken

PROBLEM, JSON = "application/problem+json", "application/json"
PREFIX = "/api/"
Tell = Callable[[HttpRequest, Exception], HttpResponse]
_KEPT = ("Allow", "Retry-After", "WWW-Authenticate")
_SAYS = {
    400: "The body is not JSON that can be read.",
    401: "Show a token that is in force: Authorization: Bearer …",
    404: "There is nothing here for you.",
    405: "This address does not take that method. Allow says which it takes.",
    413: f"Send at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000} MB at once, in several parts if need be.",
    415: "Send JSON, with Content-Type: application/json.",
    429: "That was too many calls in one minute. Retry-After says how many seconds to wait.",
    500: "Something broke here. Send it again with the same Idempotency-Key: nothing is done twice.",
    503: "The database cannot be reached. Send it again with the same Idempotency-Key: nothing is done twice.",
}


class FieldProblem(Schema):
    field: str
    says: str


class Problem(Schema):
    """RFC 9457. `errors` names each field that has to be put right."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class Unusable(Exception):
    """What was sent cannot be used. `errors` are (field, what to do) pairs."""

    def __init__(self, *errors: tuple[str, str]) -> None:
        super().__init__("; ".join(says for _, says in errors))
        self.errors = errors


class TooMany(Exception):
    """More calls than the token has in a minute."""

    def __init__(self, wait: int) -> None:
        super().__init__()
        self.wait = wait


def problem(
    status: int,
    detail: str = "",
    errors: Iterable[tuple[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or _SAYS.get(status, HTTPStatus(status).phrase),
        "errors": [{"field": field, "says": says} for field, says in errors],
    }
    return JsonResponse(body, status=status, content_type=PROBLEM, headers=headers)


def tell_problems(api: NinjaAPI) -> None:
    """What each thing that can go wrong in an operation is told as."""
    told: dict[type[Exception], Tell] = {
        Http404: lambda _, wrong: problem(404),
        Refused: lambda _, wrong: problem(409, wrong.verdict.why),
        Differs: lambda _, wrong: problem(409, "This Idempotency-Key was used for something else. Use another."),
        Broken: lambda _, wrong: problem(422, str(wrong)),
        Unusable: lambda _, wrong: problem(422, _CANNOT, wrong.errors),
        TooMany: lambda _, wrong: problem(429, headers={"Retry-After": str(wrong.wait)}),
        HttpError: lambda _, wrong: _http(wrong.status_code),
        ValidationError: lambda _, wrong: problem(422, _CANNOT, map(_field, wrong.errors)),
    }
    for kind, tell in told.items():
        api.add_exception_handler(kind, _kept_and(tell) if kind in _HELD else tell)


_CANNOT = "Put right what is named in “errors”, and send it again."
_HELD = (ValidationError, Unusable, HttpError, Differs, Refused)


def _kept_and(tell: Tell) -> Tell:
    """What cannot become an enquiry is told, and kept: somebody at the hub looks whether a child is behind it."""

    def told(request: HttpRequest, wrong: Exception) -> HttpResponse:
        response = tell(request, wrong)
        if getattr(request, "takes", "") == "enquiry":
            caller, said = request.auth, json.loads(response.content)  # type: ignore[attr-defined]
            fields = [f"{one['field']}: {one['says']}" for one in said["errors"]]
            key = request.headers.get("Idempotency-Key", "")[:64]
            hold_back(caller.token, by=caller.user, what="enquiry", key=key, body=request.body,
                      because="; ".join(fields) or said["detail"])  # fmt: skip
        return response

    return told


def _http(status: int) -> HttpResponse:
    return problem(status, headers={"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else None)


def _field(error: Mapping[str, object]) -> tuple[str, str]:
    place = [str(part) for part in error["loc"][1:] if part != "payload"]  # type: ignore[index]
    says = _code(error) or _PLAINLY.get(str(error["type"])) or str(error["msg"]).removeprefix("Value error, ")
    return ".".join(place) or "body", says


_A_DAY = "Send a day like 2018-05-02"
_PLAINLY = {
    "extra_forbidden": "There is no field of this name",
    "missing": "This is missing",
    "date_type": _A_DAY,
    "date_parsing": _A_DAY,
    "date_from_datetime_parsing": _A_DAY,
    "date_from_datetime_inexact": _A_DAY,
}
_FEW = 12


def _code(error: Mapping[str, object]) -> str:
    """What a code could have been; where there are dozens, where they stand: a coordinator reads this too."""
    if error["type"] != "literal_error":
        return ""
    codes = [code for code in re.findall(r"'([^']*)'", str(error["msg"])) if code]
    if len(codes) > _FEW:
        return "There is no such code. /api/v1/openapi.json has them all"
    return f"Send one of {', '.join(codes)}"


class speak_of_problems:  # noqa: N801 - reads as a step in the list of middleware
    """Every error under /api/ becomes problem details; what no operation could read is refused before it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        early = _unreadable(request)
        response = problem(early) if early else self.get_response(request)
        if response.status_code >= HTTPStatus.BAD_REQUEST and response["Content-Type"] != PROBLEM:
            kept = {name: response[name] for name in _KEPT if name in response}
            response = problem(response.status_code, _broke(request, response.status_code), headers=kept)
        response["Cache-Control"] = "no-store"
        return response


def _broke(request: HttpRequest, status: int) -> str:
    """Of what was handed in and broke here: that it was not received, and whom to ring."""
    if request.method != "POST" or status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return ""
    phone = settings.OPENMASH_HUB_PHONE
    ring = f" If it cannot wait, call the hub on {phone}." if phone else ""
    return f"The hub has not received it. {_SAYS.get(status, _SAYS[500])}{ring}"


def _unreadable(request: HttpRequest) -> int:
    """The status with which a body is refused unread; 0 when it can be read."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 400
    if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return 413
    return 415 if length and request.content_type != JSON else 0
