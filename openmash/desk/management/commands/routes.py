import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from openmash.desk.routes import routes


class Command(BaseCommand):
    help = "Lists every route: path, methods, audience and view."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = routes()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(route) for route in found], indent=2))
            return
        for route in found:
            self.stdout.write(f"{route.path:60} {'/'.join(route.methods):10} {route.audience}")
