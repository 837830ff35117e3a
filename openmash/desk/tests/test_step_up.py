"""What is sealed, approved or taken out needs a fresh proof of who is there; nothing typed is lost on the way."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from openmash.agencies import systems
from openmash.audit.models import LedgerEvent
from openmash.desk.tests.families import MONDAY, ask, receive
from openmash.disclosure import actions as disclosure
from openmash.disclosure.models import Countersignature
from openmash.disclosure.tests.world import build
from openmash.enquiries.models import Conflict
from openmash.gathering.answering import answer
from openmash.gathering.models import Request
from openmash.gathering.shelf import RETURNS
from openmash.intelligence.actions import GivenItem
from openmash.restrictions import actions as restrictions
from openmash.settings import STEP_UP_LASTS
from openmash.statutory_checks import actions as checks

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
    not_known = {system.key: "not_known" for system in RETURNS.get(request.agency.return_key).systems}
    item = GivenItem(SEALED, "fact", "1", "A", happened_on=MONDAY.date(), sensitivity=sensitivity)
    answer(
        request,
        by=hub.staff["lewis"],
        now=MONDAY,
        is_nothing_known=False,
        rating="amber",
        checks=not_known,
        items=(item,),
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


def _check(hub) -> tuple[str, dict[str, str]]:
    given = {"requester": "cafcass", "organisation": "CAFCASS", "email": "checks@cafcass.example"}
    given |= {"basis": "private_law", "given": "Mia", "family": "Bell"}
    row = checks.log(hub.areas["wend-valley"], by=hub.staff["joanna"], **given)
    checks.propose(row, by=hub.staff["joanna"], finding="known", answer="Mia was known to us.")
    return f"/statutory-checks/{row.pk}/approve/", {}


def _conflict(hub) -> tuple[str, dict[str, str]]:
    person = receive(hub).parties.get(role="child").person
    restrictions.declare(person, by=hub.staff["hannah"], because="My niece.")
    row = Conflict.objects.get()
    restrictions.ask_removal(row, by=hub.staff["gwen"], because="Another was meant.")
    return f"/conflicts/{row.pk}/remove/", {}


def _token(hub) -> tuple[str, dict[str, object]]:
    area = hub.areas["wend-valley"].pk
    sent = {"name": "Cases", "agency": hub.agencies["housing"].pk, "area": area, "scopes": ["enquiries"], "lasts": "90"}
    return "/systems/new/", sent


def _tokens_second_person(hub) -> tuple[str, dict[str, str]]:
    given = {"agency": hub.agencies["housing"], "name": "Cases", "scopes": ["enquiries"]}
    ends = timezone.now() + timedelta(days=1)
    issued = systems.issue(hub.areas["wend-valley"], by=hub.staff["nina"], expires_at=ends, **given)
    return f"/systems/{issued.token.pk}/agree/", {}


def _override(hub) -> tuple[str, dict[str, object]]:
    world = build(hub)
    release = world.proposed("police_s")
    item = world.row(release, "police_s").pk
    path = f"/enquiry/{world.enquiry.reference}/release/{release.token}/override/{item}/"
    return path, {"because": "Hurt tonight.", "version": release.version}


def _countersignature(hub) -> tuple[str, dict[str, str]]:
    world = build(hub)
    release = world.proposed("police_s")
    disclosure.override(release, by=world.ruth, item=world.row(release, "police_s").pk, because="Hurt tonight.")
    return f"/countersign/{Countersignature.objects.get().pk}/", {"did": "agrees", "because": "Right."}


def _consent(hub) -> tuple[str, dict[str, object]]:
    world = build(hub)
    release = world.proposed("police_s")
    item = world.row(release, "police_s").pk
    sent = {f"item-{item}-says": "granted", f"item-{item}-version": release.version}
    return f"/consents/{release.token}/{item}/", sent


@pytest.mark.parametrize(
    ("made", "name", "event"),
    [
        (_check, "ruth", "check.answered"),
        (_conflict, "ruth", "conflict.removed"),
        (_token, "gwen", "token.issued"),
        (_tokens_second_person, "gwen", "token.agreed"),
        (_override, "ruth", "release.owner-overridden"),
        (_countersignature, "gwen", "release.override-countersigned"),
        (_consent, "karen", "release.owner-answered"),
    ],
)
def test_whoever_says_yes_for_others_needs_it(hub, made, name, event):
    path, sent = made(hub)
    asked = signed_in(hub.staff[name], STEP_UP_LASTS).post(path, sent)
    assert asked.headers.get("Location", "").startswith("/account/reauthenticate/")
    assert not LedgerEvent.objects.filter(event=event).exists()
    signed_in(hub.staff[name]).post(path, sent)
    assert LedgerEvent.objects.filter(event=event, outcome="allowed").exists()
