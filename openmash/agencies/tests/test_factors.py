"""The second factor: nothing is shown before it, its secrets cannot be read, and every change is known."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core.cache import cache

from openmash.agencies.factors import has_factor, sealer
from openmash.agencies.models import Letter
from openmash.audit.models import LedgerEvent

pytestmark = pytest.mark.django_db
PASSWORD = "a right password of hers"


@pytest.fixture(autouse=True)
def _demanded(settings):
    settings.SECOND_FACTOR = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ruth(hub):
    ruth = hub.staff["ruth"]
    ruth.set_password(PASSWORD)
    ruth.save()
    return ruth


def sign_in(client, user):
    return client.post("/account/login/", {"login": user.email, "password": PASSWORD})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_app(user) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


@pytest.mark.parametrize("path", ["/due/", "/queue/", "/ledger/", "/needs/", "/account/password/change/"])
def test_before_one_is_enrolled_every_page_leads_to_enrolment(ruth, client, path):
    sign_in(client, ruth)
    for ask in (client.get, client.post):
        answer = ask(path)
        assert (answer.status_code, answer["Location"]) == (302, "/account/2fa/")
    assert "Before you can go on" in client.get("/account/2fa/").content.decode()


def test_the_public_form_is_open_to_whoever_is_still_enrolling(ruth, client):
    sign_in(client, ruth)
    assert client.get("/make-an-enquiry/").status_code == 200


def test_an_app_is_enrolled_and_its_owner_told(ruth, client, django_capture_on_commit_callbacks):
    sign_in(client, ruth)
    page = client.get("/account/2fa/totp/activate/")
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/account/2fa/totp/activate/", {"code": code_of(page.context["form"].secret)})
    assert done["Location"] == "/account/2fa/recovery-codes/"
    assert has_factor(ruth)
    kinds = LedgerEvent.objects.filter(event="factor.added", actor=ruth.pk).values_list("kept", flat=True)
    assert {kept["kind"] for kept in kinds} == {"totp", "recovery_codes"}
    assert Letter.objects.filter(user=ruth, subject="Your sign-in was changed").count() == 2


def test_a_password_alone_opens_nothing_once_an_app_is_enrolled(ruth, client):
    with_app(ruth)
    assert sign_in(client, ruth)["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/due/")["Location"].startswith("/account/login/")


def test_a_code_opens_the_hub_and_a_wrong_one_does_not(ruth, client):
    secret = with_app(ruth)
    sign_in(client, ruth)
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert "Incorrect code" in wrong.content.decode()
    client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/due/").status_code == 200


def test_a_code_is_used_once_for_as_long_as_it_would_be_taken(ruth, client):
    """It is taken for 90 seconds; the library's own memory of it, in the cache, lasts 30."""
    code = code_of(with_app(ruth))
    for opens in (True, False):
        sign_in(client, ruth)
        client.post("/account/2fa/authenticate/", {"code": code})
        assert (client.get("/due/").status_code == 200) is opens
        cache.clear()
        if opens:
            again = client.post("/account/2fa/reauthenticate/", {"code": f"{code[:3]} {code[3:]}"})
            assert "Incorrect code" in again.content.decode()
        cache.clear()
        client.post("/account/logout/")


def test_the_code_that_enrolled_an_app_opens_nothing_afterwards(ruth, client, django_capture_on_commit_callbacks):
    sign_in(client, ruth)
    code = code_of(client.get("/account/2fa/totp/activate/").context["form"].secret)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/2fa/totp/activate/", {"code": code})
    client.post("/account/logout/")
    sign_in(client, ruth)
    client.post("/account/2fa/authenticate/", {"code": code})
    assert client.get("/due/").status_code == 302


def test_guessing_a_code_stops_after_five(ruth, client):
    secret = with_app(ruth)
    sign_in(client, ruth)
    for _ in range(5):
        client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "Too many" in client.post("/account/2fa/authenticate/", {"code": code_of(secret)}).content.decode()
    assert client.get("/due/").status_code == 302


def test_a_recovery_code_stands_in_for_the_app_once(ruth, client):
    with_app(ruth)
    code = RecoveryCodes.activate(ruth).get_unused_codes()[0]
    for opens in (True, False):
        sign_in(client, ruth)
        client.post("/account/2fa/authenticate/", {"code": code})
        assert (client.get("/due/").status_code == 200) is opens
        client.post("/account/logout/")


def test_who_signed_in_before_it_was_enrolled_has_still_to_show_it(ruth, client):
    """Whoever stole a password and waited at the door gets no further when its owner enrols."""
    sign_in(client, ruth)
    with_app(ruth)
    for path in ("/due/", "/account/2fa/webauthn/add/", "/account/password/change/"):
        assert client.get(path)["Location"].startswith("/account/2fa/reauthenticate/"), path
    password = client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert password["Location"].startswith("/account/2fa/reauthenticate/")
    assert client.get("/due/").status_code == 302


def test_secrets_cannot_be_read_in_the_database(ruth, settings):
    secret = with_app(ruth)
    kept = Authenticator.objects.get(user=ruth).data["secret"]
    assert secret not in kept
    assert sealer().decrypt(kept.encode()).decode() == secret
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"
    assert sealer().decrypt(kept.encode()).decode() == secret


def test_a_demo_says_on_every_page_that_it_does_without(ruth, client, settings):
    for demanded in (True, False):
        settings.SECOND_FACTOR = demanded
        for path in ("/account/login/", "/make-an-enquiry/"):
            assert ("Password only" in client.get(path).content.decode()) is not demanded
    sign_in(client, ruth)
    assert "Password only" in client.get("/due/").content.decode()


def test_only_a_demo_can_do_without():
    """The setting as a hub reads it at its start."""
    import subprocess
    import sys

    said = "from openmash import settings; print(settings.SECOND_FACTOR)"
    for demo, asked, demanded in (("0", "0", True), ("0", "1", True), ("1", "0", False), ("1", "1", True)):
        env = {"OPENMASH_DEMO": demo, "OPENMASH_SECOND_FACTOR": asked, "PATH": ""}
        done = subprocess.run([sys.executable, "-c", said], env=env, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == str(demanded), (demo, asked)
