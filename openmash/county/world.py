"""The demo's world for programs and newcomers: every sign-in, and a link to one of each thing at each stage."""

from typing import Any

from django.conf import settings

from openmash.agencies.models import User
from openmash.agencies.roles import ROLES
from openmash.allocation.models import Handover
from openmash.county.hub import PASSWORD
from openmash.disclosure.models import Release
from openmash.enquiries.models import Enquiry, Party
from openmash.enquiries.workflow import STATUSES
from openmash.gathering.models import Request


def world(address: str) -> dict[str, Any]:
    """Base address, the mail folder, every demo sign-in with role and agency, and examples by kind and stage."""
    return {
        "address": address,
        "mail": settings.EMAIL_FILE_PATH,
        "users": [_user(user) for user in User.objects.select_related("agency").order_by("pk")],
        "examples": {
            "forms": {"public": f"{address}/make-an-enquiry/", "professional": f"{address}/professional/"},
            "enquiry": _enquiries(address),
            "source_cases": _cases(address),
            "person": [f"{address}/person/{number}/" for number in _people()],
            "request": _requests(address),
            "release": _releases(address),
            "handover": [
                f"{address}/received/{number}/" for number in Handover.objects.values_list("pk", flat=True)[:3]
            ],
        },
    }


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


def _enquiries(address: str) -> dict[str, str]:
    found = {}
    for status in STATUSES:
        reference = Enquiry.objects.filter(status=status).order_by("-pk").values_list("reference", flat=True).first()
        if reference:
            found[status] = f"{address}/enquiry/{reference}/"
    return found


def _cases(address: str) -> dict[str, str]:
    rows = Enquiry.objects.filter(received_key__startswith="case-").order_by("pk")
    return {key: f"{address}/enquiry/{reference}/" for key, reference in rows.values_list("received_key", "reference")}


def _people() -> list[int]:
    return list(
        Party.objects.filter(role="child", person__lead=None).order_by("pk").values_list("person", flat=True)[:3]
    )


def _requests(address: str) -> dict[str, str]:
    found = {}
    for name, rows in (
        ("open", Request.objects.filter(answered_at=None, withdrawn_at=None)),
        ("answered", Request.objects.filter(answered_at__isnull=False)),
    ):
        token = rows.order_by("-pk").values_list("token", flat=True).first()
        if token:
            found[name] = f"{address}/request/{token}/"
    return found


def _releases(address: str) -> dict[str, str]:
    rows = Release.objects.order_by("pk").values_list("status", "token", "enquiry__reference")
    return {
        status: f"{address}/released/{token}/"
        if status in ("disclosed", "acknowledged")
        else f"{address}/enquiry/{reference}/release/{token}/"
        for status, token, reference in rows
    }
