"""A file from its arrival to its end: checked whole, then read batch by batch, from where it was stopped."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from itertools import islice

from openmash.audit.action import Refused
from openmash.audit.actors import Actor
from openmash.feeds import actions
from openmash.feeds.folder import Kept, forget, path_of
from openmash.feeds.models import Feed, Load
from openmash.feeds.policies import LOADER
from openmash.feeds.shelf import FORMATS, Broken, Reading, Sent, Turned, format_of
from openmash.people.matching.index import processes

BATCH = 10_000
MANY = 20_000
Progress = Callable[[int, int], None]
NO_EVENTS = "The agency has not agreed to send events."


def offer(feed: Feed, kept: Kept, *, by: Actor, is_full: bool, may_withdraw_many: bool = False) -> Load:
    """The load of this file: a new one, the one that is under way, or the one that ended, if it was the last.

    `Broken` when the file is in no format that we read; it is gone then.
    """
    try:
        form = format_of(path_of(kept.kept_as))
    except Broken:
        forget(kept.kept_as)
        raise
    same = _last(feed, form.key)
    if same and same.state != Load.BROKEN and (same.sha256, same.is_full) == (kept.sha256, is_full):
        forget(kept.kept_as)
        return same
    return actions.receive(feed, by=by, kept=kept, form=form.key, is_full=is_full, may_withdraw_many=may_withdraw_many)


def refuse(feed: Feed, kept: Kept, because: str, *, by: Actor, is_full: bool) -> Load:
    """Keep in mind a file that is in no format, where nobody is there to be told."""
    load = actions.receive(feed, by=by, kept=kept, form="", is_full=is_full)
    return actions.break_off(load, by=LOADER, because=because)


def read(load: Load, *, progress: Progress = lambda done, total: None, within: float = float("inf")) -> Load:
    """Read a file to its end, or for so many seconds; what came before it for the same feed is read first."""
    until = time.monotonic() + within
    earlier = Load.objects.filter(feed=load.feed_id, state__in=(Load.WAITING, Load.LOADING), pk__lt=load.pk)
    for one in [*earlier.order_by("pk"), load]:
        one.refresh_from_db()
        if not one.is_over and not _read(one, progress, until).is_over:
            break
    load.refresh_from_db()
    return load


def _read(load: Load, progress: Progress, until: float) -> Load:
    try:
        reading = _opened(load)
        load = actions.begin(load, by=LOADER, total=reading.total)
    except (Broken, Refused) as stopped:
        load = actions.break_off(load, by=LOADER, because=str(stopped))
        forget(load.kept_as)
        return load
    progress(load.read, load.total)
    at = load.cursor
    with _workers(load.total - load.read) as pool:
        for batch in _batches(reading.rows(at)):
            load = actions.take(load, batch, by=LOADER, after=at, pool=pool)
            at = batch[-1].row
            progress(load.read, load.total)
            if load.cursor != at or time.monotonic() > until:  # somebody else reads it too, or it is others' turn
                return load
    load = actions.finish(load, reading, by=LOADER)
    forget(load.kept_as)
    return load


def _workers(rows: int) -> AbstractContextManager[Executor | None]:
    """Processes that make many people comparable; few are not worth the second that it takes to start them."""
    return processes(os.cpu_count() or 1) if rows > MANY else nullcontext()


def _opened(load: Load) -> Reading:
    if load.format == "events" and not load.feed.sends_events:
        raise Broken(NO_EVENTS)
    path = path_of(load.kept_as)
    if not path.exists():
        raise Broken("The file is no longer there. Send it again.")
    return FORMATS.get(load.format).open(path)


def _batches(rows: Iterable[Sent | Turned]) -> Iterator[list[Sent | Turned]]:
    found = iter(rows)
    while batch := list(islice(found, BATCH)):
        yield batch


def _last(feed: Feed, form: str) -> Load | None:
    return Load.objects.filter(feed=feed, format=form).order_by("-pk").first()
