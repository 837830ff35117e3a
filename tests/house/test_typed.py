"""Whatever people typed is words on every page: no markup, no template, no address that is fetched, nothing in a log.

ASVS V1.2.1, V1.3.6, V1.3.7, V16.2.5.
"""

import logging
import socket
import sys
from contextlib import suppress
from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import Client

from openmash.agencies.tests.test_sign_in import PATH as SIGN_IN
from openmash.county.hub import Hub
from openmash.decisions.tests.conftest import World as Deciding
from openmash.decisions.tests.test_actions import decided
from openmash.desk.tests.families import ask, receive
from openmash.enquiries.given import GivenParty, GivenProfessional
from openmash.enquiries.models import Enquiry
from openmash.gathering import actions as gathering
from openmash.gathering.models import Request
from openmash.gathering.tests.conftest import LATER, item, known
from openmash.people.given import GivenPerson
from tests.house.test_looking import BACKEND, pages, places

pytestmark = pytest.mark.django_db
WORD, URL = "Zqtyped", "http://zqtyped.example/x.png"
MARKUP = f"""{WORD} <zq-tag onload=alert(1)>'"></title></script><script>{{{{7*7}}}}{{% include "x" %}} {URL}"""
NAME = f"{WORD}<zq-tag src={URL}>"
LOOKS = ("ruth", "lewis", "siobhan", "gwen")
connected: list[object] = []
_is_watched = False


def _notes(event: str, given: tuple[object, ...]) -> None:
    if _is_watched and event in ("socket.connect", "socket.sendto", "urllib.Request"):
        connected.append((event, given[1:]))


sys.addaudithook(_notes)  # cannot be taken away again, and so does nothing unless it is asked to


class Seen(HTMLParser):
    """What a browser would take a page for: each kind of element, and every attribute that would run something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.runs: set[str] = set()
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.runs |= {name for name, value in attrs if name.startswith("on") or (value or "").startswith("javascript:")}

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def enquiries(hub: Hub) -> list[Enquiry]:
    """Two enquiries in which everything that can be typed is hostile; the police have answered, one is decided."""
    home = {"address_lines": f"1 {NAME}", "postcode": "WX3 7QD"}
    child = GivenPerson(given=NAME, family=NAME, born_on=date(2018, 5, 4), sex="F", **home)
    adult = GivenPerson(given="Ann", family=NAME, telephone="01632 960123", language=NAME[:60], **home)
    parties = (
        GivenParty(child, "child", school=NAME, gp=NAME, lives_in_household=True),
        GivenParty(adult, "adult", "mother", lives_in_household=True, note=MARKUP),
    )
    fields = {"alleged": MARKUP, "childs_words": MARKUP, "strengths": MARKUP, "risk_to_staff": MARKUP}
    worker = GivenProfessional(NAME, NAME, NAME, "01632 960555")
    one = ask(hub, receive(hub, *parties, worry=MARKUP, fields=fields, professionals=(worker,)), "police")
    request = Request.objects.get(enquiry=one)
    words = item(MARKUP, people=(request.people[0],))
    gathering.answer(request, by=hub.staff["lewis"], now=LATER, **known(request, words))
    said = dict.fromkeys(("facts", "analysis", "contrary", "rationale", "not_known", "for_referrer"), MARKUP)
    return [one, decided(Deciding(hub), **said)]


def test_what_was_typed_is_words_on_every_page(hub, enquiries, caplog):
    global _is_watched  # noqa: PLW0603 - there is one interpreter, and it is watched here alone
    caplog.set_level(logging.DEBUG)
    shown, markup, run = set(), set(), set()
    _is_watched = True
    try:
        for name in LOOKS:
            client = Client()
            client.force_login(hub.staff[name], backend=BACKEND)
            for route in pages():
                for path in places(route, enquiries if name == "ruth" else enquiries[:1]):
                    answer = client.get(path)
                    if WORD.encode() not in answer.content or not answer["Content-Type"].startswith("text/html"):
                        continue
                    seen = Seen(answer.content.decode())
                    shown |= {route.path}
                    markup |= {path} if "zq-tag" in seen.tags or seen.runs or WORD not in seen.words else set()
                    run |= {path} if "49{%" in seen.words else set()
            client.get(f"/search/?q={MARKUP}")
    finally:
        _is_watched = False
    assert (markup, run) == (set(), set())
    assert len(shown) > 12, shown
    assert connected == []
    logged = [one.getMessage() for one in caplog.records if one.name != "django.db.backends"]
    assert [line for line in logged if WORD in line] == []


def test_what_would_be_markup_and_what_would_be_fetched_is_noticed():
    global _is_watched  # noqa: PLW0603 - as above
    assert "zq-tag" in Seen(f"<p>{MARKUP}</p>").tags and Seen("<a href='javascript:x'>").runs == {"href"}
    _is_watched = True
    try:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", 1), timeout=1)
        assert len(connected) == 1
    finally:
        _is_watched = False
        connected.clear()


def test_what_is_typed_at_the_door_is_words_too(client):
    answer = client.post(SIGN_IN, {"login": MARKUP, "password": MARKUP}).content.decode()
    assert WORD in answer and "zq-tag" not in Seen(answer).tags
    assert answer.count(WORD) == Seen(answer).words.count(WORD) + answer.count(f'value="{WORD}')
