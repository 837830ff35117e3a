"""Reading a file to its end, a batch at a time; stopped and started again, it goes on where it was."""

import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from openmash.agencies.models import Area
from openmash.audit.actors import Actor
from openmash.feeds.folder import Kept, forget, path_of
from openmash.feeds.shelf import Broken
from openmash.notifications import actions
from openmash.notifications.actions import LOADER, Row
from openmash.notifications.models import File
from openmash.notifications.rows import guess, headings, rows

AT_ONCE = 100  # references in one transaction


def offer(area: Area, kept: Kept, *, by: Actor, source: str, kind: str, now: datetime | None = None) -> File:
    """A file is there to be mapped. `Broken`, and the file is forgotten, when it cannot be read to its end."""
    try:
        headings(path_of(kept.kept_as))
        total = sum(1 for _ in rows(path_of(kept.kept_as)))
    except Broken:
        forget(kept.kept_as)
        raise
    file: File = actions.offer(area, by=by, now=now, source=source, kind=kind, kept=kept, total=total)
    return file


def refuse(area: Area, kept: Kept, because: str, *, by: Actor, source: str, kind: str) -> File:
    """Keep in mind a file that cannot be read, where nobody is there to be told."""
    file = actions.offer(area, by=by, source=source, kind=kind, kept=kept, total=0)
    broken: File = actions.break_off(area, by=by, file=file, because=because)
    return broken


def is_mapped(file: File) -> bool:
    """Whether what was said of this source before fits this file: then nobody has to be asked."""
    heads = headings(path_of(file.kept_as))
    return bool(file.source.columns) and set(file.source.columns.values()) <= set(heads)


def begin(file: File, *, by: Actor, columns: dict[str, str], now: datetime | None = None) -> File:
    begun: File = actions.begin(file, by=by, now=now, columns=columns)
    return begun


def columns_of(file: File) -> dict[str, str]:
    return guess(headings(path_of(file.kept_as)), file.source.columns)


def read(file: File, *, now: datetime | None = None, within: float = float("inf")) -> File:
    """Read on from where it stands, to the end or for so many seconds."""
    path, until = path_of(file.kept_as), time.monotonic() + within
    try:
        if not path.exists():
            raise Broken("The file is no longer there. Send it again.")
        left = _left(rows(path), file.columns.get("reference", ""), file.cursor)
        while some := list(islice(left, AT_ONCE)):
            at = file.cursor
            file = actions.take(file, some, by=LOADER, now=now, after=at)
            is_others = file.cursor != at + sum(len(group) for group in some)
            if is_others or time.monotonic() > until:
                return file
        file = actions.finish(file, by=LOADER, now=now)
    except Broken as broken:
        file = actions.break_off(file.source.area, by=LOADER, now=now, file=file, because=str(broken))
    forget(file.kept_as)
    return file


def _left(found: Iterable[Row], head: str, cursor: int) -> Iterator[list[Row]]:
    """The rows of one reference together, in the order in which the references first come; without the first ones."""
    together: dict[str, list[Row]] = {}
    for number, values in found:
        together.setdefault(values.get(head, "").strip() or f"row {number}", []).append((number, values))
    done = 0
    for group in together.values():
        if done >= cursor:
            yield group
        done += len(group)
