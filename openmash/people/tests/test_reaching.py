"""Whether a number, an address or a letter reaches whom it must not, in words that name nobody."""

from datetime import date, datetime

import pytest

from openmash.audit.actors import PUBLIC
from openmash.design.moments import LONDON
from openmash.people import actions
from openmash.people.given import GivenPerson
from openmash.people.models import Marker
from openmash.people.reaching import (
    CALLED_UNSAFE,
    RISK_LIVES_THERE,
    is_called_unsafe,
    is_risk_where,
    near_of,
    unsafe_to_reach,
)
from openmash.people.tying import relate

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, 0, tzinfo=LONDON)
HOME = {"address_lines": "9 Rope Walk", "postcode": "WX3 7QD"}
NUMBER, MAIL = "01632 960123", "ann@bell.example"


@pytest.fixture
def add(hub):
    def record(given, area="wend-valley", **facts):
        told = GivenPerson(given=given, family="Bell", source="Told", **facts)
        return actions.record(hub.areas[area], by=PUBLIC, now=NOON, given=told)

    return record


@pytest.fixture
def mark(hub):
    def put(person, kind):
        Marker.objects.create(person=person, kind=kind, agency=hub.agencies["police"], source="Told", recorded_at=NOON)

    return put


def test_what_is_of_nobody_or_of_somebody_else_may_be_used(add):
    ann = add("Ann", telephone=NUMBER)
    add("Stranger", telephone="01632 960999", is_safe_to_contact=False)
    assert unsafe_to_reach([ann.pk], telephone=NUMBER) == unsafe_to_reach([ann.pk], telephone="01632 960999") == ""
    assert unsafe_to_reach([], telephone=NUMBER) == unsafe_to_reach([ann.pk]) == ""


@pytest.mark.parametrize("spelt", ["01632960123", "+44 1632 960 123"])
def test_what_anybody_there_called_not_safe_is_not_used_until_that_has_ended(add, spelt):
    ann, tom = add("Ann", telephone=NUMBER, **HOME), add("Tom", telephone=NUMBER, is_safe_to_contact=False, **HOME)
    assert unsafe_to_reach([ann.pk], telephone=spelt) == CALLED_UNSAFE
    tom.contacts.update(until=date(2026, 11, 16))
    assert unsafe_to_reach([ann.pk], telephone=spelt) == ""


@pytest.mark.parametrize("kind", ["risk_adult", "contact_rules", "mappa", "protection_order"])
def test_nothing_reaches_the_home_of_whoever_may_pose_a_risk_in_whichever_area(add, mark, kind):
    ann, les = add("Ann", email=MAIL, **HOME), add("Les", area="harrowmouth")
    assert unsafe_to_reach([ann.pk], email=MAIL) == ""
    there = add("Les", telephone="01632 960777", **HOME)
    mark(les, kind)
    assert not is_risk_where([ann.pk])
    mark(there, kind)
    assert unsafe_to_reach([ann.pk], email=MAIL.upper()) == RISK_LIVES_THERE
    assert unsafe_to_reach([ann.pk], telephone="01632 960777") == RISK_LIVES_THERE, "their own number too"
    assert is_risk_where([ann.pk])
    Marker.objects.update(until=date(2026, 11, 16))
    assert unsafe_to_reach([ann.pk], email=MAIL) == ""


def test_a_number_that_was_called_safe_for_her_is_hers_to_use_at_home_too(add, mark):
    ann = add("Ann", telephone=NUMBER, is_safe_to_contact=True, **HOME)
    les = add("Les", telephone=NUMBER, **HOME)
    assert unsafe_to_reach([ann.pk], telephone=NUMBER) == ""
    mark(les, "risk_adult")
    assert unsafe_to_reach([ann.pk], telephone=NUMBER) == RISK_LIVES_THERE, "he has the same number"
    les.contacts.update(until=date(2026, 11, 16))
    assert unsafe_to_reach([ann.pk], telephone=NUMBER) == ""


def test_a_marker_that_is_no_risk_stops_nothing(add, mark):
    ann = add("Ann", email=MAIL, **HOME)
    mark(ann, "cp_plan")
    mark(ann, "home_env")
    assert unsafe_to_reach([ann.pk], email=MAIL) == ""


def test_near_them_is_who_lives_with_them_and_who_is_theirs_and_may_pose_a_risk(hub, add, mark):
    ann, gran, karl, aunt = add("Ann", **HOME), add("Gran", **HOME), add("Karl"), add("Aunt")
    for other, kind in ((karl, "ex_partner"), (aunt, "aunt_uncle")):
        relate(other, by=hub.staff["joanna"], other=ann, kind=kind, source="Told")
    assert near_of([ann.pk]) == {gran.pk}
    mark(karl, "risk_adult")
    assert near_of([ann.pk]) == {gran.pk, karl.pk}


def test_only_the_very_records_can_call_an_address_not_safe_before_anybody_is_matched(add):
    told, known = add("Ann", email="other@bell.example"), add("Ann", email=MAIL, is_safe_to_contact=False)
    assert not is_called_unsafe([told.pk], MAIL)
    assert is_called_unsafe([told.pk, known.pk], MAIL.upper())
    assert not is_called_unsafe([known.pk], "")
