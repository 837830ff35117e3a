"""Adding up over real enquiries: joined people, tasks with a clock, overrides, own numbers, and looking back."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from openmash.audit.action import Refused
from openmash.audit.actors import PUBLIC
from openmash.cumulative import actions
from openmash.cumulative.actions import ADDING_UP, add_up
from openmash.cumulative.backtest import backtest
from openmash.cumulative.models import Hit, Setting
from openmash.cumulative.shelf import RULES
from openmash.cumulative.stories import stories
from openmash.enquiries.actions import receive
from openmash.enquiries.given import GivenParty
from openmash.enquiries.models import Enquiry, Need, Step
from openmash.enquiries.queries import needs_of
from openmash.enquiries.tests.test_actions import given
from openmash.notifications.models import Notification, Source, Subject
from openmash.people import actions as people
from openmash.people.given import GivenPerson
from openmash.people.models import Person, Relationship
from openmash.people.tying import relate
from openmash.triage import actions as triage

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("Europe/London"))
MIA = GivenPerson("Mia", "Bell", sex="F", born_on=date(2018, 3, 1))


@pytest.fixture
def came(hub):
    """`came(days_ago, "green")`: an enquiry about Mia, joined with the earlier ones, screened and rated."""

    def arrive(days_ago, rating="green", area="wend-valley", **more):
        now = NOON - timedelta(days=days_ago)
        facts = replace(given(**more), parties=(GivenParty(MIA, "child"),))
        enquiry = receive(hub.areas[area], by=PUBLIC, now=now, given=facts, key=f"{area}-{days_ago}")
        first = Person.objects.filter(area=hub.areas[area]).order_by("pk").first()
        person = enquiry.parties.get().person
        hannah, joanna = hub.staff["hannah"], hub.staff["joanna"]
        if first.pk != person.pk:
            people.say_same(person, by=hannah, now=now, other=first)
        triage.screen(enquiry, by=joanna, now=now, outcome="research", considered="x")
        if rating:
            triage.rate(Enquiry.objects.get(pk=enquiry.pk), by=hannah, now=now, rating=rating, because="x")
        return Enquiry.objects.get(pk=enquiry.pk)

    return arrive


def added_up(hub):
    add_up(hub.areas["wend-valley"], by=ADDING_UP, now=NOON)
    return {(hit.enquiry_id, hit.rule) for hit in Hit.objects.all()}


def test_three_greens_are_a_task_with_evidence_an_owner_and_a_clock(hub, came):
    first, second, third = came(80), came(40), came(1)
    assert (third.pk, "three_greens") in added_up(hub)
    hit = Hit.objects.get(enquiry=third, rule="three_greens")
    assert all(one.reference in hit.evidence for one in (first, second, third))
    assert hit.says == "3 enquiries rated green about the same people within 3 months."
    need = Need.objects.get(enquiry=third, kind="cumulative", key__endswith="three_greens")
    assert need.permission == "rate" and need.due_at > NOON
    assert need.says in [one.says for one in needs_of(hub.staff["hannah"], now=NOON)]
    assert third.rating == Enquiry.objects.get(pk=third.pk).rating, "nothing is decided by itself"


def test_adding_up_again_adds_nothing(hub, came):
    came(80), came(40), came(1)
    assert added_up(hub) == added_up(hub)
    assert Need.objects.filter(kind="cumulative").count() == Hit.objects.count()


def test_people_who_are_not_joined_are_not_added_up(hub, came):
    came(80), came(40)
    facts = replace(given(), parties=(GivenParty(GivenPerson("Zoe", "Hart"), "child"),))
    receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=facts, key="zoe")
    assert not added_up(hub)


def test_what_the_police_retained_counts_too(hub, came):
    first, last = came(80), came(1)
    area, alan = hub.areas["wend-valley"], hub.staff["alan"]
    source = Source.objects.create(area=area, name="Nightly", kind="ViST")
    notice = Notification.objects.create(
        area=area, source=source, reference="V7", content="x", happened_on=date(2026, 11, 1), grade="green",
        words="Shouting", received_at=NOON, state="retained", because="No child there", evaluated_by=alan,
    )  # fmt: skip
    lead = first.parties.get().person.lead_id_or_own
    Subject.objects.create(notification=notice, role="child", lead=lead)
    assert (last.pk, "three_greens") in added_up(hub)
    assert "Police notification V7" in Hit.objects.get(enquiry=last, rule="three_greens").evidence


def test_an_override_keeps_the_suggestion_and_the_reason(hub, came):
    came(80), came(40), came(1)
    added_up(hub)
    hit = Hit.objects.filter(rule="three_greens").first()
    actions.answer(hit, by=hub.staff["hannah"], now=NOON, agrees=False, because="The same parking dispute each time")
    hit.refresh_from_db()
    assert (hit.agrees, hit.evidence != "", hit.because) == (False, True, "The same parking dispute each time")
    assert not Need.objects.filter(kind="cumulative", met_at=None, key__endswith="three_greens", enquiry=hit.enquiry)
    assert Step.objects.filter(enquiry=hit.enquiry, what="added-up").exists()
    with pytest.raises(Refused):
        actions.answer(hit, by=hub.staff["hannah"], now=NOON, agrees=True, because="Second thoughts")


@pytest.mark.parametrize("who", ["joanna", "grace", "karen"])
def test_who_does_not_answer(hub, came, who):
    came(80), came(40), came(1)
    added_up(hub)
    with pytest.raises(Refused):
        actions.answer(Hit.objects.first(), by=hub.staff[who], now=NOON, agrees=True, because="x")


def test_an_area_sets_its_own_numbers_and_turns_a_rule_off(hub, came):
    area, ruth = hub.areas["wend-valley"], hub.staff["ruth"]
    came(80), came(1)
    assert not [rule for _, rule in added_up(hub) if rule == "three_greens"]
    numbers = {"greens": 2, "months": 3}
    actions.set_rule(area, by=ruth, now=NOON, rule="three_greens", numbers=numbers, is_on=False, because="Too many")
    assert not [rule for _, rule in added_up(hub) if rule == "three_greens"]
    actions.set_rule(area, by=ruth, now=NOON, rule="three_greens", numbers=numbers, is_on=True, because="Tried it")
    assert [rule for _, rule in added_up(hub) if rule == "three_greens"]
    assert Setting.objects.get().version == 2


def test_numbers_that_make_no_sense_are_refused(hub):
    wrong = {"greens": 1, "months": 3}
    with pytest.raises(Refused, match="from 2 to 20"):
        actions.set_rule(hub.areas["wend-valley"], by=hub.staff["ruth"], now=NOON, rule="three_greens",
                         numbers=wrong, is_on=True, because="x")  # fmt: skip


def test_a_parent_whose_child_was_looked_after_and_a_baby_due(hub):
    mother = GivenPerson("Ann", "Bell", sex="F", born_on=date(1995, 1, 1))
    parties = (GivenParty(GivenPerson(family="Bell", due_on=date(2027, 2, 1)), "unborn"),
               GivenParty(mother, "adult", relation_to_child="mother"))  # fmt: skip
    enquiry = receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=replace(given(), parties=parties), key="u")
    ann = Person.objects.get(born_on=date(1995, 1, 1))
    older = people.record(hub.areas["wend-valley"], by=hub.staff["hannah"], now=NOON, given=MIA)
    relate(ann, by=hub.staff["hannah"], now=NOON, other=older, kind="mother", source="Hub")
    assert (enquiry.pk, "unborn_after_removal") not in added_up(hub)
    people.mark(older, by=hub.staff["hannah"], now=NOON, kind="looked_after", agency=hub.staff["hannah"].agency)
    assert (enquiry.pk, "unborn_after_removal") in added_up(hub)
    assert "Mia Bell was looked after" in Hit.objects.get(rule="unborn_after_removal").evidence
    assert Relationship.objects.filter(kind="mother", other=older).exists()


def test_a_story_is_told_as_of_the_day_when_it_came(hub, came):
    first, last = came(80), came(1)
    assert len(stories([first])[first.pk].contacts) == 1
    assert len(stories([last])[last.pk].contacts) == 2


def test_the_queries_of_stories_do_not_grow_with_the_enquiries(hub, came, django_assert_max_num_queries):
    few, many = [came(300), came(200)], []
    with django_assert_max_num_queries(20) as first:
        stories(few)
    many = [came(day) for day in range(20, 28)]
    with django_assert_max_num_queries(len(first)):
        stories(many)


def test_looking_back_says_how_many_a_day_and_changes_nothing(hub, came):
    came(80), came(40), came(1)
    area, rule = hub.areas["wend-valley"], RULES.get("three_greens")
    looked = backtest(rule, rule.usual(), area=area, since=NOON - timedelta(days=100), now=NOON)
    assert (looked.enquiries, looked.hits, looked.a_day, looked.became) == (3, 1, "0.01", 0)
    year = backtest(rule, rule.usual(), area=area, since=NOON - timedelta(days=365), now=NOON)
    assert (year.hits, year.a_day) == (1, "fewer than 0.01"), "one is never none"
    assert not Hit.objects.exists() and not Need.objects.filter(kind="cumulative").exists()


def test_the_pages(client, hub, came):
    came(80), came(40)
    enquiry = came(1)
    added_up(hub)
    client.force_login(hub.staff["ruth"])
    overview = client.get(f"/enquiry/{enquiry.reference}/").text
    assert "Added up:" in overview
    hit = Hit.objects.get(enquiry=enquiry, rule="three_greens")
    path = f"/enquiry/{enquiry.reference}/added-up/"
    page = client.post(f"{path}{hit.pk}/", {"because": "Same dispute"}).text
    assert "Select yes if you act on it" in page and "Same dispute" in page
    assert client.post(f"{path}{hit.pk}/", {"because": "Same dispute", "agrees": "no"}).status_code == 302
    late = client.post(f"{path}{hit.pk}/", {"because": "Rate it amber", "agrees": "yes"}).text
    assert "Somebody has answered this already." in late and "Rate it amber" in late
    assert "Not acted on" in client.get(path).text
    assert "Several greens in a short time" in client.get("/rules/").text
    rule = "/rules/wend-valley/three_greens/"
    tried = client.post(rule, {"greens": "2", "months": "3", "is_on": "yes", "do": "try"}).text
    assert "it would have raised" in tried and not Setting.objects.exists()
    unsaid = client.post(rule, {"greens": "2", "months": "3", "is_on": "yes", "do": "save"}).text
    assert "Enter why the rule is changed" in unsaid
    client.post(rule, {"greens": "2", "months": "3", "is_on": "yes", "do": "save", "because": "Tried"})
    assert Setting.objects.get().numbers == {"greens": 2, "months": 3}


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("hannah", "/rules/"),
        ("grace", "/rules/wend-valley/three_greens/"),
        ("ruth", "/rules/wend-valley/nothing/"),
        ("ruth", "/rules/harrowmouth/three_greens/"),
    ],
)
def test_whom_it_is_not_for_gets_what_does_not_exist(client, hub, who, path):
    client.force_login(hub.staff[who])
    assert client.get(path).status_code == 404
