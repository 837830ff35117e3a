"""An adult at risk: the Care Act test, capacity and wishes; a child is considered or nothing is decided (M19, M58)."""

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from openmash.adults import actions
from openmash.adults.around import children_around, same_household
from openmash.adults.models import CareActRecord, ChildConsidered
from openmash.adults.queries import at_risk, record_begins
from openmash.audit.action import Refused
from openmash.audit.actors import PUBLIC
from openmash.audit.binding import bound_to
from openmash.decisions.complete import unsaid, unsaid_directly
from openmash.decisions.gaps import gaps
from openmash.decisions.given import GivenDecision, GivenOutcome
from openmash.decisions.policies import may_decide, may_decide_directly
from openmash.enquiries.actions import let_in, receive
from openmash.enquiries.clocks import statutory_due
from openmash.enquiries.given import GivenParty
from openmash.enquiries.models import Enquiry, Need
from openmash.enquiries.tests.test_actions import NOON, given
from openmash.people.given import GivenPerson
from openmash.people.models import Judgement
from openmash.people.queries import leads_of
from openmash.triage.actions import rate, screen

pytestmark = pytest.mark.django_db
HOME = {"address_lines": "7 Quarry Lane", "postcode": "WX1 2AB"}
SAID = {
    "categories": ["adult_financial", "adult_neglect"],
    "has_needs": True,
    "needs_because": "Dementia; a carer twice a day",
    "is_at_risk": True,
    "risk_because": "Her son keeps her bank card",
    "cannot_protect": True,
    "protect_because": "She does not remember what he takes",
    "capacity": "lacks",
    "decision_about": "Whether her son keeps the card",
    "assessed_by": "Dr Rao, GP",
    "assessed_on": NOON.date(),
    "best_interests": "The card stays with the bank; her sister was asked",
    "consent": "not_asked",
    "without_consent_because": "She cannot decide about this",
    "wishes": "To have her own money and still see her son",
}


def person(name, born, **more):
    return GivenPerson(given=name, family="Orrell", sex="F", born_on=born, **HOME, **more)


@pytest.fixture
def adult(hub):
    parties = (GivenParty(person("Edna", date(1941, 4, 2)), "adult", lives_in_household=True),)
    facts = given(kind="adult", parties=parties, fields={"concerns": ["adult_financial"], "adults_wishes": "My card"})
    return receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=facts, key="adult")


@pytest.fixture
def child(hub):
    parties = (GivenParty(person("Skye", date(2019, 9, 9)), "child", lives_in_household=True),)
    return receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=given(parties=parties), key="child")


def consider(enquiry, by, answer="none", because="She lives alone", about=()):
    return actions.consider_children(enquiry, by=by, now=NOON, answer=answer, because=because, about=about)


def test_saving_one_asks_at_once_whether_a_child_was_considered(adult, child):
    need = Need.objects.get(kind="child-considered", met_at=None)
    assert (need.enquiry, need.permission, need.due_at) == (adult, "screen", adult.triage_due_at)
    assert need.path == f"/enquiry/{adult.reference}/children/"


def test_the_children_of_the_household_are_listed_with_their_open_enquiry(hub, adult, child):
    found = children_around(adult, by=hub.staff["joanna"])
    assert [(one.name, one.why, one.open_in) for one in found] == [
        ("Skye Orrell", "Lives at the same address", (child.reference,))
    ]


def test_a_childs_and_an_adults_enquiry_of_one_household_find_each_other(hub, adult, child):
    joanna = hub.staff["joanna"]
    assert [line.reference for line in same_household(adult, by=joanna)] == [child.reference]
    assert [line.reference for line in same_household(child, by=joanna)] == [adult.reference]


def test_nobody_says_that_there_is_no_child_when_one_is_known(hub, adult, child):
    with pytest.raises(Refused, match="1 child is known"):
        consider(adult, hub.staff["joanna"])
    assert not ChildConsidered.objects.exists()


def test_nobody_speaks_of_children_of_whom_none_is_known(hub, adult):
    with pytest.raises(Refused, match="No child is known"):
        consider(adult, hub.staff["joanna"], "safe")


