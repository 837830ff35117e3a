"""What was released to a system: listed, opened, read while it may be read, acknowledged, and no longer used."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from openmash.api.door import Token
from openmash.api.enquiries import WRONG
from openmash.api.problems import Problem
from openmash.disclosure import actions, readings
from openmash.disclosure.codes import RULES_OF_USE
from openmash.disclosure.models import Release
from openmash.disclosure.policies import has_ended
from openmash.disclosure.queries import ReleasedLine, load_for_recipient, released_to

router = Router(tags=["Releases"])


class ReleaseLine(Schema):
    """`state` is new, opened, acknowledged, recalled (say that you stopped using it), stopped or expired."""

    token: UUID
    reference: str
    hub: str
    purpose: str
    released_at: datetime
    until: datetime
    state: str


class ReleaseLines(Schema):
    releases: list[ReleaseLine]


class ReleaseRead(ReleaseLine):
    """`text` is the approved text, every character of it; empty until it is opened, and again once it has ended."""

    rules: list[str]
    text: str


def _door(method: str, path: str, name: str, summary: str) -> Any:
    return getattr(router, method)(
        f"/releases{path}",
        auth=Token("releases"),
        response={200: ReleaseRead if path else ReleaseLines, WRONG: Problem},
        operation_id=name,
        summary=summary,
    )


@_door("get", "", "list_releases", "List what was released to you")
def list_releases(request: HttpRequest) -> dict[str, Any]:
    return {"releases": [_line(one) for one in released_to(request.auth.user, now=timezone.now())]}


@_door("get", "/{uuid:token}", "read_release", "Read a release")
def read_release(request: HttpRequest, token: UUID) -> dict[str, Any]:
    """That it was read is on the ledger."""
    return _read(request, load_for_recipient(token, by=request.auth.user))


@_door("post", "/{uuid:token}/open", "open_release", "Open a release")
def open_release(request: HttpRequest, token: UUID) -> dict[str, Any]:
    """You have read its rules, and will keep them."""
    row = load_for_recipient(token, by=request.auth.user)
    if row.first_read_at is None and not has_ended(row, timezone.now()):
        row = actions.open_released(row, by=request.auth.user)
    return _read(request, row)


@_door("post", "/{uuid:token}/acknowledge", "acknowledge_release", "Acknowledge a release")
def acknowledge_release(request: HttpRequest, token: UUID) -> dict[str, Any]:
    """You have it. Once is enough; again changes nothing."""
    row = load_for_recipient(token, by=request.auth.user)
    if row.acknowledged_at is None:
        row = actions.acknowledge(row, by=request.auth.user)
    return _read(request, row)


@_door("post", "/{uuid:token}/stopped", "stop_release", "Say that you stopped using what was recalled")
def stop_release(request: HttpRequest, token: UUID) -> dict[str, Any]:
    row = load_for_recipient(token, by=request.auth.user)
    if row.recall_heeded_at is None:
        row = actions.heed_recall(row, by=request.auth.user)
    return _read(request, row)


def _read(request: HttpRequest, row: Release) -> dict[str, Any]:
    now, by = timezone.now(), request.auth.user
    is_open = row.first_read_at is not None and not has_ended(row, now)
    text = readings.read_released(row, by=by, now=now) if is_open else ""
    line = next(one for one in released_to(by, now=now) if one.token == row.token)
    return _line(line) | {"rules": list(RULES_OF_USE), "text": text}


def _line(one: ReleasedLine) -> dict[str, Any]:
    same = ReleaseLine.model_fields.keys() - {"state"}
    return {name: getattr(one, name) for name in same} | {"state": one.state}
