"""What every answer says to the browser, whoever asks and whatever comes of it (ASVS 5.0 V3.3, V3.4)."""

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