def test_the_answer_keeps_whom_they_were_shown_and_meets_the_need(hub, adult, child):
    skye = child.parties.get().person_id
    row = consider(adult, hub.staff["joanna"], "known", "Skye has an enquiry of her own")
    assert row.children == [skye]
    assert not Need.objects.filter(kind="child-considered", met_at=None).exists()


def test_an_enquiry_about_the_children_is_made_with_nothing_keyed_again(hub, adult, child):
    skye = child.parties.get().person_id
    row = consider(adult, hub.staff["joanna"], "enquiry", "Skye sees him shout at her grandmother", [skye])
    made = row.childs_enquiry
    assert (made.kind, made.channel, made.worry, made.happened) == (
        "child", "adults_enquiry", "Skye sees him shout at her grandmother", adult.worry,
    )  # fmt: skip
    assert [(party.role, party.is_matched) for party in made.parties.order_by("order")] == [
        ("child", True),
        ("adult", True),
    ]
    known = {child.parties.get().person_id, adult.parties.get().person_id}
    assert set(leads_of(made.parties.values_list("person", flat=True)).values()) == known
    assert Judgement.objects.count() == 2


def test_an_enquiry_is_about_the_children_who_are_chosen_and_about_nobody_else(hub, adult, child):
    joanna, skye = hub.staff["joanna"], child.parties.get().person_id
    parties = (GivenParty(person("Leo", date(2021, 3, 3)), "child", lives_in_household=True),)
    other = receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=given(parties=parties), key="brother")
    leo = other.parties.get().person_id
    assert {one.lead for one in children_around(adult, by=joanna)} == {skye, leo}
    for nobody in ([], [adult.parties.get().person_id], [skye, 0]):
        with pytest.raises(Refused, match="Select"):
            consider(adult, joanna, "enquiry", "He shouts", nobody)
    row = consider(adult, joanna, "enquiry", "He shouts", [leo])
    made = row.childs_enquiry.parties.filter(role="child").values_list("person", flat=True)
    assert set(leads_of(made).values()) == {leo}
    assert set(row.children) == {skye, leo}


def test_the_page_asks_which_children_and_keeps_what_was_typed(client, hub, adult, child):
    client.force_login(hub.staff["joanna"])
    path, said = (
        f"/enquiry/{adult.reference}/children/",
        {"version": adult.version, "answer": "enquiry", "because": "Ah"},
    )
    page = client.post(path, said).text
    assert "Select at least one child" in page and "Ah" in page
    assert client.post(path, said | {"about": [child.parties.get().person_id]}).status_code == 302


def test_what_was_held_is_asked_about_children_once_it_is_let_in(hub):
    parties = (GivenParty(person("Edna", date(1941, 4, 2)), "adult", lives_in_household=True),)
    facts = given(kind="adult", parties=parties, is_held=True)
    held = receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=facts, key="held")
    assert not Need.objects.filter(kind="child-considered").exists()
    let_in(held, by=hub.staff["joanna"], now=NOON)
    assert Need.objects.get(kind="child-considered").enquiry == held


def test_rating_does_not_wait_for_the_answer_and_is_cautioned(client, hub, adult):
    client.force_login(hub.staff["hannah"])
    screen(adult, by=hub.staff["joanna"], now=NOON, outcome="research", considered="x")
    page = client.get(f"/enquiry/{adult.reference}/rate/").text
    assert "Nobody has said yet whether a child was considered" in page
    adult.refresh_from_db()
    rate(adult, by=hub.staff["hannah"], now=NOON, rating="amber", because="x")
    adult.refresh_from_db()
    consider(adult, hub.staff["joanna"])
    assert "Nobody has said yet" not in client.get(f"/enquiry/{adult.reference}/rerate/").text


@pytest.mark.parametrize("who", ["ruth", "hannah"])
def test_nothing_is_decided_before_a_child_was_considered(hub, adult, who):
    ruth = hub.staff["ruth"]
    assert any("child was considered" in why for why in may_decide_directly(ruth, adult).reasons)
    consider(adult, hub.staff[who])
    assert may_decide_directly(ruth, adult)
    assert any("Care Act test" in why for why in may_decide(ruth, adult).reasons)
    actions.record(adult, by=hub.staff["hannah"], now=NOON, **SAID)
    assert not any("Care Act test" in why for why in may_decide(ruth, adult).reasons)


