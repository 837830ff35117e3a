"""Whoever is sent is in the index of everybody known: once, and no longer than the agency says so."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from openmash.audit.binding import bound_to
from openmash.feeds.tests.files import bundle, comma_file, contacts, open_case, patient, person, workbook
from openmash.people.matching.stored import described_by
from openmash.people.models import IndexEntry

pytestmark = pytest.mark.django_db
MIA = {"number": "A1", "open": "yes", "given": "Mia", "family": "Bell", "born_on": "2018-05-04"}


@pytest.fixture
def indexed(hub, feed):
    """What those who match people in the area find of the feed's agency."""

    def indexed():
        with transaction.atomic(), bound_to(hub.staff["joanna"]):
            return [described_by(one.facts) for one in IndexEntry.objects.filter(source=feed.agency).order_by("pk")]

    return indexed


def test_whoever_is_sent_can_be_found(tmp_path, send, indexed):
    row = MIA | {"other_names": "Mia Hext", "address": "9 Rope Walk", "postcode": "WX3 7QD", "nhs": "943 476 5919"}
    send(comma_file(tmp_path / "f", row))
    (mia,) = indexed()
    assert mia.names == (("Mia", "Bell"), ("Mia", "Hext"))
    assert (mia.born, mia.identifiers) == ({date(2018, 5, 4)}, {("nhs", "9434765919")})
    assert mia.homes[0].postcode == "WX3 7QD"


def test_what_changes_is_found_as_it_now_is(tmp_path, send, indexed):
    send(comma_file(tmp_path / "f", MIA))
    send(comma_file(tmp_path / "f", MIA | {"family": "Novak"}))
    assert [one.names for one in indexed()] == [(("Mia", "Novak"),)]


def test_whoever_is_withdrawn_is_found_no_more(tmp_path, send, indexed):
    send(comma_file(tmp_path / "f", MIA, MIA | {"number": "A2"}, MIA | {"number": "A3"}))
    send(comma_file(tmp_path / "g", MIA | {"withdrawn": "yes"}))
    assert len(indexed()) == 2
    send(comma_file(tmp_path / "h", MIA | {"number": "A2"}), is_full=True)
    assert len(indexed()) == 1


def test_of_two_formats_one_entry_says_all(tmp_path, send, indexed):
    send(workbook(tmp_path / "f", List_1=contacts("A1")))
    assert [one.names for one in indexed()] == [()]
    send(comma_file(tmp_path / "g", person("A1", given="Mia", family="Bell", nhs="9434765919")))
    (mia,) = indexed()
    assert mia.names == (("Mia", "Bell"),)
    assert mia.identifiers == {("la_child_id", "A1"), ("nhs", "9434765919")}


def test_when_one_format_takes_back_the_other_stands(tmp_path, send, indexed):
    send(comma_file(tmp_path / "f", MIA))
    send(comma_file(tmp_path / "g", open_case("A1", given="Maya")))
    send(comma_file(tmp_path / "h", MIA | {"withdrawn": "yes"}))
    assert [one.names for one in indexed()] == [(("Maya", "Bell"),)]
    send(comma_file(tmp_path / "i", open_case("A1") | {"withdrawn": "yes"}))
    assert indexed() == []


def test_of_a_sensitive_person_nobody_learns_that_they_are_known(tmp_path, send, indexed):
    send(bundle(tmp_path / "f", patient("9434765919", meta={"security": [{"code": "R"}]})))
    assert indexed() == []
    send(bundle(tmp_path / "g", patient("9434765919")))
    assert [replace(one, homes=()).names for one in indexed()] == [(("Mia", "Bell"),)]
