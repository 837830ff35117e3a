from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from openmash.audit.start_up import unsafe


class Command(BaseCommand):
    help = "Says in a sentence each what makes it unsafe to serve on this database; fails if there is any."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with connection.cursor() as cursor:
                found = unsafe(cursor)
        except OperationalError as error:
            raise CommandError(f"The database cannot be asked whether it is safe: {error}") from error
        if found:
            raise CommandError("\n".join(["openmash does not start on this database:", *found]))
