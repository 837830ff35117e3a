import pytest

from openmash.disclosure.tests.world import World, build


@pytest.fixture
def world(hub) -> World:
    return build(hub)
