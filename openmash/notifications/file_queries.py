"""What is seen of the files of notifications, and of the rows in them that wait to be put right."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from openmash.agencies.models import Area, User
from openmash.agencies.roles import Permission
from openmash.notifications.models import File, Repair, Source
from openmash.notifications.policies import may_load

PAGE = 30
REPAIRS = 200


@dataclass(frozen=True)
class FileLine:
    """A file and how far it is read."""

    number: int
    name: str
    source: str
    at: datetime
    by: str
    state: str
    because: str
    total: int
    cursor: int
    loaded: int
    repeated: int
    repairs: int

    @property
    def is_over(self) -> bool:
        return self.state in (File.DONE, File.BROKEN, File.AWAY)

    @property
    def needs_somebody(self) -> bool:
        return self.state in File.NEEDS_SOMEBODY


def files(*, by: User) -> tuple[FileLine, ...]:
    areas = by.areas_where(Permission.EVALUATE_NOTIFICATIONS) | by.areas_where(Permission.DECIDE)
    rows = File.objects.filter(source__area__in=areas).select_related("source", "by").order_by("-at")
    return tuple(file_line(row) for row in rows[:PAGE])


def file_line(row: File) -> FileLine:
    return FileLine(
        number=row.pk,
        name=row.name,
        source=f"{row.source.name} ({row.source.kind})",
        at=row.at,
        by=row.by.name if row.by else "The drop folder",
        state=row.state,
        because=row.because,
        total=row.total,
        cursor=row.cursor,
        loaded=row.loaded,
        repeated=row.repeated,
        repairs=row.repairs.filter(ended_at=None).count(),
    )


def load_file(number: int, *, by: User) -> File:
    row = File.objects.select_related("source__area", "by").filter(pk=number).first()
    if row is None or not may_load(by, row.source.area):
        raise Http404
    return row


@dataclass(frozen=True)
class RepairLine:
    number: int
    file: str
    row: int
    problems: tuple[str, ...]


def repairs(*, by: User) -> tuple[RepairLine, ...]:
    """The first rows that wait to be put right, oldest file first."""
    rows = _repairs(by).select_related("file").order_by("file", "row")[:REPAIRS]
    return tuple(RepairLine(row.pk, row.file.name, row.row, tuple(row.problems)) for row in rows)


def count_repairs(*, by: User) -> int:
    return _repairs(by).count()


def _repairs(by: User) -> QuerySet[Repair]:
    areas = by.areas_where(Permission.EVALUATE_NOTIFICATIONS)
    return Repair.objects.filter(file__source__area__in=areas, ended_at=None)


def load_repair(number: int, *, by: User) -> Repair:
    row = Repair.objects.select_related("file__source__area").filter(pk=number).first()
    if row is None or not may_load(by, row.file.source.area):
        raise Http404
    return row


def sources(area: Area) -> tuple[tuple[str, str], ...]:
    return tuple(Source.objects.filter(area=area).order_by("name").values_list("name", "kind"))
