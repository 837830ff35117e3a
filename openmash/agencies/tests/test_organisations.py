"""Single sign-on against a real OpenID Connect provider: who is let in, and who is not. The page never says why."""

import time
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from openmash.agencies import organisations
from openmash.agencies.models import User
from openmash.agencies.organisation_views import ASKED
from openmash.agencies.organisations import Asked, NotTaken, Organisation
from openmash.audit.models import LedgerEvent
from tests.fakes.identity import identity

pytestmark = pytest.mark.django_db
BACK = "http://testserver/account/organisation/police/back/"
SEALED = "A long password of the tests"


def person(email: str, *amr: str, verified: bool = True) -> dict:
    return {"claims": {"email": email, "email_verified": verified}, "amr": ["pwd", *amr]}


PEOPLE = {
    "lewis": person("Lewis.Tarn@wendmark.example"),
    "strong": person("lewis.tarn@wendmark.example", "mfa"),
    "unverified": person("lewis.tarn@wendmark.example", verified=False),
    "stranger": person("nobody@wendmark.example"),
    "elsewhere": person("karen.holt@other.example"),
    "nurse": person("mary.quill@wendmark.example"),
    "gone": person("beth.oram@wendmark.example"),
}


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    with identity(PEOPLE, [BACK], tmp_path_factory.mktemp("identity")) as one:
        yield one


@pytest.fixture
def police(provider, settings, hub):
    """The police sign in at their own; who has left is closed here."""
    settings.SECOND_FACTOR, settings.ADDRESS = True, "http://testserver"
    facts = {"name": "Wendmark Police", "agency": "police", "issuer": provider.issuer, "client_id": provider.client_id}
    facts |= {"secret": provider.secret, "domains": ["wendmark.example"], "factor_by": ["mfa"]}
    settings.ORGANISATIONS = {"police": facts}
    User.objects.filter(pk=hub.staff["beth"].pk).update(is_active=False)
    provider.browser.cookies.clear()
    return facts


def goes(client, provider, who: str, path: str = "/account/organisation/police/?next=/checks/") -> str:
    """Where the browser of `who` comes back to."""
    return provider.visit(client.get(path)["Location"], who, BACK)


def refused(answer) -> str:
    """Why, as the ledger has it; the page and the status are the same for all."""
    assert answer.status_code == 403 and "You are not signed in" in answer.content.decode()
    (line,) = LedgerEvent.objects.filter(event="sign-in.by-organisation", outcome=LedgerEvent.REFUSED)
    return line.reasons


def test_whoever_the_organisation_knows_is_signed_in_and_sets_up_a_factor_here(client, police, provider, hub):
    assert "Sign in through Wendmark Police" in client.get("/account/login/").content.decode()
    asked = client.get("/account/organisation/police/")["Location"]
    said = {name: value[0] for name, value in parse_qs(urlsplit(asked).query).items()}
    assert (said["code_challenge_method"], said["response_type"]) == ("S256", "code") and "prompt" not in said
    assert client.get(goes(client, provider, "lewis"))["Location"] == "/checks/"
    assert client.session["_auth_user_id"] == str(hub.staff["lewis"].pk)
    assert client.get("/checks/")["Location"] == "/account/2fa/"
    (line,) = LedgerEvent.objects.filter(event="sign-in.by-organisation")
    assert (line.actor_name, line.thing_number) == ("Wendmark Police, on who signs in", hub.staff["lewis"].pk)
    assert ASKED not in client.session and User.objects.count() == len(hub.staff)


def test_a_factor_that_the_organisation_asked_for_counts_and_is_asked_for_there_again(
    client, police, provider, hub, settings
):
    client.get(goes(client, provider, "strong"))
    assert client.get("/checks/").status_code == 200
    settings.STEP_UP_LASTS = settings.STEP_UP_LASTS * 0
    again = client.get("/account/2fa/webauthn/add/")["Location"]
    assert again.startswith("/account/organisation/police/again/?next=")
    assert "prompt=login" in client.get(again)["Location"]
    provider.browser.cookies.clear()
    assert client.get(goes(client, provider, "strong", again))["Location"] == "/account/2fa/webauthn/add/"
    provider.browser.cookies.clear()
    other = goes(client, provider, "nurse", again)
    assert client.get(other).status_code == 403
    assert "another agency" in LedgerEvent.objects.filter(outcome=LedgerEvent.REFUSED).latest("id").reasons


