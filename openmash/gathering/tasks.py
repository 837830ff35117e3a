"""What the worker does for this room, by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from openmash.audit.actors import CLOCKWORK
from openmash.gathering.actions import sweep_answer_drafts
from openmash.gathering.chasers import write_chasers


@app.periodic(cron="*/5 * * * *")
@app.task(queue="letters", queueing_lock="chasers")
def chase_agencies(timestamp: int) -> None:
    """Every five minutes: the reminders that are due."""
    write_chasers(timezone.now())


@app.periodic(cron="30 3 * * *")
@app.task(queue="letters")
def sweep_drafts_of_answers(timestamp: int) -> None:
    """Every night: drafts that nobody has touched for a week."""
    sweep_answer_drafts(None, by=CLOCKWORK)
