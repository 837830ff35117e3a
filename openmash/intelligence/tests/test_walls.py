"""The two walls of the sealed room are equal: every user, place, enquiry and item, asked of both."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from openmash.audit.binding import bind
from openmash.audit.signing import signed
from openmash.intelligence import actions
from openmash.intelligence.models import About, Item
from openmash.intelligence.tests.world import NOW, World, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(hub) -> World:
    return build(hub)


def seen_by_the_database(by: int, enquiry: int) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('openmash.user', %s, true), set_config('openmash.enquiry', %s, true)",
            [signed("openmash.user", str(by), cursor.connection), str(enquiry)],
        )
        cursor.execute("SELECT id FROM intelligence_item")
        return {row[0] for row in cursor.fetchall()}


def differences(expected: dict[tuple[int, int], set[int]]) -> Iterator[tuple[int, int]]:
    """The looks, as user and enquiry, at which the database shows other items than the policy."""
    return (look for look, items in expected.items() if seen_by_the_database(*look) != items)


def test_policy_and_database_agree_on_every_look(world):
    expected = world.seen_by_the_policy()
    assert len(expected) == len(world.users) * len(world.enquiries) > 2500
    assert list(differences(expected)) == []
    assert sum(map(len, expected.values())) > 5000  # the test would be empty if nobody saw anything


def test_every_table_of_the_room_is_behind_row_level_security_and_no_view_leads_around_it(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity FROM pg_class WHERE relkind IN ('r', 'p')"
            " AND relname LIKE 'intelligence%%' ORDER BY 1"
        )
        assert cursor.fetchall() == [("intelligence_about", True), ("intelligence_item", True)]
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE relkind IN ('v', 'm') AND nspname = 'public'"
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT policyname, cmd, permissive FROM pg_policies WHERE tablename LIKE 'intelligence%%' ORDER BY 1"
        )
        assert cursor.fetchall() == [
            ("about_is_deposited", "INSERT", "PERMISSIVE"),
            ("about_is_read", "SELECT", "PERMISSIVE"),
            ("item_is_deposited", "INSERT", "PERMISSIVE"),
            ("item_is_read", "SELECT", "PERMISSIVE"),
            ("kept_from_by_enquiry_id", "ALL", "RESTRICTIVE"),
            ("sealed_item_is_opened", "SELECT", "PERMISSIVE"),
        ]


def test_three_functions_lead_around_the_wall_and_none_other(db):
    """A function with the owner's rights sees past row-level security: of those, three alone may name this room.

    One counts; one says yes or no, before a record is destroyed; one gathers for an open subject access request.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosrc, proconfig FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
            " WHERE prosecdef AND nspname = 'public'"
        )
        found = cursor.fetchall()
    named = {name for name, source, _ in found if "intelligence_" in source}
    assert named == {"openmash_count_items", "openmash_was_given_out_elsewhere", "openmash_held_about"}
    unfixed = [name for name, _, config in found if not any("search_path" in one for one in config or ())]
    assert unfixed == []


def test_nobody_bound_sees_nothing(world):
    with transaction.atomic():
        bind(None)
        assert not Item.objects.exists()
        assert not About.objects.exists()


def test_nobody_deposits_for_another_agency(hub, world):
    enquiries = world.enquiries
    facts = {"enquiry": enquiries[3], "area": enquiries[3].area, "agency": hub.agencies["police"], "words": "x"}
    facts |= {"nature": "fact", "dependable": "1", "known_how": "A", "deposited_at": NOW}
    bind(hub.staff["mary"])
    actions._look_from(enquiries[3])
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Item.objects.create(deposited_by=hub.staff["mary"], **facts)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE intelligence_item SET words = 'x'",
        "DELETE FROM intelligence_item",
        "TRUNCATE intelligence_about",
    ],
)
def test_what_is_deposited_is_neither_changed_nor_deleted(world, statement):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_count_says_how_much_and_nothing_of_locked_items(hub, world):
    enquiries = world.enquiries
    counts = actions.count(enquiries[3], by=hub.staff["joanna"])
    assert {(count.sensitivity, count.items) for count in counts} == {
        ("G", 1),
        ("S", 1),
        ("X", 1),
        ("G", 3),
        ("S", 3),
        ("X", 3),
    }


def test_reading_is_on_the_ledger_and_gives_what_may_be_read(hub, world):
    from openmash.audit.models import LedgerEvent

    enquiries = world.enquiries
    seen = actions.read(enquiries[3], by=hub.staff["ruth"])
    assert {item.sensitivity for item in seen} == {"G", "S", "X"}
    line = LedgerEvent.objects.latest("id")
    assert (line.event, line.actor, line.enquiry) == ("intelligence.read", hub.staff["ruth"].pk, enquiries[3].pk)
