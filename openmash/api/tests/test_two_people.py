"""Two people let a system in: one issues a token, and it opens nothing until another one has agreed to it."""

from datetime import timedelta
from importlib import import_module

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from openmash.agencies import systems
from openmash.agencies.models import HeldBack, Letter, Posting, Token, User
from openmash.agencies.policies import may_agree_token
from openmash.api.tests.conftest import WORRY
from openmash.api.tests.test_authority import problem_of
from openmash.audit.action import Refused
from openmash.audit.binding import bound_to
from openmash.audit.models import LedgerEvent
from openmash.settings import OWNER_URL

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _issued(hub, *, by="nina", **facts):
    given = {"agency": hub.agencies["housing"], "name": "X", "scopes": ["enquiries"]} | facts
    ends = timezone.now() + timedelta(days=1)
    return systems.issue(hub.areas["wend-valley"], by=hub.staff[by], expires_at=ends, **given).token


def test_a_token_that_nobody_has_agreed_to_is_answered_like_one_that_nobody_knows(let_in, hub):
    police = let_in("police", "enquiries", is_agreed=False)
    for method, body in (("GET", None), ("POST", WORRY)):
        ours = police.call(method, "/enquiries", body, "k-1")
        unknown = police.call(method, "/enquiries", body, "k-1", Authorization="Bearer omash_nonsense")
        assert problem_of(ours, 401) == problem_of(unknown, 401)
        assert ours.content == unknown.content and ours.headers == unknown.headers
    with bound_to(hub.staff["gwen"]):
        assert Token.objects.get().last_used_at is None, "and nothing says that it was shown"
        assert not HeldBack.objects.exists()
    assert not police.user.postings.exists(), "nobody can choose it as a recipient either"
    systems.agree(police.token, by=hub.staff["gwen"])
    assert police.post("/enquiries", WORRY, "k-1").status_code == 201
    (line,) = LedgerEvent.objects.filter(event="token.agreed")
    assert (line.actor, line.thing, line.thing_number) == (hub.staff["gwen"].pk, "agencies.token", police.token.pk)


def test_each_of_the_two_is_told_what_the_other_did(hub):
    token = _issued(hub)
    asked = Letter.objects.filter(subject="A system waits to be let in")
    assert {letter.user for letter in asked} == {hub.staff["gwen"]}
    systems.agree(token, by=hub.staff["gwen"])
    (told,) = Letter.objects.filter(subject="A system was let in")
    assert told.user == hub.staff["nina"] and told.link == "/systems/"


@pytest.mark.parametrize(
    ("issuer", "who", "why"),
    [
        ("nina", "nina", "You issued this token"),
        ("gwen", "gwen", "You issued this token"),
        ("nina", "ruth", "system administrator"),
        ("nina", "alan", "system administrator"),
    ],
)
def test_who_does_not_agree_to_a_token(hub, issuer, who, why):
    token = _issued(hub, by=issuer)
    assert why in may_agree_token(hub.staff[who], token).why
    with pytest.raises((Refused, Http404)):
        systems.agree(token, by=hub.staff[who])
    with bound_to(hub.staff["gwen"]):
        assert Token.objects.get().agreed_at is None


def test_nobody_agrees_to_a_token_that_has_expired(hub):
    token = _issued(hub)
    with pytest.raises(Refused, match="Issue another"):
        systems.agree(token, by=hub.staff["gwen"], now=token.expires_at)
    assert not token.user.postings.exists()


def test_no_system_agrees_to_its_own_token_whatever_role_somebody_gave_it(hub):
    token = _issued(hub)
    Posting.objects.create(user=token.user, role="governance_lead", area=token.area, since=timezone.localdate())
    with pytest.raises(Refused, match="its own token"):
        systems.agree(token, by=User.objects.get(pk=token.user_id))


def test_nobody_agrees_twice_or_to_what_is_revoked(hub):
    token, other = _issued(hub), _issued(hub)
    systems.agree(token, by=hub.staff["gwen"])
    with pytest.raises(Refused, match="agreed to this token already"):
        systems.agree(token, by=hub.staff["gwen"])
    systems.revoke(other, by=hub.staff["nina"])
    with pytest.raises(Refused, match="revoked already"):
        systems.agree(other, by=hub.staff["gwen"])


