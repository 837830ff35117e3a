from collections.abc import Callable, Iterator

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from pytest_django import Settings

from openmash.design.tests.serving import Served, serve


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
