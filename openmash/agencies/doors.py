"""Who each URL is for. Every view stands behind a door; a house test finds the one that does not.

A stranger is sent to sign in; somebody signed in for whom the door is not gets the same 404 as for a page that does
not exist. What the policy of an act refuses is shown with its reasons.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from openmash.agencies.models import User
from openmash.agencies.roles import Permission, who_may
from openmash.audit.action import Recorded404, Refused, not_found, turned_away
from openmash.design.page import page

View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """For anyone, signed in or not: the public forms."""
    view.audience, view.policy = "Anyone", ""  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """For everyone who is signed in."""
    return _door(view, None)


def holding(*permissions: Permission) -> Callable[[View], View]:
    """For those who hold at least one of the permissions in some area. The act itself asks about its own area."""

    def decorate(view: View) -> View:
        return _door(view, permissions)

    return decorate


def _door(view: View, permissions: tuple[Permission, ...] | None) -> View:
    @functools.wraps(view)
    def stand(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by = request.user
        if not isinstance(by, User):
            return redirect_to_login(request.get_full_path())
        if permissions is not None and not any(by.areas_where(permission) for permission in permissions):
            raise turned_away(by, f"{request.path} is for: {_for_whom(permissions)}.")
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return page(request, "agencies/refused.html", refused.verdict.reasons, status=403)
        except Http404 as missing:
            if isinstance(missing, Recorded404) or isinstance(missing.__context__, Recorded404):
                raise
            raise not_found(by, request.path) from None

    stand.audience = (  # type: ignore[attr-defined]
        "Everyone who is signed in" if permissions is None else _for_whom(permissions)
    )
    stand.policy = "holds " + " or ".join(permissions) if permissions else "is signed in"  # type: ignore[attr-defined]
    return stand


def _for_whom(permissions: tuple[Permission, ...]) -> str:
    return " or ".join(sorted({who_may(permission) for permission in permissions}))
