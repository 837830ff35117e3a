"""The doors of the post: what waits, one reply completed beside its original, and what reached the hub another way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.models import Area
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused
from openmash.design.page import page
from openmash.design.repeated import Repeated
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import load
from openmash.enquiries.record import Record, record
from openmash.gathering.answer_form import RATING_HINTS, AnswerForms, ItemForm, SystemsForm, nothing_known
from openmash.gathering.checks import Asked, asked
from openmash.gathering.given import GivenAnswer
from openmash.gathering.models import Request
from openmash.gathering.queries import load_request_of
from openmash.kit.verdict import Verdict
from openmash.post import actions, queries
from openmash.post.forms import AsideForm, AssignForm, EmailFileForm, PasteForm, TelephoneForm
from openmash.post.opening import Opened, ReplyFacts, facts_of
from openmash.post.policies import may_complete, may_paste, may_take_by_telephone
from openmash.post.queries import MailboxState, ReplyLine, UnsentLine
from openmash.triage.attempts import attempt

HERE = "/post/"
NOTHING = "nothing"


@dataclass(frozen=True)
class PostPage:
    waiting: tuple[ReplyLine, ...]
    unsent: tuple[UnsentLine, ...]
    done: tuple[ReplyLine, ...]
    mailbox: MailboxState | None


@holding(Permission.CHASE)
def post(request: HttpRequest) -> HttpResponse:
    """What waits for a person, what could not be sent, and what was done."""
    areas = request.user.areas_where(Permission.CHASE)
    value = PostPage(queries.waiting(areas), queries.unsent(areas), queries.done(areas), queries.mailbox())
    return page(request, "post/post.html", value)


@dataclass(frozen=True)
class ReplyPage:
    """One reply: the original, and the form beside it once the request is known."""

    facts: ReplyFacts
    opened: Opened
    may: Verdict
    assign: AssignForm
    asked: Asked | None
    systems: SystemsForm | None
    items: Repeated[ItemForm] | None
    names: tuple[str, ...]
    rating_hints: Mapping[str, str]


@holding(Permission.CHASE)
def reply(request: HttpRequest, token: UUID) -> HttpResponse:
    """The original beside the form, which is filled in as far as it could be. A POST is the agency's answer."""
    row = queries.load_reply(token, by=request.user)
    opened = actions.open_reply(row, by=request.user)
    filled = _forms(row.request, request, opened.filled)
    if filled and _is_done(request, filled, lambda **given: actions.complete(row, by=request.user, **given)):
        messages.success(request, f"The answer of {filled.request.agency} about {filled.request.reference} is taken")
        return redirect(HERE)
    among = queries.requests_by_post(by=request.user, agency=row.agency_id)
    value = ReplyPage(facts_of(row), opened, may_complete(request.user, row), AssignForm(among=among), *_shown(filled))
    return page(request, "post/reply.html", value)


def _forms(row: Request | None, request: HttpRequest, draft: Mapping[str, list[str]]) -> AnswerForms | None:
    return row and AnswerForms(asked(row, now=timezone.now()), request.POST or None, draft)


def _shown(filled: AnswerForms | None) -> tuple[Any, ...]:
    if filled is None:
        return None, None, None, (), RATING_HINTS
    return filled.request, filled.systems, filled.items, filled.systems.systems, RATING_HINTS


def _is_done(
    request: HttpRequest, filled: AnswerForms, act: Callable[..., object], besides: forms.Form | None = None
) -> bool:
    """Whether the answer was sent and taken. What is refused stands on the form; nothing typed is lost."""
    said = _given(request, filled)
    is_right = besides is None or (request.method == "POST" and besides.is_valid())
    if said is None or not is_right:
        return False
    try:
        act(**said, **(besides.cleaned_data if besides else {}))
    except Refused as refused:
        for reason in refused.verdict.reasons:
            filled.systems.add_error(None, reason)
        return False
    return True


def _given(request: HttpRequest, filled: AnswerForms) -> GivenAnswer | None:
    if request.POST.get("send") == NOTHING:
        return nothing_known(filled.request.form)
    return filled.given() if filled.is_valid() else None


@holding(Permission.CHASE)
def aside(request: HttpRequest, token: UUID) -> HttpResponse:
    """It is no answer: kept, with a reason."""
    row = queries.load_reply(token, by=request.user)
    form = AsideForm(request.POST or None)
    if form.is_valid():
        actions.put_aside(row, by=request.user, **form.cleaned_data)
        messages.success(request, "It is put aside, and kept")
        return redirect(HERE)
    return page(request, "post/aside.html", AsidePage(facts_of(row), form))


