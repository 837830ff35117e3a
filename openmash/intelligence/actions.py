"""The three doors of the sealed room: deposit, read, count. There is no other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.models import User
from openmash.audit.action import action, reading
from openmash.enquiries.models import Enquiry
from openmash.intelligence.models import About, Item
from openmash.intelligence.policies import (
    EMERGENCY,
    ItemFacts,
    capacities,
    may_count,
    may_deposit,
    may_look,
    may_read_item,
)

GUARDED = ("X", "L")


@dataclass(frozen=True)
class GivenItem:
    """One item as an agency gives it. Codes are those of `intelligence.codes`; `people` are person records."""

    words: str
    nature: str
    dependable: str
    known_how: str
    kind: str = "other"
    happened_on: date | None = None
    happened_until: date | None = None
    handling: str = "P"
    conditions: str = ""
    sensitivity: str = "G"
    rating: str = ""
    own_reference: str = ""
    named: tuple[int, ...] = ()
    people: tuple[int, ...] = ()


@dataclass(frozen=True)
class SealedItem:
    """One item as its reader sees it: the words, and every grade that travels with them."""

    number: int
    enquiry: int
    reference: str
    agency: str
    agency_key: str
    agency_number: int
    answer: UUID | None
    kind: str
    words: str
    happened_on: date | None
    happened_until: date | None
    nature: str
    dependable: str
    known_how: str
    handling: str
    conditions: str
    sensitivity: str
    rating: str
    own_reference: str
    people: tuple[int, ...]
    deposited_at: datetime
    deposited_by: int | None


@action(may=may_deposit, event="intelligence.deposited", lock=False)
def deposit(
    enquiry: Enquiry, *, by: User, now: datetime, answer: UUID | None, items: Sequence[GivenItem]
) -> Sequence[int]:
    """Put an agency's items into the sealed room. They are the agency's of whoever deposits; returns their numbers."""
    _look_from(enquiry)
    numbers = []
    for given in items:
        facts = {name: value for name, value in vars(given).items() if name not in ("people", "named")}
        item = Item.objects.create(
            enquiry=enquiry,
            area=enquiry.area,
            agency_id=by.agency_id,
            answer=answer,
            named=[*given.named, *([by.pk] if given.sensitivity == "L" and not given.named else [])],
            deposited_by=by,
            deposited_at=now,
            **facts,
        )
        About.objects.bulk_create([About(item=item, person_id=person) for person in given.people])
        numbers.append(item.pk)
    return numbers


@reading(may=may_look, event="intelligence.read", keeps=("in_emergency",))
def read(enquiry: Enquiry, *, by: User, now: datetime, in_emergency: bool = False) -> tuple[SealedItem, ...]:
    """What `by` may read from this enquiry: its items, and those of every other enquiry about the same people.

    The line is on the ledger before this returns. Three queries, however many items. With a sealed or locked item
    among them it needs a fresh proof of who is there.

    What is sealed and was opened in an emergency is there when it is asked for `in_emergency`, and that alone: so that
    no chronology, record or release of somebody's hour holds it.
    """
    _look_from(enquiry)
    held = capacities(by, enquiry)
    held = held & {EMERGENCY} if in_emergency else held - {EMERGENCY}
    family = _family_enquiries()
    rows = Item.objects.filter(enquiry__in=family).select_related("agency", "enquiry").order_by("happened_on", "id")
    found = [
        row
        for row in rows
        if may_read_item(
            by,
            held,
            ItemFacts(
                row.agency_id,
                row.sensitivity,
                frozenset(row.named),
                row.deposited_by_id,
                is_in_family=True,
                is_here=row.enquiry_id == enquiry.pk,
            ),
        )
    ]
    if any(row.sensitivity in GUARDED for row in found):
        need_fresh_proof()
    about: dict[int, list[int]] = {}
    for item, person in About.objects.filter(item__in=[row.pk for row in found]).values_list("item", "person"):
        about.setdefault(item, []).append(person)
    return tuple(_sealed(row, tuple(about.get(row.pk, ()))) for row in found)


@dataclass(frozen=True)
class Count:
    """How many items of a sensitivity an agency supplied."""

    agency: int
    sensitivity: str
    items: int


@reading(may=may_count, event="intelligence.counted")
def count(enquiry: Enquiry, *, by: User, now: datetime) -> tuple[Count, ...]:
    """How much there is on this enquiry and from whom: never what it says, and nothing of locked items."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency, sensitivity, items FROM openmash_count_items(%s)", [enquiry.pk])
        return tuple(Count(*row) for row in cursor.fetchall())


def _look_from(enquiry: Enquiry) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('openmash.enquiry', %s, true)", [str(enquiry.pk)])


def _family_enquiries() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT openmash_family_enquiries()")
        return cursor.fetchone()[0] or []


def _sealed(row: Item, people: tuple[int, ...]) -> SealedItem:
    return SealedItem(
        number=row.pk,
        enquiry=row.enquiry_id,
        reference=row.enquiry.reference,
        agency=row.agency.name,
        agency_key=row.agency.key,
        agency_number=row.agency_id,
        answer=row.answer,
        kind=row.kind,
        words=row.words,
        happened_on=row.happened_on,
        happened_until=row.happened_until,
        nature=row.nature,
        dependable=row.dependable,
        known_how=row.known_how,
        handling=row.handling,
        conditions=row.conditions,
        sensitivity=row.sensitivity,
        rating=row.rating,
        own_reference=row.own_reference,
        people=people,
        deposited_at=row.deposited_at,
        deposited_by=row.deposited_by_id,
    )
