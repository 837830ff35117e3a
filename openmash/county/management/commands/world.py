import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from openmash.county.world import world


class Command(BaseCommand):
    help = "Says where the demo is, who can sign in, and where to find one of each thing at each stage."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = world(settings.ADDRESS)
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2))
            return
        self.stdout.write(f"{found['address']}   mail: {found['mail']}\n")
        for user in found["users"]:
            self.stdout.write(f"{user['email']:40} {user['password']:20} {', '.join(user['roles'])}, {user['agency']}")
