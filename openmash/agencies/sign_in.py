"""Sign-in through django-allauth. Nobody signs up: accounts are made by people (see `joiners`)."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from openmash.agencies.factors import has_factor, is_fresh, shown_elsewhere
from openmash.agencies.models import User
from openmash.agencies.organisations import organisation_of, organisations

WAYS = {
    "mfa_reauthenticate": "Use a code from your authenticator app, or a recovery code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}


def ways_in(request: HttpRequest) -> dict[str, Any]:
    """For the sign-in page: the organisations through which somebody can sign in."""
    return {"organisations": list(organisations().values())}


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Users are known by their e-mail address."""

    def pre_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponse | None:
        """A system acts by its token: nobody signs in as one, whatever password somebody set for it.

        Where an organisation says so, its people have no way but through it.
        """
        if user.is_system:
            return self.respond_user_inactive(request, user)
        one = organisation_of(user)
        if one and one.alone and not hasattr(request, "by_organisation"):
            return redirect("agencies:organisation", one.key)
        return super().pre_login(request, user, **given)

    def get_login_stages(self) -> list[str]:
        """A second factor that their organisation has just asked for is not asked for twice."""
        stages = super().get_login_stages()
        is_shown = hasattr(self.request, "factor_shown")
        return [stage for stage in stages if not (is_shown and stage.startswith("allauth.mfa."))]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second factor shows that: a password is what was stolen. A passkey comes first.

        Whoever showed theirs at their organisation shows it there again.
        """
        one = organisation_of(user) if isinstance(user, User) and shown_elsewhere(self.request, user) else None
        if one:
            there = reverse("agencies:organisation_again", args=[one.key])
            return [{"id": "organisation", "description": f"Sign in again through {one.name}", "url": there}]
        found = super().get_reauthentication_methods(user)
        if isinstance(user, User) and has_factor(user):
            found = [way | {"description": WAYS[way["id"]]} for way in reversed(found) if way["id"] in WAYS]
        return found

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Before a passkey, an app or a set of codes is changed."""
        return not is_fresh(self.request)
