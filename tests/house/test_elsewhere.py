"""What comes from another site, through another host's name, or says that it came by another way (ASVS V3.5, V4.1)."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openmash.agencies.tests.test_sign_in import PATH as SIGN_IN
from openmash.design.middleware import refuse_other_sites
from openmash.desk.routes import Route, routes
from openmash.desk.tests.families import receive
from tests.house.test_looking import BACKEND, WRITES

pytestmark = pytest.mark.django_db
ELSEWHERE = "https://elsewhere.example"
OURS = "http://testserver"
WORD = "hungry and frightened"
KEPT_OUT = (("no-cors", "image"), ("no-cors", "script"), ("cors", "empty"), ("navigate", "iframe"), ("websocket", ""))
SPOOFS = {
    "HTTP_X_FORWARDED_FOR": "203.0.113.9",
    "HTTP_X_REAL_IP": "203.0.113.9",
    "HTTP_X_FORWARDED_HOST": "elsewhere.example",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_PORT": "443",
    "HTTP_FORWARDED": "for=203.0.113.9;host=elsewhere.example;proto=https",
}


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def reference(hub) -> str:
    return str(receive(hub).reference)


@pytest.fixture
def ruth(hub) -> Client:
    return signed_in(hub)


def signed_in(hub, **more) -> Client:
    client = Client(**more)
    client.force_login(hub.staff["ruth"], backend=BACKEND)
    return client


def path_of(route: Route, reference: str = "odd") -> str:
    """The route's path, with something of the right kind for each of its parts."""
    path = re.sub(r"\(\?P<\w+>[^)]*\)", "a", route.path).replace("^", "").replace("$", "")
    path = path.replace("<str:reference>", reference).replace("<rest>", "x")
    path = path.replace("<call:token>", "a" * 32)
    path = re.sub(r"<uuid(str)?:\w+>", "00000000-0000-4000-8000-000000000000", path)
    return re.sub(r"<(\w+:)?\w+>", "1", path)


def forms() -> list[Route]:
    """Whatever a browser may post to: every door but those for machines, which are opened by a token and no cookie."""
    return [one for one in routes() if "POST" in one.methods and not one.path.startswith("/api/")]


@pytest.mark.parametrize("comes", ["without its mark", "from elsewhere"])
def test_no_form_is_taken_that_this_browser_was_not_given(hub, reference, comes):
    client, taken, written = signed_in(hub, enforce_csrf_checks=True), [], set()
    client.get("/account/reauthenticate/")
    client.get(f"/enquiry/{reference}/rate/")
    sent, more = {}, {}
    if comes == "from elsewhere":
        mark = client.cookies["csrftoken"].value
        sent, more = {"csrfmiddlewaretoken": mark}, {"HTTP_ORIGIN": ELSEWHERE}
    for route in forms():
        path = path_of(route, reference)
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(path, sent, **more)
        if answer.status_code != 403:
            taken.append((path, answer.status_code))
        written |= {(path, found[2]) for query in queries if (found := WRITES.match(query["sql"]))}
    assert taken == []
    assert written == set()
    assert len(forms()) > 250


def test_the_same_form_with_its_mark_is_taken(hub, reference):
    """Or the test above would pass whatever is refused for another reason."""
    client = signed_in(hub, enforce_csrf_checks=True)
    client.get(f"/enquiry/{reference}/screen/")
    sent = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    assert client.post(f"/enquiry/{reference}/screen/", sent, HTTP_ORIGIN=OURS).status_code == 200
    refused = client.post(f"/enquiry/{reference}/screen/", sent, HTTP_ORIGIN=ELSEWHERE)
    assert refused.status_code == 403 and WORD not in refused.content.decode()


def test_no_door_for_machines_is_opened_by_a_cookie(ruth):
    doors = [one for one in routes() if "POST" in one.methods and one.path.startswith("/api/v1/")]
    assert len(doors) > 5
    for route in doors:
        answer = ruth.post(path_of(route), "{}", content_type="application/json")
        assert answer.status_code == 401, route.path


