"""What opens a session stands nowhere in the database."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from openmash.agencies.sessions import SessionStore, kept_as

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_the_browsers_key_opens_it_and_what_the_database_holds_does_not(hub, client):
    client.force_login(hub.staff["ruth"], backend=BACKEND)
    shown, row = client.cookies[settings.SESSION_COOKIE_NAME].value, Session.objects.get()
    assert row.session_key == kept_as(shown) and shown not in (row.session_key, row.session_data)
    assert client.get("/queue/").status_code == 200
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = row.session_key
    assert thief.get("/queue/").status_code == 302


def test_a_session_is_kept_changed_and_ended(db):
    store = SessionStore()
    store["what"] = "first"
    store.create()
    key = store.session_key
    again = SessionStore(key)
    assert again.exists(key) and again["what"] == "first"
    again["what"] = "second"
    again.save()
    assert SessionStore(key)["what"] == "second" and Session.objects.count() == 1
    again.cycle_key()
    assert not again.exists(key) and SessionStore(again.session_key)["what"] == "second"
    again.flush()
    assert not Session.objects.exists()
    assert SessionStore("never-was").load() == {}
