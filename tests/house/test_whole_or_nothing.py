"""An act happens whole or not at all: a fault after each of its writes in turn leaves nothing behind (ASVS V2.3.3)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from openmash.audit.binding import bound_to
from openmash.county.hub import Hub
from openmash.decisions import actions as decisions
from openmash.decisions.tests.conftest import World as Deciding
from openmash.decisions.tests.test_actions import LATER, decided
from openmash.desk.tests.families import MONDAY, ask, rate, receive
from openmash.disclosure import actions as disclosure
from openmash.disclosure.tests.world import build
from openmash.gathering import actions as gathering
from openmash.gathering.given import Asked
from openmash.gathering.models import Request
from openmash.gathering.tests.conftest import item, known
from openmash.people import actions as people
from openmash.people import protecting
from openmash.people.given import GivenPerson
from openmash.people.models import Contact
from openmash.people.queries import load_person
from openmash.people.safe_contact import say_safe
from tests.house.test_looking import WRITES

pytestmark = pytest.mark.django_db
Act = Callable[[], Any]
# Whose session it is, and who may sign in, no act of the hub's changes.
ASIDE = {"django_session", "django_migrations", "django_content_type"}
READERS = ("martin", "lewis")


class Fault(Exception):
    """What nobody foresaw."""


def _receives(hub: Hub) -> Act:
    return lambda: receive(hub, key="whole")


def _asks(hub: Hub) -> Act:
    enquiry = rate(hub, receive(hub, key="whole"))
    asked = [Asked(hub.agencies[key], "They know this family.") for key in ("police", "north-wend-housing")]
    return lambda: gathering.ask(enquiry, by=hub.staff["hannah"], now=MONDAY, agencies=asked)


def _answers(hub: Hub) -> Act:
    ask(hub, receive(hub, key="whole"), "police")
    request = Request.objects.get()
    items = (item("Seen at night.", people=(request.people[0],)), item("Kept apart.", sensitivity="X"))
    return lambda: gathering.answer(request, by=hub.staff["lewis"], now=MONDAY, **known(request, *items))


def _signs(hub: Hub) -> Act:
    world = Deciding(hub)
    enquiry = world.review()
    return lambda: decisions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision())


def _tells(hub: Hub) -> Act:
    world = Deciding(hub)
    enquiry = decided(world)
    return lambda: decisions.give_feedback(enquiry, by=world.joanna, now=LATER, how="email")


def _reopens(hub: Hub) -> Act:
    world = Deciding(hub)
    enquiry = decided(world)
    return lambda: decisions.reopen(enquiry, by=world.ruth, now=LATER, because="There is something new.")


def _approves(hub: Hub) -> Act:
    world = build(hub)
    release = world.proposed("health")
    return lambda: disclosure.approve(release, by=world.ruth, shown=release.body_hash)


def _recalls(hub: Hub) -> Act:
    world = build(hub)
    release = world.released("health")
    return lambda: disclosure.recall(release, by=world.ruth, because="It went to the wrong team.")


def _protects(hub: Hub) -> Act:
    mother = receive(hub, key="whole").parties.get(role="adult").person
    return lambda: protecting.protect(mother, by=hub.staff["joanna"], now=MONDAY, because="From Les.")


def _joins(hub: Hub) -> Act:
    one, two = (_person(hub, "01632 960123") for _ in range(2))
    return lambda: people.say_same(one, by=hub.staff["joanna"], now=MONDAY, other=two)


def _says_safe(hub: Hub) -> Act:
    ann = _person(hub, "01632 960123")
    said = {"contact": Contact.objects.get().pk, "says": "safe", "because": "She says so."}
    return lambda: say_safe(load_person(ann.pk, by=hub.staff["joanna"]), by=hub.staff["joanna"], now=MONDAY, **said)


def _person(hub: Hub, telephone: str) -> Any:
    given = GivenPerson(given="Ann", family="Bell", telephone=telephone, source="Told")
    return people.record(hub.areas["wend-valley"], by=hub.staff["joanna"], now=MONDAY, given=given)


ACTS = (
    _receives, _asks, _answers, _signs, _tells, _reopens, _approves, _recalls, _protects, _joins, _says_safe,
)  # fmt: skip


@contextmanager
def a_fault_after(number: int) -> Iterator[list[str]]:
    """Breaks after so many writes, and says which tables were written to; 0 breaks nothing."""
    written: list[str] = []

    def run(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if found := WRITES.match(sql):
            written.append(found[2])
            if len(written) == number:
                raise Fault
        return result

    with connection.execute_wrapper(run):
        yield written


def what_is(hub: Hub) -> dict[str, tuple[Any, ...]]:
    """Every table: how many rows those see who see most of it, and what all of them say."""
    tables = sorted(set(connection.introspection.table_names()) - ASIDE)
    asked = " UNION ALL ".join(
        f"SELECT '{one}', count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{one}\" t" for one in tables
    )
    found: dict[str, tuple[Any, ...]] = {}
    for name in READERS:
        with bound_to(hub.staff[name]), connection.cursor() as cursor:
            cursor.execute(asked)
            found |= {f"{name} {table}": tuple(rest) for table, *rest in cursor.fetchall()}
    return found


def left_behind(hub: Hub, act: Act) -> tuple[int, set[str]]:
    """After how many writes it broke for the last time, and the tables in which something was left of it then."""
    before, number, left = what_is(hub), 0, set[str]()
    while not left:
        number += 1
        with a_fault_after(number):
            try:
                act()
            except Fault:
                left = {table for table, rows in what_is(hub).items() if before[table] != rows}
            else:
                assert what_is(hub) != before, "nothing was done at all"
                break
    return number, left


@pytest.mark.parametrize("prepare", ACTS, ids=lambda one: one.__name__.strip("_"))
def test_a_fault_after_any_write_leaves_nothing_behind(hub: Hub, prepare: Callable[[Hub], Act]):
    number, left = left_behind(hub, prepare(hub))
    assert left == set(), f"after write {number}"
    assert number > 3, "it writes next to nothing"


def test_of_two_acts_one_after_the_other_the_first_would_be_found(hub: Hub):
    number, left = left_behind(hub, lambda: rate(hub, receive(hub, key="two")))
    assert number > 3 and "martin enquiries_enquiry" in left
