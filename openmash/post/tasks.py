"""What the worker does for the post, by the clock."""

from contextlib import suppress

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from openmash.post.actions import scan
from openmash.post.mailbox import read_mailbox
from openmash.post.models import Enclosure
from openmash.post.policies import POSTMAN
from openmash.post.quarantine import NO_SCANNER, NOT_SCANNED
from openmash.post.sending import send_waiting


@app.periodic(cron="* * * * *")
@app.task(queue="letters", queueing_lock="post-out", lock="post-out")
def send_post(timestamp: int) -> None:
    """Every minute: what waits to be sent, and whom to ring instead."""
    send_waiting(timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queue="letters", queueing_lock="post-in", lock="post-in")
def read_post(timestamp: int) -> None:
    """Every minute: what has come."""
    read_mailbox(timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queue="letters", queueing_lock="post-scan", lock="post-scan")
def scan_post(timestamp: int) -> None:
    """Every five minutes: what waits in quarantine for the virus scanner."""
    if not settings.CLAMD:
        return
    for row in Enclosure.objects.filter(held_because__in=(NOT_SCANNED, NO_SCANNER)).select_related("reply"):
        with suppress(OSError):
            scan(row, by=POSTMAN)
