"""The door of the mirror."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.models import User
from openmash.design.page import page
from openmash.insight.policies import OF_AN_AGENCY, may_see_mirror
from openmash.insight.queries import mirror as mirror_of

YEAR = timedelta(days=365)


@holding(*OF_AN_AGENCY)
def mirror(request: HttpRequest) -> HttpResponse:
    """What your agency sent and answered in the last twelve months, and what became of it."""
    by, now = request.user, timezone.now()
    if not isinstance(by, User) or not may_see_mirror(by, by.agency):
        raise Http404
    return page(request, "insight/mirror.html", mirror_of(by.agency, by=by, since=now - YEAR, now=now))
