"""What the worker does here: it reads the files that were sent, a slice at a time, and watches the drop folder."""

import logging
import time

from procrastinate.contrib.django import app

from openmash.audit.tasks import AGAIN, BEHIND
from openmash.feeds import loading
from openmash.feeds.folder import Dropped, dropped, take_away
from openmash.feeds.models import Feed, Load
from openmash.feeds.policies import LOADER
from openmash.feeds.shelf import Broken

SLICE = 20  # seconds, after which e-mails and reminders have their turn
SETTLED = 10  # seconds for which a dropped file has lain untouched
log = logging.getLogger(__name__)


@app.task(queue="feeds", priority=BEHIND, retry=AGAIN)
def read_file(load: int) -> None:
    """Read a slice of a file, and come back for the rest."""
    row = loading.read(Load.objects.get(pk=load), within=SLICE)
    if not row.is_over:
        read_file.defer(load=load)


@app.periodic(cron="* * * * *")
@app.task(queue="feeds", priority=BEHIND, queueing_lock="watch_feeds")
def watch_feeds(timestamp: int) -> None:
    """Every minute: take what was dropped, and go on with what was stopped half-way."""
    for found in list(dropped(time.time() - SETTLED)):
        _take(found)
    for load in Load.objects.filter(state__in=(Load.WAITING, Load.LOADING)).order_by("pk"):
        loading.read(load, within=SLICE)


def _take(found: Dropped) -> None:
    feed = Feed.objects.filter(agency__key=found.agency, area__key=found.area, ended_at=None).first()
    if feed is None:
        log.warning("No feed is agreed for %s in %s: a dropped file is left where it lies.", found.agency, found.area)
        return
    kept = take_away(found.path)
    try:
        loading.offer(feed, kept, by=LOADER, is_full=found.is_full)
    except Broken as broken:
        loading.refuse(feed, kept, str(broken), by=LOADER, is_full=found.is_full)