@dataclass(frozen=True)
class AsidePage:
    facts: ReplyFacts
    form: AsideForm


@holding(Permission.CHASE)
@require_POST
def assign(request: HttpRequest, token: UUID) -> HttpResponse:
    """Say which request it answers."""
    row = queries.load_reply(token, by=request.user)
    form = AssignForm(request.POST, among=queries.requests_by_post(by=request.user, agency=row.agency_id))
    if form.is_valid():
        chosen = queries.load_request_by_post(form.cleaned_data["request"], by=request.user)
        actions.assign(row, by=request.user, request=chosen)
    else:
        messages.error(request, "Select the request that it answers")
    return redirect(f"{HERE}{token}/")


assign.methods = ("POST",)


@holding(Permission.CHASE)
def enclosure(request: HttpRequest, number: int) -> HttpResponse:
    """An attachment that the scanner has passed: to be saved, never shown."""
    row = queries.load_enclosure(number, by=request.user)
    data = actions.open_enclosure(row, by=request.user)
    endings = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "text/plain": "txt"}
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="attachment-{row.pk}.{endings.get(row.real_type, "bin")}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


@dataclass(frozen=True)
class FilePage:
    form: EmailFileForm


@holding(Permission.CHASE)
def bring_in(request: HttpRequest) -> HttpResponse:
    """An e-mail as a file, which reached somebody else."""
    areas = queries.choices_of_areas(request.user, Permission.CHASE)
    form = EmailFileForm(request.POST or None, request.FILES or None, areas=areas)
    if form.is_valid():
        said = form.cleaned_data
        try:
            area = Area.objects.get(pk=said["area"])
            row = actions.bring_in(area, by=request.user, raw=said["file"].read())
            return redirect(f"{HERE}{row.token}/")
        except Refused as refused:
            form.add_error("file", refused.verdict.why)
    return page(request, "post/bring_in.html", FilePage(form))


@dataclass(frozen=True)
class PasteSheet:
    record: Record
    form: PasteForm
    may: Verdict
    conflict: None
    agency: str


@holding(Permission.CHASE)
def paste(request: HttpRequest, reference: str, token: UUID) -> HttpResponse:
    """Paste a reply: it fills in the form, which is then checked."""
    enquiry, row = _request(request, reference, token)
    form = PasteForm(request.POST or None)
    made: list[UUID] = []
    tried = attempt(form, enquiry, lambda text: made.append(actions.paste(row, by=request.user, text=text).token))
    if tried.is_done:
        return redirect(f"{HERE}{made[0]}/")
    around = record(enquiry, by=request.user, now=timezone.now())
    return page(
        request, "post/paste.html", PasteSheet(around, form, may_paste(request.user, row), None, row.agency.name)
    )


@dataclass(frozen=True)
class TelephoneSheet:
    record: Record
    form: TelephoneForm
    may: Verdict
    asked: Asked
    systems: SystemsForm
    items: Repeated[ItemForm]
    names: tuple[str, ...]
    rating_hints: Mapping[str, str]


@holding(Permission.CHASE)
def telephone(request: HttpRequest, reference: str, token: UUID) -> HttpResponse:
    """What somebody of the agency says on the telephone, into the same form."""
    enquiry, row = _request(request, reference, token)
    form = TelephoneForm(request.POST if "send" in request.POST else None, initial={"who": request.POST.get("who")})
    filled = AnswerForms(asked(row, now=timezone.now()), request.POST or None, {})
    if _is_done(request, filled, lambda **given: actions.take_by_telephone(row, by=request.user, **given), form):
        messages.success(request, f"The answer of {row.agency.name} is taken")
        return redirect(f"/enquiry/{reference}/requests/")
    around = record(enquiry, by=request.user, now=timezone.now())
    may = may_take_by_telephone(request.user, row)
    return page(request, "post/telephone.html", TelephoneSheet(around, form, may, *_shown(filled)))


@holding(Permission.CHASE)
@require_POST
def send_again(request: HttpRequest, reference: str, token: UUID) -> HttpResponse:
    """The request goes out once more."""
    _, row = _request(request, reference, token)
    actions.send_again(row, by=request.user)
    messages.success(request, f"The request is being sent to {row.agency.name} again")
    return redirect(f"/enquiry/{reference}/requests/")


send_again.methods = ("POST",)


def _request(request: HttpRequest, reference: str, token: UUID) -> tuple[Enquiry, Request]:
    enquiry = load(reference, by=request.user)
    row = load_request_of(enquiry, token)
    row.enquiry = enquiry
    return enquiry, row
