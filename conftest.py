"""One test database a worker, copies of one: migrated by its owner, used by the application's role, which owns none."""

import gc
import os
import shutil
import signal
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from openmash.settings import APP_ROLE, DATABASE_URL, OWNER_URL, database

# The same examples each time, so that a change is judged by what it changed. To look further, with others each time:
# `./mash test --hypothesis-profile=explore`.
# How fast the machine is decides nothing.
_PATIENT: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
hypothesis_settings.register_profile("same", derandomize=True, **_PATIENT)
hypothesis_settings.register_profile("explore", max_examples=500, **_PATIENT)
hypothesis_settings.load_profile("same")

# Whoever starts the tests in the background has their shell switch Control-C off, for every server of a test too.
signal.signal(signal.SIGINT, signal.default_int_handler)

ONE_FOUNDS = 7_012_009  # a number of our own for PostgreSQL's advisory lock


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--tamperings", type=int, default=40, help="how often the ledger is tampered with (40)")
    parser.addoption("--whole-crawl", action="store_true", help="every address with all that fits it, by everybody")
    parser.addoption("--whole-walls", action="store_true", help="every reader of every wall, every clause weakened")
    parser.addoption("--tampering-seed", default="2026", help="what the tamperings are drawn from (2026)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test that has the database has the ledger's connection too.

    Files with something that takes long come first, so that no worker begins one when the others have ended. Each file
    goes to one worker (`--dist loadfile`), since its tests may share a server.
    """
    long = set()
    for item in items:
        if item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(databases="__all__"), append=False)
            item.add_marker(pytest.mark.database)
        is_marked = item.get_closest_marker("browser") or item.get_closest_marker("slow")
        if is_marked or "county" in getattr(item, "fixturenames", ()):
            long.add(item.path)
    items.sort(key=lambda item: item.path not in long)


def pytest_collection_finish() -> None:
    """What has been imported by now stays: looking through it for garbage took a twelfth of the tests' time."""
    gc.collect()
    gc.freeze()


def point_at(url: str, name: str, *, as_owner: bool = False, role: str = APP_ROLE) -> None:
    for alias in ("default", "ledger"):
        connections[alias].close()
        facts = database(url, role="" if as_owner else role) | {"NAME": name}
        facts["OPTIONS"].pop("pool", None)
        connections[alias].settings_dict.update(facts)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    """A copy of the founded hub for each worker, handed over to the application's role.

    The first worker that comes makes it, instead of the last run's: migrated by the owner, with both hubs in it. The
    others wait.
    """
    founded, name = founded_database(), f"test_{settings.DATABASES['default']['NAME']}_{worker_id}"
    with psycopg.connect(OWNER_URL, autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [ONE_FOUNDS])
        there = owner.execute("SELECT datname FROM pg_database WHERE datname LIKE 'founded_%'").fetchall()
        if (founded,) not in there:
            for (of_the_last_run,) in there:
                _drop(owner, of_the_last_run)
            owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(founded)))
            with django_db_blocker.unblock():
                _found(founded)
        _drop(owner, name)
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        owner.execute(copy.format(sql.Identifier(name), sql.Identifier(founded)))
    point_at(DATABASE_URL, name, as_owner=False)
    connections["ledger"] = connections["default"]  # so that a test sees, and rolls back, what was refused
    yield
    with django_db_blocker.unblock():
        connections["default"].close()
    with psycopg.connect(OWNER_URL, autocommit=True) as owner:
        _drop(owner, name)


def founded_database() -> str:
    """The name of this run's founded hub, which nobody is connected to: whoever needs a database copies it.

    Not from Django's settings, which name the worker's own copy as soon as there is one.
    """
    of_this_run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    return f"founded_{conninfo_to_dict(DATABASE_URL)['dbname']}_{of_this_run}"


def _found(name: str) -> None:
    from openmash.county.hub import found_hub

    point_at(OWNER_URL, name, as_owner=True)
    call_command("migrate", verbosity=0)
    point_at(DATABASE_URL, name, as_owner=False)
    found_hub()
    for alias in ("default", "ledger"):
        connections[alias].close()


def _drop(owner: "psycopg.Connection[Any]", name: str) -> None:
    owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The browser of a file's tests: no longer, since an event loop of Playwright's runs in this thread with it.

    Django finds that loop, takes what a test asks of the database for asynchronous, which it is not, and meanwhile
    gives this thread other connections: the ledger's is made the default one's there too, or it would wait for ever.
    """
    from playwright.sync_api import sync_playwright

    from openmash.cli.chores import CHROMIUMS, NO_CHROMIUM

    path = os.environ.get("OPENMASH_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not path:
        pytest.fail(NO_CHROMIUM, pytrace=False)
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        connections["ledger"] = connections["default"]
        browser = playwright.chromium.launch(executable_path=path, args=[*sandbox, "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def hub(db: None) -> "object":
    """The two hubs of Wendmark: `hub.staff["ruth"]`, `hub.areas["wend-valley"]`, `hub.agencies["police"]`."""
    from openmash.county.hub import load_hub

    return load_hub()


@pytest.fixture(autouse=True)
def _names_are_counted_anew() -> Iterator[None]:
    """How common names were in one test says nothing in the next."""
    yield
    from openmash.people.matching.statistics import forget

    forget()


@pytest.fixture(autouse=True)
def _files_as_they_lie(settings: "object") -> None:
    """Static files are named as they are: no manifest has to be collected before a page can be tested."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _signed_in_by_password(settings: "object") -> Iterator[None]:
    """Who is signed in by force counts as signed in by password just now; neither a second factor nor
    the working practices stand in their way."""
    from allauth.account.internal.flows.login import record_authentication
    from django.contrib.auth.signals import user_logged_in

    def record(request: Any, user: Any, **_: Any) -> None:
        record_authentication(request, user, "password")

    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]
    settings.WORKING_PRACTICES = False  # type: ignore[attr-defined]
    user_logged_in.connect(record)
    yield
    user_logged_in.disconnect(record)


@pytest.fixture(autouse=True)
def nobody_is_bound() -> None:
    """Whoever an earlier test left bound to its transaction is not bound to this one."""
    from openmash.audit import binding

    binding._bound.set(None)  # noqa: SLF001
    binding._reader.set(binding.HUB)  # noqa: SLF001
