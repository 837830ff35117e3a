"""Work that runs by itself. The worker finds it by the name of this file."""

from django.utils import timezone
from procrastinate.contrib.django import app

from openmash.audit.actors import CLOCKWORK
from openmash.enquiries import drafts


@app.periodic(cron="*/15 * * * *")
@app.task(queue="tidying")
def sweep_drafts(timestamp: int) -> None:
    """Forms that nobody sent are gone a day later, whoever typed them."""
    drafts.sweep(None, by=CLOCKWORK, now=timezone.now())
