from openmash.embedded.tests.conftest import home

__all__ = ["home"]
