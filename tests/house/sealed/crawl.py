"""Every address of the hub with what there is in the world of canaries put into it, and what somebody is answered."""

import io
import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client
from pypdf import PdfReader

from openmash.desk.routes import Route, routes
from openmash.people.models import Contact
from tests.house.sealed.world import World

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STRANGER = "a stranger"
ENQUIRIES = ("main", "decided", "adult", "restricted", "conflict", "other", "missing", "sighted")
PEOPLE = ("mother", "child", "man", "decided_child", "restricted_person", "conflict_person", "other_person")
WORD = re.compile(r"zq[a-z]+")
REASON = "It has to be known tonight, before the visit."
# What is drawn anew for each answer.
_BY_CHANCE = (
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(r'"X-CSRFToken": "[^"]*"'),
    re.compile(r"'nonce-[^']+'|nonce=\"[^\"]*\""),
    re.compile(r"Set-Cookie: .*"),
    re.compile(r"data:image/[^\"]*|secret=[^\"&]*"),
)
_PERSON = r"^/person/<|/records/people/|/ledger/person/"
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Told:
    """One answer: all that a program or a person could read of it, in lower case."""

    who: str
    method: str
    path: str
    status: int
    text: str

    @property
    def words(self) -> frozenset[str]:
        return words_in(self.text)


def words_in(text: str) -> frozenset[str]:
    """The words of the world that stand in it. A telephone number and a postcode have no letters of their own."""
    text = text.lower()
    found = set(WORD.findall(text)) if "zq" in text else set()
    if "787" in text and re.search(r"01632\s*960\s*787", text):
        found.add("zqtelephone")
    if "9zq" in text and re.search(r"wx5\s*9zq", text):
        found.add("zqpostcode")
    return frozenset(found)


def arguments(route: Route, name: str, world: World) -> list[object]:
    """What fits this argument of this route. What no room of the world has is 1: there may be none of it."""
    path, things = route.path, world.things
    numbers = {
        _PERSON: [things[one].pk for one in PEOPLE],
        r"^/ledger/user/": [world.ruth.pk, world.hannah.pk],
        r"^/staff/<": [world.ruth.pk, world.amit.pk],
        r"^/agreements/<": [world.agreement.pk],
        r"^/conflicts/": [world.conflict_row.pk],
        r"^/consultations/": [world.call.pk],
        r"^/emergency/reviews/": [world.glass.pk],
        r"/marac/": [world.marac.pk],
        r"/stepped-up/|^/received/": [world.handover.pk],
        r"^/feeds/load/": [world.load.pk],
        r"^/feeds/<": [world.feed.pk],
        r"^/missing/<": [world.missing_family.pk],
        r"^/missing/sighting/": list(world.missing_family.sightings.values_list("pk", flat=True)),
        r"^/notifications/(<|forwarded)|/api/v1/notifications": [one.pk for one in world.notices.values()],
        r"^/notifications/files/": [world.notice_file.pk],
        r"^/notifications/repairs/": [world.repair.pk],
        r"^/person/unprotecting/": [world.unprotecting.pk],
        r"^/records/holds/": [world.hold.pk],
        r"^/records/requests/": [world.subject_request.pk],
        r"^/restrictions/": [world.restriction.pk],
        r"^/statutory-checks/": [world.check.pk],
        r"^/post/attachment/": [one.pk for one in world.enclosures],
    }
    found: list[object] = next((values for pattern, values in numbers.items() if re.search(pattern, path)), [1])
    if name == "reference":
        return [world.things[one].reference for one in ENQUIRIES]
    if name == "token":
        return _tokens(path, world)
    if name == "key" and "/things/" in path:
        return [f"enquiries_enquiry-{world.main.pk}"]
    if name == "key":
        return [_KEYS.get(path.split("/")[1], "worry")] if "override" not in path else ["police"]
    texts: dict[str, list[object]] = {
        "area": ["wend-valley"],
        "form": ["pdf"],
        "ending": ["return", "refuse", "recall", "supersede"],
        "other": [world.man.pk, world.ruth.pk],
        "party": list(world.main.parties.values_list("pk", flat=True)),
        "user": [world.martin.pk],
        "enquiry": [world.main.pk],
        "tie": [world.tie.pk],
        "risk": [world.risk.pk],
        "contact": list(Contact.objects.filter(person__in=numbers[_PERSON]).values_list("pk", flat=True)),
        "item": [row.pk for row in world.release["releaseproposed"].items.all()],
    }
    return texts.get(name, found)


_KEYS = {"wallboard": "wend-valley", "rules": "repeat", "alerts": "emergencies", "api": "k-1", "account": "none"}


def _tokens(path: str, world: World) -> list[object]:
    if re.search(r"release|consents", path):
        return [one.token for one in world.release.values()]
    if path.startswith("/post/"):
        return [world.reply.token, world.stray.token]
    if path.startswith("/from-systems/"):
        return [world.held.call]
    if "request" in path:
        return [one.token for one in world.request.values()]
    return ["a" * 32]


def places(route: Route, world: World) -> list[str]:
    """The route's own path with all that fits each argument in turn, beside the first of what fits the others."""
    path = re.sub(r"\(\?P<rest>[^)]*\)", "anything", route.path)
    path = re.sub(r"\(\?P<(\w+)>[^)]*\)", "a", path).replace("^", "").replace("$", "")
    blank = _ARGUMENT.sub("{}", path)
    fitting = [arguments(route, name, world) for name in _ARGUMENT.findall(path)]
    first = [values[0] for values in fitting]
    found = [blank.format(*first)]
    for place, values in enumerate(fitting):
        found += [blank.format(*first[:place], value, *first[place + 1 :]) for value in values[1:]]
    return found


def pages() -> list[Route]:
    return [one for one in routes() if "GET" in one.methods]


def acts() -> list[Route]:
    return [one for one in routes() if "POST" in one.methods]


class Visitor:
    """Somebody with a browser, or a system with its token: each call is undone when it was answered."""

    def __init__(self, name: str, world: World) -> None:
        self.name, self.client, self.headers = name, Client(raise_request_exception=False), {}
        if name in world.system:
            self.headers = {"Authorization": f"Bearer {world.system[name]}"}
        elif name != STRANGER:
            self.client.force_login(world.hub.staff[name], backend=BACKEND)

    def get(self, path: str) -> Told:
        return self._ask("GET", path, {})

    def post(self, path: str, given: dict[str, Any]) -> Told:
        return self._ask("POST", path, given)

    def _ask(self, method: str, path: str, given: dict[str, Any]) -> Told:
        cookies = self.client.cookies.copy()
        with transaction.atomic():
            call = self.client.post if method == "POST" else self.client.get
            answer = call(path, given, headers=self.headers)
            told = Told(self.name, method, path, answer.status_code, _text_of(answer))
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return told


def _text_of(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told = [f"{answer.status_code} {answer.reason_phrase}", *(f"{key}: {value}" for key, value in answer.items())]
    told += [str(answer.cookies), body.decode("utf-8", "replace")]
    if body.startswith(b"%PDF"):
        told += [page.extract_text() for page in PdfReader(io.BytesIO(body)).pages]
    text = "\n".join(told).replace("\u00ad", "")
    for pattern in _BY_CHANCE:
        text = pattern.sub("", text)
    return text.lower()
