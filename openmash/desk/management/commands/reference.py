from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from openmash.desk.reference import pages


class Command(BaseCommand):
    help = "Writes docs/reference from the code; with --check, says whether it is stale."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = settings.ROOT.parent / "docs" / "reference"
        stale = []
        for name, text in pages().items():
            path = folder / name
            if path.exists() and path.read_text() == text:
                continue
            stale.append(name)
            if not options["check"]:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
        if options["check"] and stale:
            raise CommandError(f"Stale: {', '.join(stale)}. Run `python manage.py reference` and commit the result.")
        self.stdout.write(f"{len(stale)} pages written." if stale else "The reference is up to date.")
