import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Column, Table

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
        table = Table(Column("Sign in with", no_wrap=True), "Role", "Agency", box=SIMPLE_HEAD, title="Who you can be")
        for user in found["users"]:
            table.add_row(user["email"], ", ".join(user["roles"]), user["agency"])
        console = Console(highlight=False)
        console.print(table)
        console.print(f"Everybody's password: [bold]{found['users'][0]['password']}[/bold]")
        goes_out = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
        server = f"Mail is sent by: {settings.EMAIL_HOST}, port {settings.EMAIL_PORT}"
        console.print(server if goes_out else f"Mail that would be sent: {found['mail']}")
        console.print(f"Address: {found['address']}")
