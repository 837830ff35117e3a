"""The door of the working practices: read, and acknowledged once a version."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from openmash.agencies import actions
from openmash.agencies.doors import signed_in
from openmash.agencies.practices import PRACTICES, acknowledged_at
from openmash.design.page import page


@dataclass(frozen=True)
class PracticesPage:
    practices: tuple[str, ...]
    acknowledged_at: datetime | None


@signed_in
def practices(request: HttpRequest) -> HttpResponse:
    """Shown before the first page; to be read again at any time from the foot of every page."""
    if request.method == "POST":
        actions.acknowledge_practices(request.user, by=request.user)
        there = request.GET.get("next", "/")
        return redirect(there if url_has_allowed_host_and_scheme(there, None) else "/")
    return page(request, "agencies/practices.html", PracticesPage(PRACTICES, acknowledged_at(request.user.pk)))
