"""What agencies gave and sent: read from an enquiry, in the capacities that a reader has there."""

from openmash.enquiries.workflow import STATUSES
from openmash.feeds import policies as feeds
from openmash.feeds.models import Event, Feed, Load, Record
from openmash.feeds.policies import EventFacts, RecordFacts
from openmash.intelligence.models import About, Item
from openmash.intelligence.policies import ItemFacts, may_read_item
from openmash.people.models import IndexEntry
from tests.house.walls.rules import Look, Wall, leads_in
from tests.house.walls.world import NOW, Reader, World, fill, vary

LOOKED_FROM = (*STATUSES, "joined", "of-nobody", "restricted", "known", "there")


def _items(world: World) -> None:
    users, agencies = world.users, [world.agencies[key] for key in ("police", "health")]
    by = [users["agency_researcher-plain"], users["agency_lead-left"]]
    places = [
        world.enquiries[key] for key in ("gathering", "joined", "stranger", "of-nobody", "restricted", "known", "there")
    ]
    vary(Item, enquiry=places[:2], sensitivity=list("GSXL"), agency=agencies, named=[[]], deposited_by=by[:1])
    vary(Item, enquiry=places[2:], sensitivity=["G"], agency=agencies, named=[[]], deposited_by=by)
    vary(Item, enquiry=[world.enquiries["restricted"]], sensitivity=["X", "L"], agency=agencies[:1])
    named = [users[f"{role}-plain"].pk for role in ("practice_manager", "triage_social_worker", "agency_lead")]
    vary(Item, enquiry=places[:1], sensitivity=["X", "L"], agency=agencies, named=[named], deposited_by=[None])
    vary(About, item=list(Item.objects.order_by("pk")[::3]))


# Whose record, in which feed, with which number there; and whether it has been withdrawn.
_LINKED = (
    ("child", "police", "here", "1", False),
    ("child", "health", "here", "1", False),
    ("child", "police", "there", "1", False),
    ("child", "police", "here", "5", True),
    ("joined", "police", "here", "2", False),
    ("other", "police", "here", "3", False),
)


def _feeds(world: World) -> None:
    areas = {"here": world.here, "there": world.there}
    agencies = {key: world.agencies[key] for key in ("police", "health")}
    found = {(one, place): fill(Feed, agency=agencies[one], area=areas[place]) for one in agencies for place in areas}
    own = {}
    for name, person in world.people.items():
        own[name] = fill(IndexEntry, person=person, area=world.here)
        IndexEntry.objects.filter(pk=own[name].pk).update(cluster=own[name].pk)
    for name, agency, place, number, is_withdrawn in _LINKED:
        feed = found[agency, place]
        record = fill(Record, feed=feed, number=number, withdrawn_at=NOW if is_withdrawn else None)
        fill(IndexEntry, source=feed.agency, record=record.pk, area=feed.area, cluster=own[name].pk)
        if not is_withdrawn:
            world.linked[feed.pk, number] = world.people[name].lead_id_or_own
    vary(Record, feed=list(found.values()), number=["4"], withdrawn_at=[None, NOW])
    vary(Event, feed=list(found.values()), number=["1", "4"], sensitivity=list("GSXL"))
    here, family = [found["police", "here"]], ["1", "2", "3", "5"]
    vary(Event, feed=here, number=family, sensitivity=["G", "X"], withdrawn_at=[None, NOW])
    for feed, state in ((found["police", "here"], Load.LOADING), (found["health", "here"], Load.DONE)):
        load = fill(Load, feed=feed, state=state)
        world.readers.append(Reader(f"the loader, {state}", says={"reader": "hub", "load": str(load.pk)}))


def _loads(look: Look, row: Record | Event) -> bool:
    load = look.says("load")
    return load != "" and Load.objects.filter(pk=load, feed=row.feed_id, state=Load.LOADING).exists()


def _reads_record(look: Look, row: Record) -> bool:
    facts = RecordFacts(row.feed.agency_id, row.feed.area_id, row.withdrawn_at is not None)
    return _loads(look, row) or bool(feeds.may_read_record(look.by, facts))


def _reads_event(look: Look, row: Event) -> bool:
    place = look.reader.looks_from
    if place is None:
        return _loads(look, row)
    is_in_family = look.world.linked.get((row.feed_id, row.number)) in leads_in(place.pk)
    facts = EventFacts(
        row.feed.agency_id, row.feed.area_id, row.sensitivity, row.withdrawn_at is not None, is_in_family
    )
    return _loads(look, row) or bool(feeds.may_read_event(look.by, look.capacities, place.area_id, facts))


def _reads_item(look: Look, row: Item) -> bool:
    place = look.reader.looks_from
    is_here = place is not None and row.enquiry_id == place.pk
    is_in_family = place is not None and (is_here or bool(leads_in(row.enquiry_id) & leads_in(place.pk)))
    facts = ItemFacts(row.agency_id, row.sensitivity, frozenset(row.named), row.deposited_by_id, is_in_family, is_here)
    return bool(may_read_item(look.by, look.capacities, facts))


def _deposits(look: Look, row: Item) -> bool:
    """From the request of that enquiry, in one's own name, for one's own agency."""
    place, by = look.reader.looks_from, look.by
    is_theirs = by is not None and by.is_active and look.signs(row.deposited_by_id) and row.agency_id == by.agency_id
    return is_theirs and place is not None and row.enquiry_id == place.pk


SEALED = [
    Wall(
        Item, _items, read=_reads_item, add=_deposits, about=("enquiry_id",), signed_in=("deposited_by_id",),
        looks_from=LOOKED_FROM,
    ),
    Wall(
        About, _items,
        read=lambda look, row: _reads_item(look, row.item),
        add=lambda look, row: _reads_item(look, row.item) and look.signs(row.item.deposited_by_id),
        about=("item.enquiry_id",), looks_from=LOOKED_FROM,
    ),
    Wall(Record, _feeds, read=_reads_record, add=_loads, change=_loads),
    Wall(Event, _feeds, read=_reads_event, add=_loads, change=_loads, looks_from=LOOKED_FROM),
]  # fmt: skip
