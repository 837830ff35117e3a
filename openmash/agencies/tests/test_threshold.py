"""How long a sign-in lasts, and that it ends at once when it should."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from openmash.agencies.models import Posting, User
from openmash.agencies.threshold import BEGAN, SEEN

pytestmark = pytest.mark.django_db
SESSIONS = 50


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def goes_back(client, name: str, by: timedelta) -> None:
    session = client.session
    session[name] = session[name] - by.total_seconds()
    session.save()


def test_after_fifteen_minutes_of_nothing_a_sign_in_is_over(hub):
    client = signed_in(hub.staff["ruth"])
    assert client.get("/due/").status_code == 200
    goes_back(client, SEEN, timedelta(minutes=14, seconds=50))
    assert client.get("/due/").status_code == 200
    goes_back(client, SEEN, timedelta(minutes=15))
    answer = client.get("/due/")
    assert answer["Location"] == "/account/login/?ended=idle&next=%2Fdue%2F"
    assert "nothing was asked" in client.get(answer["Location"]).content.decode()
    assert "_auth_user_id" not in client.session


def test_being_busy_keeps_a_sign_in_and_a_page_that_refreshes_itself_does_not(hub):
    client = signed_in(hub.staff["ruth"])
    client.get("/due/")
    for headers, kept in (({}, True), ({"HX-Request": "true"}, False)):
        goes_back(client, SEEN, timedelta(minutes=10))
        before = client.session[SEEN]
        client.get("/due/", headers=headers)
        assert (client.session[SEEN] > before) is kept


def test_after_ten_hours_a_sign_in_is_over_however_busy(hub):
    client = signed_in(hub.staff["ruth"])
    for hour in range(1, 11):
        answer = client.get("/due/")
        assert answer.status_code == 200, hour
        goes_back(client, BEGAN, timedelta(hours=1))
    assert client.get("/due/")["Location"].startswith("/account/login/?ended=long")


def test_the_old_cookie_opens_nothing_afterwards(hub):
    client = signed_in(hub.staff["ruth"])
    client.get("/due/")
    cookie = client.cookies["sessionid"].value
    client.post("/account/logout/")
    thief = Client()
    thief.cookies["sessionid"] = cookie
    assert thief.get("/due/")["Location"].startswith("/account/login/")


def test_the_browser_is_told_to_forget_at_sign_out_and_when_time_is_up(hub):
    client = signed_in(hub.staff["ruth"])
    assert "Clear-Site-Data" not in client.get("/due/")
    goes_back(client, SEEN, timedelta(minutes=15))
    assert client.get("/due/")["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    client = signed_in(hub.staff["ruth"])
    assert client.post("/account/logout/")["Clear-Site-Data"] == '"cache", "cookies", "storage"'


@pytest.mark.parametrize("taken", ["the account", "the role", "the password"])
def test_fifty_sessions_are_refused_at_their_next_request(hub, taken):
    ruth = hub.staff["ruth"]
    clients = [signed_in(ruth) for _ in range(SESSIONS)]
    assert [client.get("/due/").status_code for client in clients] == [200] * SESSIONS
    yesterday = timezone.localdate() - timedelta(days=1)
    if taken == "the account":
        User.objects.filter(pk=ruth.pk).update(is_active=False)
    elif taken == "the role":
        Posting.objects.filter(user=ruth).update(until=yesterday)
    else:
        ruth.set_password("another password of hers")
        ruth.save()
    expected = 404 if taken == "the role" else 302
    assert [client.get("/due/").status_code for client in clients] == [expected] * SESSIONS


def test_what_was_typed_is_kept_for_the_same_person_and_sent_by_a_press_of_theirs(hub):
    words = "A long reason, typed while the telephone rang."
    sent = {"because": words, "password": "not kept"}
    for comes_back, is_shown in (("ruth", True), ("hannah", False)):
        client = signed_in(hub.staff["ruth"])
        client.get("/due/")
        goes_back(client, SEEN, timedelta(minutes=15))
        answer = client.post("/somewhere/else/", sent)
        assert answer["Location"].startswith("/account/login/?ended=idle")
        assert answer["Clear-Site-Data"] == '"cache", "storage"'
        assert words not in str(dict(client.session))
        client.force_login(hub.staff[comes_back], backend="allauth.account.auth_backends.AuthenticationBackend")
        shown = client.get("/").content.decode() + client.get("/queue/").content.decode()
        assert (f'name="because" value="{words}"' in shown) is is_shown
        assert 'action="/somewhere/else/"' in shown or not is_shown
        assert "not kept" not in shown
        assert words not in client.get("/queue/").content.decode()
