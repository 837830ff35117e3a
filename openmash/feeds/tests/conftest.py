"""A feed that the police have agreed to send, with events, and what its lead sees of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction

from openmash.audit.actors import SETTING_UP
from openmash.audit.binding import bind
from openmash.feeds import actions, loading
from openmash.feeds.folder import keep
from openmash.feeds.models import Feed, Load, Record
from openmash.feeds.policies import LOADER


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.FEEDS_FOLDER = str(tmp_path / "feeds")


@pytest.fixture
def feed(hub) -> Feed:
    return actions.agree(hub.agencies["police"], by=SETTING_UP, area=hub.areas["wend-valley"], sends_events=True)


@pytest.fixture
def offer(feed) -> Callable[..., Load]:
    def offer(path: Path, *, is_full: bool = False, **more: object) -> Load:
        with path.open("rb") as file:
            return loading.offer(feed, keep(file, path.name), by=LOADER, is_full=is_full, **more)

    return offer


@pytest.fixture
def send(offer) -> Callable[..., Load]:
    """Load a file to its end."""

    def send(path: Path, **more: object) -> Load:
        load = offer(path, **more)
        return load if load.is_over else loading.read(load)

    return send


@pytest.fixture
def held(hub) -> Callable[[], dict[str, dict[str, object]]]:
    """What the agency's lead sees: every live record, by format and number."""

    def held() -> dict[str, dict[str, object]]:
        with transaction.atomic():
            before = bind(hub.staff["karen"])
            rows = {f"{row['format']} {row['number']}": row for row in Record.objects.values()}
            bind(before)
        return {key: {name: row[name] for name in row if name not in ("id", "changed_at")} for key, row in rows.items()}

    return held
