"""What is sealed, approved or taken out needs a fresh proof of who is there; nothing typed is lost on the way."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from openmash.audit.models import LedgerEvent
from openmash.desk.tests.families import MONDAY, ask, receive
from openmash.disclosure import actions as disclosure
from openmash.disclosure.tests.world import build
from openmash.gathering.answering import answer
from openmash.gathering.models import Request
from openmash.gathering.shelf import RETURNS
from openmash.intelligence.actions import GivenItem
from openmash.settings import STEP_UP_LASTS

pytestmark = pytest.mark.django_db
PASSWORD = "a right password of hers"
SEALED = "Covert: the address is watched."
AT = "account_authentication_methods"


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()


def signed_in(user, ago: timedelta = timedelta()) -> Client:
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[AT] = [dict(record, at=record["at"] - ago.total_seconds()) for record in session[AT]]
    session.save()
    return client


def told(hub, sensitivity: str):
    enquiry = ask(hub, receive(hub), "police")
    request = Request.objects.get(enquiry=enquiry, agency__key="police")
    checks = {system.key: "not_known" for system in RETURNS.get(request.agency.return_key).systems}
    item = GivenItem(SEALED, "fact", "1", "A", happened_on=MONDAY.date(), sensitivity=sensitivity)
    answer(
        request, by=hub.staff["lewis"], now=MONDAY, is_nothing_known=False, rating="amber", checks=checks, items=(item,)
    )
    return f"/enquiry/{enquiry.reference}/"


@pytest.mark.parametrize("sensitivity", ["G", "S", "X"])
def test_a_stale_sign_in_opens_what_is_sealed_only_after_a_fresh_proof(hub, sensitivity):
    path = told(hub, sensitivity) + "chronology/"
    client = signed_in(hub.staff["ruth"], STEP_UP_LASTS)
    answer = client.get(path)
    if sensitivity != "X":
        assert SEALED in answer.content.decode()
        return
    assert answer["Location"].startswith("/account/reauthenticate/?next=")
    assert not LedgerEvent.objects.filter(event="intelligence.read", actor=hub.staff["ruth"].pk).exists()
    where = client.post(answer["Location"], {"password": "a wrong one", "next": path})
    assert where.status_code == 200
    assert client.get(path).status_code == 302
    where = client.post(answer["Location"], {"password": PASSWORD, "next": path})
    assert where["Location"] == path
    assert SEALED in client.get(path).content.decode()


def test_who_may_not_read_it_is_never_asked(hub):
    path = told(hub, "X") + "chronology/"
    answer = signed_in(hub.staff["hannah"], STEP_UP_LASTS).get(path)
    assert answer.status_code == 200
    assert SEALED not in answer.content.decode()


@pytest.mark.parametrize("ending", ["record.pdf", "hand-over.json", "hand-over.csv"])
def test_what_leaves_the_hub_as_a_file_needs_it(hub, ending):
    path = told(hub, "G") + ending
    assert "reauthenticate" not in signed_in(hub.staff["ruth"]).get(path).headers.get("Location", "")
    asked = signed_in(hub.staff["ruth"], STEP_UP_LASTS).get(path)
    assert asked.status_code == 302
    assert asked["Location"].startswith("/account/reauthenticate/")


def test_an_approval_needs_it_and_goes_on_by_itself_with_what_was_sent(hub):
    world = build(hub)
    release = world.proposed("police")
    for row in release.items.filter(owner_says=""):
        release = disclosure.owner_answers(release, by=world.lead_of(row.agency.key), item=row.pk, says="granted")
    path = f"/enquiry/{world.enquiry.reference}/release/{release.token}/approve/"
    client = signed_in(world.ruth, STEP_UP_LASTS)
    asked = client.post(path, {"version": release.version, "shown": release.body_hash})
    assert asked["Location"].startswith("/account/reauthenticate/")
    release.refresh_from_db()
    assert release.status == "proposed"
    client.post(asked["Location"], {"password": PASSWORD, "next": path})
    release.refresh_from_db()
    assert release.status == "disclosed"
