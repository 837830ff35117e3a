"""Restricted enquiries for these tests, made through the real acts."""

from typing import Any

from django.test import Client

from openmash.agencies.models import User
from openmash.enquiries.models import Enquiry, Restriction
from openmash.restrictions import actions
from openmash.triage.tests.conftest import received

__all__ = ["received"]
WHY = {"category": "staff_interest", "because": "A coordinator’s sister."}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def restricted(enquiry: Enquiry, hub: Any, *names: str, by: str = "ruth") -> Restriction:
    restriction: Restriction = actions.restrict(
        enquiry, by=hub.staff[by], **WHY, names=[hub.staff[name] for name in names]
    )
    return restriction
