"""The doors for files: sending one, saying what its headings mean, watching it being read, putting rows right."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from openmash.agencies.doors import holding
from openmash.agencies.models import Area
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.feeds.folder import keep, path_of
from openmash.feeds.shelf import Broken
from openmash.notifications import actions, file_queries, loading
from openmash.notifications.file_queries import FileLine, RepairLine
from openmash.notifications.forms import FileForm, MappingForm, RepairForm
from openmash.notifications.models import File
from openmash.notifications.rows import headings, read, read_by_field, rows
from openmash.notifications.tasks import drop_folder, read_notifications

SHOWN = 10  # first rows of the preview, however good
CHECKED = 10_000  # rows that are looked at before a file is loaded; all are when it is
MOST_WRONG = 30  # of these, the rows to put right that the preview shows


@dataclass(frozen=True)
class FilesPage:
    files: tuple[FileLine, ...]
    form: FileForm
    sources: tuple[tuple[str, str], ...]
    folder: str


@dataclass(frozen=True)
class Preview:
    """One row as it came, and what is wrong with it."""

    row: int
    values: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class FilePage:
    """A file; before it is loaded its first rows, and of the `checked` ones the `wrong` ones, to be put right."""

    file: FileLine
    form: MappingForm | None = None
    headings: tuple[str, ...] = ()
    preview: tuple[Preview, ...] = ()
    checked: int = 0
    wrong: int = 0


@dataclass(frozen=True)
class RepairsPage:
    repairs: tuple[RepairLine, ...]
    count: int


@dataclass(frozen=True)
class RepairPage:
    line: RepairLine
    form: RepairForm
    problems: tuple[str, ...]


@holding(Permission.EVALUATE_NOTIFICATIONS)
def files(request: HttpRequest) -> HttpResponse:
    """Every file that came, and sending another."""
    area = Area.objects.get(pk=min(request.user.areas_where(Permission.EVALUATE_NOTIFICATIONS)))
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            file = loading.offer(
                area, keep(said["file"], said["file"].name), by=request.user, source=said["source"], kind=said["kind"]
            )
        except Broken as broken:
            form.add_error("file", str(broken))
        else:
            return redirect("notifications:file", file.pk)
    folder = f"{drop_folder().name}/{area.key}"
    value = FilesPage(file_queries.files(by=request.user), form, file_queries.sources(area), folder)
    return page(request, "notifications/files.html", value)


@holding(Permission.EVALUATE_NOTIFICATIONS)
def file(request: HttpRequest, number: int) -> HttpResponse:
    """What the headings mean, with every problem of the first rows beside them; then how far it is read."""
    row = file_queries.load_file(number, by=request.user)
    if request.POST.get("do") == "away" and row.state in File.NEEDS_SOMEBODY:
        actions.put_file_away(row, by=request.user)
        messages.success(request, "The file is put away.")
        return redirect("notifications:files")
    if row.state != File.MAPPING:
        if request.POST.get("do") == "away":
            count = actions.put_all_away(
                row.source.area, by=request.user, file=row, because="The file was read wrongly"
            )
            messages.success(request, f"{count:,} rows are put away. They stay on record as they came.")
            return redirect("notifications:file", number)
        return page(request, "notifications/file.html", FilePage(file_queries.file_line(row)))
    path, columns = path_of(row.kept_as), loading.columns_of(row)
    heads = headings(path)
    form = MappingForm(request.POST or None, headings=heads, initial=columns)
    if form.is_valid():
        columns = form.columns
        if request.POST.get("do") == "load":
            loading.begin(row, by=request.user, columns=columns)
            read_notifications.defer(file=row.pk)
            return redirect("notifications:file", number)
    value = FilePage(file_queries.file_line(row), form, heads, *_checked(path, heads, columns))
    return page(request, "notifications/file.html", value)


def _checked(path: Path, heads: tuple[str, ...], columns: dict[str, str]) -> tuple[tuple[Preview, ...], int, int]:
    """The rows to show; how many were looked at; how many of them have to be put right."""
    shown, looked, wrong = [], 0, 0
    for at, values in islice(rows(path), CHECKED):
        _, problems = read(values, columns)
        looked, wrong = looked + 1, wrong + bool(problems)
        if looked <= SHOWN or (problems and wrong <= MOST_WRONG):
            shown.append(Preview(at, tuple(values.get(head, "")[:80] for head in heads), problems))
    return tuple(shown), looked, wrong


@holding(Permission.EVALUATE_NOTIFICATIONS)
def repairs(request: HttpRequest) -> HttpResponse:
    """The rows that could not be read."""
    value = RepairsPage(file_queries.repairs(by=request.user), file_queries.count_repairs(by=request.user))
    return page(request, "notifications/repairs.html", value)


@holding(Permission.EVALUATE_NOTIFICATIONS)
def repair(request: HttpRequest, number: int) -> HttpResponse:
    """Put one row right, or put it away."""
    row = file_queries.load_repair(number, by=request.user)
    columns = row.file.columns
    came = {field: row.values.get(head, "") for field, head in columns.items()}
    form = RepairForm(request.POST or None, columns=columns, initial=came)
    problems = tuple(row.problems)
    if request.POST.get("do") == "away":
        actions.put_away(row, by=request.user, because="Not needed")
        messages.success(request, "Put away. It stays on record as it came.")
        return redirect("notifications:repairs")
    if form.is_valid():
        said, wrong = read_by_field(form.cleaned_data, {name: name for name in form.fields})
        if said:
            actions.repair(row, by=request.user, said=said)
            messages.success(request, f"Row {row.row} is loaded.")
            return redirect("notifications:repairs")
        problems = ()
        for name, says in wrong.items():
            form.add_error(name, says)
    line = file_queries.RepairLine(row.pk, row.file.name, row.row, problems)
    return page(request, "notifications/repair.html", RepairPage(line, form, problems))
