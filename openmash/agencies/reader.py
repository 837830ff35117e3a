"""Whoever is signed in reads every page behind the wall around what is kept from them: restrictions and conflicts.

Whoever is not comes to intake and the sign-in alone, and the database gives their requests no more. A process that
serves the public form alone (`mash serve --public`) knows nobody, whoever is signed in, and has no other page.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse

from openmash.agencies.models import User
from openmash.audit.binding import as_a_stranger, read_by


class read_behind_the_wall:  # noqa: N801 - reads as a step in the list of middleware
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _knows_nobody():
            request.user = AnonymousUser()
            return self.get_response(request)
        if not isinstance(request.user, User):
            if request.path.startswith("/api/"):  # a token says who it is
                return self.get_response(request)
            with as_a_stranger():
                return self.get_response(request)
        with read_by(request.user.pk):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if _knows_nobody() and getattr(view, "audience", "") != "Anyone":
            raise Http404


def _knows_nobody() -> bool:
    return settings.ROLE == settings.STRANGERS_ROLE
