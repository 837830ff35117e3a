"""The two walls around what is recorded of an adult at risk are equal: every user and enquiry, asked of both."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from openmash.adults.models import CareActRecord, ChildConsidered
from openmash.adults.policies import may_consider_children, may_read, may_record
from openmash.adults.rows import answers, records
from openmash.adults.tests.test_adults import SAID
from openmash.agencies.models import User
from openmash.audit.binding import bound_to
from openmash.domestic_abuse.tests.walls import NOW, World, build, lets_in
from openmash.enquiries.models import Enquiry
from openmash.intelligence.tests.world import make_enquiry

pytestmark = pytest.mark.django_db
TABLES = ("adults_careactrecord", "adults_childconsidered")


def record_of(enquiry: Enquiry, by: User) -> CareActRecord:
    return CareActRecord.objects.create(enquiry=enquiry, by=by, at=NOW, **SAID)


def answer_of(enquiry: Enquiry, by: User) -> ChildConsidered:
    return ChildConsidered.objects.create(enquiry=enquiry, by=by, at=NOW, answer="none", because="x")


@pytest.fixture
def world(hub) -> World:
    """Adults' enquiries, each with a row of both tables, and one about a child."""
    world = build(hub, "adult", lambda enquiry, by: (record_of(enquiry, by), answer_of(enquiry, by)))
    person = world.enquiries[0].parties.get().person
    world.enquiries.append(make_enquiry(hub.areas["wend-valley"], "review", "child", person))
    return world


@pytest.fixture
def enquiry(world) -> Enquiry:
    return next(one for one in world.enquiries if one.status == "review" and one.kind == "adult")


@pytest.mark.parametrize(("add", "may"), [(record_of, may_record), (answer_of, may_consider_children)])
def test_policy_and_database_agree_on_who_adds(world, add, may):
    said = {(by.name, one.reference): bool(may(by, one)) for by, one in world.looks()}
    held = {(by.name, one.reference): lets_in(add, one, by) for by, one in world.looks()}
    assert held == said
    assert 20 < sum(said.values()) < len(said)


@pytest.mark.parametrize("read", [records, answers])
def test_policy_and_database_agree_on_who_reads(world, read):
    seen = {(by.name, one.reference) for by, one in world.looks() if read(one, by)}
    assert seen == {(by.name, one.reference) for by, one in world.looks() if one.kind == "adult" and may_read(by, one)}
    assert 50 < len(seen) < len(world.users) * len(world.enquiries)


def test_nobody_adds_in_anothers_name(hub, enquiry):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(), bound_to(hub.staff["ruth"]):
        answer_of(enquiry, hub.staff["hannah"])


def test_nobody_bound_sees_anything_and_both_tables_are_guarded(hub, enquiry):
    assert answers(enquiry, hub.staff["ruth"])
    with transaction.atomic(), bound_to(None):
        assert not CareActRecord.objects.exists() and not ChildConsidered.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, relrowsecurity FROM pg_class WHERE relkind = 'r' AND relname LIKE 'adults%%'")
        assert sorted(cursor.fetchall()) == [(table, True) for table in TABLES]
        for table in TABLES:
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(f"DELETE FROM {table}")
