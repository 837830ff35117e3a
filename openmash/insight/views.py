"""The doors of the mirror, of what training would help, and of how many families need the most."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.models import User
from openmash.design.page import page
from openmash.insight.families import families as families_of
from openmash.insight.policies import COUNTED, OF_AN_AGENCY, may_see_mirror
from openmash.insight.queries import mirror as mirror_of
from openmash.insight.training import training as training_of

YEAR = timedelta(days=365)


@holding(*OF_AN_AGENCY)
def mirror(request: HttpRequest) -> HttpResponse:
    """What your agency sent and answered in the last twelve months, and what became of it."""
    by, now = request.user, timezone.now()
    if not isinstance(by, User) or not may_see_mirror(by, by.agency):
        raise Http404
    return page(request, "insight/mirror.html", mirror_of(by.agency, by=by, since=now - YEAR, now=now))


@holding(*COUNTED)
def training(request: HttpRequest) -> HttpResponse:
    """What training would help, by agency and topic, of the last twelve months."""
    return page(request, "insight/training.html", training_of(by=request.user, since=timezone.now() - YEAR))


@holding(*COUNTED)
def families(request: HttpRequest) -> HttpResponse:
    """How many families need the most, quarter by quarter."""
    return page(request, "insight/families.html", families_of(by=request.user, today=timezone.localdate()))
