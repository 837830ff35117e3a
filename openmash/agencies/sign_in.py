"""Sign-in through django-allauth. Nobody signs up: accounts are made by people (see `joiners`)."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from openmash.agencies.factors import has_factor, is_fresh
from openmash.agencies.models import User

WAYS = {
    "mfa_reauthenticate": "Use a code from your authenticator app, or a recovery code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Users are known by their e-mail address."""

    def pre_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponse | None:
        """A system acts by its token: nobody signs in as one, whatever password somebody set for it."""
        if user.is_system:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **given)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second factor shows that: a password is what was stolen. A passkey comes first."""
        found = super().get_reauthentication_methods(user)
        if isinstance(user, User) and has_factor(user):
            found = [way | {"description": WAYS[way["id"]]} for way in reversed(found) if way["id"] in WAYS]
        return found

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Before a passkey, an app or a set of codes is changed."""
        return not is_fresh(self.request)
