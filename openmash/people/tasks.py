"""What the worker does here: it keeps the index to the present rules, and links what has changed in it."""

from django.utils import timezone
from procrastinate.contrib.django import app

from openmash.audit.tasks import BEHIND
from openmash.people.matching.again import index_again
from openmash.people.matching.linking import link_changed

SLICE = 20  # seconds, after which e-mails and reminders have their turn


@app.periodic(cron="* * * * *")
@app.task(queue="feeds", priority=BEHIND, queueing_lock="linking")
def link_people(timestamp: int) -> None:
    """Every minute: entries of older rules, records that came, and people who were written down or joined since."""
    index_again(within=SLICE)
    link_changed(now=timezone.now(), within=SLICE)
