"""What no page should have to think of: who loads it, what no database can hold, and a database that is away."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, QueryDict

from openmash.design.views import LOST, not_saved, not_understood

GetResponse = Callable[[HttpRequest], HttpResponse]
# PostgreSQL keeps every character of a text but this one, and raises one of these when it is asked to.
NUL = "\x00"
UNHELD = (ValueError, DataError)


class say_when_not_saved:  # noqa: N801 - reads as a step in the list of middleware
    """A lost database, or one that can take nothing, becomes the 503 page instead of the 500 one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, LOST):
            return not_saved(request)
        return None


class refuse_other_sites:  # noqa: N801 - as above
    """Another site may lead somebody here, as a link does. It may load nothing into a page of its own (ASVS V3.5.8).

    Browsers say so themselves (Sec-Fetch, W3C); what says nothing of it is no browser, or an old one, and is let in.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        site, mode, dest = (request.headers.get(f"Sec-Fetch-{what}", "") for what in ("Site", "Mode", "Dest"))
        if site == "cross-site" and (mode, dest) != ("navigate", "document"):
            return HttpResponseForbidden("Another site cannot load this.", content_type="text/plain")
        return self.get_response(request)


class refuse_what_cannot_be_held:  # noqa: N801 - as above
    """A NUL in an address is no page, in a question not understood, in a cookie no cookie.

    A form may say beside its field that the character is there; where none does, the answer is "not understood".
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if NUL not in name + value}
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if NUL in request.path_info:
            raise Http404
        if has_nul(request.GET):
            raise BadRequest("The question has a character in it that cannot be read.")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, UNHELD) and has_nul(request.POST):
            return not_understood(request)
        return None


def has_nul(sent: QueryDict) -> bool:
    texts: Iterable[str] = (text for name, values in sent.lists() for text in (name, *values))
    return any(NUL in text for text in texts)
