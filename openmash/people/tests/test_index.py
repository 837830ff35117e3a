"""The index of everybody known to anyone: who writes it, who sees through it, and what it answers."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction

from openmash.agencies.roles import ROLES, Permission
from openmash.audit.actors import PUBLIC
from openmash.audit.binding import bind, bound_to
from openmash.people import actions
from openmash.people.given import GivenPerson
from openmash.people.matching import index, links
from openmash.people.matching.described import described
from openmash.people.matching.keys import search_keys
from openmash.people.matching.stored import described_by, facts_of, numbered
from openmash.people.models import IndexEntry

AMIRA = GivenPerson(
    given="Amira",
    family="Bell",
    other_names="Amira Okafor",
    sex="F",
    born_on=date(2019, 4, 3),
    address_lines="12 Elm Road",
    postcode="WV1 2AB",
    telephone="01632 960123",
    identifiers=(("nhs", "9434765919"),),
)


def seen(by) -> set[int]:
    """The records that somebody finds, through the policy and through the function: they must be the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        before = bind(by)
        plain = set(IndexEntry.objects.values_list("record", flat=True))
        keys = numbered(search_keys(described(AMIRA)))
        cursor.execute("SELECT record FROM openmash_search_index(%s, 100, 100)", [keys])
        searched = {row[0] for row in cursor.fetchall()}
        bind(before)
    assert plain == searched
    return plain


@pytest.fixture
def known(hub):
    """Amira is known to health in Wend Valley, to the police everywhere, restricted to housing, and in Harrowmouth."""
    area = hub.areas["wend-valley"].pk
    index.put(hub.agencies["health"].pk, [index.IndexRow(1, AMIRA, area)])
    index.put(hub.agencies["police"].pk, [index.IndexRow(2, AMIRA)])
    index.put(hub.agencies["housing"].pk, [index.IndexRow(3, AMIRA, area, is_restricted=True)])
    index.put(hub.agencies["education"].pk, [index.IndexRow(4, AMIRA, hub.areas["harrowmouth"].pk)])
    return hub


def test_a_description_is_kept_whole():
    told = described(AMIRA)
    kept = described_by(facts_of(told))
    assert replace(kept, homes=told.homes) == told
    assert kept.homes[0].key == told.homes[0].key


@pytest.mark.django_db
class TestTheWall:
    @pytest.mark.parametrize("who", ["joanna", "hannah", "ruth"])
    def test_the_hubs_staff_see_their_area_and_the_whole_county_but_nobody_restricted(self, known, who):
        assert seen(known.staff[who]) == {1, 2}

    def test_another_areas_namesakes_take_nobodys_place(self, known):
        there = known.areas["harrowmouth"].pk
        index.put(known.agencies["education"].pk, [index.IndexRow(number, AMIRA, there) for number in range(10, 30)])
        index.put(
            known.agencies["health"].pk,
            [index.IndexRow(5, replace(AMIRA, born_on=None), known.areas["wend-valley"].pk)],
        )
        keys = numbered(search_keys(described(AMIRA)))
        with transaction.atomic(), bound_to(known.staff["joanna"]), connection.cursor() as cursor:
            cursor.execute("SELECT record FROM openmash_search_index(%s, 3, 100)", [keys])
            assert [record for (record,) in cursor.fetchall()] == [1, 2, 5]

    def test_who_shares_a_key_that_few_have_comes_before_who_shares_more_that_many_have(self, known):
        place, housing = known.areas["wend-valley"].pk, known.agencies["housing"].pk
        alike = GivenPerson(given="Amira", family="Bell", born_on=date(2019, 8, 9))
        index.put(housing, [index.IndexRow(number, alike, place) for number in range(40, 90)])
        index.put(housing, [index.IndexRow(7, GivenPerson(given="Mira", telephone=AMIRA.telephone), place)])
        keys = numbered(search_keys(described(replace(AMIRA, identifiers=(), address_lines="", postcode=""))))
        with transaction.atomic(), bound_to(known.staff["joanna"]), connection.cursor() as cursor:
            cursor.execute("SELECT record FROM openmash_search_index(%s, 3, 100)", [keys])
            assert {record for (record,) in cursor.fetchall()} == {1, 2, 7}

    def test_another_area_sees_its_own(self, known):
        assert seen(known.staff["ellen"]) == {2, 4}

    @pytest.mark.parametrize("who", ["mary", "lewis", "karen", "amit", "gwen", "peter", "saul", "siobhan", "alan"])
    def test_nobody_else_sees_anything(self, known, who):
        assert seen(known.staff[who]) == set()

    def test_nobody_bound_sees_anything(self, known):
        assert seen(None) == set()
        assert seen(PUBLIC) == set()

    def test_the_database_names_the_roles_that_may_match_people(self, db):
        with connection.cursor() as cursor:
            cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'openmash_matching_areas'")
            (source,) = cursor.fetchone()
        for key, role in ROLES.items():
            assert (f"'{key}'" in source) is (Permission.MATCH_PEOPLE in role.may), key

    def test_the_application_writes_only_through_its_functions(self, known):
        with transaction.atomic():
            bind(known.staff["joanna"])
            assert IndexEntry.objects.update(is_restricted=True) == 0


@pytest.mark.django_db
class TestWriting:
    def test_the_same_again_changes_nothing(self, hub):
        row = index.IndexRow(1, AMIRA)
        assert index.put(hub.agencies["police"].pk, [row]) == 1
        assert index.put(hub.agencies["police"].pk, [row]) == 0
        assert index.put(hub.agencies["police"].pk, [replace(row, person=replace(AMIRA, family="Novak"))]) == 1
        assert seen(hub.staff["joanna"]) == {1}

    def test_the_last_of_two_rows_of_one_record_counts(self, hub):
        rows = [index.IndexRow(1, replace(AMIRA, given="Zara")), index.IndexRow(1, AMIRA)]
        assert index.put(hub.agencies["police"].pk, rows) == 1

    def test_what_an_agency_withdraws_is_gone_and_only_what_is_its_own(self, known):
        police, health = known.agencies["police"].pk, known.agencies["health"].pk
        assert index.withdraw(health, [2]) == 0
        assert index.withdraw(police, [2]) == 1
        assert seen(known.staff["joanna"]) == {1}

    def test_workers_write_what_one_process_writes(self, hub):
        rows = [index.IndexRow(number, replace(AMIRA, given=f"Amira {number}")) for number in range(4_100)]
        with index.processes(2) as pool:
            assert index.put(hub.agencies["police"].pk, rows, pool=pool) == 4_100
        assert index.put(hub.agencies["police"].pk, rows) == 0

    def test_people_of_the_hub_are_in_it_from_the_first_second_and_after_every_change(self, hub):
        person = actions.record(hub.areas["wend-valley"], by=PUBLIC, given=AMIRA)
        assert seen(hub.staff["joanna"]) == {None}
        with transaction.atomic():
            bind(hub.staff["joanna"])
            assert described_by(person.entry.facts).names == (("Amira", "Bell"), ("Amira", "Okafor"))


@pytest.mark.django_db
def test_links_say_nothing_of_records_that_nobody_linked(known):
    assert links.records_of([1]) == {}
    assert links.leads_of([1, 2]) == {}
