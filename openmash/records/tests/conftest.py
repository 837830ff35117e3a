"""Two closed enquiries about one family, the first of them long over; and the database's owner, who sees every row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg import ClientCursor

from openmash.county.families import make_family
from openmash.county.telling import Course, Teller
from openmash.disclosure.workflow import ACKNOWLEDGED
from openmash.enquiries.models import Enquiry, Party
from openmash.people.models import Name, Person
from openmash.settings import OWNER_URL
from openmash.triage.tests.conftest import LONDON, received

__all__ = ["received"]
NOW = datetime(2026, 11, 25, 15, 10, tzinfo=LONDON)
LONG_AGO = datetime(1970, 3, 2, 12, tzinfo=LONDON)


class Owner:
    """Whoever owns the tables, unhindered by their triggers, inside the test's own transaction."""

    def __call__(self, statement: str, *given: object) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM test_owner_does(%s)", [ClientCursor(connection.connection).mogrify(statement, given)]
            )
            return [row[0] for row in cursor.fetchall()]


@pytest.fixture(scope="module")  # gone with its file: what may be called is looked through elsewhere
def _an_owner_at_hand(django_db_setup: None) -> Iterator[None]:
    with psycopg.connect(OWNER_URL, dbname=connection.settings_dict["NAME"], autocommit=True) as owner:
        owner.execute(
            """
            CREATE OR REPLACE FUNCTION test_owner_does(statement text) RETURNS SETOF text
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
            BEGIN
              PERFORM set_config('pgtrigger.ignore', (
                SELECT array_agg(tgname)::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger\\_%'), true);
              RETURN QUERY EXECUTE statement;
              PERFORM set_config('pgtrigger.ignore', '{}', true);
            END $$
            """
        )
        yield
        owner.execute("DROP FUNCTION test_owner_does")


@pytest.fixture
def owner(_an_owner_at_hand: None, db: None) -> Owner:
    return Owner()


@dataclass
class Told:
    """`old` and `later` are about one family; the lodger is in the old one alone."""

    old: Enquiry
    later: Enquiry
    lodger: Person


@pytest.fixture
def told(hub: Any, owner: Owner) -> Told:
    teller = Teller(hub, Random(7), NOW)
    family = make_family(4, "wend-valley", NOW.date(), Random(7))
    old, later = (
        teller.tell(family, Course(NOW - timedelta(days=days), level=4, source="3B", release=release), key=key)
        for days, key, release in ((90, "old", ACKNOWLEDGED), (40, "later", ""))
    )
    lodger = Person.objects.create(area=old.area, recorded_at=NOW, born_on=date(1950, 1, 1))
    Name.objects.create(person=lodger, given="Lorna", family="Lodger", source="Health visitor", recorded_at=NOW)
    Party.objects.create(enquiry=old, person=lodger, role="adult", order=9)
    long_over(old, owner)
    return Told(old, later, lodger)


def long_over(enquiry: Enquiry, owner: Owner) -> None:
    """As if it had been closed in 1970, about people born before."""
    owner(
        "UPDATE enquiries_enquiry SET status = 'closed', desk = '', owner_id = NULL, due_at = NULL, clock = '',"
        " closed_at = %s WHERE id = %s RETURNING ''",
        LONG_AGO, enquiry.pk,
    )  # fmt: skip
    owner(
        "UPDATE people_person SET born_on = '1950-01-01', due_on = NULL WHERE id IN"
        " (SELECT person_id FROM enquiries_party WHERE enquiry_id = %s) RETURNING ''",
        enquiry.pk,
    )
    enquiry.refresh_from_db()


@pytest.fixture
def closed(received: Callable[..., Enquiry], owner: Owner) -> Enquiry:
    """A contact that was closed in 1970: as little as can be."""
    enquiry = received()
    long_over(enquiry, owner)
    return enquiry
