"""How the hub works is read and acknowledged once a version, before the first page."""

import hashlib

import pytest
from django.test import Client

from openmash.agencies import actions, practices, threshold
from openmash.agencies.models import Acknowledgement
from openmash.agencies.staff import staff
from openmash.audit.action import Refused
from openmash.audit.models import LedgerEvent

pytestmark = pytest.mark.django_db
HERE = "/working-practices/"


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.WORKING_PRACTICES = True


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_whoever_has_not_acknowledged_them_sees_nothing_else(hub):
    client = signed_in(hub.staff["tess"])
    for path in ("/work/", "/released/?a=b", "/agreements/"):
        assert client.get(path)["Location"].startswith(HERE + "?next=%2F"), path
    assert "Look only at what the task in front of you needs." in client.get(HERE).content.decode()
    assert client.post("/search/", {"q": "Mia Bell"})["Location"] == HERE + "?next=%2F"
    assert client.post(HERE + "?next=/released/%3Fa%3Db")["Location"] == "/released/?a=b"
    assert LedgerEvent.objects.filter(event="practices.acknowledged", actor=hub.staff["tess"].pk).exists()
    assert "What you typed is kept" in client.get("/released/").content.decode()
    assert client.get("/released/").status_code == 200
    assert "You agreed to this on" in client.get(HERE).content.decode()
    assert signed_in(hub.staff["tess"]).get("/released/").status_code == 200


def test_they_are_asked_again_when_it_changes_and_lead_nowhere_else(hub, monkeypatch):
    client = signed_in(hub.staff["ruth"])
    assert client.get("/due/").status_code == 200
    for module in (practices, threshold, actions):
        monkeypatch.setattr(module, "VERSION", "next")
    assert client.get("/due/")["Location"] == HERE + "?next=%2Fdue%2F"
    assert client.post(HERE + "?next=https://elsewhere.example/")["Location"] == "/"
    assert client.get("/due/").status_code == 200
    assert Acknowledgement.objects.filter(user=hub.staff["ruth"]).count() == 2


def test_nobody_acknowledges_for_another_and_twice_is_once(hub):
    ruth = hub.staff["ruth"]
    with pytest.raises(Refused):
        actions.acknowledge_practices(ruth, by=hub.staff["nina"])
    actions.acknowledge_practices(ruth, by=ruth)
    assert Acknowledgement.objects.filter(user=ruth).count() == 1


def test_the_staff_page_says_who_has_and_who_has_not(hub):
    lines = {line.name: line.acknowledged_at for line in staff(by=hub.staff["nina"])}
    assert [name for name, at in lines.items() if at is None] == ["Tess Amory"]
    client = signed_in(hub.staff["nina"])
    assert "Not acknowledged" in client.get("/staff/").content.decode()
    assert "not acknowledged" in client.get(f"/staff/{hub.staff['tess'].pk}/").content.decode()


def test_no_word_changes_without_a_new_version():
    words = hashlib.sha256("\n".join(practices.PRACTICES).encode()).hexdigest()[:12]
    assert (practices.VERSION, words) == ("1", "b39753e4e75c")


def test_only_the_tests_do_without():
    from openmash import settings

    assert settings.WORKING_PRACTICES is True
