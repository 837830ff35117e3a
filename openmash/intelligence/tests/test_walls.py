"""The two walls of the sealed room are equal: every user, place, enquiry and item, asked of both."""

import itertools
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from openmash.agencies.models import Posting, User
from openmash.agencies.roles import ROLES
from openmash.audit.binding import bind
from openmash.enquiries.models import Cover, Enquiry, Party
from openmash.enquiries.workflow import CLOSED, DESKS, STATUSES
from openmash.intelligence import actions
from openmash.intelligence.actions import GivenItem
from openmash.intelligence.models import About, Item
from openmash.intelligence.policies import ItemFacts, capacities, may_read_item
from openmash.people.models import Person

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def make_enquiry(area, status: str, key: str) -> Enquiry:
    is_closed = status == CLOSED
    return Enquiry.objects.create(
        reference=f"T-{key}",
        area=area,
        channel="telephone",
        source_code="6",
        received_at=NOW,
        received_key=key,
        status=status,
        rating="amber",
        desk=DESKS[status],
        clock="" if is_closed else "research",
        due_at=None if is_closed else NOW,
        triage_due_at=NOW,
        statutory_due_at=NOW,
        worry="x",
    )


def make_user(name: str, agency, role: str, area, *, since=date(2020, 1, 1), until=None, is_active=True) -> User:
    user = User.objects.create(
        email=f"{name}@x.example", name=name, agency=agency, joined_on=date(2020, 1, 1), is_active=is_active
    )
    Posting.objects.create(user=user, role=role, area=area, since=since, until=until)
    return user


@pytest.fixture
def world(hub):
    """Enquiries at every status about one child, one about somebody else; items of every grade from two agencies."""
    here = hub.areas["wend-valley"]
    child, other = (Person.objects.create(area=here, recorded_at=NOW) for _ in range(2))
    enquiries = [make_enquiry(here, status, status) for status in STATUSES]
    stranger = make_enquiry(here, "gathering", "stranger")
    for enquiry in enquiries:
        Party.objects.create(enquiry=enquiry, person=child, role="child")
    Party.objects.create(enquiry=stranger, person=other, role="child")
    users = list(_users(hub))
    named = [user for user in users if user.name.endswith("-named")]
    for enquiry, depositor in itertools.product([*enquiries, stranger], ("lewis", "mary")):
        items = [
            GivenItem(
                f"{s} {depositor}", "fact", "1", "A", sensitivity=s, named=tuple(u.pk for u in named) * (s == "L")
            )
            for s in "GSXL"
        ]
        actions.deposit(enquiry, by=hub.staff[depositor], answer=None, items=items)
    for user in users:
        if "-covers" in user.name:
            Cover.objects.create(
                enquiry=enquiries[-1],
                user=user,
                since=NOW - timedelta(hours=1),
                until=NOW + timedelta(hours=1),
                because="x",
            )
        if "-covered" in user.name:
            Cover.objects.create(
                enquiry=enquiries[-1],
                user=user,
                since=NOW - timedelta(hours=2),
                until=NOW - timedelta(hours=1),
                because="x",
            )
    return [*enquiries, stranger], [*users, hub.staff["lewis"], hub.staff["mary"]]


def _users(hub):
    here, there = hub.areas["wend-valley"], hub.areas["harrowmouth"]
    yesterday, tomorrow = timezone.localdate() - timedelta(days=1), timezone.localdate() + timedelta(days=1)
    for role, agency in itertools.product(ROLES, ("police", "health")):
        place = hub.agencies[agency]
        for kind in ("plain", "named", "covers", "covered"):
            yield make_user(f"{role}-{agency}-{kind}", place, role, here)
        yield make_user(f"{role}-{agency}-elsewhere", place, role, there)
        yield make_user(f"{role}-{agency}-ended", place, role, here, until=yesterday)
        yield make_user(f"{role}-{agency}-future", place, role, here, since=tomorrow)
        yield make_user(f"{role}-{agency}-left", place, role, here, is_active=False)


def seen_by_the_database(by: User, enquiry: Enquiry) -> set[int]:
    with transaction.atomic():
        bind(by)
        actions._look_from(enquiry)
        return set(Item.objects.values_list("pk", flat=True))


def seen_by_the_policy(by: User, enquiry: Enquiry, items: list[tuple]) -> set[int]:
    held = capacities(by, enquiry)
    family = set(Party.objects.filter(person__parties__enquiry=enquiry).values_list("enquiry", flat=True))
    return {
        pk
        for pk, agency, sensitivity, named, depositor, of in items
        if may_read_item(by, held, ItemFacts(agency, sensitivity, frozenset(named), depositor, of in family))
    }


def every_item(hub, enquiries) -> list[tuple]:
    found: dict[int, tuple] = {}
    columns = ("pk", "agency_id", "sensitivity", "named", "deposited_by_id", "enquiry_id")
    with transaction.atomic():
        for depositor in ("lewis", "mary"):
            bind(hub.staff[depositor])
            found |= {row[0]: row for row in Item.objects.values_list(*columns)}
    return list(found.values())


def test_policy_and_database_agree_on_every_look(hub, world):
    enquiries, users = world
    items = every_item(hub, enquiries)
    assert len(items) == len(enquiries) * 2 * 4
    differences, allowed = [], 0
    for by, enquiry in itertools.product(users, enquiries):
        ours, theirs = seen_by_the_policy(by, enquiry, items), seen_by_the_database(by, enquiry)
        allowed += len(ours)
        if ours != theirs:
            differences.append((by.name, enquiry.status, ours ^ theirs))
    assert differences == []
    assert allowed > 1000  # the test would be empty if nobody saw anything


def test_nobody_bound_sees_nothing(world):
    with transaction.atomic():
        bind(None)
        assert not Item.objects.exists()
        assert not About.objects.exists()


def test_nobody_deposits_for_another_agency(hub, world):
    enquiries, _ = world
    facts = {"enquiry": enquiries[3], "area": enquiries[3].area, "agency": hub.agencies["police"], "words": "x"}
    facts |= {"nature": "fact", "dependable": "1", "known_how": "A", "deposited_at": NOW}
    bind(hub.staff["mary"])
    actions._look_from(enquiries[3])
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Item.objects.create(deposited_by=hub.staff["mary"], **facts)


@pytest.mark.parametrize("statement", ["UPDATE intelligence_item SET words = 'x'", "DELETE FROM intelligence_item"])
def test_what_is_deposited_is_neither_changed_nor_deleted(world, statement):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_count_says_how_much_and_nothing_of_locked_items(hub, world):
    enquiries, _ = world
    counts = actions.count(enquiries[3], by=hub.staff["joanna"])
    assert {(count.sensitivity, count.items) for count in counts} == {("G", 1), ("S", 1), ("X", 1)}


def test_reading_is_on_the_ledger_and_gives_what_may_be_read(hub, world):
    from openmash.audit.models import LedgerEvent

    enquiries, _ = world
    seen = actions.read(enquiries[3], by=hub.staff["ruth"])
    assert {item.sensitivity for item in seen} == {"G", "S", "X"}
    line = LedgerEvent.objects.latest("id")
    assert (line.event, line.actor, line.enquiry) == ("intelligence.read", hub.staff["ruth"].pk, enquiries[3].pk)
