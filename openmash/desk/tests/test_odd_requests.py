"""No address, question or form breaks a page, whatever characters are in it: 404 or 400, never 500."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from openmash.audit.actors import PUBLIC
from openmash.desk.routes import routes
from openmash.enquiries import actions
from openmash.enquiries.models import Draft
from openmash.enquiries.tests.test_actions import NOON, given

pytestmark = pytest.mark.django_db
WHO = ("ruth", "gwen")
ODD = ("²", "9" * 5000)  # a digit that is no number, and a number that no column holds
NAMES = (
    "q", "page", "before", "after", "person", "party", "other", "judged", "kind", "agency", "since", "until", "number",
    "year", "sort", "user", "area", "event", "version", "seen", "opened_at", "writer", "judgement", "says", "because",
    "words", "reason", "name", "reference", "do", "next", "item", "outcome", "rating", "why", "keys", "chosen", "show",
)  # fmt: skip


@pytest.fixture
def reference(hub) -> str:
    made = actions.receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=given(), key="odd")
    return str(made.reference)


def paths(**filled: str) -> list[str]:
    """Each of our routes with its parts filled in; what is not named is filled with "odd", or with 1."""

    def fill(part: re.Match[str]) -> str:
        kind, name = part[1], part[2]
        return filled.get(name) or ("1" if kind == "int" else filled["odd"] if kind == "str" else "x")

    ours = {route.path for route in routes() if route.view.startswith("openmash.") and "(?P" not in route.path}
    return sorted(re.sub(r"<(\w+):(\w+)>", fill, path) for path in ours if "uuid" not in path)


def sign_in(hub, who: str) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(hub.staff[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def is_answered(answer: HttpResponse) -> bool:
    return answer.status_code < 500


@pytest.mark.parametrize("who", WHO)
def test_no_address_breaks_a_page(hub, who):
    browser = sign_in(hub, who)
    for path in paths(odd="%00"):
        if "%00" in path:
            assert browser.get(path).status_code in (404, 405), path
            assert browser.post(path).status_code in (404, 405), path


@pytest.mark.parametrize("who", WHO)
def test_no_question_breaks_a_page(hub, reference, who):
    browser = sign_in(hub, who)
    broken = []
    for path in paths(odd="x", reference=reference):
        there = browser.get(path).status_code
        assert browser.get(f"{path}?q=%00").status_code in ({400, 404, 405} if there == 404 else {400, 405}), path
        for odd in ODD:
            asked = "&".join(f"{name}={odd}" for name in NAMES)
            if not is_answered(browser.get(f"{path}?{asked}")):
                broken.append(f"{path} {odd[:20]}")
    assert broken == []


@pytest.mark.parametrize("who", WHO)
def test_no_form_breaks_a_page(hub, reference, who):
    browser = sign_in(hub, who)
    broken = []
    for path in paths(odd="x", reference=reference):
        if path.startswith("/account/"):
            continue
        for odd in ("\x00", *ODD):
            sent = dict.fromkeys(NAMES, odd)
            if not is_answered(browser.post(path, sent)):
                broken.append(f"{path} {odd[:20]!r}")
    assert broken == []


def test_a_cookie_that_no_database_holds_is_no_cookie(client):
    client.cookies["sessionid"] = "x"
    client.cookies["sessionid"].set("sessionid", "a\x00b", '"a\\000b"')
    assert client.get("/account/login/").status_code == 200


def test_what_is_typed_with_it_is_told_of_and_kept_without_it(client):
    """A form that can say what to do does, and nothing else of it is lost."""
    answer = client.post("/make-an-enquiry/worry/", {"worry": "Shouting\x00 at night"})
    assert "has a character in it that cannot be seen" in answer.content.decode()
    assert Draft.objects.get().answers["pages"]["worry"] == {"worry": ["Shouting at night"]}
