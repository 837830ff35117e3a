import gc
import os
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from openmash.county.build import ENQUIRIES, FAMILIES, build_rest, build_small
from openmash.county.feeds import load_feeds
from openmash.county.hub import load_hub
from openmash.county.systems import push_cases
from openmash.enquiries.models import Enquiry


class Command(BaseCommand):
    help = "Builds the fictional county of Wendmark through the hub's real actions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--small", action="store_true", help="the hubs, the source cases and some of what is open today"
        )
        parser.add_argument(
            "--rest",
            action="store_true",
            help="all that is open today and two years of history; goes on where it stopped",
        )
        parser.add_argument("--families", type=int, default=FAMILIES)
        parser.add_argument("--enquiries", type=int, default=ENQUIRIES)

    def handle(self, *args: Any, **options: Any) -> None:
        gc.freeze()  # what was loaded by now is not looked through for rubbish again and again
        gc.set_threshold(50_000)
        if options["small"]:
            self._show("What is open today", build_small)
            call_command("world")
        if options["rest"]:
            os.nice(10)  # the pages come first
            sizes = {"families": options["families"], "enquiries": options["enquiries"]}
            load_feeds(load_hub())
            self._show("Two years of history", lambda progress: build_rest(progress, **sizes))
            load_feeds(load_hub())
            push_cases(load_hub(), timezone.now())
        self.stdout.write(f"{Enquiry.objects.count()} enquiries are in the county.")

    def _show(self, what: str, build: Any) -> None:
        columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns) as bar:
            task = bar.add_task(what)
            build(lambda done, of: bar.update(task, completed=done, total=of))
