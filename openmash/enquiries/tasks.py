"""Work that runs by itself. The worker finds it by the name of this file."""

from django.utils import timezone
from procrastinate.contrib.django import app

from openmash.audit.actors import CLOCKWORK
from openmash.enquiries import drafts
from openmash.enquiries.actions import return_to_desk
from openmash.enquiries.queries import left_behind


@app.periodic(cron="*/15 * * * *")
@app.task(queue="tidying")
def sweep_drafts(timestamp: int) -> None:
    """Forms that nobody sent are gone a day later, whoever typed them."""
    drafts.sweep(None, by=CLOCKWORK, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queue="tidying", queueing_lock="left-behind")
def give_back_what_was_left(timestamp: int) -> None:
    """Every minute: what belongs to somebody who has left, or has no role in the area any more, goes to its desk."""
    now = timezone.now()
    for enquiry in left_behind(now):
        return_to_desk(enquiry, by=CLOCKWORK, now=now)
