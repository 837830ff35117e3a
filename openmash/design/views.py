"""The pages for when something went wrong. None of them says more than the asker may know."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse

from openmash.design.page import Chrome, chrome, render

# No database, no room on its disk, no connection left; and one that only lets itself be read.
LOST = (OperationalError, InterfaceError, InternalError)
NEVER_SHOWN = ("csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2", "code")
View = TypeVar("View", bound=Callable[..., HttpResponse])


@dataclass(frozen=True)
class Unsaved:
    """What was sent with a form that could not be saved: all of it to send again, the words of it to read."""

    sent: tuple[tuple[str, str], ...]
    typed: tuple[str, ...]


def receives(view: View) -> View:
    """Marks a view to which people hand something in: when it breaks on a POST, it was not received."""
    view.receives = True  # type: ignore[attr-defined]
    return view


def not_understood(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """`handler400`."""
    return _page(request, 400, chrome(request))


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`: the form did not carry this browser's own mark."""
    return _page(request, 403, chrome(request))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """`handler404`, and `handler403` also: what may not be seen looks exactly like what does not exist."""
    return _page(request, 404, chrome(request))


def broken(request: HttpRequest) -> HttpResponse:
    """`handler500`: what nobody foresaw, and a database that was lost outside any view."""
    view = request.resolver_match.func if request.resolver_match else None
    is_handed_in = request.method == "POST" and getattr(view, "receives", False)
    is_said = is_handed_in or isinstance(sys.exception(), LOST)
    return not_saved(request) if is_said else _page(request, 500, _bare())


def not_saved(request: HttpRequest) -> HttpResponse:
    """It could not be saved: what was typed stays on the page, ready to send again."""
    response = _page(request, 503, _bare(), unsaved(request) if request.method == "POST" else None)
    response["Retry-After"] = "30"
    return response


def unsaved(request: HttpRequest) -> Unsaved:
    """Everything that was sent except secrets."""
    sent = [
        (name, value) for name, values in request.POST.lists() for value in values if name not in NEVER_SHOWN and value
    ]
    return Unsaved(tuple(sent), tuple(value for _, value in sent if " " in value.strip()))


def _page(request: HttpRequest, status: int, around: Chrome, value: Unsaved | None = None) -> HttpResponse:
    return HttpResponse(render(request, f"design/{status}.html", value, around), status=status)


def _bare() -> Chrome:
    # No person, no session, no database: any of them may be what failed.
    return Chrome(hub_phone=getattr(settings, "OPENMASH_HUB_PHONE", ""))
