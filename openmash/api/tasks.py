"""What the worker does here: what systems sent faster than it could be taken comes in, in its turn."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from openmash.agencies.systems import waiting
from openmash.api.intake import take_what_waits
from openmash.audit.tasks import AGAIN

log = logging.getLogger(__name__)


@app.task(queue="intake", retry=AGAIN)
def take_in(delivery: int, who: int) -> None:
    take_what_waits(delivery, who)


@app.periodic(cron="* * * * *")
@app.task(queue="intake", queueing_lock="take_in_what_is_left")
def take_in_what_is_left(timestamp: int) -> None:
    """Every minute: whatever still waits, so that no stop of the worker leaves anything behind."""
    for delivery, who in waiting(timezone.now()):
        try:
            take_what_waits(delivery, who)
        except Exception:
            log.exception("Delivery %s waits on.", delivery)
