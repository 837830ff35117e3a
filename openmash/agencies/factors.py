"""The second factor: a passkey or an authenticator app, with recovery codes for the day when neither is at hand.

django-allauth keeps and checks them. Here stands what it leaves open: that secrets are not readable in the database,
that a code opens once, what a sign-in has proved and when, and that every change is on the ledger and told to its owner
by letter.
"""

import base64
import hashlib
from datetime import datetime
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from openmash.agencies import actions, letters
from openmash.agencies.models import User

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
KINDS = {"totp": "An authenticator app", "webauthn": "A passkey", "recovery_codes": "A set of recovery codes"}
ELSEWHERE = "organisation"  # a second factor that was shown where somebody signs in for their organisation
NAMES = ("My passkey", "My second passkey")


class Adapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return sealer().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return "openmash"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - as the library calls it
        had = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return NAMES[had] if had < len(NAMES) else f"Passkey {had + 1}"


def sealer() -> MultiFernet:
    """Seals with the secret key of this installation, and opens with its predecessors too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"openmash.agencies.factors" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def spend(app: Authenticator, code: str) -> bool:
    """Whether neither this code of an app nor a later one was shown before (RFC 6238 5.2, ASVS V6.5.1).

    The library remembers a code for 30 seconds in a cache; it takes one for 90.
    """
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=app.pk)
        secret = sealer().decrypt(row.data["secret"].encode()).decode()
        shown = [
            step
            for step in yield_hotp_counters_from_time()
            if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))
        ]
        if max(shown, default=0) <= row.data.get("spent", 0):
            return False
        row.data["spent"] = max(shown)
        row.save(update_fields=["data"])
        return True


class _Once(forms.BaseAuthenticateForm):
    def clean_code(self) -> str:
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not spend(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(_Once, forms.AuthenticateForm):
    """At sign-in."""


class ReauthenticateForm(_Once, forms.ReauthenticateForm):
    """When it is asked for again."""


def has_factor(user: User) -> bool:
    """Whether a passkey or an authenticator app is enrolled. Recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=STRONG).exists()


def shown_elsewhere(request: HttpRequest, user: User) -> bool:
    """Whether somebody's organisation said in this session that its own second factor was shown."""
    return any(record.get("type") == ELSEWHERE for record in get_authentication_records(request, user))


def proved_at(request: HttpRequest, user: User) -> datetime | None:
    """When this session last proved who it is: by the second factor where there is one, else by any way."""
    records = get_authentication_records(request, user)
    if shown_elsewhere(request, user) or has_factor(user):
        records = [record for record in records if record["method"] == "mfa"]
    moments = [float(record["at"]) for record in records]
    return datetime.fromtimestamp(max(moments), tz=timezone.get_default_timezone()) if moments else None


def is_fresh(request: HttpRequest) -> bool:
    """Whether that was within the last minutes: enough for what is sealed, approved or taken out of the hub."""
    user = request.user
    proved = proved_at(request, user) if isinstance(user, User) else None
    return proved is not None and timezone.now() - proved < settings.STEP_UP_LASTS


def need_fresh_proof() -> None:
    """Send whoever sits at the browser to show it again, and then on; what they typed goes with them.

    Outside a browser's request, and for systems with a token, there is nobody to ask.
    """
    request = context.request
    if request is not None and isinstance(request.user, User) and not is_fresh(request):
        raise ReauthenticationRequired


def listen() -> None:
    """To the library's own word that something was enrolled or taken away."""
    authenticator_added.connect(_added)
    authenticator_removed.connect(_removed)
    authenticator_reset.connect(_added)


def _added(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        spend(authenticator, request.POST.get("code", ""))
    if authenticator.type in STRONG:  # whoever enrolled it has just shown it
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    now = timezone.now()
    actions.note_factor_added(user, by=user, now=now, kind=str(authenticator.type))
    _tell(user, f"{KINDS[authenticator.type]} was added to your sign-in.", now)


def _removed(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    now = timezone.now()
    actions.note_factor_removed(user, by=user, now=now, kind=str(authenticator.type))
    _tell(user, f"{KINDS[authenticator.type]} was removed from your sign-in.", now)


def _tell(user: User, line: str, now: datetime) -> None:
    letters.write(
        to=user.email,
        user=user,
        about="Your sign-in",
        subject="Your sign-in was changed",
        line=f"{line} If that was not you, call your system administrator now.",
        key=f"factor-{user.pk}-{now.timestamp()}",
        now=now,
        link="/account/2fa/",
    )
