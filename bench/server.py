"""The measured server: the real routes, and beside them the floor that they are held against."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from openmash.agencies.doors import open_to_all
from openmash.enquiries.models import Enquiry


@open_to_all
def floor(request: HttpRequest) -> HttpResponse:
    """Fifty rows as plain values, joined into one string: no template, no session, no sign-in."""
    rows = Enquiry.objects.filter(area=1).exclude(status="closed").order_by("due_at", "pk")
    columns = ("reference", "status", "rating", "desk", "due_at", "statutory_due_at", "research_due_at", "received_at")
    return HttpResponse("\n".join(" ".join(map(str, row)) for row in rows.values_list(*columns)[:50]))


class CountQueries:
    """Says in a header how many queries a page took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        count = 0

        def counted(execute, sql, params, many, context):
            nonlocal count
            count += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        response["X-Queries"] = str(count)
        return response


urlpatterns = [path("floor/", floor), path("", include("openmash.urls"))]
