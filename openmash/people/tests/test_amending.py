"""The reviewed merge: only what was chosen becomes what the record says, and what it said before stays."""

from datetime import date

import pytest

from openmash.audit.action import Refused, Stale
from openmash.audit.actors import PUBLIC
from openmash.people import actions
from openmash.people.facts import Fact
from openmash.people.given import GivenPerson
from openmash.people.models import Person
from openmash.people.queries import facts_to_review, names_of, person_view

pytestmark = pytest.mark.django_db

FIRST = GivenPerson(
    given="Amira", family="Bell", sex="U", born_on=date(2019, 3, 4), address_lines="12 Elm Road", postcode="WV1 2AB",
    telephone="01632 960123", source="Enquiry WV-1",
)  # fmt: skip
SECOND = GivenPerson(
    given="Amira", family="Novak", sex="F", born_on=date(2019, 4, 3), address_lines="9 Quay Street", postcode="WV3 1AA",
    telephone="01632 960555", email="a@novak.example", identifiers=(("nhs", "9434765919"),), language="Czech",
    needs_interpreter=True, source="Enquiry WV-2",
)  # fmt: skip


@pytest.fixture
def joined(hub) -> Person:
    area = hub.areas["wend-valley"]
    lead, other = (actions.record(area, by=PUBLIC, given=one) for one in (FIRST, SECOND))
    actions.say_same(lead, by=hub.staff["joanna"], other=other)
    return lead


def test_joining_changes_nothing_that_the_lead_says(hub, joined):
    view = person_view(joined.pk, by=hub.staff["joanna"], today=date(2026, 11, 22))
    assert (view.name, view.born_on, view.sex, view.facts) == ("Amira Bell", date(2019, 3, 4), "Not known", ())
    assert view.aliases == ("Amira Novak",)


def test_what_the_joined_record_says_otherwise_is_offered(hub, joined):
    offered = facts_to_review(joined, by=hub.staff["joanna"])
    assert [(one.label, one.now, one.given) for one in offered] == [
        ("Name", "Amira Bell", "Amira Novak"),
        ("Address", "12 Elm Road, WV1 2AB", "9 Quay Street, WV3 1AA"),
        ("Telephone", "01632 960123", "01632 960555"),
        ("E-mail address", "", "a@novak.example"),
        ("Number", "", "NHS number 943 476 5919"),
        ("Date of birth", "4 March 2019", "3 April 2019"),
        ("Sex", "Not known", "Female"),
        ("First language", "", "Czech"),
        ("Needs an interpreter", "", "Yes"),
    ]
    assert {one.source for one in offered} == {"Enquiry WV-2"}


def test_what_was_chosen_becomes_current_and_the_rest_does_not(hub, joined):
    joanna = hub.staff["joanna"]
    offered = facts_to_review(joined, by=joanna)
    chosen = tuple(one.fact for one in offered if one.label in ("Name", "Address", "Date of birth", "Number"))
    actions.adopt(joined, by=joanna, facts=chosen, seen=1)
    view = person_view(joined.pk, by=joanna, today=date(2026, 11, 22))
    assert (view.name, view.born_on, view.sex, view.version) == ("Amira Novak", date(2019, 4, 3), "Not known", 2)
    assert view.aliases == ("Amira Bell",)
    assert [(stay.address, stay.is_now) for stay in view.stays] == [
        ("9 Quay Street, WV3 1AA", True),
        ("12 Elm Road, WV1 2AB", False),
    ]
    assert [(one.what, one.before, one.after, one.by) for one in view.amendments] == [
        ("Date of birth", "4 March 2019", "3 April 2019", "Joanna Vale"),
        ("Number", "", "NHS number 943 476 5919", "Joanna Vale"),
        ("Address", "12 Elm Road, WV1 2AB", "9 Quay Street, WV3 1AA", "Joanna Vale"),
        ("Name", "Amira Bell", "Amira Novak", "Joanna Vale"),
    ]
    joined.refresh_from_db()
    assert [one.label for one in facts_to_review(joined, by=joanna)] == [
        "Telephone",
        "E-mail address",
        "Sex",
        "First language",
        "Needs an interpreter",
    ]
    assert {"i:nhs:9434765919", "d:20190304:n"} <= set(joined.keys), "found by what was adopted"
    assert names_of([joined.pk])[joined.pk].name == "Amira Novak"


def test_everything_that_is_offered_can_be_adopted(hub, joined):
    joanna = hub.staff["joanna"]
    actions.adopt(joined, by=joanna, facts=tuple(one.fact for one in facts_to_review(joined, by=joanna)))
    joined.refresh_from_db()
    assert facts_to_review(joined, by=joanna) == ()


def test_somebody_who_was_looking_at_an_older_page_is_told(hub, joined):
    facts = (Fact("sex", "F", "School"),)
    actions.adopt(joined, by=hub.staff["joanna"], facts=facts, seen=1)
    with pytest.raises(Stale):
        actions.adopt(joined, by=hub.staff["hannah"], facts=facts, seen=1)


def test_only_the_lead_is_amended(hub, joined):
    other = Person.objects.get(lead=joined)
    with pytest.raises(Refused, match="joined to another"):
        actions.adopt(other, by=hub.staff["joanna"], facts=())


def test_nothing_amends_by_itself(hub, joined):
    with pytest.raises(Refused):
        actions.adopt(joined, by=PUBLIC, facts=())


def test_adopting_the_same_twice_says_so_once(hub, joined):
    fact = Fact("telephone", "01632960555", "School")
    for _ in range(2):
        actions.adopt(joined, by=hub.staff["joanna"], facts=(fact,))
    assert joined.contacts.filter(value="01632 960555").count() == 1
    assert joined.amendments.count() == 1


def test_an_unborn_child_is_born_on_the_same_record(hub):
    area, joanna = hub.areas["wend-valley"], hub.staff["joanna"]
    baby = actions.record(area, by=PUBLIC, given=GivenPerson(family="Bell", due_on=date(2026, 11, 2)))
    actions.note_birth(baby, by=joanna, born_on=date(2026, 10, 25), sex="M", given="Noah", source="Midwife")
    view = person_view(baby.pk, by=joanna, today=date(2026, 11, 22))
    assert (view.name, view.age, view.sex, view.is_unborn) == ("Noah Bell", "28 days", "Male", False)
    assert view.due_on == date(2026, 11, 2)


def test_a_fact_that_does_not_exist_is_a_mistake_in_the_program():
    with pytest.raises(ValueError, match="no fact"):
        Fact("shoe_size", "4", "x")


def test_a_marker_ends_and_stays_on_the_record(hub, joined):
    ruth = hub.staff["ruth"]
    marker = actions.mark(joined, by=ruth, kind="cp_plan", agency=hub.agencies["police"], since=date(2020, 1, 1))
    actions.unmark(joined, by=ruth, marker=marker, until=date(2021, 1, 1))
    (line,) = person_view(joined.pk, by=ruth).markers
    assert (line.says, line.is_live, line.until) == ("On a child protection plan", False, date(2021, 1, 1))
