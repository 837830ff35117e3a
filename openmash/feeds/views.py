"""The doors of this room: what came, sending a file, how it goes, and what of it was refused."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.feeds import actions, queries
from openmash.feeds.folder import keep
from openmash.feeds.forms import AgreeForm, SendForm
from openmash.feeds.loading import offer
from openmash.feeds.models import Feed, Load
from openmash.feeds.shelf import FORMATS, Broken
from openmash.feeds.tasks import read_file


@holding(Permission.SEND_FEED, Permission.MANAGE_USERS)
def feeds(request: HttpRequest) -> HttpResponse:
    """Every feed that I may see, and the files that came in it."""
    return page(request, "feeds/feeds.html", queries.feeds(by=request.user))


@holding(Permission.MANAGE_USERS)
def agree(request: HttpRequest) -> HttpResponse:
    """Note that an agency will send whom it knows."""
    agencies, areas = queries.may_be_agreed(by=request.user)
    form = AgreeForm(
        request.POST or None,
        agencies=[(key, agency.name) for key, agency in agencies.items()],
        areas=[(key, area.name) for key, area in areas.items()],
    )
    if form.is_valid():
        said = form.cleaned_data
        feed = actions.agree(
            agencies[said["agency"]], by=request.user, area=areas[said["area"]], sends_events=said["sends_events"]
        )
        messages.success(request, f"{feed.agency.name} can send whom it knows")
        return redirect("feeds:feeds")
    return page(request, "feeds/agree.html", form)


@holding(Permission.MANAGE_USERS)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once more, and then end a feed: all that came in it is withdrawn."""
    feed = queries.load_feed(number, by=request.user)
    if request.method == "POST":
        actions.end(feed, by=request.user)
        messages.success(request, f"{feed.agency.name} sends no more, and all that it sent is withdrawn")
        return redirect("feeds:feeds")
    return page(request, "feeds/end.html", {"agency": feed.agency.name, "area": feed.area.name})


@dataclass(frozen=True)
class SendSheet:
    agency: str
    area: str
    sends_events: bool
    formats: tuple[tuple[str, str], ...]
    form: SendForm


@holding(Permission.SEND_FEED, Permission.MANAGE_USERS)
def send(request: HttpRequest, number: int) -> HttpResponse:
    """Send one file."""
    feed = queries.load_feed(number, by=request.user)
    form = SendForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (load := _received(request, feed, form)):
        return redirect("feeds:load", load.pk)
    formats = tuple((form.name, form.says) for form in FORMATS.all())
    return page(
        request, "feeds/send.html", SendSheet(feed.agency.name, feed.area.name, feed.sends_events, formats, form)
    )


def _received(request: HttpRequest, feed: Feed, form: SendForm) -> Load | None:
    """The load of the file; None, and a word beside the field, when it is in no format that we read."""
    said = form.cleaned_data
    try:
        load = offer(
            feed,
            keep(said["file"], said["file"].name),
            by=request.user,
            is_full=said["mode"] == "full",
            may_withdraw_many=said["may_withdraw_many"],
        )
    except Broken as broken:
        form.add_error("file", str(broken))
        return None
    if load.state == Load.DONE:
        messages.info(request, "This very file was the last that was loaded. Nothing changes")
    else:
        read_file.defer(load=load.pk)
    return load


@holding(Permission.SEND_FEED, Permission.MANAGE_USERS)
def load(request: HttpRequest, number: int) -> HttpResponse:
    """How far one file is read, what it did, and what of it was refused."""
    row = queries.load_load(number, by=request.user)
    return page(request, "feeds/load.html", queries.report(row, after=request.GET.get("after", "")))


@holding(Permission.SEND_FEED, Permission.MANAGE_USERS)
def refused(request: HttpRequest, number: int) -> HttpResponse:
    """Everything of one file that was refused, as a file."""
    row = queries.load_load(number, by=request.user)
    answer = HttpResponse(queries.refusals_as_csv(row), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="refused-{row.pk}.csv"'
    return answer
