"""What agencies have sent of dated facts, read from an enquiry, as the sealed room is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.models import Agency, User
from openmash.audit.action import reading
from openmash.enquiries.models import Enquiry
from openmash.feeds.models import Event, Feed
from openmash.feeds.policies import EventFacts, may_read_event
from openmash.intelligence.policies import EMERGENCY, capacities, may_count, may_look


@dataclass(frozen=True)
class EventLine:
    """One event as its reader sees it. `leads` are the people of the enquiry whom it is about."""

    number: int
    agency: str
    agency_key: str
    happened_on: date
    happened_until: date | None
    kind: str
    words: str
    sensitivity: str
    leads: tuple[int, ...]


@reading(may=may_look, event="feed.read", keeps=("in_emergency",))
def read_events(enquiry: Enquiry, *, by: User, now: datetime, in_emergency: bool = False) -> tuple[EventLine, ...]:
    """The events of the enquiry's people that `by` may read, from the feeds of the enquiry's area; earliest first.

    With a sealed one among them it needs a fresh proof of who is there. What is sealed and was opened in an emergency
    is there when it is asked for `in_emergency`, and that alone, as with sealed answers.
    """
    family = _family(enquiry)
    held = capacities(by, enquiry)
    held = held & {EMERGENCY} if in_emergency else held - {EMERGENCY}
    feeds = {
        feed.pk: feed for feed in Feed.objects.filter(pk__in={feed for feed, _ in family}).select_related("agency")
    }
    rows = Event.objects.filter(
        feed__in=feeds, number__in=sorted({number for _, number in family}), withdrawn_at=None
    ).order_by("happened_on", "pk")
    found = [row for row in rows if may_read_event(by, held, enquiry.area_id, _facts(row, feeds[row.feed_id], family))]
    if any(row.sensitivity == "X" for row in found):
        need_fresh_proof()
    return tuple(_line(row, feeds[row.feed_id].agency, family[row.feed_id, row.number]) for row in found)


@dataclass(frozen=True)
class Sealing:
    """The numbers of the agencies whose lists have sealed something of an enquiry's people."""

    agencies: frozenset[int]


@reading(may=may_count, event="feed.counted")
def who_sealed(enquiry: Enquiry, *, by: User, now: datetime) -> Sealing:
    """Whose sealed events there are: never what they say, nor how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('openmash.enquiry', %s, true)", [str(enquiry.pk)])
        cursor.execute("SELECT openmash_who_sealed_events()")
        return Sealing(frozenset(cursor.fetchone()[0]))


def _family(enquiry: Enquiry) -> dict[tuple[int, str], tuple[int, ...]]:
    """Under which numbers which feeds know the enquiry's people: (feed, number) and the leads it stands for."""
    found: dict[tuple[int, str], tuple[int, ...]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('openmash.enquiry', %s, true)", [str(enquiry.pk)])
        cursor.execute("SELECT lead, feed_id, number FROM openmash_feed_family()")
        for lead, feed, number in cursor.fetchall():
            found[feed, number] = (*found.get((feed, number), ()), lead)
    return found


def _facts(row: Event, feed: Feed, family: dict[tuple[int, str], tuple[int, ...]]) -> EventFacts:
    return EventFacts(
        agency=feed.agency_id,
        area=feed.area_id,
        sensitivity=row.sensitivity,
        is_withdrawn=row.withdrawn_at is not None,
        is_in_family=(row.feed_id, row.number) in family,
    )


def _line(row: Event, agency: Agency, leads: tuple[int, ...]) -> EventLine:
    return EventLine(
        number=row.pk,
        agency=agency.name,
        agency_key=agency.key,
        happened_on=row.happened_on,
        happened_until=row.happened_until,
        kind=row.kind,
        words=row.words,
        sensitivity=row.sensitivity,
        leads=leads,
    )
