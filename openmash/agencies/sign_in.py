"""Sign-in with local accounts through django-allauth. Nobody signs up: accounts are made by an administrator."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse


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
