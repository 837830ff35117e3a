"""What came and how it went: for the agency that sent it and for the system administrator. Never who is in it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from openmash.agencies.models import Agency, Area, User
from openmash.agencies.roles import Permission
from openmash.feeds.models import Feed, Load, Refusal
from openmash.feeds.policies import may_see_feed
from openmash.feeds.shelf import FORMATS
from openmash.kit.cells import harmless
from openmash.people.matching.again import older

SHOWN = 100
_LOADS_SHOWN = 20


@dataclass(frozen=True)
class LoadLine:
    """One file in the list of a feed."""

    number: int
    file_name: str
    format: str
    mode: str
    state: str
    state_words: str
    received_at: datetime
    sent_by: str
    read: int
    refused: int


@dataclass(frozen=True)
class FeedView:
    number: int
    agency: str
    area: str
    sends_events: bool
    loads: tuple[LoadLine, ...]


@dataclass(frozen=True)
class FeedsView:
    """`older` counts records, of every agency and of the hub, that are not yet found by the present rules."""

    feeds: tuple[FeedView, ...]
    may_agree: bool
    older: int


@dataclass(frozen=True)
class RefusalLine:
    row: int
    is_whole_row: bool
    because: str


@dataclass(frozen=True)
class Report:
    """How a load stands. `unit` is what its rows are called; `next_url` leads to more refusals."""

    line: LoadLine
    feed: int
    agency: str
    area: str
    total: int
    added: int
    changed: int
    withdrawn: int
    events: int
    because: str
    started_at: datetime | None
    finished_at: datetime | None
    unit: str
    refusals: tuple[RefusalLine, ...]
    next_url: str
    is_over: bool


def feeds(*, by: User) -> FeedsView:
    """Every feed that `by` may see, with its latest files. One query more for each feed, and feeds are few."""
    admin = by.areas_where(Permission.MANAGE_USERS)
    rows = Feed.objects.select_related("agency", "area").filter(ended_at=None).order_by("agency__name", "area__name")
    seen = [feed for feed in rows if may_see_feed(by, feed)]
    return FeedsView(tuple(_feed(feed) for feed in seen), bool(admin), older() if admin else 0)


def _feed(feed: Feed) -> FeedView:
    loads = feed.loads.select_related("sent_by").order_by("-pk")[:_LOADS_SHOWN]
    return FeedView(feed.pk, feed.agency.name, feed.area.name, feed.sends_events, tuple(_line(load) for load in loads))


def _line(load: Load) -> LoadLine:
    return LoadLine(
        number=load.pk,
        file_name=load.file_name,
        format=FORMATS.get(load.format).name if load.format else "Not known",
        mode="Everybody" if load.is_full else "Changes",
        state=load.state,
        state_words=Load.STATES[load.state],
        received_at=load.received_at,
        sent_by=load.sent_by.name if load.sent_by else "The drop folder, or the server",
        read=load.read,
        refused=load.refused,
    )


def load_feed(number: int, *, by: User) -> Feed:
    """The feed; 404 when there is none or `by` may not see it."""
    feed = Feed.objects.select_related("agency", "area").filter(pk=number, ended_at=None).first()
    if feed is None or not may_see_feed(by, feed):
        raise Http404
    return feed


def load_load(number: int, *, by: User) -> Load:
    """One file's load; 404 when there is none or `by` may not see its feed."""
    load = Load.objects.select_related("feed__agency", "feed__area", "sent_by").filter(pk=number).first()
    if load is None or not may_see_feed(by, load.feed):
        raise Http404
    return load


def may_be_agreed(*, by: User) -> tuple[dict[str, Agency], dict[str, Area]]:
    """The agencies and areas, by key, among which a system administrator chooses."""
    areas = Area.objects.filter(pk__in=by.areas_where(Permission.MANAGE_USERS)).order_by("name")
    agencies = Agency.objects.filter(areas__in=areas, left_on=None).distinct().order_by("name")
    return {agency.key: agency for agency in agencies}, {area.key: area for area in areas}


def report(load: Load, *, after: str = "") -> Report:
    """How a load stands, with a page of its refusals: those after a refusal's number."""
    start = int(after) if after.isdecimal() else 0
    rows = list(load.refusals.filter(pk__gt=start).order_by("pk")[: SHOWN + 1])
    return Report(
        line=_line(load),
        feed=load.feed_id,
        agency=load.feed.agency.name,
        area=load.feed.area.name,
        total=load.total,
        added=load.added,
        changed=load.changed,
        withdrawn=load.withdrawn,
        events=load.events,
        because=load.because,
        started_at=load.started_at,
        finished_at=load.finished_at,
        unit=FORMATS.get(load.format).unit if load.format else "Row",
        refusals=tuple(RefusalLine(row.row, row.is_whole_row, row.because) for row in rows[:SHOWN]),
        next_url=f"?after={rows[SHOWN - 1].pk}" if len(rows) > SHOWN else "",
        is_over=load.is_over,
    )


def refusals_as_csv(load: Load) -> str:
    """Every refusal of a load as a file: the row, whether it was refused whole, and why."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("row", "refused", "why"))
    for row in load.refusals.order_by("row", "pk").iterator():
        writer.writerow((row.row, "the whole row" if row.is_whole_row else "a value", harmless(row.because)))
    return out.getvalue()


def summary(load: Load) -> Iterator[str]:
    """What a load did, and its first refusals, in lines of words."""
    yield (
        f"{load.read:,} rows read: {load.added:,} people new, {load.changed:,} changed, {load.withdrawn:,} withdrawn; "
        f"{load.events:,} events new or changed; {load.refused:,} rows refused."
    )
    unit = FORMATS.get(load.format).unit
    for refusal in Refusal.objects.filter(load=load).order_by("row", "pk")[:SHOWN]:
        yield f"  {unit} {refusal.row}{'' if refusal.is_whole_row else ', left out'}: {refusal.because}"