@pytest.mark.parametrize(("mode", "dest"), KEPT_OUT)
def test_another_site_loads_nothing(ruth, reference, mode, dest):
    asks = {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_MODE": mode, "HTTP_SEC_FETCH_DEST": dest}
    for route in routes():
        if "GET" in route.methods:
            with CaptureQueriesContext(connection) as queries:
                answer = ruth.get(path_of(route, reference), **asks)
            assert answer.status_code == 403 and not queries, route.path
            said = b"Another site cannot load this." if not route.path.startswith("/api/") else answer.content
            assert answer.content == said and WORD.encode() not in said
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


LET_IN = (("cross-site", "navigate", "document"), ("same-origin", "cors", "empty"), ("none", "navigate", "document"))


@pytest.mark.parametrize(("site", "mode", "dest"), [*LET_IN, ("", "", "")])
def test_a_link_leads_here_and_our_own_pages_load_what_they_are_made_of(ruth, reference, site, mode, dest):
    asks = {"HTTP_SEC_FETCH_SITE": site, "HTTP_SEC_FETCH_MODE": mode, "HTTP_SEC_FETCH_DEST": dest}
    answer = ruth.get(f"/enquiry/{reference}/", **asks)
    assert answer.status_code == 200 and WORD in answer.content.decode()


def test_it_is_refused_before_anybody_is_asked_who_they_are(settings):
    order = settings.MIDDLEWARE
    name = f"{refuse_other_sites.__module__}.{refuse_other_sites.__name__}"
    assert order.index(name) < order.index("django.contrib.sessions.middleware.SessionMiddleware")


def test_under_another_hosts_name_there_is_nothing(ruth, reference, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    for host in ("elsewhere.example", "testserver.elsewhere.example", "testserver:80@elsewhere.example", "a b"):
        answer = ruth.get(f"/enquiry/{reference}/", HTTP_HOST=host)
        assert answer.status_code == 400 and WORD not in answer.content.decode(), host
        assert ruth.post(SIGN_IN, {"login": "x", "password": "x"}, HTTP_HOST=host).status_code == 400, host
    assert ruth.get(f"/enquiry/{reference}/", **SPOOFS).status_code == 200


def test_what_passes_for_the_proxy_changes_no_answer_and_no_letter(hub, reference):
    plain, spoofed = signed_in(hub), signed_in(hub)
    by_chance = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"')
    for path in ("/queue/", f"/enquiry/{reference}/", "/make-an-enquiry/", SIGN_IN, "/person/1/", "/nothing/"):
        one, two = plain.get(path), spoofed.get(path, **SPOOFS)
        assert (one.status_code, one.get("Location")) == (two.status_code, two.get("Location")), path
        assert by_chance.sub("", one.content.decode()) == by_chance.sub("", two.content.decode()), path
        assert not two.wsgi_request.is_secure() and two.wsgi_request.META["REMOTE_ADDR"] == "127.0.0.1"
    Client().post("/account/password/reset/", {"email": hub.staff["ruth"].email}, **SPOOFS)
    assert len(mail.outbox) == 1 and "elsewhere.example" not in mail.outbox[0].body


def test_a_new_address_in_a_header_buys_no_more_guesses(hub):
    ruth = hub.staff["ruth"]
    ruth.set_password("a right password of hers")
    ruth.save()
    client = Client()
    for guess in range(5):
        more = SPOOFS | {"HTTP_X_FORWARDED_FOR": f"203.0.113.{guess}", "HTTP_X_REAL_IP": f"203.0.113.{guess}"}
        client.post(SIGN_IN, {"login": ruth.email, "password": "a wrong one"}, **more)
    client.post(SIGN_IN, {"login": ruth.email, "password": "a right password of hers"}, **SPOOFS)
    assert "_auth_user_id" not in client.session
