"""The demo's world for programs and newcomers: every sign-in, and a link to one of each thing at each stage."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q

from openmash.agencies.models import Area, User
from openmash.agencies.roles import ROLES
from openmash.allocation.models import Handover
from openmash.consultations.codes import STATES as CALL_STATES
from openmash.consultations.models import Consultation
from openmash.county.hub import PASSWORD
from openmash.disclosure.models import Release
from openmash.disclosure.workflow import WAS_OUT
from openmash.enquiries.models import Enquiry, Need, Party
from openmash.enquiries.workflow import STATUSES
from openmash.gathering.models import RatingAlert, Request
from openmash.lookout.models import MissingFamily
from openmash.notifications.codes import STATES as NOTICE_STATES
from openmash.notifications.models import Notification
from openmash.people.models import RiskFrom
from openmash.people.risks import looking_out
from openmash.post.codes import STATES as REPLY_STATES
from openmash.post.models import Reply
from openmash.statutory_checks.codes import STATES as CHECK_STATES
from openmash.statutory_checks.models import StatutoryCheck

_REQUESTS = {
    "open": Q(answered_at=None, withdrawn_at=None),
    "answered": Q(answered_at__isnull=False),
    "withdrawn": Q(withdrawn_at__isnull=False),
}
_HANDOVERS = {
    "waiting": Q(acknowledged_at=None, superseded_at=None),
    "acknowledged": Q(acknowledged_at__isnull=False),
    "stepped_up": Q(stepped_up_at__isnull=False),
}
_OVERLAYS = {
    "fast_track": Q(fast_track_at__isnull=False),
    "held": Q(is_held=True),
    "restricted": Q(is_restricted=True),
    "urgent": Q(is_urgent=True),
}
_CALLS = {state: Q(state=state) for state in CALL_STATES}
_NOTICES = {state: Q(state=state) for state in NOTICE_STATES}
_CHECKS = {state: Q(state=state) for state in CHECK_STATES}
_REPLIES = {state: Q(state=state) for state in REPLY_STATES}
_PAGES = ("people", "chronology", "requests", "decision", "releases", "history", "record")


def world(address: str) -> dict[str, Any]:
    """Base address, the mail folder, every demo sign-in with role and agency, and examples by kind and stage."""
    cases = _cases()
    return {
        "address": address,
        "mail": settings.EMAIL_FILE_PATH,
        "users": [_user(user) for user in _people_who_sign_in()],
        "examples": _at(address, {
            "forms": {"public": "/make-an-enquiry/", "professional": "/professional/", "telephone": "/telephone/"},
            "enquiry": _enquiries(),
            "overlay": _named(Enquiry.objects.all(), _OVERLAYS, _enquiry),
            "source_cases": cases,
            "adult": {one.received_key: _enquiry(one) for one in Enquiry.objects.filter(kind="adult").order_by("pk")},
            "page": {page: f"{cases['case-4']}{page}/" for page in _PAGES} if "case-4" in cases else {},
            "person": [f"/person/{number}/" for number in _people()],
            "at_risk": [f"/person/{number}/" for number in _at_risk()],
            "request": _named(Request.objects.all(), _REQUESTS, lambda one: f"/request/{one.token}/"),
            "alert": [
                f"/enquiry/{alert.enquiry.reference}/alert/{alert.answer.token}/"
                for alert in RatingAlert.objects.filter(did="").select_related("enquiry", "answer")[:1]
            ],
            "release": _releases(),
            "handover": [f"/received/{one}/" for one in Handover.objects.values_list("pk", flat=True)[:3]],
            "handed_on": _named(Handover.objects.all(), _HANDOVERS, lambda one: f"/received/{one.pk}/"),
            "need": {need.kind: need.path for need in Need.objects.filter(met_at=None).order_by("-pk")},
            "consultation": _named(Consultation.objects.all(), _CALLS, lambda one: f"/consultations/{one.pk}/"),
            "statutory_check": _named(StatutoryCheck.objects.all(), _CHECKS, lambda one: f"/statutory-checks/{one.pk}/"),
            "notification": _named(Notification.objects.all(), _NOTICES, lambda one: f"/notifications/{one.pk}/"),
            "reply": _named(Reply.objects.all(), _REPLIES, lambda one: f"/post/{one.token}/"),
            "missing": [f"/missing/{one}/" for one in MissingFamily.objects.values_list("pk", flat=True)[:3]],
            "wallboard": {area.key: f"/wallboard/{area.key}/" for area in Area.objects.order_by("pk")},
        }),
    }  # fmt: skip


def _people_who_sign_in() -> Iterable[User]:
    """Everybody but other systems, which act by a token."""
    return User.objects.filter(is_system=False).select_related("agency").order_by("pk")


def _at(address: str, examples: Any) -> Any:
    """The same with every path made a link."""
    if isinstance(examples, dict):
        return {key: _at(address, value) for key, value in examples.items()}
    return [_at(address, value) for value in examples] if isinstance(examples, list) else f"{address}{examples}"


def _named(rows: Any, kinds: dict[str, Q], path: Callable[[Any], str]) -> dict[str, str]:
    """The newest of each kind that there is."""
    found = ((kind, rows.filter(which).order_by("-pk").first()) for kind, which in kinds.items())
    return {kind: path(row) for kind, row in found if row}


def _user(user: User) -> dict[str, Any]:
    postings = list(user.postings.select_related("area"))
    return {
        "name": user.name,
        "email": user.email,
        "password": PASSWORD,
        "roles": sorted({ROLES[posting.role].name for posting in postings}),
        "role_keys": sorted({posting.role for posting in postings}),
        "areas": sorted({posting.area.key for posting in postings}),
        "agency": user.agency.name,
        "agency_key": user.agency.key,
    }


def _enquiry(enquiry: Enquiry) -> str:
    return f"/enquiry/{enquiry.reference}/"


def _enquiries() -> dict[str, str]:
    return _named(Enquiry.objects.filter(is_held=False), {status: Q(status=status) for status in STATUSES}, _enquiry)


def _cases() -> dict[str, str]:
    rows: Iterable[Enquiry] = Enquiry.objects.filter(received_key__startswith="case-").order_by("pk")
    return {row.received_key: _enquiry(row) for row in rows}


def _people() -> list[int]:
    return list(
        Party.objects.filter(role="child", person__lead=None).order_by("pk").values_list("person", flat=True)[:3]
    )


def _at_risk() -> list[int]:
    with looking_out():
        return list(RiskFrom.objects.order_by("pk").values_list("person", flat=True)[:3])


def _releases() -> dict[str, str]:
    rows = Release.objects.order_by("pk").values_list("status", "token", "enquiry__reference")
    return {
        status: f"/released/{token}/" if status in WAS_OUT else f"/enquiry/{reference}/release/{token}/"
        for status, token, reference in rows
    }
