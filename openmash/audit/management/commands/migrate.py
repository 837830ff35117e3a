from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate

from openmash.audit import grants


class Command(DjangoMigrate):
    help = (
        "Migrates as Django does, makes the cache's table, then grants the application's role what the models declare."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options["database"] == "default":
            call_command("createcachetable", verbosity=0)
            grants.apply()
