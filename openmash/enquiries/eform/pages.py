"""A form as a list of pages, and the way through it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.datastructures import MultiValueDict

from openmash.audit.actors import Actor
from openmash.design.repeated import Repeated, kept
from openmash.enquiries.eform.typed import Typed, is_empty
from openmash.enquiries.forms.asking import Asking

MOST_OF_ONE = 20
Asked = Asking | Repeated[Asking]


def _always(_: Typed) -> bool:
    return True


def _nothing(_: Typed, __: Actor) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Page:
    """One page of a form. `one` names one of several ("child"); `each` is the page whose people it asks about in turn.

    `starts` gives what is filled in beforehand. With `ends_at`, nobody goes on without having seen this page.
    """

    key: str
    title: str
    form: type[Asking]
    section: str
    applies: Callable[[Typed], bool] = _always
    lead: tuple[str, ...] = ()
    one: str = ""
    each: str = ""
    starts: Callable[[Typed, Actor], Mapping[str, Any]] = _nothing
    template: str = "enquiries/question.html"
    go_on: str = "Continue"


@dataclass(frozen=True)
class Stop:
    """One page on somebody's way through a form; of a page for each person, the one about `about`."""

    page: Page
    number: int | None = None
    about: str = ""

    @property
    def key(self) -> str:
        return self.page.key if self.number is None else f"{self.page.key}/{self.number}"

    @property
    def title(self) -> str:
        return self.page.title.format(about=self.about)

    def ask(
        self, data: MultiValueDict[str, str] | None, *, quiet: bool = False, start: Mapping[str, Any] | None = None
    ) -> Asked:
        """The form, or the several forms, of this page. With `quiet`, `data` is shown again without complaint."""
        page = self.page
        if page.one:
            return Repeated(
                page.form, prefix=page.key, data=data, one=page.one, most=MOST_OF_ONE, quiet=quiet and data is not None
            )
        if data is None or quiet:
            return kept(page.form, data or MultiValueDict(), initial=dict(start or {}))
        return page.form(data)


@dataclass(frozen=True)
class EForm:
    """A whole form: where it is, what it is called, and its pages in order."""

    key: str
    path: str
    name: str
    channel: str
    minutes: int
    lead: tuple[str, ...]
    other: tuple[str, str]
    """The address of the form for other people, and the words that lead to it."""
    pages: tuple[Page, ...]

    def stops(self, typed: Typed) -> tuple[Stop, ...]:
        """The pages that apply, given what has been typed."""
        return tuple(self._stops(typed))

    def _stops(self, typed: Typed) -> Iterator[Stop]:
        applying = [page for page in self.pages if page.applies(typed)]
        for page in applying:
            if page.each:
                asked_of = [
                    person for other in applying if other.key == page.each for person in people_on(other, typed)
                ]
                yield from (Stop(page, number, name) for number, name in asked_of)
            else:
                yield Stop(page)

    def stop(self, typed: Typed, key: str, number: int | None) -> Stop | None:
        return next((one for one in self.stops(typed) if (one.page.key, one.number) == (key, number)), None)

    def after(self, typed: Typed, stop: Stop) -> Stop | None:
        keys = [one.key for one in self.stops(typed)]
        place = keys.index(stop.key) + 1 if stop.key in keys else 0
        return self.stops(typed)[place] if place < len(keys) else None

    def before(self, typed: Typed, stop: Stop) -> Stop | None:
        stops = self.stops(typed)
        place = next((place for place, one in enumerate(stops) if one.key == stop.key), 0)
        return stops[place - 1] if place else None

    def unfinished(self, typed: Typed) -> Stop | None:
        """The first page that has not been answered, or not rightly."""
        return next((stop for stop in self.stops(typed) if not is_right(stop, typed)), None)


def is_right(stop: Stop, typed: Typed) -> bool:
    return typed.has(stop.key) and stop.ask(typed.page(stop.key)).is_valid()


def people_on(page: Page, typed: Typed) -> list[tuple[int, str]]:
    """Those who were named on a page of several: the number that each keeps, and a name to call them by."""
    sent = typed.page(page.key)
    group = Stop(page).ask(sent, quiet=True)
    found = []
    for place, (number, form) in enumerate(zip(group.numbers, group.forms, strict=True), 1):
        if not is_empty(form, dict(sent.lists())):
            name = " ".join(filter(None, (sent.get(form.add_prefix(part), "").strip() for part in ("given", "family"))))
            found.append((number, name or f"{page.one} {place}"))
    return found
