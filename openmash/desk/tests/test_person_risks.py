"""The pages on which somebody says who is at risk from whom, and every page that then begins with it."""

import pytest

from openmash.desk.tests.families import ANN, HOME, MIA, receive
from openmash.enquiries.given import GivenParty
from openmash.people.given import GivenPerson
from openmash.people.models import RiskFrom
from openmash.people.risks import say_risk
from openmash.restrictions.actions import declare

pytestmark = pytest.mark.django_db
KARL = GivenParty(GivenPerson(given="Karl", family="Pratt", source="Told", **HOME), "adult", "step_parent")
SAYS = "Ann Bell is at risk from Karl Pratt. Pass nothing on to Karl Pratt or to whoever lives with them."
WHY, WHO = "He strangled her in May.", "The IDVA, by telephone"


@pytest.fixture
def enquiry(hub):
    return receive(hub, MIA, ANN, KARL)


@pytest.fixture
def people(enquiry):
    return [party.person for party in enquiry.parties.order_by("order").select_related("person")]


@pytest.fixture
def joanna(hub, client):
    client.force_login(hub.staff["joanna"])
    return client


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_from_the_person_to_the_risk_and_every_page_of_the_enquiry_begins_with_it(hub, joanna, people, enquiry):
    _, ann, karl = people
    path = f"/person/{ann.pk}/at-risk-from/{karl.pk}/"
    assert path in words(joanna.get(f"/person/{ann.pk}/tie/"))
    assert "Is Ann Bell at risk from Karl Pratt?" in words(joanna.get(path))
    missing = words(joanna.post(path, {"because": "", "source": ""}))
    assert "Enter why they are at risk" in missing and "Enter who says so" in missing
    page = words(joanna.post(path, {"because": WHY, "source": WHO}, follow=True))
    assert SAYS in page and WHY in page and WHO in page
    his = words(joanna.get(f"/person/{karl.pk}/"))
    assert "at risk" not in his.replace("whom they are at risk from", "") and WHY not in his
    joanna.force_login(hub.staff["hannah"])
    for area in ("", "people/", "requests/", "chronology/", "releases/", "decision/"):
        assert SAYS in words(joanna.get(f"/enquiry/{enquiry.reference}/{area}")), area
    second = words(joanna.post(path, {"because": "He hits her.", "source": "A friend"}))
    assert "The record says this already" in second and WHY in second and "entered by Joanna Vale" in second
    assert 'value="He hits her."' in second


def test_it_ends_with_a_reason_and_the_slower_is_shown_the_first(hub, joanna, people):
    _, ann, karl = people
    row = say_risk(ann, by=hub.staff["hannah"], whom=karl, because=WHY, source=WHO)
    path = f"/person/{ann.pk}/risks/{row.pk}/"
    assert path in words(joanna.get(f"/person/{ann.pk}/")) and WHY in words(joanna.get(path))
    missing = words(joanna.post(path, {"version": 1, "did": "ended"}))
    assert "Enter the day on which it ended" in missing and "Enter who says so, and why" in missing
    assert "Select what has changed" in words(joanna.post(path, {"version": 1}))
    ended = {"version": 1, "did": "ended", "because": "He has died", "until-day": "1", "until-month": "11",
             "until-year": "2026"}  # fmt: skip
    assert SAYS not in words(joanna.post(path, ended, follow=True))
    slower = words(joanna.post(path, {"version": 1, "did": "mistaken", "because": "Another Karl"}))
    assert "Joanna Vale changed this while you were typing" in slower and 'value="Another Karl"' in slower
    done = words(joanna.post(path, {"version": 2, "did": "mistaken", "because": "Another Karl"}, follow=True))
    assert "Recorded by mistake" in done and "Another Karl" in done
    assert joanna.get(path).status_code == 404


def test_a_safe_number_has_its_hours_and_the_banner_names_both(hub, joanna, people):
    _, ann, karl = people
    say_risk(ann, by=hub.staff["hannah"], whom=karl, because=WHY, source=WHO)
    number = ann.contacts.get().pk
    typed = {"version": ann.version, "says": "safe", "because": "Ann, today", "hours": "Weekdays after 10am"}
    joanna.post(f"/person/{ann.pk}/contact/{number}/", typed)
    page = words(joanna.get(f"/person/{ann.pk}/contact/"))
    assert "Use 07700 900345 instead (Weekdays after 10am)." in page and "Weekdays after 10am</td>" in page


def test_for_whoever_may_not_know_one_of_them_there_is_no_such_page(hub, client, people):
    _, ann, karl = people
    row = say_risk(ann, by=hub.staff["hannah"], whom=karl, because=WHY, source=WHO)
    paths = f"/person/{ann.pk}/at-risk-from/{karl.pk}/", f"/person/{ann.pk}/risks/{row.pk}/"
    declare(karl, by=hub.staff["tomasz"], because="My cousin.")
    for who in ("tomasz", "ellen", "lewis", "gwen"):
        client.force_login(hub.staff[who])
        for path in paths:
            assert client.get(path).status_code == client.post(path).status_code == 404, (who, path)
    assert RiskFrom.objects.count() == 1
