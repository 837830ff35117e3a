"""What is done with a feed: it is agreed, a file is received, read batch by batch, and brought to its end."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from datetime import datetime

from openmash.agencies.models import Agency, Area, User
from openmash.audit.action import action
from openmash.audit.actors import Actor
from openmash.feeds import staging
from openmash.feeds.absent import refuse_to_withdraw_many, withdraw_absent
from openmash.feeds.folder import Kept
from openmash.feeds.indexing import renew
from openmash.feeds.models import Feed, Load, Refusal
from openmash.feeds.policies import LOADER, may_agree, may_begin, may_break_off, may_end, may_send, may_take
from openmash.feeds.shelf import FORMATS, Reading, Sent, Turned
from openmash.feeds.sightings import compare

_LONGEST_REASON = 400
STRANGER = "No person with this number has been sent"


@action(may=may_agree, event="feed.agreed", keeps=("sends_events",), lock=False)
def agree(agency: Agency, *, by: Actor, now: datetime, area: Area, sends_events: bool) -> Feed:
    """An agency will send whom it knows in an area, and dated events too where its agreement says so."""
    feed, _ = Feed.objects.update_or_create(
        agency=agency,
        area=area,
        defaults={"sends_events": sends_events, "ended_at": None},
        create_defaults={"sends_events": sends_events, "agreed_at": now},
    )
    return feed


@action(may=may_end, event="feed.ended")
def end(feed: Feed, *, by: Actor, now: datetime) -> Feed:
    """The agency sends no more, and everything that it has sent is withdrawn. A file that waits is not read."""
    for load in feed.loads.filter(state__in=(Load.WAITING, Load.LOADING)):
        break_off(load, by=LOADER, now=now, because="The feed has ended.")
    for form in FORMATS.all():
        facts = {
            "kept_as": "",
            "sha256": "",
            "total": 0,
            "received_at": now,
            "started_at": now,
            "may_withdraw_many": True,
        }
        load = Load.objects.create(
            feed=feed, file_name="The feed has ended", format=form.key, is_full=True, state=Load.LOADING, **facts
        )
        finish(load, Reading(0, lambda _: iter(())), by=LOADER, now=now)
    feed.ended_at = now
    feed.save(update_fields=["ended_at"])
    return feed


@action(may=may_send, event="feed.received", keeps=("is_full",))
def receive(
    feed: Feed, *, by: Actor, now: datetime, kept: Kept, form: str, is_full: bool, may_withdraw_many: bool = False
) -> Load:
    """A file has come and waits to be read. A full one will withdraw every record that it does not name."""
    return Load.objects.create(
        feed=feed,
        file_name=kept.file_name,
        kept_as=kept.kept_as,
        sha256=kept.sha256,
        format=form,
        is_full=is_full,
        may_withdraw_many=may_withdraw_many,
        sent_by=by if isinstance(by, User) else None,
        received_at=now,
    )


@action(may=may_begin, event="feed.begun")
def begin(load: Load, *, by: Actor, now: datetime, total: int) -> Load:
    """The file's shape is right, and reading begins; or goes on after the last row that was kept."""
    load.state, load.total, load.started_at = Load.LOADING, total, load.started_at or now
    load.save(update_fields=["state", "total", "started_at"])
    if load.is_full and not load.may_withdraw_many and not load.cursor:
        with staging.loading(load):
            refuse_to_withdraw_many(load)
    return load


@action(may=may_break_off, event="feed.broken")
def break_off(load: Load, *, by: Actor, now: datetime, because: str) -> Load:
    """The file is broken: nothing of it is loaded, and it says why."""
    load.state, load.because, load.finished_at = Load.BROKEN, because[:_LONGEST_REASON], now
    load.save(update_fields=["state", "because", "finished_at"])
    return load


@action(may=may_take, event="feed.taken")
def take(
    load: Load,
    rows: Sequence[Sent | Turned],
    *,
    by: Actor,
    now: datetime,
    after: int,
    pool: Executor | None = None,
) -> Load:
    """Keep one batch, in one transaction with the place where it ends. Somebody else's batch is not kept again."""
    if load.cursor != after:
        return load
    sent = [row for row in rows if isinstance(row, Sent)]
    if not load.feed.sends_events:
        sent = [row._replace(events=()) if row.events else row for row in sent]
    with staging.loading(load):
        done = staging.put(load, sent, now=now)
        there = renew(load.feed, [*done.added, *done.changed, *done.withdrawn], pool=pool)
    compare(load.feed, there, now=now)
    turned = [row for row in rows if isinstance(row, Turned)]
    turned += [Turned(row, STRANGER) for row in done.strangers]
    _refuse(load, turned, sent)
    _count(load, rows, done, len(turned))
    return load


@action(may=may_take, event="feed.loaded")
def finish(load: Load, reading: Reading, *, by: Actor, now: datetime) -> Load:
    """The file is read to its end. A full one withdraws whatever it did not name."""
    if load.is_full:
        with staging.loading(load):
            gone = withdraw_absent(load, reading, now=now)
            renew(load.feed, gone)
        load.withdrawn += len(gone)
    load.state, load.finished_at = Load.DONE, now
    load.save(update_fields=["state", "finished_at", "withdrawn"])
    return load


def _count(load: Load, rows: Sequence[Sent | Turned], done: staging.Put, refused: int) -> None:
    load.cursor = rows[-1].row
    load.read += len(rows)
    load.added += len(done.added)
    load.changed += len(done.changed)
    load.withdrawn += len(done.withdrawn)
    load.events += done.events
    load.refused += refused
    load.save(update_fields=["cursor", "read", "added", "changed", "withdrawn", "events", "refused"])


def _refuse(load: Load, turned: Iterable[Turned], sent: Iterable[Sent]) -> None:
    refusals = [Refusal(load=load, row=row.row, is_whole_row=True, because=_tidy(row.because)) for row in turned]
    refusals += [
        Refusal(load=load, row=row.row, is_whole_row=False, because=_tidy("; ".join(row.left_out)))
        for row in sent
        if row.left_out
    ]
    Refusal.objects.bulk_create(sorted(refusals, key=lambda refusal: refusal.row))


def _tidy(because: str) -> str:
    return because[:1].upper() + because[1:_LONGEST_REASON]
