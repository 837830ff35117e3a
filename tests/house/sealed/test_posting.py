"""Whoever may not know of a thing sends its own forms, filled in: nothing is done, and there is no such page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.db import transaction

from openmash.audit import action
from tests.house.sealed.crawl import REASON, Visitor, pages, places
from tests.house.sealed.test_noninterference import difference
from tests.house.sealed.world import World

pytestmark = [pytest.mark.database, pytest.mark.slow]
# What is kept, of whom it is, who may, and who may not.
KEPT = (
    ("restricted", "restricted_person", "martin", ("ruth", "joanna")),
    ("conflict", "conflict_person", "hannah", ("ruth",)),
    ("other", "other_person", "grace", ("martin", "joanna")),
    ("main", "mother", "hannah", ("grace", "lewis", "amit")),
)
NO_REFERENCE, NO_NUMBER = "WV-2222-2222", "99999999"


@dataclass
class Form:
    """Where it goes, and what stands in it or would be typed."""

    action: str
    given: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """Every form of a page that is posted, filled in: the first of what can be chosen, a reason where one writes."""

    def __init__(self, page: str, path: str) -> None:
        super().__init__()
        self.path, self.found, self.chosen = path, [], ""
        self.form: Form | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        one = dict(attrs)
        name, kind, value = one.get("name") or "", one.get("type") or "text", one.get("value") or ""
        if tag == "form" and one.get("method") == "post":
            self.form = Form((one.get("action") or self.path).split("?")[0])
            self.found.append(self.form)
        elif tag == "select":
            self.chosen = name
        elif self.form and tag == "option" and value:
            self.form.given.setdefault(self.chosen, [value])
        elif self.form and name and tag in ("input", "textarea", "button"):
            self._fill(name, "textarea" if tag == "textarea" else "button" if tag == "button" else kind, value)

    def _fill(self, name: str, kind: str, value: str) -> None:
        assert self.form is not None
        if kind == "hidden":
            self.form.given.setdefault(name, []).append(value)
        elif value or kind in ("text", "textarea", "number", "email", "tel"):
            parts = {"day": "3", "month": "12", "year": "2026"}
            typed = parts.get(name.rpartition("-")[2], "3" if kind == "number" else REASON)
            self.form.given.setdefault(name, [value or typed])

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None


def forms_of(who: Visitor, world: World, reference: str, person: int) -> Iterator[Form]:
    """Those of every page about this enquiry or this person, each once."""
    seen = set()
    for route in pages():
        for path in places(route, world) if route.path.startswith(("/enquiry/<", "/person/<")) else ():
            if f"/{reference}/" not in path and not path.startswith(f"/person/{person}/"):
                continue
            with transaction.atomic():
                answer = who.client.get(path)
                transaction.set_rollback(True)
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            for form in Forms(answer.content.decode(), path).found:
                given = form.given.pop("csrfmiddlewaretoken", None)
                names = (form.action, *sorted(form.given))
                if given and names not in seen and (reference in form.action or f"/person/{person}/" in form.action):
                    seen.add(names)
                    yield form


@pytest.mark.parametrize(
    ("enquiry", "person", "may", "may_not"), KEPT, ids=lambda one: one if isinstance(one, str) else ""
)
def test_forms_of_what_is_kept_do_nothing_and_answer_as_for_nothing(world, monkeypatch, enquiry, person, may, may_not):
    done, plain = [], action._write

    def write(event, by, now, thing, **more):
        if not more.get("reasons"):
            done.append(event)
        return plain(event, by, now, thing, **more)

    monkeypatch.setattr(action, "_write", write)
    reference, number = world.things[enquiry].reference, world.things[person].pk
    forms = list(forms_of(Visitor(may, world), world, reference, number))
    done.clear()
    for form in forms:
        Visitor(may, world).post(form.action, form.given)
    assert len(forms) > 8 and len(done) > 8, "those who may do something with them"
    done.clear()
    told = []
    for name in may_not:
        who = Visitor(name, world)
        for form in forms:
            nowhere = form.action.replace(reference, NO_REFERENCE).replace(
                f"/person/{number}/", f"/person/{NO_NUMBER}/"
            )
            there, none = who.post(form.action, form.given), who.post(nowhere, form.given)
            if there.status != 404 or none.status != 404 or difference(there, none):
                told.append((name, form.action, there.status, none.status, difference(there, none)))
    assert (told, done) == ([], [])
