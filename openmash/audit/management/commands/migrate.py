from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from openmash.audit import grants, outer_wall


class Command(DjangoMigrate):
    help = (
        "Migrates as Django does, makes the cache's table, then grants the application's role what the models declare,"
        " and stands the outer wall around the rest."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"] == "default":
            grants.make_roles()
        recorder = MigrationRecorder(connections[options["database"]])
        if recorder.applied_migrations():
            super().handle(*args, **options)
        else:
            with _from_nothing():
                super().handle(*args, **options)
        if options["database"] == "default":
            call_command("createcachetable", verbosity=0)
            grants.apply()
            outer_wall.stand()


@contextmanager
def _from_nothing() -> Iterator[None]:
    """On an empty database each step renders the one model that it changes.

    Django renders every model that is related to it anew, which is nearly all of them, three hundred times: 31 seconds
    of processor time instead of 4, for the same tables (`tests/house/test_schema.py`).
    """

    def itself(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        state.is_delayed = True  # so that a step that runs Python still renders them all
        return {(app_label, model_name)}

    djangos_own = ProjectState._find_reload_model  # type: ignore[attr-defined]  # noqa: SLF001 - Django has no switch
    ProjectState._find_reload_model = itself  # type: ignore[attr-defined]  # noqa: SLF001
    try:
        yield
    finally:
        ProjectState._find_reload_model = djangos_own  # type: ignore[attr-defined]  # noqa: SLF001