def test_a_childs_enquiry_asks_none_of_it(hub, child):
    assert at_risk(child, by=hub.staff["hannah"]) is None
    assert may_decide_directly(hub.staff["ruth"], child)
    with pytest.raises(Refused, match="not about an adult"):
        consider(child, hub.staff["joanna"])


def test_a_change_keeps_the_record_before(hub, adult):
    hannah = hub.staff["hannah"]
    actions.record(adult, by=hannah, now=NOON, **SAID)
    actions.record(adult, by=hannah, now=NOON, **SAID | {"cannot_protect": False, "protect_because": "Her sister can"})
    now, before = at_risk(adult, by=hannah).records
    assert (now.is_duty, before.is_duty) == (False, True)
    assert record_begins(adult, by=hannah)["protect_because"] == "Her sister can"


def test_the_form_begins_with_what_the_referrer_said(hub, adult):
    begun = record_begins(adult, by=hub.staff["hannah"])
    assert (begun["categories"], begun["wishes"]) == (["adult_financial"], "My card")


@pytest.mark.parametrize("who", ["joanna", "grace", "karen", "gwen"])
def test_only_the_areas_social_workers_record_the_test(hub, adult, who):
    with pytest.raises(Refused):
        actions.record(adult, by=hub.staff[who], now=NOON, **SAID)


@pytest.mark.parametrize(
    "wrong",
    [
        {"risk_because": ""},
        {"best_interests": ""},
        {"assessed_by": ""},
        {"without_consent_because": ""},
        {"wishes": ""},
    ],
)
def test_the_database_keeps_the_rules_too(hub, adult, wrong):
    hannah = hub.staff["hannah"]
    with pytest.raises(IntegrityError), transaction.atomic(), bound_to(hannah):
        CareActRecord.objects.create(enquiry=adult, by=hannah, at=NOON, **SAID | wrong)


def outcome(kind):
    return GivenDecision(level=4, outcomes=(GivenOutcome(kind, "Look into it"),))


def test_all_three_parts_are_a_duty_and_without_them_there_is_none(hub, adult):
    hannah = hub.staff["hannah"]

    def says(kind):
        found = [
            *unsaid(outcome(kind), adult, by=hannah),
            *unsaid_directly(outcome(kind), "routed", adult, by=hannah),
        ]
        return {one.says for one in found if "Care Act test" in one.says}

    assert says("adult_safeguarding") and not says("adult_other_enquiry")
    actions.record(adult, by=hannah, now=NOON, **SAID | {"has_needs": False, "needs_because": "None"})
    assert says("adult_safeguarding") and not says("adult_care")
    actions.record(adult, by=hannah, now=NOON, **SAID)
    assert says("adult_care") and not says("adult_safeguarding")


def test_an_adults_decision_asks_no_part_of_a_childs_life(hub, adult, child):
    ruth = hub.staff["ruth"]
    asked, of_child = ({one.field for one in unsaid(outcome("nfa"), of, by=ruth)} for of in (adult, child))
    assert "domains_4" not in asked and "domains_4" in of_child


def test_what_is_not_known_of_an_adult_is_not_said_of_a_child(adult, child):
    of_adult, of_child = (" ".join(gap.says for gap in gaps(one, now=NOON)) for one in (adult, child))
    assert "Where the adult is now is not recorded." in of_adult and "child" not in of_adult
    assert "Where the child is now is not recorded." in of_child
    adult.adults_wishes = ""
    assert "The referrer did not say what the adult wants." in " ".join(gap.says for gap in gaps(adult, now=NOON))


def test_each_area_sets_how_long_an_adults_decision_takes(hub):
    area = hub.areas["wend-valley"]
    area.adult_days = 3
    assert statutory_due(area, NOON, "adult") == area.working_time.add_days(NOON, 3)
    assert statutory_due(area, NOON, "child") == area.working_time.add_days(NOON, 1)
    assert Enquiry._meta.get_field("kind").default == "child"
