"""Looking changes nothing: every GET leaves the database as it was, the ledger aside; and a stranger sees no page."""

import re
from collections.abc import Iterator
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openmash.county.build import Planner
from openmash.county.hub import Hub
from openmash.county.telling import Teller, working_moment
from openmash.desk.routes import Route, routes
from openmash.disclosure.models import Release
from openmash.disclosure.workflow import ACKNOWLEDGED, PROPOSED
from openmash.enquiries.models import Enquiry, Party
from openmash.enquiries.workflow import CLOSED, DECIDED, GATHERING, RECEIVED, REVIEW, SCREENED, TRIAGED
from openmash.gathering.models import Request
from openmash.people.models import Contact

pytestmark = pytest.mark.django_db
WRITES = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\s+\"?(\w+)", re.IGNORECASE)
# What somebody types into one of these, a browser offers to whoever comes next, unless it is told not to keep it.
OFFERED = re.compile(
    r"<input\b(?![^>]*\b(?:autocomplete=|readonly|type=\"(?:hidden|checkbox|radio|file|submit)\"))[^>]*>"
)
# The ledger notes every look at sealed material; the session is the visitor's own, and its draft that of their form.
ASIDE = {"audit_ledgerevent", "django_session"}
LOOKS = ("ruth", "hannah", "joanna", "lewis", "karen", "mary", "amit", "gwen", "nina", "siobhan", "alan", "marcus")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STAGES = (
    (RECEIVED, ""),
    (SCREENED, ""),
    (TRIAGED, ""),
    (GATHERING, ""),
    (REVIEW, ""),
    (DECIDED, PROPOSED),
    (CLOSED, ACKNOWLEDGED),
)
KEYS = {"wallboard": "wend-valley", "override": "police"}


@pytest.fixture
def enquiries(hub: Hub) -> list[Enquiry]:
    """One at each stage, with requests, answers, a decision, what was handed on and releases."""
    now = timezone.now()
    planner, teller = Planner(Random(5), now), Teller(hub, Random(5), now)
    area = hub.areas["wend-valley"]
    told = []
    for number, (stage, release) in enumerate(STAGES, 1):
        planner.areas.left = ["wend-valley"]
        family = planner.family(number)
        course = planner.present(family, stage, working_moment(area, now, 20), release)
        told.append(teller.tell(family, course, key=f"looked-at-{number}"))
    return told


def pages() -> list[Route]:
    return [route for route in routes() if "GET" in route.methods and route.view.startswith("openmash.")]


def places(route: Route, enquiries: list[Enquiry]) -> Iterator[str]:
    """The route's own path with what there is of each thing put into it."""
    shapes = {
        "<str:reference>": [one.reference for one in enquiries],
        "<uuid:token>": _tokens(route),
        "<slug:key>": ["wend-valley"]
        if "wallboard" in route.path
        else ["police"]
        if "override" in route.path
        else ["worry"],
        "<slug:ending>": ["return", "refuse", "recall"],
        "<int:party>": list(Party.objects.values_list("pk", flat=True)[:1]),
        "<int:number>": _numbers(route),
        "<int:other>": list(Party.objects.values_list("person", flat=True)[3:4]),
        "<int:contact>": list(Contact.objects.order_by("pk").values_list("pk", flat=True)[:1]),
        "<int:item>": [1],
    }
    found = [re.sub(r"\(\?P<token>[^)]*\)", "a" * 32, route.path).replace("^", "").replace("$", "")]
    for shape, values in shapes.items():
        if shape in route.path:
            found = [path.replace(shape, str(value)) for path in found for value in values[:8]]
    yield from found


def _tokens(route: Route) -> list[object]:
    rows = Release if "release" in route.path or "consents" in route.path else Request
    return list(rows.objects.order_by("-pk").values_list("token", flat=True)[:3])


def _numbers(route: Route) -> list[int]:
    from openmash.allocation.models import Handover

    if "received" in route.path:
        return list(Handover.objects.values_list("pk", flat=True)[:2])
    return list(Party.objects.values_list("person", flat=True)[:1])


def test_looking_changes_nothing(hub: Hub, enquiries: list[Enquiry]):
    """A practice manager looks at every stage; of the others, each at one."""
    changed, seen, offered, kept = set(), set(), set(), set()
    for number, name in enumerate(LOOKS):
        client = Client(raise_request_exception=True)
        client.force_login(hub.staff[name], backend=BACKEND)
        for route in pages():
            for path in places(route, enquiries if name == "ruth" else [enquiries[number % len(enquiries)]]):
                with CaptureQueriesContext(connection) as queries:
                    answer = client.get(path)
                assert answer.status_code < 500, path
                if answer.status_code == 200:
                    seen.add(route.path)
                if "no-store" not in answer.get("Cache-Control", ""):
                    kept.add(path)
                if answer.get("Content-Type", "").startswith("text/html"):
                    offered |= {(route.path, one) for one in OFFERED.findall(answer.content.decode())}
                tables = {found[2] for query in queries if (found := WRITES.match(query["sql"]))}
                changed |= {(route.path, table) for table in tables - ASIDE}
    assert changed == set()
    assert (offered, kept) == (set(), set()), "the browser keeps nothing of it for whoever comes next"
    assert len(seen) > 50, sorted(seen)


def test_a_stranger_sees_a_sign_in_or_nothing(enquiries: list[Enquiry]):
    shown = []
    for route in pages():
        if route.audience != "Anyone":
            for path in places(route, enquiries[-1:]):
                answer = Client().get(path)
                signs_in = answer.status_code == 302 and answer["Location"].startswith("/account/login/")
                if not signs_in and answer.status_code != 404:
                    shown.append((path, answer.status_code))
    assert shown == []


def test_what_a_browser_would_offer_would_be_noticed():
    assert OFFERED.findall('<input id="a" name="b" value="x">') and OFFERED.findall('<input type="text" name="b">')
    assert not OFFERED.findall(
        '<input type="text" autocomplete="off"><input type="hidden"><input readonly type="text">'
    )


def test_a_write_would_be_noticed():
    assert WRITES.match('UPDATE "enquiries_enquiry" SET x = 1')[2] == "enquiries_enquiry"
    assert WRITES.match("INSERT INTO people_person VALUES (1)")[2] == "people_person"
    assert not WRITES.match('SELECT "enquiries_enquiry"."id" FROM x FOR UPDATE')
