"""What the worker does here by itself: releases whose last day has passed are marked so. Reading never waits for it."""

from contextlib import suppress

from django.utils import timezone
from procrastinate.contrib.django import app

from openmash.audit.action import Refused
from openmash.audit.actors import CLOCKWORK
from openmash.disclosure.actions import expire
from openmash.disclosure.models import Release
from openmash.disclosure.workflow import OUT


@app.periodic(cron="20 * * * *")
@app.task(queue="tidying")
def expire_releases(timestamp: int) -> None:
    """Mark every release whose last day has passed."""
    now = timezone.now()
    for release in Release.objects.filter(status__in=OUT, expires_at__lte=now):
        with suppress(Refused):  # recalled meanwhile
            expire(release, by=CLOCKWORK, now=now)
