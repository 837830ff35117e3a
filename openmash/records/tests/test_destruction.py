"""After a destruction no table holds a word of the record, and nobody else's record has lost one."""

from collections import Counter
from contextlib import suppress

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from openmash.audit.binding import bound_to
from openmash.audit.models import LedgerEvent
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import visible_to
from openmash.people.models import Person
from openmash.records import actions
from openmash.records.models import Destruction, Review
from openmash.records.readings import read_record

pytestmark = pytest.mark.django_db
CANARY = "zqx"
HANGING = "SELECT DISTINCT tbl || ' ' || id FROM openmash_hanging(%s, ARRAY[%s]::bigint[])"
# What stays of the enquiry, of whoever brought it and of what was decided is codes.
CODES = ["reference", "status", "kind", "channel", "source_code", "received_key", "desk", "clock", "rating",
         "wants_feedback_by"]  # fmt: skip
WITH_CODES = ["enquiries_enquiry", "enquiries_referrer", "decisions_outcome"]


def hanging_on(table, number, owner):
    return [*(row.split() for row in owner(HANGING, table, number)), [table, str(number)]]


def dumped(enquiry, owner):
    rows = hanging_on("enquiries_enquiry", enquiry.pk, owner)
    return sorted(
        owner(f"SELECT '{table} ' || one::text FROM {table} one WHERE id = {number}") for table, number in rows
    )


def put_canaries(told, owner) -> Counter:
    """A word of its own into every column of the old record that takes one; how many, by table."""
    put = Counter()
    referrer = ["enquiries_referrer", str(told.old.referrer.pk)]
    rows = [*hanging_on("enquiries_enquiry", told.old.pk, owner), referrer]
    for table, number in [*rows, *hanging_on("people_person", told.lodger.pk, owner)]:
        columns = owner(
            "SELECT column_name || ' ' || data_type FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name = %s AND data_type IN ('text', 'character varying', 'jsonb')"
            " AND NOT (table_name = ANY (%s) AND column_name = ANY (%s))",
            table, WITH_CODES, CODES,
        )  # fmt: skip
        for column in columns:
            name, kind = column.split(maxsplit=1)
            word = f"{CANARY}{sum(put.values())}"
            with suppress(DatabaseError), transaction.atomic():  # a code that is checked, or too short a column
                value = f'"{word}"' if kind == "jsonb" else word
                put[table] += len(owner(f"UPDATE {table} SET {name} = %s WHERE id = {number} RETURNING ''", value))
    return put


def where_canaries_are(owner) -> list[str]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    return [
        f"{table}: {row[:300]}"
        for table in tables
        for row in owner(f'SELECT one::text FROM "{table}" one WHERE one::text LIKE %s', f"%{CANARY}%")
    ]


def agreed_by_two(hub, enquiry) -> Destruction:
    review = actions.propose(enquiry, by=hub.staff["gwen"], wants="destroy", because=f"Its time is over. {CANARY}")
    return actions.agree(review, by=hub.staff["ruth"])


def test_no_word_of_it_is_left_and_the_familys_other_record_is_whole(hub, told, owner):
    put = put_canaries(told, owner)
    assert len(put) > 20 and sum(put.values()) > 150, put
    for table in ("intelligence_item", "disclosure_release", "decisions_decision", "enquiries_step", "people_name"):
        assert put[table], table
    other, people = dumped(told.later, owner), set(told.later.parties.values_list("person", flat=True))
    made = agreed_by_two(hub, told.old)
    assert where_canaries_are(owner) == []
    assert dumped(told.later, owner) == other
    assert Person.objects.filter(pk__in=people).count() == len(people)
    assert not Person.objects.filter(pk=told.lodger.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing points at what is gone

    assert (made.proposed_by, made.confirmed_by) == (hub.staff["gwen"], hub.staff["ruth"])
    assert (made.rule, made.level) == ("social_care", 4) and made.outcomes and len(made.hash) == 64
    assert made.counts["intelligence_item"] and made.counts["people_person"] == 1
    line = LedgerEvent.objects.get(event="record.destroyed", enquiry=told.old.pk)
    assert line.kept == {"digest": made.hash, "rows": sum(made.counts.values())}

    old = Enquiry.objects.get(pk=told.old.pk)
    assert (old.status, old.worry, old.concerns, old.rating) == ("closed", "", [], told.old.rating)
    assert not visible_to(hub.staff["ruth"]).filter(pk=old.pk).exists()
    assert read_record(old, by=hub.staff["gwen"]).destroyed.rows == line.kept["rows"]


def test_the_database_destroys_for_two_alone_and_never_what_is_held(hub, told, owner):
    gwen, ruth = hub.staff["gwen"], hub.staff["ruth"]
    review = actions.propose(told.old, by=gwen, wants="destroy", because="Its time is over.")

    def refused(by, saying):
        with pytest.raises(DatabaseError, match=saying), transaction.atomic(), bound_to(by), connection.cursor() as one:
            one.execute("SELECT openmash_destroy(%s, now())", [review.pk])

    refused(ruth, "by two people")  # nobody has agreed
    with transaction.atomic(), bound_to(ruth):
        Review.objects.filter(pk=review.pk).update(is_agreed=True, answered_by=ruth, answered_at=review.at)
    refused(gwen, "by two people")
    refused(hub.staff["shabana"], "by two people")
    hold = actions.hold_person(
        Person.objects.get(pk=told.lodger.pk), by=gwen, kind="court", because="Care proceedings."
    )
    refused(ruth, "held record")
    actions.lift(hold, by=ruth, because="They are over.")
    owner(
        "UPDATE disclosure_release SET enquiry_id = %s WHERE id = (SELECT min(release_id) FROM disclosure_releaseitem"
        " given JOIN intelligence_item item ON item.id = given.item_id WHERE item.enquiry_id = %s) RETURNING ''",
        told.later.pk, told.old.pk,
    )  # fmt: skip
    refused(ruth, "released from another")


def test_the_application_may_delete_nothing_of_a_case(told):
    for table in ("intelligence_item", "enquiries_party", "disclosure_release", "people_name", "records_destruction"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as one:
            one.execute(f"DELETE FROM {table}")
    for function in ("openmash_hanging('people_person', '{1}')", "openmash_delete('people_person', '{1}')"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as one:
            one.execute(f"SELECT {function}")


def test_what_is_kept_as_the_enquiry_hangs_on_it():
    """Whoever adds a table that is kept as the enquiry gives it a way to the enquiry, or names it in the function."""
    reached, more = set(), {Enquiry}
    while more:
        reached |= more
        more = (
            {
                model
                for model in apps.get_models()
                for field in model._meta.local_fields
                if field.is_relation and field.related_model in reached
            }
            - reached
            - {Person}
        )
    for model in apps.get_models():
        keep = getattr(getattr(model, "Privacy", None), "keep", "")
        if (
            "as the enquiry" in keep
            and model._meta.label != "agencies.HeldBack"
            and model._meta.label != "agencies.Delivery"
        ):
            assert model in reached, model._meta.label
