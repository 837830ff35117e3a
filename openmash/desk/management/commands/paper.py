from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from openmash.agencies.models import Area
from openmash.design.document import pdf
from openmash.design.moments import moment
from openmash.desk.on_paper import PRINTER, call_form, open_enquiries, the_list


class Command(BaseCommand):
    help = "Writes each area's open enquiries, and the form for calls, as PDFs into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder, now = options["folder"], timezone.now()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for area in Area.objects.order_by("pk"):
            section = open_enquiries(area, by=PRINTER, now=now)
            _write(folder / f"open-enquiries-{area.key}.pdf", pdf(the_list((section,), f"Made {moment(now)}", now)))
        _write(folder / "enquiry-on-paper.pdf", pdf(call_form(now)))
        self.stdout.write(f"{folder}: as it was at {moment(now)}")


def _write(file: Path, content: bytes) -> None:
    fresh = file.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_bytes(content)
    fresh.replace(file)
