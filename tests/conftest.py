"""What the journeys and the house's own trials begin with."""

from collections.abc import Iterator

import pytest
from django.db import connections

from conftest import founded_database
from tests.journeys.serving import Told, copy_of, tell


@pytest.fixture(scope="session")
def told(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The stories of `world.py`, told once a process: every house stands on a copy."""
    name = str(connections["default"].settings_dict["NAME"]).replace("test_", "told_", 1)
    with copy_of(founded_database(), name) as owner_url:
        yield Told(name, tell(owner_url, name, tmp_path_factory.mktemp("told")))
