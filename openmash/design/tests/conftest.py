import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Browser, sync_playwright
from pytest_django import Settings

from openmash.design.tests.serving import Served, serve

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@pytest.fixture(autouse=True)
def _alone(settings: Settings) -> None:
    """Files are served from where they lie, and no other room says what surrounds a page."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.OPENMASH_CHROME = ""
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def asked() -> HttpRequest:
    """A request as the middleware leaves it, without a session or a person."""
    request = RequestFactory().get("/somewhere/")
    request._messages = CookieStorage(request)
    return request


@pytest.fixture
def draw() -> Callable[..., str]:
    """Renders a piece of template in our own environment: `draw("{{ x|day }}", x=…)`."""

    def draw(source: str, **context: object) -> str:
        return engines["jinja2"].env.from_string(source).render(context)

    return draw


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """The gallery on a web server, under the production content security policy."""
    with serve() as place:
        yield place


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("OPENMASH_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    assert path, "install Chromium, or leave these tests out with -m 'not browser'"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
