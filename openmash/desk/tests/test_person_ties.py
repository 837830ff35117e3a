"""The pages on which somebody says who is what to whom."""

from dataclasses import replace

import pytest

from openmash.desk.tests.families import ANN, MIA, receive
from openmash.enquiries.given import GivenParty
from openmash.people.given import GivenPerson
from openmash.people.models import Relationship
from openmash.people.tying import relate
from openmash.restrictions.actions import declare

pytestmark = pytest.mark.django_db
GRAN = GivenParty(GivenPerson(given="Edna", family="Bell", source="Told"), "other")
WHO = "Ann, by telephone"


@pytest.fixture
def people(hub):
    enquiry = receive(hub, MIA, replace(ANN, relation_to_child=""), GRAN)
    return [party.person for party in enquiry.parties.order_by("order").select_related("person")]


@pytest.fixture
def joanna(hub, client):
    client.force_login(hub.staff["joanna"])
    return client


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_from_the_person_to_the_tie_and_back(hub, joanna, people):
    mia, ann, _ = people
    assert f"/person/{mia.pk}/tie/" in words(joanna.get(f"/person/{mia.pk}/"))
    near = words(joanna.get(f"/person/{mia.pk}/tie/"))
    assert "Ann Bell" in near and "Edna Bell" in near
    path = f"/person/{mia.pk}/tie/{ann.pk}/"
    form = words(joanna.get(path))
    assert "Ann Bell is mother of Mia Bell" in form and "Mia Bell is mother of Ann Bell" in form
    typed = {"newest": 0, "says": "mother-turned", "has_parental_responsibility": "yes", "source": WHO,
             "since-day": "4", "since-month": "5", "since-year": "2018"}  # fmt: skip
    page = words(joanna.post(path, typed, follow=True))
    assert "Child of" in page and WHO in page and "Since 4 May 2018" in page
    row = Relationship.objects.get()
    assert (row.person, row.other, row.kind, row.has_parental_responsibility) == (ann, mia, "mother", True)


def test_somebody_else_is_searched_for_by_more_than_a_name(joanna, people):
    gran = people[2]
    path = f"/person/{gran.pk}/tie/?q="
    assert f"/tie/{people[0].pk}/" in words(joanna.get(f"{path}Mia+Bell+2018"))
    assert "a name alone is not enough" in words(joanna.get(f"{path}Mia"))
    assert "Nobody we know of matches" in words(joanna.get(f"{path}Zog+Nix+1990"))


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(joanna, people):
    mia, ann, _ = people
    shown = words(joanna.post(f"/person/{mia.pk}/tie/{ann.pk}/", {"newest": 0, "since-year": "2018"}))
    assert "Select who is what to whom" in shown and "Enter who says so" in shown
    assert "The day it began must include a day and month" in shown and 'value="2018"' in shown
    assert not Relationship.objects.exists()


def test_the_slower_of_two_is_shown_what_the_first_entered_and_keeps_their_words(hub, joanna, people):
    mia, ann, _ = people
    relate(ann, by=hub.staff["hannah"], other=mia, kind="mother", source="Health visitor")
    path, theirs = f"/person/{mia.pk}/tie/{ann.pk}/", {"newest": 0, "says": "step_parent-turned", "source": WHO}
    shown = words(joanna.post(path, theirs))
    assert "Hannah Brook changed this while you were typing" in shown and "Child of Ann Bell" in shown
    assert f'value="{WHO}"' in shown
    assert joanna.post(path, theirs | {"newest": Relationship.objects.get().pk}).status_code == 302
    again = words(joanna.post(path, {"newest": Relationship.objects.latest("pk").pk, "says": "mother-turned",
                                     "source": WHO}))  # fmt: skip
    assert "The record says this already" in again


def test_a_tie_ends_and_is_taken_back_with_a_reason_and_the_slower_sees_it(hub, joanna, people):
    mia, _, gran = people
    row = relate(gran, by=hub.staff["hannah"], other=mia, kind="carer", source="Told")
    path = f"/person/{mia.pk}/ties/{row.pk}/"
    assert "Edna Bell is carer of Mia Bell" in words(joanna.get(path))
    missing = words(joanna.post(path, {"version": 1, "did": "ended"}))
    assert "Enter the day on which it ended" in missing and "Enter who says so, and why" in missing
    assert "Select who is what to whom" in words(joanna.post(path, {"version": 1, "did": "else", "because": WHO}))
    ended = {"version": 1, "did": "ended", "because": "Gone home", "until-day": "1", "until-month": "11",
             "until-year": "2026"}  # fmt: skip
    assert "Until 1 November 2026" in words(joanna.post(path, ended, follow=True))
    slower = words(joanna.post(path, {"version": 1, "did": "mistaken", "because": WHO}))
    assert "Joanna Vale changed this while you were typing" in slower and f'value="{WHO}"' in slower
    done = words(joanna.post(path, {"version": 2, "did": "else", "says": "grandparent", "because": WHO}, follow=True))
    assert "Grandchild of" in done and "Recorded by mistake" in done
    assert joanna.get(path).status_code == 404


def test_for_whoever_may_not_know_one_of_them_there_is_no_such_page(hub, client, people):
    mia, ann, gran = people
    row = relate(gran, by=hub.staff["hannah"], other=mia, kind="carer", source="Told")
    declare(gran, by=hub.staff["tomasz"], because="My aunt.")
    client.force_login(hub.staff["tomasz"])
    for path in (f"/person/{mia.pk}/tie/{gran.pk}/", f"/person/{mia.pk}/ties/{row.pk}/"):
        assert client.get(path).status_code == client.post(path).status_code == 404, path
    for who in ("ellen", "lewis", "gwen"):
        client.force_login(hub.staff[who])
        for path in (f"/person/{mia.pk}/tie/", f"/person/{mia.pk}/tie/{ann.pk}/", f"/person/{mia.pk}/ties/{row.pk}/"):
            assert client.get(path).status_code == 404, (who, path)
