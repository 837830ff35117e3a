"""The two walls around what agencies send are equal: every user, enquiry, record and event, asked of both."""

import itertools
from dataclasses import dataclass
from datetime import date, timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from openmash.agencies.models import User
from openmash.agencies.roles import ROLES
from openmash.audit.actors import SETTING_UP
from openmash.audit.binding import bound_to
from openmash.audit.models import LedgerEvent
from openmash.audit.signing import set_signed
from openmash.county.hub import load_hub
from openmash.enquiries.models import Cover, Enquiry, Party
from openmash.enquiries.workflow import CLOSED, STATUSES
from openmash.feeds import actions, loading
from openmash.feeds.chronology import lines
from openmash.feeds.folder import keep
from openmash.feeds.known import known_by_record, known_to, open_cases
from openmash.feeds.models import Event, Feed, Record
from openmash.feeds.policies import (
    LOADER,
    EventFacts,
    RecordFacts,
    may_know_of,
    may_know_of_open_case,
    may_read_event,
    may_read_record,
)
from openmash.feeds.readings import read_events
from openmash.feeds.tests.committed import copied_database
from openmash.feeds.tests.files import comma_file, event, person
from openmash.intelligence.policies import capacities
from openmash.intelligence.tests.world import make_enquiry, make_user
from openmash.people.actions import record
from openmash.people.chronology import Look
from openmash.people.given import GivenPerson

pytestmark = pytest.mark.database
NOW = timezone.now()
HERE, THERE = "wend-valley", "harrowmouth"


@dataclass(frozen=True)
class Everything:
    """The world, and what is in it as the owner sees it: `linked` are the records that are the child's."""

    enquiries: list[Enquiry]
    users: list[User]
    child: int
    records: list[tuple]
    events: list[tuple]
    linked: frozenset[int]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("walls")
    with copied_database(django_db_blocker) as owner_url, pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.FEEDS_FOLDER", str(folder), raising=False)
        hub = load_hub()
        child, other = (
            record(hub.areas[HERE], by=hub.staff["joanna"], given=GivenPerson("Mia", name)) for name in "AB"
        )
        for agency, area in (("police", HERE), ("health", HERE), ("police", THERE)):
            _sent(hub, agency, area, folder)
        for area in (HERE, THERE):
            _open_and_closed(hub, area, folder)
        enquiries = _enquiries(hub, child, other)
        users = [*_users(hub, enquiries), *(hub.staff[who] for who in ("ruth", "hannah", "joanna", "karen", "lewis"))]
        yield _as_the_owner_sees_it(owner_url, enquiries, users, child.pk)


def _sent(hub, agency, area, folder):
    """Three people with an event of each grade: 1 will be linked with the child, 2 is somebody else, 3 is withdrawn."""
    feed = actions.agree(hub.agencies[agency], by=SETTING_UP, area=hub.areas[area], sends_events=True)
    numbers = [f"{agency}-{area}-{n}" for n in (1, 2, 3)]
    events = [event(number, words=f"{number} {grade}", sensitivity=grade) for number in numbers for grade in "GSX"]
    for rows in ([person(number) for number in numbers], events, [person(numbers[2], withdrawn="yes")]):
        path = comma_file(folder / "f", *rows)
        with path.open("rb") as file:
            loading.read(loading.offer(feed, keep(file, "f"), by=LOADER, is_full=False))


def _open_and_closed(hub, area, folder):
    """The council's list: one open, one closed, one open and withdrawn, one open of whom nobody may learn where."""
    feed = actions.agree(hub.agencies["childrens-social-care"], by=SETTING_UP, area=hub.areas[area], sends_events=False)
    rows = [
        person(f"{area}-open"), person(f"{area}-closed", open="no"), person(f"{area}-gone"),
        person(f"{area}-hidden", sensitive="yes"),
    ]  # fmt: skip
    for some in (rows, [person(f"{area}-gone", withdrawn="yes")]):
        path = comma_file(folder / "f", *some)
        with path.open("rb") as file:
            loading.read(loading.offer(feed, keep(file, "f"), by=LOADER, is_full=False))


