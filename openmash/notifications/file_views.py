"""The doors for files: sending one, saying what its headings mean, watching it being read, putting rows right."""

from dataclasses import dataclass
from itertools import islice

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from openmash.agencies.doors import holding
from openmash.agencies.models import Area
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.feeds.folder import keep, path_of
from openmash.feeds.shelf import Broken
from openmash.notifications import actions, loading, queries
from openmash.notifications.forms import FileForm, MappingForm, RepairForm
from openmash.notifications.models import File
from openmash.notifications.queries import FileLine, RepairLine
from openmash.notifications.rows import headings, read, rows
from openmash.notifications.tasks import read_notifications

PREVIEWED = 20


@dataclass(frozen=True)
class FilesPage:
    files: tuple[FileLine, ...]
    form: FileForm
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Preview:
    """One row as it came, and what is wrong with it."""

    row: int
    values: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class FilePage:
    file: FileLine
    form: MappingForm | None
    headings: tuple[str, ...]
    preview: tuple[Preview, ...]


@dataclass(frozen=True)
class RepairsPage:
    repairs: tuple[RepairLine, ...]


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
    value = FilesPage(queries.files(by=request.user), form, queries.sources(area))
    return page(request, "notifications/files.html", value)


@holding(Permission.EVALUATE_NOTIFICATIONS)
def file(request: HttpRequest, number: int) -> HttpResponse:
    """What the headings mean, with every problem of the first rows beside them; then how far it is read."""
    row = queries.load_file(number, by=request.user)
    if row.state != File.MAPPING:
        return page(request, "notifications/file.html", FilePage(queries.file_line(row), None, (), ()))
    path, columns = path_of(row.kept_as), loading.columns_of(row)
    heads = headings(path)
    form = MappingForm(request.POST or None, headings=heads, initial=columns)
    if form.is_valid():
        columns = form.columns
        if request.POST.get("do") == "load":
            loading.begin(row, by=request.user, columns=columns)
            read_notifications.defer(file=row.pk)
            return redirect("notifications:file", number)
    preview = tuple(
        Preview(at, tuple(values.get(head, "")[:80] for head in heads), read(values, columns)[1])
        for at, values in islice(rows(path), PREVIEWED)
    )
    return page(request, "notifications/file.html", FilePage(queries.file_line(row), form, heads, preview))


@holding(Permission.EVALUATE_NOTIFICATIONS)
def repairs(request: HttpRequest) -> HttpResponse:
    """The rows that could not be read."""
    return page(request, "notifications/repairs.html", RepairsPage(queries.repairs(by=request.user)))


@holding(Permission.EVALUATE_NOTIFICATIONS)
def repair(request: HttpRequest, number: int) -> HttpResponse:
    """Put one row right, or put it away."""
    row = queries.load_repair(number, by=request.user)
    columns = row.file.source.columns
    came = {field: row.values.get(head, "") for field, head in columns.items()}
    form = RepairForm(request.POST or None, columns=columns, initial=came)
    problems = tuple(row.problems)
    if request.POST.get("do") == "away":
        actions.put_away(row, by=request.user, because="Not needed")
        messages.success(request, "Put away. It stays on record as it came.")
        return redirect("notifications:repairs")
    if form.is_valid():
        said, problems = read(form.cleaned_data, {name: name for name in form.fields})
        if said:
            actions.repair(row, by=request.user, said=said)
            messages.success(request, f"Row {row.row} is loaded.")
            return redirect("notifications:repairs")
        form.add_error(None, "; ".join(problems))
    line = queries.RepairLine(row.pk, row.file.name, row.row, problems)
    return page(request, "notifications/repair.html", RepairPage(line, form, problems))
