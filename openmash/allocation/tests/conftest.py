from openmash.decisions.tests.conftest import world

__all__ = ["world"]
