"""The public and the professional form in the browser: start, one page after another, check, sent."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from openmash.agencies.doors import open_to_all
from openmash.design.page import page
from openmash.design.repeated import Repeated
from openmash.design.views import receives
from openmash.enquiries import drafts
from openmash.enquiries.eform.answers import Section, answers
from openmash.enquiries.eform.pages import Asked, EForm, Stop
from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.sending import DeclarationForm
from openmash.enquiries.places import Hub, hubs
from openmash.enquiries.queries import Receipt, receipt
from openmash.enquiries.sitting import Sitting, carry, go, is_changing, keep, leave, send, sit

# The name of a field out of sight and out of the way of keyboards and screen readers: only a machine fills it in.
TRAP = "website"


@dataclass(frozen=True)
class Start:
    """The first page. `is_begun` when this browser holds answers that were not sent."""

    name: str
    lead: tuple[str, ...]
    path: str
    minutes: int
    hubs: tuple[Hub, ...]
    other: tuple[str, str]
    is_begun: bool
    go_on_url: str


@dataclass(frozen=True)
class Question:
    """One page of a form: `form` for one subject, `group` for several people."""

    title: str
    section: str
    lead: tuple[str, ...]
    form: Asking | None
    group: Repeated[Asking] | None
    go_on: str
    here: str
    back_url: str
    drop_url: str
    is_kept: bool


@dataclass(frozen=True)
class Check:
    sections: tuple[Section, ...]
    form: DeclarationForm
    back_url: str
    drop_url: str


@dataclass(frozen=True)
class Sent:
    receipt: Receipt
    path: str


@open_to_all
@receives
@never_cache
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, form: EForm) -> HttpResponse:
    """Where a form begins. A POST begins anew, and drops what this browser had begun."""
    now = timezone.now()
    sitting = sit(request, form, now)
    if request.method == "POST":
        if sitting.draft and not sitting.sent_as:
            drafts.drop(sitting.draft, by=sitting.by, now=now)
        return leave(sitting, _path(form, form.pages[0].key))
    is_begun = sitting.draft is not None and not sitting.sent_as
    go_on = _next_url(sitting) if is_begun else ""
    value = Start(form.name, form.lead, form.path, form.minutes, hubs(), form.other, is_begun, go_on)
    return page(request, "enquiries/start.html", value)


@open_to_all
@receives
@never_cache
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, form: EForm, key: str, number: int | None = None) -> HttpResponse:
    """One page: shown with what was typed in it before, kept as soon as it is sent."""
    sitting = sit(request, form, timezone.now())
    if sitting.sent_as:
        return redirect(_path(form, "sent"))
    stop = form.stop(sitting.typed, key, number)
    if stop is None:
        return redirect(_next_url(sitting))
    if request.method == "POST":
        return _take(request, sitting, stop)
    typed = sitting.typed.page(stop.key)
    is_missing = "missing" in request.GET
    asked = stop.ask(
        typed if is_missing or sitting.typed.has(stop.key) else None,
        quiet=not is_missing,
        start=stop.page.starts(sitting.typed, sitting.by),
    )
    return _show(request, sitting, stop, asked)


def _take(request: HttpRequest, sitting: Sitting, stop: Stop) -> HttpResponse:
    """Keep what was sent, then go on; or show the page again, saying what to do."""
    asked = stop.ask(request.POST)
    sitting = keep(sitting, stop, asked, request.POST, timezone.now())
    form = sitting.form
    if sitting.sent_as:
        return go(sitting, _path(form, "sent"))
    if is_changing(asked):
        return go(sitting, f"{request.get_full_path()}#{_changed(request, asked)}")
    if not asked.is_valid():
        return carry(sitting, _show(request, sitting, stop, asked))
    after = form.after(sitting.typed, stop)
    if after is None or "change" in request.GET:
        return go(sitting, _next_url(sitting))
    return go(sitting, _path(form, after.key))


@open_to_all
@receives
@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, form: EForm) -> HttpResponse:
    """Everything that was answered, to be checked, and the declaration. A POST makes the enquiry."""
    now = timezone.now()
    sitting = sit(request, form, now)
    if sitting.sent_as:
        return redirect(_path(form, "sent"))
    if form.unfinished(sitting.typed):
        return redirect(_next_url(sitting))
    declaration = DeclarationForm(request.POST if request.method == "POST" else None)
    if declaration.is_valid():
        send(sitting, trap=request.POST.get(TRAP, "").strip(), now=now)
        return redirect(_path(form, "sent"))
    last = form.stops(sitting.typed)[-1]
    value = Check(answers(form, sitting.typed), declaration, _path(form, last.key), _path(form, "drop"))
    return page(request, "enquiries/check.html", value)


@open_to_all
@never_cache
@require_http_methods(["GET"])
def sent(request: HttpRequest, form: EForm) -> HttpResponse:
    """The reference at once. The same for a family that the hub knows and for one that it does not."""
    sitting = sit(request, form, timezone.now())
    if not sitting.sent_as:
        return redirect(form.path)
    return page(request, "enquiries/sent.html", Sent(receipt(sitting.sent_as), form.path))


@open_to_all
@never_cache
@require_POST
def drop(request: HttpRequest, form: EForm) -> HttpResponse:
    """Delete what was typed: on a shared computer nobody should find it."""
    sitting = sit(request, form, timezone.now())
    if sitting.draft and not sitting.sent_as:
        drafts.drop(sitting.draft, by=sitting.by, now=timezone.now())
    messages.success(request, "What you typed is deleted.")
    return leave(sitting, form.path)


def _show(request: HttpRequest, sitting: Sitting, stop: Stop, asked: Asked) -> HttpResponse:
    is_several = isinstance(asked, Repeated)
    value = Question(
        title=stop.title,
        section=stop.page.section,
        lead=stop.page.lead,
        form=None if is_several else asked,
        group=asked if is_several else None,
        go_on=stop.page.go_on,
        here=request.get_full_path(),
        back_url=_back_url(request, sitting, stop),
        drop_url=_path(sitting.form, "drop"),
        is_kept=sitting.draft is not None,
    )
    return page(request, stop.page.template, value)


def _back_url(request: HttpRequest, sitting: Sitting, stop: Stop) -> str:
    if "change" in request.GET:
        return _path(sitting.form, "check")
    before = sitting.form.before(sitting.typed, stop)
    return _path(sitting.form, before.key) if before else sitting.form.path


def _next_url(sitting: Sitting) -> str:
    """The first page that is not answered yet, with what is wrong with it; or the check of all answers."""
    stop = sitting.form.unfinished(sitting.typed)
    if stop is None:
        return _path(sitting.form, "check")
    asked_before = "?missing=yes" if sitting.typed.has(stop.key) else ""
    return _path(sitting.form, stop.key) + asked_before


def _path(form: EForm, key: str) -> str:
    return f"{form.path}{key}/"


def _changed(request: HttpRequest, asked: Asked) -> str:
    """Where to look after "Add another" or "Remove": the new one, or the button."""
    if not isinstance(asked, Repeated):
        return ""
    first = next(iter(asked.forms[-1].fields)) if asked.forms else ""
    is_added = "add" in request.POST and asked.forms
    return f"id_{asked.forms[-1].add_prefix(first)}" if is_added else asked.add_id
