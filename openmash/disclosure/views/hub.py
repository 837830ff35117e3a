"""The hub's doors: draft, change, propose, approve, send back, recall, and a decision not to share."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.roles import Permission
from openmash.audit.action import Stale
from openmash.design.page import page
from openmash.disclosure import actions, forms
from openmash.disclosure.choosing import Choosable, Named, choosable, named_besides, recipients
from openmash.disclosure.models import Release
from openmash.disclosure.policies import may_change, may_draft, may_not_share
from openmash.disclosure.queries import load_release
from openmash.disclosure.rows import refuse_unless, sealed_for
from openmash.disclosure.sheet import ReleaseSheet, sheet_of
from openmash.disclosure.trying import Conflict, Tried, tried
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import load
from openmash.enquiries.record import Record, record
from openmash.enquiries.whereabouts import tells_where
from openmash.kit.number import number_in
from openmash.triage.queries import latest_basis

for_the_hub = holding(Permission.PROPOSE_RELEASE, Permission.APPROVE_RELEASE)
CHANGED = "Somebody changed this release while you were reading it. Read it again"


@dataclass(frozen=True)
class DraftPage:
    """The form of a release: what can be chosen, and whom that names besides the enquiry's own people."""

    record: Record
    title: str
    form: forms.ReleaseForm
    items: tuple[Choosable, ...]
    named: tuple[Named, ...]
    back: str
    conflict: Conflict | None = None


@dataclass(frozen=True)
class ReleasePage:
    record: Record
    release: ReleaseSheet


@dataclass(frozen=True)
class BecausePage:
    """One question and one button."""

    record: Record
    title: str
    says: str
    form: forms.BecauseForm | forms.NotShareForm
    button: str
    back: str
    conflict: Conflict | None = None


@dataclass(frozen=True)
class Ending:
    """A way in which a release comes to an end or goes back, for which a reason is asked."""

    act: Callable[..., Release]
    title: str
    label: str
    says: str
    button: str
    done: str


ENDINGS = {
    "send-back": Ending(
        actions.send_back,
        "Send the release back",
        "What has to change",
        "Whoever proposed it is told. Owners are asked again where what they said yes to changes.",
        "Send back",
        "The release is sent back",
    ),
    "refuse": Ending(
        actions.refuse,
        "Refuse the release",
        "Why it is refused",
        "It cannot be proposed again. A new one can be drafted.",
        "Refuse",
        "The release is refused",
    ),
    "put-aside": Ending(
        actions.put_aside,
        "Put the release aside",
        "Why it is not needed",
        "It stays on record and goes no further.",
        "Put aside",
        "The release is put aside",
    ),
    "recall": Ending(
        actions.recall,
        "Recall the release",
        "Why it is recalled",
        "The recipient cannot open it from this moment on, and is told to stop using it.",
        "Recall",
        "The release is recalled. Its recipient is told to stop using it",
    ),
}


@for_the_hub
def new(request: HttpRequest, reference: str) -> HttpResponse:
    enquiry = load(reference, by=request.user)
    refuse_unless(may_draft(request.user, enquiry), "release.drafted")
    value = _draft_page(request, enquiry, "Draft a release", forms.at_first(latest_basis(enquiry)))
    done = _tried(value.form, actions.draft, enquiry, request)
    if done.made:
        messages.success(request, "The release is drafted. Read it as its recipient will, then propose it")
        return redirect("disclosure:release", reference, done.made.token)
    return page(request, "disclosure/draft.html", value)


@for_the_hub
def change(request: HttpRequest, reference: str, token: UUID) -> HttpResponse:
    enquiry, row = _load(request, reference, token)
    refuse_unless(may_change(request.user, row), "release.changed")
    value = _draft_page(request, enquiry, "Change the release", forms.as_it_stands(row), row)
    done = _tried(value.form, actions.change, row, request)
    if done.made:
        messages.success(request, "The release is changed and is a draft")
        return redirect("disclosure:release", reference, token)
    return page(request, "disclosure/draft.html", replace(value, conflict=done.conflict))


def _tried(form: forms.ReleaseForm, act: Callable[..., Release], thing: Any, request: HttpRequest) -> Tried:
    if not form.is_valid():
        return Tried()
    return tried(form, lambda **seen: act(thing, by=request.user, plan=form.plan(), **seen))