def _enquiries(hub, child, other):
    found = [make_enquiry(hub.areas[HERE], status, status, child) for status in STATUSES]
    found += [make_enquiry(hub.areas[THERE], "gathering", "there", child)]
    return [*found, make_enquiry(hub.areas[HERE], "gathering", "stranger", other)]


def _users(hub, enquiries):
    closed = next(one for one in enquiries if one.status == CLOSED)
    for role, agency in itertools.product(ROLES, ("police", "health")):
        place, here, there = hub.agencies[agency], hub.areas[HERE], hub.areas[THERE]
        name = f"feeds-{role}-{agency}"
        yield make_user(f"{name}-plain", place, role, here)
        yield make_user(f"{name}-elsewhere", place, role, there)
        yield make_user(f"{name}-ended", place, role, here, until=-1)
        yield make_user(f"{name}-future", place, role, here, since=1)
        yield make_user(f"{name}-left", place, role, here, is_active=False)
        covers = make_user(f"{name}-covers", place, role, here)
        hour = timedelta(hours=1)
        Cover.objects.create(enquiry=closed, user=covers, since=NOW - hour, until=NOW + hour, because="x")
        yield covers


def _as_the_owner_sees_it(url, enquiries, users, child):
    with psycopg.connect(url, autocommit=True) as owner:
        linked = [pk for (pk,) in owner.execute("SELECT id FROM feeds_record WHERE number LIKE '%-1'")]
        owner.execute(
            "UPDATE people_indexentry SET cluster = 1 WHERE record = ANY (%s) OR person_id = %s", [linked, child]
        )
        facts = "feed.agency_id, feed.area_id, held.withdrawn_at IS NOT NULL"
        of_feed = "held JOIN feeds_feed feed ON feed.id = feed_id"
        records = owner.execute(
            f"SELECT held.id, {facts} FROM feeds_record held JOIN feeds_feed feed ON feed.id = feed_id"
        )
        events = owner.execute(f"SELECT held.id, {facts}, sensitivity, number FROM feeds_event {of_feed}")
        return Everything(enquiries, users, child, records.fetchall(), events.fetchall(), frozenset(linked))


def events_seen(by, enquiry):
    with transaction.atomic(), bound_to(by), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('openmash.enquiry', %s, true)", [str(enquiry.pk)])
        return set(Event.objects.values_list("pk", flat=True))


def events_allowed(by, enquiry, world):
    held = capacities(by, enquiry)
    is_childs = Party.objects.filter(enquiry=enquiry, person=world.child).exists()
    return {
        pk
        for pk, agency, area, is_withdrawn, sensitivity, number in world.events
        if may_read_event(
            by,
            held,
            enquiry.area_id,
            EventFacts(agency, area, sensitivity, is_withdrawn, is_in_family=is_childs and number.endswith("-1")),
        )
    }


def test_policy_and_database_agree_on_every_event(world):
    assert len(world.events) == 3 * 3 * 3
    differences, allowed = [], 0
    for by, enquiry in itertools.product(world.users, world.enquiries):
        ours, theirs = events_allowed(by, enquiry, world), events_seen(by, enquiry)
        allowed += len(ours)
        if ours != theirs:
            differences.append((by.name, enquiry.status, ours ^ theirs))
    assert differences == []
    assert allowed > 100  # the test would be empty if nobody saw anything


def test_policy_and_database_agree_on_every_record(world):
    seen = 0
    for by in world.users:
        allowed = {pk for pk, *facts in world.records if may_read_record(by, RecordFacts(*facts))}
        with transaction.atomic(), bound_to(by):
            assert set(Record.objects.values_list("pk", flat=True)) == allowed, by.name
        seen += len(allowed)
    assert seen > 10


def test_policy_and_database_agree_on_who_learns_that_somebody_is_known(world):
    told = 0
    for by in world.users:
        allowed = {pk for pk, _, area, is_withdrawn in world.records if may_know_of(by, area) and not is_withdrawn}
        assert known_by_record([pk for pk, *_ in world.records], by=by).keys() == allowed, by.name
        told += len(allowed)
    assert told > 10


