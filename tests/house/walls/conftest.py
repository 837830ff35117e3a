"""The world of walls, built by the database's owner, who may change a wall, and rolled back."""

from collections.abc import Iterator

import pytest
from django.db import connections, transaction

import conftest
from openmash.county.hub import load_hub
from openmash.settings import DATABASE_URL, OWNER_URL
from tests.house.walls.attempts import Attempts
from tests.house.walls.walls import WALLS
from tests.house.walls.world import build


@pytest.fixture(scope="package")
def attempts(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Attempts]:
    name = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        conftest.point_at(OWNER_URL, name, as_owner=True)
        with transaction.atomic():
            yield Attempts(build(load_hub()), WALLS)
            transaction.set_rollback(True)
        conftest.point_at(DATABASE_URL, name, as_owner=False)


@pytest.fixture(scope="package")
def is_whole(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--whole-walls"))
