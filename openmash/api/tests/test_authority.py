"""Who may call: a token in force, for its scopes and its area alone. Everything else is told as a problem."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from openmash.agencies import systems
from openmash.agencies.models import Delivery, Letter, Posting, Token, User
from openmash.agencies.tokens import tokens
from openmash.api.tasks import take_in_what_is_left
from openmash.api.tests.conftest import WORRY
from openmash.audit.action import Refused
from openmash.audit.binding import bound_to
from openmash.audit.models import LedgerEvent
from openmash.enquiries.models import Enquiry

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


def problem_of(answer, status):
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM), answer.content
    body = answer.json()
    assert body["status"] == status and body["title"] and body["detail"]
    return body


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer omash_nonsense", "Basic YTpi", "Bearer \xe9\xff"])
def test_nobody_without_a_token_in_force_comes_in(hub, shown):
    answer = Client().get("/api/v1/enquiries", headers={"Authorization": shown} if shown else {})
    problem_of(answer, 401)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_person_who_is_signed_in_is_nobody_here(hub, client):
    client.force_login(hub.staff["ruth"], backend="allauth.account.auth_backends.AuthenticationBackend")
    problem_of(client.get("/api/v1/enquiries"), 401)


def test_revoked_and_expired_tokens_are_none(let_in, hub):
    yesterday = timezone.now() - timedelta(days=1)
    two = let_in("police", "enquiries", now=yesterday, expires_at=yesterday + timedelta(hours=1))
    one = let_in("police", "enquiries")
    assert one.get("/enquiries").status_code == 200
    systems.revoke(one.token, by=hub.staff["gwen"])
    problem_of(one.get("/enquiries"), 401)
    problem_of(two.get("/enquiries"), 401)


def test_an_account_that_is_closed_or_a_posting_that_ended_opens_nothing(let_in):
    police = let_in("police", "enquiries")
    Posting.objects.filter(user=police.user).update(until=timezone.localdate() - timedelta(days=1))
    problem_of(police.get("/enquiries"), 404)
    User.objects.filter(pk=police.user.pk).update(is_active=False)
    problem_of(police.get("/enquiries"), 401)


def test_what_is_outside_the_scopes_looks_like_nothing_and_is_on_the_ledger(let_in):
    both, one = let_in("police", "enquiries", "requests"), let_in("police", "enquiries")
    assert both.get("/requests").status_code == 200
    assert both.user == one.user, "two tokens of one system: each opens its own scopes"
    denied, nothing = one.get("/requests"), one.get("/nothing/here")
    problem_of(denied, 404)
    assert denied.content == nothing.content
    assert LedgerEvent.objects.filter(event="page.opened", outcome="refused", actor=one.user.pk).exists()


def test_every_error_is_a_problem(let_in, settings):
    police = let_in("police", "enquiries")
    problem_of(police.call("GET", "/enquiries/../../"), 404)
    answer = police.call("DELETE", "/enquiries")
    problem_of(answer, 405)
    assert answer["Allow"] == "GET, POST" or set(answer["Allow"].split(", ")) == {"GET", "POST"}
    problem_of(police.client.post("/api/v1/enquiries", "worry=x", content_type="text/plain",
                                  headers={"Authorization": f"Bearer {police.issued.shows}"}), 415)  # fmt: skip
    broken = police.client.post("/api/v1/enquiries", "{", content_type="application/json",
                                headers={"Authorization": f"Bearer {police.issued.shows}",
                                         "Idempotency-Key": "k"})  # fmt: skip
    problem_of(broken, 400)
    problem_of(police.call("GET", "/enquiries/a%00b"), 404)
    problem_of(police.post("/enquiries", WORRY), 422)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    problem_of(police.post("/enquiries", WORRY, "k"), 413)


def test_what_nobody_foresaw_is_a_problem_without_a_word_of_it(let_in, monkeypatch):
    police = let_in("police", "enquiries")
    monkeypatch.setattr("openmash.api.enquiries.submitted_by", lambda by: 1 / 0)
    assert "division" not in str(problem_of(police.get("/enquiries"), 500))


def test_an_intake_over_the_limit_waits_and_is_taken_in_its_turn(let_in, settings):
    settings.API_CALLS_A_MINUTE = 1
    police = let_in("police", "enquiries")
    assert police.post("/enquiries", WORRY, "k-1").status_code == 201
    waits = police.post("/enquiries", WORRY, "k-2")
    assert waits.status_code == 202, waits.content
    answer = police.get("/enquiries")
    problem_of(answer, 429)
    assert 0 < int(answer["Retry-After"]) <= 60
    assert police.post("/enquiries", WORRY, "k-2").json() == waits.json(), "sent again it still waits, once"
    problem_of(police.post("/enquiries", WORRY | {"worry": "Other."}, "k-2"), 409)
    assert Enquiry.objects.filter(channel="other_system").count() == 1
    take_in_what_is_left(0)
    take_in_what_is_left(0)
    assert Enquiry.objects.filter(channel="other_system").count() == 2
    settings.API_CALLS_A_MINUTE = 100
    found = police.get("/deliveries/k-2").json()
    assert found["state"] == "done"
    assert Enquiry.objects.filter(reference=found["answer"]["reference"]).exists()
    assert police.post("/enquiries", WORRY, "k-2").status_code == 201


def test_what_waits_is_taken_in_though_the_token_has_ended(let_in, hub, settings):
    settings.API_CALLS_A_MINUTE = 0
    police = let_in("police", "enquiries")
    assert police.post("/enquiries", WORRY, "k-1").status_code == 202
    assert [line.waiting for line in tokens(hub.staff["nina"], now=timezone.now())] == [1]
    systems.revoke(police.token, by=hub.staff["nina"])
    take_in_what_is_left(0)
    assert Enquiry.objects.filter(channel="other_system").count() == 1


# -- the second wall ----------------------------------------------------------------------------------------------


def test_the_database_shows_tokens_and_deliveries_to_their_own_alone(let_in, hub, settings):
    settings.API_CALLS_A_MINUTE = 0
    police, health = let_in("police", "enquiries"), let_in("health", "enquiries")
    police.post("/enquiries", WORRY, "k-1")
    seen = {}
    for name, by in {"police": police.user, "health": health.user, "nina": hub.staff["nina"],
                     "gwen": hub.staff["gwen"], "ruth": hub.staff["ruth"]}.items():  # fmt: skip
        with bound_to(by):
            seen[name] = (Token.objects.count(), Delivery.objects.count())
    assert seen == {"police": (1, 1), "health": (1, 0), "nina": (2, 0), "gwen": (2, 0), "ruth": (0, 0)}
    assert (Token.objects.count(), Delivery.objects.count()) == (0, 0), "nobody bound sees none"


def test_the_token_itself_is_kept_nowhere(let_in):
    police = let_in("police", "enquiries")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM openmash_use_token(%s, now())", [systems.digest_of(police.issued.shows)])
        assert police.issued.shows not in str(cursor.fetchall())
    assert not LedgerEvent.objects.filter(kept__icontains=police.issued.shows).exists()


# -- who lets systems in ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ruth", "hannah", "joanna", "alan", "karen", "amit", "saul"])
def test_only_the_administrator_and_the_governance_lead_issue(let_in, hub, name):
    given = {"agency": hub.agencies["police"], "name": "X", "scopes": ["enquiries"], "expires_at": timezone.now()}
    with pytest.raises(Refused):
        systems.issue(hub.areas["wend-valley"], by=hub.staff[name], **given)


def test_an_agency_that_has_not_signed_gets_none(hub, let_in):
    with pytest.raises(Refused, match="has not signed"):
        let_in("cafcass", "enquiries")


def test_nobody_signs_in_as_a_system_and_it_gets_no_letters(let_in, client):
    police = let_in("police", "enquiries")
    police.user.set_password("a-demo-of-openmash")
    police.user.save()
    client.post("/account/login/", {"login": police.user.email, "password": "a-demo-of-openmash"})
    assert client.get("/work/").status_code == 302
    police.post("/enquiries", WORRY, "k-1")
    assert not Letter.objects.filter(to__endswith="system.invalid").exists()


def test_the_screens_issue_once_list_and_revoke(hub, client):
    client.force_login(hub.staff["gwen"], backend="allauth.account.auth_backends.AuthenticationBackend")
    sent = {"name": "Case system", "agency": hub.agencies["housing"].pk, "area": hub.areas["wend-valley"].pk,
            "scopes": ["enquiries"], "lasts": "90"}  # fmt: skip
    assert "Select what it may do" in client.post("/systems/new/", sent | {"scopes": []}).content.decode()
    shown = client.post("/systems/new/", sent)
    secret = shown.content.decode().split('value="omash_')[1].split('"')[0]
    listed = client.get("/systems/").content.decode()
    assert "Case system" in listed and secret not in listed and "Waits for a second person" in listed
    with bound_to(hub.staff["gwen"]):
        number = Token.objects.get().pk
    client.post(f"/systems/{number}/revoke/")
    assert "Revoked" in client.get("/systems/").content.decode()
    assert Client().get("/api/v1/enquiries", headers={"Authorization": f"Bearer omash_{secret}"}).status_code == 401
