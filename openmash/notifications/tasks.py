"""What the worker does here: it reads files, and watches the drop folder: `notifications/<area>/<source>/`."""

import logging
import time
from pathlib import Path

from django.conf import settings
from procrastinate.contrib.django import app

from openmash.agencies.models import Area
from openmash.audit.tasks import AGAIN, BEHIND
from openmash.feeds.folder import take_away
from openmash.feeds.shelf import Broken
from openmash.notifications import loading
from openmash.notifications.actions import LOADER
from openmash.notifications.models import File, Source

SLICE = 20  # seconds, after which e-mails and reminders have their turn
UNNAMED = "Police notification"  # what a source's notices are called until somebody says
SETTLED = 10  # seconds for which a dropped file has lain untouched
log = logging.getLogger(__name__)


@app.task(queue="feeds", priority=BEHIND, retry=AGAIN)
def read_notifications(file: int) -> None:
    """Read a slice of a file, and come back for the rest."""
    row = File.objects.select_related("source__area").get(pk=file)
    if row.state == File.LOADING and loading.read(row, within=SLICE).state == File.LOADING:
        read_notifications.defer(file=file)


@app.periodic(cron="*/2 * * * *")
@app.task(queue="feeds", priority=BEHIND, queueing_lock="watch_notifications")
def watch_notifications(timestamp: int) -> None:
    """Every two minutes: take what was dropped, and go on with what was stopped half-way."""
    for path in sorted(drop_folder().glob("*/*/*")):
        if path.is_file() and not path.name.startswith(".") and path.stat().st_mtime <= time.time() - SETTLED:
            _take(path)
    for row in File.objects.filter(state=File.LOADING).select_related("source__area"):
        loading.read(row, within=SLICE)


def drop_folder() -> Path:
    return Path(settings.FEEDS_FOLDER) / "notifications"


def _take(path: Path) -> None:
    area_key, source_name, _ = path.relative_to(drop_folder()).parts
    area = Area.objects.filter(key=area_key).first()
    if area is None:
        log.warning("No area has this folder: %s is left where it lies.", path.name)
        return
    source = Source.objects.filter(area=area, name=source_name).first()
    whose = {"source": source_name, "kind": source.kind if source else UNNAMED}
    kept = take_away(path)
    try:
        file = loading.offer(area, kept, by=LOADER, **whose)
    except Broken as broken:
        loading.refuse(area, kept, str(broken), by=LOADER, **whose)
        return
    if loading.is_mapped(file):
        loading.begin(file, by=LOADER, columns=file.source.columns)
