"""The browser, the one server, and the people who sit in front of it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Route, expect

from openmash.county.hub import PASSWORD, STAFF
from tests.journeys.serving import House, Told, serving
from tests.journeys.visitor import Visitor

Somebody = Callable[..., Visitor]
TITLES = {"Sgt", "PC", "Insp", "Dr"}
FAILED = pytest.StashKey[bool]()
REMAINS = Path(__file__).parents[2] / ".mash/failed-journeys"
PATIENCE = 30_000  # milliseconds for one thing to appear, on a machine that is busy with other tests
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def house(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The hub of Wendmark, on a database and a port of its own."""
    with serving(told, f"{told.database}_journeys", tmp_path_factory.mktemp("journeys")) as house:
        yield house


@pytest.fixture(scope="session")
def sessions() -> dict[str, object]:
    """Who has signed in already, with their cookies: one sign-in a person is enough to try."""
    return {}


@pytest.fixture
def anybody(chromium: Browser, house: House, request: pytest.FixtureRequest) -> Iterator[Somebody]:
    """`anybody()`: a stranger with a browser of their own; `anybody(width=375, javascript=False)`."""
    people: list[Visitor] = []
    contexts: list[BrowserContext] = []

    def arrive(
        name: str = "a stranger", *, width: int = 1280, javascript: bool = True, cookies: object = None
    ) -> Visitor:
        context = chromium.new_context(viewport={"width": width, "height": 800}, storage_state=cookies)
        if not javascript:
            context.route("**/*", _without_scripts)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        visitor = Visitor(context.new_page(), house.address, name)
        people.append(visitor)
        return visitor

    yield arrive
    try:
        for visitor in people:
            if request.node.stash.get(FAILED, False):
                _picture(visitor, request.node.name)
            else:
                visitor.complains_of_nothing()
    finally:
        for context in contexts:
            context.close()


@pytest.fixture
def act_as(anybody: Somebody, house: House, sessions: dict[str, object]) -> Somebody:
    """`act_as("ruth")`: the practice manager Ruth Okafor, signed in."""

    def sign_in(name: str, **options: int | bool) -> Visitor:
        if name not in sessions:
            newcomer = anybody(name)
            newcomer.goes_to("/account/login/")
            newcomer.answers({"Email address": email_of(name), "Password": PASSWORD})
            newcomer.presses("Sign in")
            sessions[name] = newcomer.page.context.storage_state()
        return anybody(name, cookies=sessions[name], **options)

    return sign_in


def _without_scripts(route: Route) -> None:
    """No script of the page arrives. The browser's own engine stays on, so that axe can look at the page."""
    if route.request.resource_type == "script":
        route.fulfill(body="", content_type="text/javascript")
    else:
        route.continue_()


def email_of(name: str) -> str:
    """The address under which "ruth" signs in."""
    full = next(row[0] for row in STAFF if name == _parts(row[0])[0])
    return f"{'.'.join(_parts(full))}@wendmark.example"


def _parts(full: str) -> list[str]:
    return [part.lower() for part in full.split() if part not in TITLES]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """So that the browser's fixture knows whether the journey failed."""
    outcome = yield
    report = outcome.get_result()
    if report.when == "call":
        item.stash[FAILED] = report.failed


def _picture(visitor: Visitor, test: str) -> None:
    """Where somebody stood when their journey failed."""
    REMAINS.mkdir(parents=True, exist_ok=True)
    with suppress(Error):
        visitor.page.screenshot(path=REMAINS / f"{test}-{visitor.name}.png", full_page=True)