def test_nobody_bound_sees_anything(world):
    with transaction.atomic(), bound_to(None):
        assert not Record.objects.exists()
        assert not Event.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT openmash_known(%s)", [list(world.linked)])
            assert cursor.fetchall() == []


def test_the_hub_learns_which_agencies_of_its_area_know_a_child_and_whom_to_ask(world):
    joanna = next(user for user in world.users if user.name == "Joanna Vale")
    known = known_to([world.child], by=joanna)[world.child]
    assert [(one.agency_key, one.says, one.team, one.worker, one.since) for one in known] == [
        ("health", "Open", "North", "Pat Lomax", date(2024, 1, 31)),
        ("police", "Open", "North", "Pat Lomax", date(2024, 1, 31)),
    ]


def test_events_are_lines_of_the_chronology_read_on_the_ledger(world):
    hannah = next(user for user in world.users if user.name == "Hannah Brook")
    enquiry = next(one for one in world.enquiries if one.status == "gathering")
    found = list(lines(Look(hannah, enquiry.pk, frozenset({world.child}))))
    assert sorted(line.what for line in found) == [
        "health-wend-valley-1 G", "health-wend-valley-1 S", "police-wend-valley-1 G", "police-wend-valley-1 S",
    ]  # fmt: skip
    assert {line.people for line in found} == {(world.child,)}
    line = LedgerEvent.objects.latest("id")
    assert (line.event, line.actor, line.enquiry) == ("feed.read", hannah.pk, enquiry.pk)
    assert list(lines(Look(hannah, 0, frozenset({world.child})))) == []


def test_five_queries_read_the_events_however_many_there_are(world, django_assert_max_num_queries):
    ruth = next(user for user in world.users if user.name == "Ruth Okafor")
    with django_assert_max_num_queries(22):
        read_events(next(one for one in world.enquiries if one.status == "gathering"), by=ruth)


@pytest.mark.parametrize("statement", ["UPDATE feeds_event SET words = 'x'", "UPDATE feeds_record SET given = 'x'"])
def test_what_an_agency_sent_is_changed_by_nobody_but_the_loader(world, statement):
    for by in world.users[:12]:
        with transaction.atomic(), bound_to(by), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount == 0


@pytest.mark.parametrize("table", ["feeds_event", "feeds_record"])
def test_nothing_that_an_agency_sent_is_deleted(world, table):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")


def test_one_load_does_not_reach_another_agencys_records(world):
    feed = Feed.objects.get(agency__key="police", area__key=HERE)
    load = feed.loads.first()
    with transaction.atomic():
        load.state = "loading"
        load.save()
        set_signed("openmash.load", str(load.pk), connection)
        assert set(Record.objects.values_list("feed", flat=True)) == {feed.pk}
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Record.objects.create(
                feed=Feed.objects.get(agency__key="health"), format="people", number="X", changed_at=NOW
            )
        transaction.set_rollback(True)


def test_the_person_page_says_who_knows_them(world, client):
    client.force_login(next(user for user in world.users if user.name == "Hannah Brook"))
    page = client.get(f"/person/{world.child}/").text
    assert "Wendmark Community Health" in page and "Pat Lomax, North" in page
    assert "police-wend-valley-1" not in page


def test_policy_and_database_agree_on_who_learns_that_somebody_is_open_to_social_care(world):
    """Of the council's list whoever is open, and nobody of another agency's; where they may not be found, no team."""
    told = 0
    for by in world.users:
        found = open_cases([pk for pk, *_ in world.records], by=by)
        areas = [area for area in load_hub().areas.values() if may_know_of_open_case(by, area.pk)]
        told_of = sorted((one.team, one.worker) for one in found.values())
        assert told_of == sorted([("North", "Pat Lomax"), ("", "")] * len(areas)), by.name
        told += len(found)
    assert told > 5
    with transaction.atomic(), bound_to(None), connection.cursor() as cursor:
        cursor.execute("SELECT openmash_open_cases(%s)", [[pk for pk, *_ in world.records]])
        assert cursor.fetchall() == []