def test_one_person_gives_a_system_that_was_let_in_nothing_more(hub):
    first, second = hub.teams["north-wend-assessment"], hub.teams["south-wend-assessment"]
    given = {"agency": second.agency, "scopes": ["releases"]}
    systems.agree(_issued(hub, team=second, **given), by=hub.staff["gwen"])
    more = _issued(hub, team=first, **given)
    assert f"for {first.name}" in signed_in(hub.staff["gwen"]).get("/staff/").content.decode()
    teams = more.user.postings.values_list("team", flat=True)
    assert set(teams) == {second.pk}, "its first token would open the other team’s releases"
    systems.agree(more, by=hub.staff["gwen"])
    assert set(teams.all()) == {first.pk, second.pk}


def test_the_database_lets_nobody_let_a_system_in_alone(hub):
    token, nina, gwen = _issued(hub), hub.staff["nina"], hub.staff["gwen"]
    row, now = Token.objects.filter(pk=token.pk), timezone.now()
    digest = systems.digest_of("another")
    like = {"user": token.user, "area": token.area, "scopes": ["enquiries"], "digest": digest, "begins": "omash",
            "issued_at": now, "expires_at": now}  # fmt: skip
    tries = (
        lambda: row.update(agreed_at=now),
        lambda: row.update(agreed_at=now, agreed_by=nina),
        lambda: row.update(agreed_at=now, agreed_by=gwen),
        lambda: row.update(issued_by=gwen),
        lambda: row.update(scopes=["enquiries", "requests"]),
        lambda: row.update(expires_at=now + timedelta(days=900)),
        lambda: Token.objects.create(issued_by=gwen, agreed_at=now, agreed_by=gwen, **like),
        lambda: Token.objects.create(issued_by=nina, agreed_at=now, **like),
    )
    for attempt in tries:
        with pytest.raises(DatabaseError), transaction.atomic(), bound_to(nina):
            attempt()
    with transaction.atomic(), bound_to(gwen):
        assert row.update(agreed_at=now, agreed_by=gwen) == 1


def test_what_was_issued_before_two_people_had_to_is_agreed_by_nobody_named(hub):
    """What the migration says, said by the owner of the database, whom nobody signs."""
    migration = import_module("openmash.agencies.migrations.0017_two_people_let_a_system_in")
    used = "SELECT agreed_at = issued_at, agreed_by_id FROM openmash_use_token('of before', now())"
    with psycopg.connect(OWNER_URL, dbname=connection.settings_dict["NAME"]) as owner:
        owner.execute(
            "INSERT INTO agencies_token (user_id, area_id, scopes, digest, begins, issued_at, expires_at, calls)"
            " VALUES (%s, %s, '{enquiries}', 'of before', 'omash_', now() - interval '1 h', now() + interval '1 h', 0)",
            [hub.staff["saul"].pk, hub.areas["wend-valley"].pk],
        )
        assert owner.execute(used).fetchall() == []
        owner.execute(migration.AGREED_BEFORE)
        assert owner.execute(used).fetchall() == [(True, None)]
        owner.rollback()


def test_the_screens_ask_a_second_person(hub):
    nina, gwen = signed_in(hub.staff["nina"]), signed_in(hub.staff["gwen"])
    token = _issued(hub)
    agree = f"/systems/{token.pk}/agree/"
    for path in ("/systems/", "/staff/"):
        hers, other = nina.get(path).content.decode(), gwen.get(path).content.decode()
        assert "You issued this token. Someone else has to agree." in hers and agree not in hers
        assert "Nina Frost" in other and agree in other
    assert nina.post(agree).status_code == 403
    assert "Waits for a second person" in gwen.get("/systems/").content.decode()
    assert signed_in(hub.staff["ruth"]).post(agree).status_code == 404
    assert gwen.get(agree).status_code == 405
    assert gwen.post(agree)["Location"] == "/systems/"
    listed = gwen.get("/systems/").content.decode()
    assert "In force" in listed and "agreed by Gwen Astley" in listed and agree not in listed
    assert agree not in gwen.get("/staff/").content.decode()


def test_one_person_takes_away_what_still_waits(hub):
    token = _issued(hub)
    nina = signed_in(hub.staff["nina"])
    assert f"/systems/{token.pk}/revoke/" in nina.get("/systems/").content.decode()
    nina.post(f"/systems/{token.pk}/revoke/")
    assert "Revoked" in nina.get("/systems/").content.decode()
