"""The pages of safe contact: which number may be used, and saying it anew."""

import pytest

from openmash.desk.tests.families import MIA, receive
from openmash.enquiries.given import GivenParty
from openmash.people import protecting
from openmash.people.given import GivenPerson

pytestmark = pytest.mark.django_db
ANN = GivenParty(
    GivenPerson(given="Ann", family="Bell", telephone="01632 960123", is_safe_to_contact=False), "adult", "mother"
)
WARNS = "Do not ring or text Ann Bell on 01632 960123: it is not safe."
WHY = "Ann, by telephone today: he has not got the number."


@pytest.fixture
def ann(hub):
    return receive(hub, MIA, ANN).parties.get(role="adult").person


@pytest.fixture
def page(ann):
    return f"/person/{ann.pk}/contact/"


@pytest.fixture
def one(ann, page):
    return f"{page}{ann.contacts.get().pk}/"


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_worker_ends_it_and_nobody_is_warned_any_more(hub, client, ann, page, one):
    client.force_login(hub.staff["joanna"])
    assert WARNS in words(client.get(page))
    assert one in words(client.get(page))
    form = words(client.get(one))
    assert "Not safe to use" in form
    done = client.post(one, {"version": ann.version, "says": "safe", "because": WHY}, follow=True)
    assert WARNS not in words(done)
    history = words(client.get(f"/person/{ann.pk}/"))
    assert WHY in history and "01632 960123: not safe to use" in history


def test_what_is_missing_is_said_beside_its_field_and_changes_nothing(hub, client, ann, page, one):
    client.force_login(hub.staff["joanna"])
    shown = words(client.post(one, {"version": ann.version}))
    assert "Select whether it is safe to use" in shown
    assert "Enter how you know: who said so, and when" in shown
    assert WARNS in words(client.get(page))


def test_the_second_sees_what_the_first_said_and_keeps_their_words(hub, client, ann, one):
    client.force_login(hub.staff["hannah"])
    client.post(one, {"version": ann.version, "says": "safe", "because": WHY})
    client.force_login(hub.staff["joanna"])
    theirs = {"version": ann.version, "says": "gone", "because": "The school says that she has a new number."}
    shown = words(client.post(one, theirs))
    assert "Hannah Brook changed this while you were typing" in shown
    assert "01632 960123: safe to use" in shown and theirs["because"] in shown
    ann.refresh_from_db()
    assert f'value="{ann.version}"' in shown
    assert client.post(one, theirs | {"version": ann.version}).status_code == 302


def test_of_a_protected_person_the_way_leads_over_the_reason(hub, client, ann, page, one):
    protecting.protect(ann, by=hub.staff["joanna"], because="From Les, who hurt her.")
    client.force_login(hub.staff["joanna"])
    assert "960123" not in words(client.get(page))
    assert client.get(one).status_code == 404
    client.force_login(hub.staff["ruth"])
    assert "960123" not in words(client.get(page)) + words(client.get(one))
    opened = words(client.post(f"/person/{ann.pk}/whereabouts/", {"because": "She has to be rung before he is freed."}))
    assert one in opened and "960123" in opened


def test_for_others_there_is_no_such_page(hub, client, page, one):
    client.force_login(hub.staff["ellen"])
    assert client.get(page).status_code == client.get(one).status_code == client.post(one).status_code == 404
