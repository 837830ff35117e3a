"""A person is written down as given, cheaply, and can be found by the words that were used."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmash.audit.action import Refused
from openmash.audit.actors import CLOCKWORK, PUBLIC
from openmash.audit.models import LedgerEvent
from openmash.people import actions
from openmash.people.given import GivenColleague, GivenPerson, GivenTie, GivenTogether
from openmash.people.models import Address, Professional, Relationship
from openmash.people.queries import leads_of, names_of
from openmash.people.tying import relate

pytestmark = pytest.mark.django_db

MIA = GivenPerson(
    given="Mia",
    family="Bell",
    other_names="Mia Okafor, Mimi",
    sex="F",
    born_on=date(2019, 4, 3),
    address_lines="12 Elm Road",
    postcode="wv1 2ab",
    telephone="01632960123",
    email="mia@bell.example",
    identifiers=(("nhs", "943 476 5919"), ("upn", "Q207000016049")),
    source="Health visitor",
)


def test_a_given_person_is_kept_whole(hub):
    person = actions.record(hub.areas["wend-valley"], by=hub.staff["joanna"], given=MIA)
    assert [(str(name), name.is_usual) for name in person.names.order_by("id")] == [
        ("Mia Bell", True),
        ("Mia Okafor", False),
        ("Mia Mimi", False),
    ]
    assert [(row.kind, row.value, row.verified) for row in person.identifiers.order_by("id")] == [
        ("nhs", "9434765919", "given by the referrer"),
        ("upn", "Q207000016049", "given by the referrer, and mistyped"),
    ]
    assert {row.value for row in person.contacts.all()} == {"01632 960123", "mia@bell.example"}
    assert str(person.residences.get().address) == "12 Elm Road, WV1 2AB"
    assert "i:nhs:9434765919" in person.keys
    assert not any("Q207" in key for key in person.keys), "a mistyped number joins nobody"


def test_two_spellings_of_an_address_are_one_address(hub):
    area = hub.areas["wend-valley"]
    for lines in ("12 Elm Road", "12, Elm Rd."):
        actions.record(area, by=PUBLIC, given=GivenPerson(given="Ann", address_lines=lines, postcode="WV1 2AB"))
    assert Address.objects.filter(key="wv12ab 12").count() == 1


def test_recording_takes_a_dozen_statements(hub):
    with CaptureQueriesContext(
        connection,
    ) as done:
        actions.record(hub.areas["wend-valley"], by=hub.staff["joanna"], given=MIA)
    assert len(done) <= 14, [query["sql"][:80] for query in done]


@pytest.mark.parametrize("who", ["joanna", "hannah", "ruth", "peter", "siobhan", "alan"])
def test_those_who_make_or_key_enquiries_record_people(hub, who):
    assert actions.record(hub.areas["wend-valley"], by=hub.staff[who], given=MIA).pk


@pytest.mark.parametrize("who", ["mary", "amit", "saul", "gwen", "nina", "ellen"])
def test_others_and_those_of_another_area_do_not(hub, who):
    with pytest.raises(Refused, match="This is done by"):
        actions.record(hub.areas["wend-valley"], by=hub.staff[who], given=MIA)


def test_the_systems_clock_records_nobody(hub):
    with pytest.raises(Refused):
        actions.record(hub.areas["wend-valley"], by=CLOCKWORK, given=MIA)


def test_an_unknown_relation_or_marker_or_number_is_a_mistake_in_the_program(hub):
    area, joanna = hub.areas["wend-valley"], hub.staff["joanna"]
    mia, ann = (actions.record(area, by=joanna, given=GivenPerson(given=name)) for name in ("Mia", "Ann"))
    with pytest.raises(ValueError, match="no relation"):
        relate(ann, by=joanna, other=mia, kind="owner", source="x")
    with pytest.raises(ValueError, match="no marker"):
        actions.mark(ann, by=joanna, kind="nice", agency=hub.agencies["police"])
    with pytest.raises(ValueError, match="no identifier"):
        actions.record(area, by=joanna, given=GivenPerson(given="Jo", identifiers=(("nino", "QQ123456C"),)))
    assert not Relationship.objects.exists()


def test_names_come_by_number_in_one_query(hub, django_assert_num_queries):
    area, joanna = hub.areas["wend-valley"], hub.staff["joanna"]
    mia = actions.record(area, by=joanna, given=MIA)
    unborn = actions.record(area, by=joanna, given=GivenPerson(family="Bell", due_on=date(2026, 12, 1)))
    nobody = actions.record(area, by=joanna, given=GivenPerson(is_birth_date_estimated=True, born_on=date(1990, 1, 1)))
    with django_assert_num_queries(1):
        lines = names_of([mia.pk, unborn.pk, nobody.pk, 0], today=date(2026, 11, 22))
    assert [(line.name, line.age, line.is_unborn) for line in map(lines.get, (mia.pk, unborn.pk, nobody.pk))] == [
        ("Mia Bell", "7", False),
        ("Unborn baby Bell", "due 1 December 2026", True),
        ("Name not known", "about 36", False),
    ]
    assert names_of([]) == {}
    assert leads_of([mia.pk]) == {mia.pk: mia.pk}


class TestTogether:
    TWO = GivenTogether(
        people=(MIA, GivenPerson(given="Ann", family="Bell", address_lines="12 Elm Rd", postcode="WV1 2AB")),
        ties=(GivenTie(1, 0, "mother", has_parental_responsibility=True),),
        colleagues=(GivenColleague(0, "Hill School", "School"), GivenColleague(1, "Elm Surgery", "GP")),
        source="Enquiry WV-1",
    )

    def test_people_given_together_are_tied_together(self, hub):
        together = actions.record_together(hub.areas["wend-valley"], by=PUBLIC, given=self.TWO)
        mia, ann = together.people
        tie = Relationship.objects.get()
        assert (tie.person, tie.other, tie.kind, tie.has_parental_responsibility) == (ann, mia, "mother", True)
        assert mia.residences.get().address == ann.residences.get().address
        assert [(one.person, one.agency) for one in Professional.objects.order_by("id")] == [
            (mia, "Hill School"),
            (ann, "Elm Surgery"),
        ]
        assert (mia.names.first().source, ann.names.first().source) == ("Health visitor", "Enquiry WV-1")

    def test_all_of_them_are_on_the_ledger(self, hub):
        together = actions.record_together(hub.areas["wend-valley"], by=PUBLIC, given=self.TWO)
        line = LedgerEvent.objects.latest("id")
        assert (line.event, line.people) == ("people.recorded", [person.pk for person in together.people])

    def test_more_people_take_no_more_statements(self, hub):
        area, many = hub.areas["wend-valley"], replace(self.TWO, people=self.TWO.people * 5)
        with CaptureQueriesContext(connection) as few:
            actions.record_together(area, by=PUBLIC, given=self.TWO)
        with CaptureQueriesContext(connection) as more:
            actions.record_together(area, by=PUBLIC, given=many)
        assert len(more) <= len(few) <= 16

    def test_an_unknown_relation_is_a_mistake_in_the_program(self, hub):
        with pytest.raises(ValueError, match="no relation"):
            actions.record_together(
                hub.areas["wend-valley"], by=PUBLIC, given=replace(self.TWO, ties=(GivenTie(0, 1, "owner"),))
            )

    @pytest.mark.parametrize("who", ["mary", "amit", "ellen"])
    def test_not_by_others(self, hub, who):
        with pytest.raises(Refused):
            actions.record_together(hub.areas["wend-valley"], by=hub.staff[who], given=self.TWO)


def test_two_vague_addresses_are_two(hub):
    for _ in range(2):
        actions.record(hub.areas["wend-valley"], by=PUBLIC, given=GivenPerson(given="Jo", address_lines="Wendmark"))
    assert Address.objects.filter(lines="Wendmark").count() == 2