def test_a_factor_that_was_enrolled_here_is_asked_for_unless_the_organisation_did(client, police, provider, hub):
    Authenticator.objects.create(user=hub.staff["lewis"], type=Authenticator.Type.TOTP, data={"secret": "x"})
    answer = client.get(goes(client, provider, "lewis"))
    assert answer["Location"].startswith("/account/2fa/authenticate/") and "_auth_user_id" not in client.session
    provider.browser.cookies.clear()
    client.get(goes(client, provider, "strong"))
    assert client.get("/checks/").status_code == 200


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("unverified", "does not say that the e-mail address is verified"),
        ("stranger", "Nobody here has the address"),
        ("elsewhere", "is not of this organisation"),
        ("nurse", "of another agency"),
        ("gone", "The account is closed"),
    ],
)
def test_whoever_it_may_not_speak_for_is_refused_with_the_same_page(client, police, provider, who, why):
    before = User.objects.count()
    assert why in refused(client.get(goes(client, provider, who)))
    assert "_auth_user_id" not in client.session and User.objects.count() == before


def test_an_answer_to_another_question_is_refused(client, police, provider):
    back = goes(client, provider, "lewis")
    assert "The state is not the one" in refused(client.get(back.replace("state=", "state=x")))


def test_a_word_that_was_given_for_another_question_is_refused(client, police, provider):
    back, session = goes(client, provider, "lewis"), client.session
    session[ASKED] = session[ASKED] | {"nonce": "another"}
    session.save()
    assert "The nonce is not the one" in refused(client.get(back))


def test_a_code_without_what_it_was_asked_with_is_refused(client, police, provider):
    back, session = goes(client, provider, "lewis"), client.session
    session[ASKED] = session[ASKED] | {"verifier": "another" * 8}
    session.save()
    assert "could not be asked" in refused(client.get(back))


def test_an_answer_that_nobody_asked_for_is_refused(client, police, provider):
    back = goes(client, provider, "lewis")
    client.cookies.clear()
    assert "Nothing was asked of it" in refused(client.get(back))


def test_another_issuer_is_refused_before_and_after(client, police, provider, settings):
    back = goes(client, provider, "lewis")
    assert "comes from another issuer" in refused(client.get(back.replace("iss=http", "iss=https")))
    settings.ORGANISATIONS = {"police": police | {"issuer": provider.issuer.replace("localhost", "127.0.0.1")}}
    answer = client.get("/account/organisation/police/")
    assert answer.status_code == 403
    reasons = LedgerEvent.objects.filter(event="sign-in.by-organisation").latest("id").reasons
    assert "calls itself by another name" in reasons
    assert client.get("/account/organisation/nobody/").status_code == 404


def test_where_the_organisation_says_so_its_people_have_no_other_way(client, police, hub, settings):
    User.objects.filter(pk__in=(hub.staff["lewis"].pk, hub.staff["mary"].pk)).update(password=make_password(SEALED))
    for alone, opens in ((True, False), (False, True)):
        settings.ORGANISATIONS = {"police": police | {"alone": alone}}
        answer = client.post("/account/login/", {"login": hub.staff["lewis"].email, "password": SEALED})
        assert ("_auth_user_id" in client.session) is opens
        assert ("/account/organisation/police/" in answer.get("Location", "")) is not opens
    client.logout()
    settings.ORGANISATIONS = {"police": police | {"alone": True}}
    client.post("/account/login/", {"login": hub.staff["mary"].email, "password": SEALED})
    assert "_auth_user_id" in client.session


class TestItsWord:
    """What an identity token has to hold, whatever server it is from."""

    one = Organisation("police", "Police", "police", "https://id.example", "openmash", "s", frozenset({"x.example"}))
    asked = Asked("police", "state", "nonce", "verifier", "/")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @pytest.fixture(autouse=True)
    def _keys(self, monkeypatch):
        shown = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True) | {"kid": "1"}
        monkeypatch.setattr(organisations, "_asked_of", lambda *_, **__: {"keys": [shown]})

    def check(self, *, kid="1", key=None, algorithm="RS256", again=False, **changes):
        now = int(time.time())
        facts = {"iss": self.one.issuer, "aud": "openmash", "sub": "1", "nonce": "nonce", "iat": now, "exp": now + 300}
        facts = {name: value for name, value in (facts | changes).items() if value is not None}
        token = jwt.encode(facts, key or self.key, algorithm=algorithm, headers={"kid": kid})
        asked = Asked("police", "state", "nonce", "verifier", "/", again)
        return organisations._checked(self.one, token, "", asked, timezone.now())

    def test_whole_it_is_taken(self):
        assert self.check()["sub"] == "1"
        assert self.check(again=True, auth_time=int(time.time()))

    @pytest.mark.parametrize(
        "wrong",
        [
            {"iss": "https://other.example"}, {"aud": "another"}, {"exp": 1}, {"nonce": "other"}, {"nonce": None},
            {"kid": "2"}, {"key": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
            {"key": "s" * 64, "algorithm": "HS256"}, {"again": True}, {"again": True, "auth_time": 1},
        ],
    )  # fmt: skip
    def test_anything_amiss_it_is_not(self, wrong):
        with pytest.raises(NotTaken):
            self.check(**wrong)
