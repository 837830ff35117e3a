"""When the database cannot be reached, say so and keep what was typed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from openmash.design.views import LOST, not_saved

GetResponse = Callable[[HttpRequest], HttpResponse]


class say_when_not_saved:  # noqa: N801 - reads as a step in the list of middleware
    """A lost database becomes the 503 page instead of the 500 one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, LOST):
            return not_saved(request)
        return None
