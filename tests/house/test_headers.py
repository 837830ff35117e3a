"""What every answer says to the browser, whoever asks and whatever comes of it (ASVS 5.0 V3.3, V3.4)."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PAGES = (
    (None, "/make-an-enquiry/"),
    (None, "/account/login/"),
    (None, "/there-is-no-such-page/"),
    (None, "/queue/"),
    ("ruth", "/queue/"),
    ("ruth", "/search/?q=Bell"),
    ("ruth", "/there-is-no-such-page/"),
    ("gwen", "/ledger/"),
    ("lewis", "/queue/"),
)


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_every_answer_keeps_to_itself(hub, settings, who, path):
    settings.SECURE_HSTS_SECONDS, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE = 31_536_000, True, True
    client = Client()
    if who:
        client.force_login(hub.staff[who])
    answer = client.get(path, secure=True)
    policy = {name: rest for name, _, rest in (part.strip().partition(" ") for part in _policy(answer))}
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'", "nothing written inline"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Strict-Transport-Security"] == "max-age=31536000"
    assert not {"Server", "X-Powered-By"} & set(answer.headers)
    for cookie in answer.cookies.values():
        assert cookie["secure"] and cookie["samesite"] == "Lax"
    if who:
        assert "no-store" in answer["Cache-Control"], "the browser keeps nothing of the hub"


NAMED = """
import json
from openmash import settings
print(json.dumps([settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME]))
"""


@pytest.mark.parametrize(("tls", "begins"), [("1", "__Host-"), ("", "")])
def test_behind_tls_cookies_are_named_as_this_hosts_own(tls, begins):
    said = subprocess.run(
        [sys.executable, "-c", NAMED],
        env=os.environ | {"OPENMASH_TLS": tls},
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(said.stdout) == [f"{begins}sessionid", f"{begins}csrftoken"]


def test_a_cookie_of_such_a_name_is_one_that_a_browser_takes(hub, settings):
    """It refuses one that is not Secure, that has a Domain, or a Path other than the whole host."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    client = Client()
    client.force_login(hub.staff["ruth"])
    cookies = client.get("/account/reauthenticate/", secure=True).cookies | client.cookies
    assert {"__Host-sessionid", "__Host-csrftoken"} <= set(cookies)
    for name in ("__Host-sessionid", "__Host-csrftoken"):
        assert cookies[name]["secure"] and cookies[name]["path"] == "/" and not cookies[name]["domain"]
    assert cookies["__Host-sessionid"]["httponly"]


def test_who_leaves_leaves_nothing_in_the_browser(hub):
    client = Client()
    client.force_login(hub.staff["ruth"])
    assert '"storage"' in client.post("/account/logout/")["Clear-Site-Data"]


def test_a_form_from_elsewhere_is_not_taken(hub):
    client = Client(enforce_csrf_checks=True)
    client.force_login(hub.staff["ruth"])
    assert client.post("/work/away/", {"until": "2026-12-01"}).status_code == 403


def _policy(answer) -> list[str]:
    return [part for part in answer["Content-Security-Policy"].split(";") if part.strip()]
