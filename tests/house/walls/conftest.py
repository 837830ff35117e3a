"""The world of walls, built by the database's owner, who may change a wall, and rolled back."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connections, transaction

import conftest
from openmash.agencies.models import User
from openmash.county.hub import load_hub
from openmash.oversight import policies as oversight
from openmash.oversight.models import Alert
from openmash.settings import DATABASE_URL, OWNER_URL
from tests.house.walls.attempts import Attempts
from tests.house.walls.walls import WALLS
from tests.house.walls.world import build


@pytest.fixture(scope="package")
def attempts(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Attempts]:
    name = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        conftest.point_at(OWNER_URL, name, as_owner=True)
        with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
            patch.setattr(oversight, "leads_for", _once(oversight.leads_for))
            yield Attempts(build(load_hub()), WALLS)
            transaction.set_rollback(True)
        conftest.point_at(DATABASE_URL, name, as_owner=False)


def _once(leads_for: Callable[[Alert], list[User]]) -> Callable[[Alert], list[User]]:
    """Asked once of each row in each area: everybody asks the same, and nothing changes."""
    known: dict[tuple[int, int], list[User]] = {}

    def asked(row: Alert) -> list[User]:
        key = (row.pk, row.area_id)
        if key not in known:
            known[key] = leads_for(row)
        return known[key]

    return asked


@pytest.fixture(scope="package")
def is_whole(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--whole-walls"))
