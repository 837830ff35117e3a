"""Telephone intake: one dense screen for the coordinator, kept as it is typed, with what is already known beside it."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from openmash.agencies.doors import holding
from openmash.agencies.held_back import held_for, open_held
from openmash.agencies.models import Area, HeldBack, User
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.design.repeated import Repeated
from openmash.enquiries import drafts
from openmash.enquiries.calls import CallForms, Difference, call_forms, differences, keep_call, send_call, typed_in
from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.telephone import SECTIONS, Section, TelephoneForm
from openmash.enquiries.from_systems import Came, came, came_url, complete
from openmash.enquiries.giving import parties_said
from openmash.enquiries.half_filled import half_filled
from openmash.enquiries.known import AlreadyKnown, already_known, look_up
from openmash.enquiries.models import Draft
from openmash.kit.number import number_in

_SHOWN = "looked-up-on-calls"


@dataclass(frozen=True)
class DraftLine:
    """A call that was keyed and not sent."""

    url: str
    drop_url: str
    who: str
    began_at: datetime
    saved_at: datetime
    is_mine: bool


@dataclass(frozen=True)
class Conflict:
    who: str
    when: datetime
    changes: tuple[Difference, ...]


@dataclass(frozen=True)
class CallPage:
    """The screen. `form` and the groups are the whole call; `known` is none for those who do not match people."""

    form: TelephoneForm
    children: Repeated[Asking]
    adults: Repeated[Asking]
    workers: Repeated[Asking]
    url: str
    writer: str
    opened_at: int
    hub_name: str
    known: AlreadyKnown | None
    conflict: Conflict | None = None
    came: Came | None = None
    unsent: tuple[DraftLine, ...] = ()
    sections: tuple[Section, ...] = field(default=SECTIONS)


@holding(Permission.KEY_ENQUIRY)
@never_cache
@require_http_methods(["GET"])
def begin(request: HttpRequest) -> HttpResponse:
    """A blank screen, ready to type, and the calls that were not finished. Nothing is kept until something is typed."""
    value = _page_of(request, call_forms(None, now=timezone.now()), drafts.new_token(), version=0)
    return page(request, "enquiries/telephone.html", value)


@holding(Permission.KEY_ENQUIRY)
@never_cache
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, token: str) -> HttpResponse:
    """One call: opened again, saved, looked up, or received."""
    draft = _draft(request, token)
    if draft and draft.sent_as:
        return _on_to(request, draft.sent_as)
    held = held_for(token, by=request.user)
    if held and held.ended_at:
        return redirect(came_url(held))
    if request.method == "POST":
        return _take(request, token, held)
    if draft is None and held is None:
        raise Http404
    typed = typed_in(draft) if draft else half_filled(held, bytes(held.body or b""))
    version = draft.version if draft else 0
    value = _page_of(request, call_forms(typed, quiet=True), token, version=version, held=held)
    return page(request, "enquiries/telephone.html", value)


def _take(request: HttpRequest, token: str, held: HeldBack | None) -> HttpResponse:
    """Keep what was typed first, whatever button was pressed; then do what the button says."""
    forms = call_forms(request.POST)
    try:
        draft = _keep(request, token, forms)
    except drafts.Overtaken as overtaken:
        return _show_conflict(request, token, overtaken.draft, held)
    if draft.sent_as:
        return _on_to(request, draft.sent_as)
    if request.POST.get("do") != "send" or forms.is_changing:
        return redirect(f"{_url(token)}#{_where(request, forms)}")
    if not forms.is_valid():
        value = _page_of(request, forms, token, version=draft.version, held=held)
        return page(request, "enquiries/telephone.html", value)
    now = timezone.now()
    if held:
        enquiry = complete(held, draft, forms, by=request.user, now=now)
        messages.success(request, f"The hub has it: {enquiry.reference}. {held.system.name} can read it back")
    else:
        enquiry = send_call(draft, forms, by=request.user, now=now)
        messages.success(request, f"The hub has it. Read the reference to the caller: {enquiry.reference}")
    return _on_to(request, enquiry.reference)


@require_POST
@holding(Permission.KEY_ENQUIRY)
def autosave(request: HttpRequest, token: str) -> HttpResponse:
    """Quietly, while somebody types: 204 when it is kept, 409 when another page has saved the call since."""
    try:
        _keep(request, token, call_forms(request.POST))
    except drafts.Overtaken:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


@require_POST
@holding(Permission.MATCH_PEOPLE)
def known(request: HttpRequest, token: str) -> HttpResponse:
    """What is already known of those who have been typed so far: a piece of the screen. Keeps nothing."""
    return page(request, "enquiries/known.html", _known(request, call_forms(request.POST)))


@require_POST
@holding(Permission.KEY_ENQUIRY)
def drop_call(request: HttpRequest, token: str) -> HttpResponse:
    """A call that came to nothing: wrong number, or keyed elsewhere."""
    draft = _draft(request, token)
    if draft is None or draft.sent_as:
        raise Http404
    drafts.drop(draft, by=request.user)
    messages.success(request, "The unsent call is deleted.")
    return redirect("enquiries:telephone")


def _keep(request: HttpRequest, token: str, forms: CallForms) -> Draft:
    writer = request.POST.get("writer", "")
    return keep_call(
        token,
        forms.sent(request.POST),
        by=request.user,
        now=timezone.now(),
        writer=writer[:32] if writer.isprintable() else "",
        opened_at=number_in(request.POST.get("opened_at", "")),
    )


def _draft(request: HttpRequest, token: str) -> Draft | None:
    return drafts.find(token, what=drafts.TELEPHONE, by=request.user, now=timezone.now())


def _page_of(
    request: HttpRequest, forms: CallForms, token: str, *, version: int, held: HeldBack | None = None
) -> CallPage:
    by: User = request.user
    is_open_already = bool(version) or held is not None
    return CallPage(
        form=forms.call,
        children=forms.children,
        adults=forms.adults,
        workers=forms.workers,
        url=_url(token),
        writer=request.POST.get("writer", "")[:32] or secrets.token_hex(8),
        opened_at=version,
        hub_name=Area.objects.get(pk=min(by.areas_where(Permission.KEY_ENQUIRY))).hub_name,
        known=_known_at_opening(request, token, held) if is_open_already else _nothing_yet(by),
        came=came(held, open_held(held, by=by)) if held else None,
        unsent=() if is_open_already else _unsent(by),
    )


def _known_at_opening(request: HttpRequest, token: str, held: HeldBack | None) -> AlreadyKnown | None:
    draft = _draft(request, token)
    if not request.user.areas_where(Permission.MATCH_PEOPLE) or not (draft or held):
        return None
    typed = typed_in(draft) if draft else half_filled(held, bytes(held.body or b""))
    return _known(request, call_forms(typed))


def _nothing_yet(by: User) -> AlreadyKnown | None:
    return AlreadyKnown() if by.areas_where(Permission.MATCH_PEOPLE) else None


def _known(request: HttpRequest, forms: CallForms) -> AlreadyKnown:
    """Looked up, and on the ledger: while somebody types, only when somebody new comes up."""
    found = already_known(parties_said(forms.said()), by=request.user)
    shown = set(request.session.get(_SHOWN, ()))
    if request.method == "GET" or found.shown - shown:
        look_up(found, by=request.user)
    if request.method == "POST" and found.shown - shown:
        request.session[_SHOWN] = sorted(shown | found.shown)[-500:]
    return found


def _show_conflict(request: HttpRequest, token: str, draft: Draft, held: HeldBack | None) -> HttpResponse:
    """The second page is shown what the first one saved; what was typed here stays, and is kept when sent again."""
    mine = call_forms(request.POST, quiet=True)
    theirs = call_forms(typed_in(draft), quiet=True)
    saved_by = draft.answers.get("by", "")
    who = "Another page of yours" if saved_by == request.user.name else saved_by
    value = _page_of(request, mine, token, version=draft.version, held=held)
    changed = Conflict(who, draft.saved_at, differences(mine, theirs))
    return page(request, "enquiries/telephone.html", _with(value, changed))


def _with(value: CallPage, conflict: Conflict) -> CallPage:
    return CallPage(**{**vars(value), "conflict": conflict})


def _unsent(by: User) -> tuple[DraftLine, ...]:
    return tuple(
        DraftLine(
            url=_url(draft.token),
            drop_url=f"{_url(draft.token)}drop/",
            who=draft.user.name if draft.user else "",
            began_at=draft.began_at,
            saved_at=draft.saved_at,
            is_mine=draft.user_id == by.pk,
        )
        for draft in drafts.unsent_of(by)
    )


def _on_to(request: HttpRequest, reference: str) -> HttpResponse:
    """To who is who, for those who match people; an adviser goes back to the telephone."""
    matches = bool(request.user.areas_where(Permission.MATCH_PEOPLE))
    return redirect(f"/enquiry/{reference}/match/" if matches else "enquiries:telephone")


def _where(request: HttpRequest, forms: CallForms) -> str:
    """Which part of the screen to come back to."""
    if request.POST.get("do") == "look":
        return "known"
    for group in forms.groups.values():
        if group.changing:
            is_added = "add" in request.POST and group.forms
            return (
                f"id_{group.forms[-1].add_prefix('given' if group.prefix != 'workers' else 'agency')}"
                if is_added
                else group.add_id
            )
    return "call"


def _url(token: str) -> str:
    return f"/telephone/{token}/"
