from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from openmash.agencies.models import Agency, Area
from openmash.audit.action import Refused
from openmash.audit.actors import SETTING_UP
from openmash.feeds.actions import agree
from openmash.feeds.folder import keep, make_drop
from openmash.feeds.loading import offer, read
from openmash.feeds.models import Feed, Load
from openmash.feeds.policies import LOADER
from openmash.feeds.queries import summary
from openmash.feeds.shelf import Broken
from openmash.people.matching.linking import link_changed


class Command(BaseCommand):
    help = "Agrees a feed with an agency, loads a file that an agency sent, or links all that is new at once."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        load = acts.add_parser("load", help="load a file, or go on with one that was stopped")
        load.add_argument("agency")
        load.add_argument("file", type=Path)
        load.add_argument("--area", default="")
        load.add_argument("--full", action="store_true", help="withdraw every record that the file does not name")
        load.add_argument("--withdraw-many", action="store_true", help="even if that is more than half of them")
        agreed = acts.add_parser("agree", help="note that an agency will send whom it knows")
        agreed.add_argument("agency")
        agreed.add_argument("--area", default="")
        agreed.add_argument("--events", action="store_true", help="dated events too")
        acts.add_parser("link", help="link all that is new at once, instead of a part each minute")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "link":
            linked = link_changed(now=timezone.now())
            self.stdout.write(f"{linked.entries:,} records, {linked.pairs:,} pairs compared, {linked.links:,} links.")
            return
        agency = Agency.objects.filter(key=options["agency"]).first()
        if agency is None:
            known = ", ".join(Agency.objects.order_by("key").values_list("key", flat=True))
            raise CommandError(f"There is no agency {options['agency']}. There are {known}.")
        area = self._area(agency, options["area"])
        try:
            getattr(self, f"_{options['act']}")(agency, area, options)
        except (Broken, Refused) as stopped:
            raise CommandError(str(stopped)) from stopped

    def _area(self, agency: Agency, key: str) -> Area:
        areas = {area.key: area for area in agency.areas.order_by("key")}
        if not key and len(areas) == 1:
            return next(iter(areas.values()))
        if key not in areas:
            raise CommandError(f"Say the area: --area {' or --area '.join(areas)}")
        return areas[key]

    def _agree(self, agency: Agency, area: Area, options: dict[str, Any]) -> None:
        agree(agency, by=SETTING_UP, area=area, sends_events=options["events"])
        self.stdout.write(f"Files can be dropped into {make_drop(agency.key, area.key)}")

    def _load(self, agency: Agency, area: Area, options: dict[str, Any]) -> None:
        feed = Feed.objects.filter(agency=agency, area=area).first()
        if feed is None:
            raise CommandError(f"{agency.name} has not agreed to send whom it knows. Note it first: mash feed agree")
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        with options["file"].open("rb") as file:
            kept = keep(file, options["file"].name)
        load = offer(feed, kept, by=LOADER, is_full=options["full"], may_withdraw_many=options["withdraw_many"])
        if load.state == Load.DONE:
            self.stdout.write("This very file was the last that was loaded. Nothing changes.")
            return
        columns = (TextColumn(options["file"].name), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns) as bar:
            task = bar.add_task("", total=None)
            load = read(load, progress=lambda done, total: bar.update(task, completed=done, total=total))
        if load.state == Load.BROKEN:
            raise CommandError(f"Nothing was loaded. {load.because}")
        for line in summary(load):
            self.stdout.write(line)
