"""The review queue: the likeliest pair side by side, one key each way, and only where one may match."""

from dataclasses import replace

import pytest
from django.utils import timezone

from openmash.audit.actors import PUBLIC
from openmash.people import actions
from openmash.people.matching.linking import link_changed
from openmash.people.matching.links import to_decide
from openmash.people.models import Judgement, Proposal
from openmash.people.tests.test_linking import AMIRA, NOON, ZARA

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(hub):
    def down(*people, area="wend-valley"):
        made = [actions.record(hub.areas[area], by=PUBLIC, now=NOON, given=person) for person in people]
        link_changed(now=NOON)
        return made

    return down


def leads(hub, who="joanna"):
    return [{pair.first, pair.second} for pair in to_decide(by=hub.staff[who])]


def test_a_pair_waits_until_somebody_has_said(hub, write):
    one, two, _ = write(AMIRA, AMIRA, ZARA)
    assert leads(hub) == [{one.pk, two.pk}]
    said = actions.say_different(one, by=hub.staff["joanna"], now=NOON, other=two)
    assert leads(hub) == []
    actions.undo(said, by=hub.staff["joanna"], now=NOON)
    assert leads(hub) == [{one.pk, two.pk}]
    actions.say_same(one, by=hub.staff["joanna"], now=NOON, other=two)
    assert leads(hub) == []


def test_three_records_are_a_pair_each_and_joining_two_leaves_one(hub, write):
    one, two, three = write(AMIRA, AMIRA, replace(AMIRA, telephone=""))
    assert len(leads(hub)) == 3
    actions.say_same(one, by=hub.staff["joanna"], now=NOON, other=two)
    assert leads(hub) == [{one.pk, three.pk}]


def test_each_area_has_its_own(hub, write):
    write(AMIRA, AMIRA)
    assert leads(hub, "ellen") == [] and leads(hub, "lewis") == [] and leads(hub, "gwen") == []
    write(AMIRA, area="harrowmouth")
    assert leads(hub, "ellen") == []


def test_pages_by_key(hub, write):
    write(*[AMIRA] * 5)
    seen, after = [], ""
    while found := to_decide(by=hub.staff["joanna"], after=after, most=3):
        seen += [frozenset({pair.first, pair.second}) for pair in found]
        after = found[-1].key
    assert len(seen) == len(set(seen)) == 10


@pytest.mark.parametrize("after", ["x", "0.9", "0.9-x", "-", "1e99-1", "0.9-" + "9" * 50])
def test_an_odd_key_begins_at_the_beginning(hub, write, after):
    write(AMIRA, AMIRA)
    assert len(to_decide(by=hub.staff["joanna"], after=after)) == 1


def test_what_is_said_of_one_brings_the_next(client, hub, write):
    one, two, _ = write(AMIRA, AMIRA, replace(AMIRA, telephone=""))
    client.force_login(hub.staff["joanna"])
    page = client.get("/pairs/").text
    assert "Amira Bell and Amira Bell" in page and "same date of birth" in page.lower()
    said = client.post(f"/person/{one.pk}/matches/{two.pk}/say/", {"says": "same", "next": "/pairs/"})
    assert said.headers["Location"].startswith("/pairs/?judged=")
    assert Judgement.objects.get().says == "same"
    assert client.get("/pairs/").status_code == 200


def test_it_is_not_for_others(client, hub):
    client.force_login(hub.staff["lewis"])
    assert client.get("/pairs/").status_code == 404


def test_where_who_she_is_is_protected_one_proposes_and_another_agrees(client, hub, write):
    one, two = write(AMIRA, AMIRA)
    actions.mark(two, by=hub.staff["joanna"], kind="protected_identity", agency=hub.agencies["childrens-social-care"])
    link_changed(now=timezone.now())
    say, pairs = f"/person/{one.pk}/matches/{two.pk}/say/", {"next": "/pairs/"}
    client.force_login(hub.staff["joanna"])
    assert "Propose: same person" in client.get("/pairs/").text
    client.post(say, {"says": "propose", **pairs})
    assert not Judgement.objects.exists()
    page = client.get("/pairs/").text
    assert "Wait for a second person" in page and "Propose: same person" not in page
    beside = f"/person/{one.pk}/matches/{two.pk}/"
    assert "You proposed this. Someone else has to agree." in client.get(beside).text
    client.force_login(hub.staff["hannah"])
    assert "Agree: same person" in client.get(beside).text
    decline = f"/person/proposed/{Proposal.objects.get().pk}/decline/"
    without = client.post(decline, {"because": " ", **pairs}, follow=True).text
    assert "Enter why they should not be joined" in without
    client.post(decline, {"because": "Another mother", **pairs})
    assert "Wait for a second person" not in client.get("/pairs/").text
    client.post(say, {"says": "propose", **pairs})
    client.force_login(hub.staff["joanna"])
    assert client.post(say, {"says": "agree", **pairs}).headers["Location"].startswith("/pairs/?judged=")
    assert Judgement.objects.get().says == "same"
    client.force_login(hub.staff["lewis"])
    assert client.post(decline, {"because": "No"}).status_code == 404