def _draft_page(
    request: HttpRequest, enquiry: Enquiry, title: str, initial: dict[str, Any], row: Release | None = None
) -> DraftPage:
    by, now = request.user, timezone.now()
    sealed = sealed_for(enquiry, by, now)
    items, named = choosable(enquiry, sealed), named_besides(enquiry, sealed)
    form = forms.ReleaseForm(
        request.POST or None, items=items, named=named, recipients=recipients(enquiry.area_id), initial=initial
    )
    form.held_against = partial(tells_where, enquiry=enquiry, by=by)
    path = f"/enquiry/{enquiry.reference}/"
    back = f"{path}release/{row.token}/" if row else f"{path}releases/"
    return DraftPage(_around(request, enquiry), title, form, items, named, back)


@for_the_hub
def release(request: HttpRequest, reference: str, token: UUID) -> HttpResponse:
    enquiry, row = _load(request, reference, token)
    value = ReleasePage(_around(request, enquiry), sheet_of(row, by=request.user, now=timezone.now()))
    return page(request, "disclosure/release.html", value)


@for_the_hub
@require_POST
def propose(request: HttpRequest, reference: str, token: UUID) -> HttpResponse:
    _, row = _load(request, reference, token)
    return _pressed(request, row, actions.propose, "The release is proposed")


@for_the_hub
@require_POST
def approve(request: HttpRequest, reference: str, token: UUID) -> HttpResponse:
    _, row = _load(request, reference, token)
    need_fresh_proof()
    done = "The release is approved. Its recipient is told that it is there"
    return _pressed(request, row, actions.approve, done, shown=request.POST.get("shown", ""))


def _pressed(request: HttpRequest, row: Release, act: Callable[..., Release], done: str, **given: Any) -> HttpResponse:
    try:
        act(row, by=request.user, seen=_version(request), **given)
        messages.success(request, done)
    except Stale:
        messages.error(request, CHANGED)
    return redirect("disclosure:release", row.enquiry.reference, row.token)


def _version(request: HttpRequest) -> int:
    return number_in(request.POST.get("version", ""))


@for_the_hub
def end(request: HttpRequest, reference: str, token: UUID, ending: str) -> HttpResponse:
    """Send back, refuse, put aside or recall: a page that asks why."""
    if ending not in ENDINGS:
        raise Http404
    ways = ENDINGS[ending]
    return _because(request, reference, token, ways, ways.act)


@for_the_hub
def override(request: HttpRequest, reference: str, token: UUID, item: int) -> HttpResponse:
    """Release an item without its owner's yes, for serious harm that would follow otherwise."""
    if request.method == "POST":
        need_fresh_proof()
    ways = Ending(
        actions.override,
        "Release this without its owner's agreement",
        "What serious harm would follow if it were not released",
        "The agency that supplied it is told at once, with your name and your reason.",
        "Override",
        "The owner is overridden, and is told",
    )
    return _because(request, reference, token, ways, partial(actions.override, item=item))


def _because(
    request: HttpRequest, reference: str, token: UUID, ways: Ending, act: Callable[..., Release]
) -> HttpResponse:
    enquiry, row = _load(request, reference, token)
    form = forms.BecauseForm(request.POST or None, label=ways.label, initial={"version": row.version})
    done = Tried()
    if form.is_valid():
        done = tried(form, lambda **seen: act(row, by=request.user, because=form.cleaned_data["because"], **seen))
    if done.made:
        messages.success(request, ways.done)
        return redirect("disclosure:release", reference, token)
    back = f"/enquiry/{reference}/release/{token}/"
    value = BecausePage(_around(request, enquiry), ways.title, ways.says, form, ways.button, back, done.conflict)
    return page(request, "disclosure/because.html", value)


@for_the_hub
def not_share(request: HttpRequest, reference: str) -> HttpResponse:
    enquiry = load(reference, by=request.user)
    refuse_unless(may_not_share(request.user, enquiry), "release.decided-against")
    form = forms.NotShareForm(request.POST or None)
    if form.is_valid():
        actions.not_share(enquiry, by=request.user, **form.cleaned_data)
        messages.success(request, "The decision not to share is recorded")
        return redirect(f"/enquiry/{reference}/releases/")
    says = "A decision not to share is a record too. It stands beside what was released."
    title, back = "Record a decision not to share", f"/enquiry/{reference}/releases/"
    return page(
        request, "disclosure/because.html", BecausePage(_around(request, enquiry), title, says, form, "Record", back)
    )


def _load(request: HttpRequest, reference: str, token: UUID) -> tuple[Enquiry, Release]:
    enquiry = load(reference, by=request.user)
    return enquiry, load_release(enquiry, token, by=request.user)


def _around(request: HttpRequest, enquiry: Enquiry) -> Record:
    return record(enquiry, by=request.user, now=timezone.now(), current="releases/")
