"""The world of canaries, built once for this folder and rolled back after it."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction

from tests.house.sealed.world import World, build


@pytest.fixture(scope="package")
def world(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("sealed")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(settings, "FEEDS_FOLDER", folder / "feeds")
        yield build(folder)
        transaction.set_rollback(True)
