"""The door to an owner that has no account: it is asked by e-mail or telephone, and what it says is written down."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies.addresses import written_to
from openmash.agencies.doors import holding
from openmash.agencies.models import Agency
from openmash.agencies.roles import Permission
from openmash.design.moments import LONDON
from openmash.design.page import page
from openmash.disclosure import actions, readings
from openmash.disclosure.forms import ByPostForm
from openmash.disclosure.models import Release, ReleaseItem
from openmash.disclosure.policies import may_answer_by_post
from openmash.disclosure.queries import facts_for_owner, load_release
from openmash.disclosure.readings import OwnersItem
from openmash.disclosure.trying import Conflict, tried
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import load
from openmash.enquiries.record import Record, record
from openmash.gathering.models import Request
from openmash.kit.verdict import Verdict
from openmash.post import actions as post

for_the_hub = holding(Permission.PROPOSE_RELEASE)


@dataclass(frozen=True)
class ByPostPage:
    """One statement of an agency without accounts: what is read out, and the form for its answer."""

    record: Record
    agency: str
    address: str
    facts: tuple[tuple[str, str], ...]
    item: OwnersItem
    form: ByPostForm
    path: str
    back: str
    may: Verdict
    has_request: bool
    conflict: Conflict | None


@for_the_hub
def owner(request: HttpRequest, reference: str, token: UUID, item: int) -> HttpResponse:
    """Read out what would leave, and write down the yes or the no."""
    enquiry, row, line = _load(request, reference, token, item)
    found = _item(request, row, line)
    form = ByPostForm(request.POST or None, has_words=found.has_words, initial=_begun(row))
    done = None
    if form.is_valid():
        done = tried(form, lambda **seen: _write_down(request, row, item, form, **seen))
        if done.made:
            messages.success(request, f"What {line.agency.name} said is on record")
            return redirect("disclosure:release", reference, token)
    value = ByPostPage(
        record=record(enquiry, by=request.user, now=timezone.now(), current="releases/"),
        agency=line.agency.name,
        address=_address(enquiry, line.agency),
        facts=facts_for_owner(row),
        item=found,
        form=form,
        path=f"/enquiry/{reference}/release/{token}/owner/{item}/",
        back=f"/enquiry/{reference}/release/{token}/",
        may=may_answer_by_post(request.user, row),
        has_request=found.answer is not None,
        conflict=done.conflict if done else None,
    )
    return page(request, "disclosure/by_post.html", value)


@for_the_hub
@require_POST
def ask(request: HttpRequest, reference: str, token: UUID, item: int) -> HttpResponse:
    """Send the e-mail that asks. It says to whom and for what, never what the agency said."""
    _, row, line = _load(request, reference, token, item)
    asked = Request.objects.filter(answers__token=_item(request, row, line).answer).first()
    if asked is None:
        raise Http404
    post.ask_consent(asked, by=request.user, facts=facts_for_owner(row))
    messages.success(request, f"The e-mail to {line.agency.name} is on its way. Its reply comes in under Post")
    return redirect("disclosure:owner", reference, token, item)


def _write_down(request: HttpRequest, row: Release, item: int, form: ByPostForm, **seen: int) -> Release:
    said = form.answer()
    made: Release = actions.owner_answers_by_post(row, by=request.user, item=item, told=form.told(), **said, **seen)
    return made


def _load(request: HttpRequest, reference: str, token: UUID, item: int) -> tuple[Enquiry, Release, ReleaseItem]:
    """404 unless it is a proposed release with this statement of an agency without accounts, still to be answered."""
    enquiry = load(reference, by=request.user)
    row = load_release(enquiry, token, by=request.user)
    lines = row.items.select_related("agency").filter(pk=item, agency__mode=Agency.EMAIL)
    line = lines.exclude(owner_says=ReleaseItem.NOT_NEEDED).first()
    if line is None or not may_answer_by_post(request.user, row):
        raise Http404
    return enquiry, row, line


def _item(request: HttpRequest, row: Release, line: ReleaseItem) -> OwnersItem:
    found = readings.look_by_post(row, by=request.user, now=timezone.now(), agency=line.agency_id)
    one = next((one for one in found if one.number == line.pk), None)
    if one is None:
        raise Http404
    return one


def _begun(row: Release) -> dict[str, object]:
    now = timezone.now().astimezone(LONDON)
    return {"version": row.version, "on": now.date(), "at": now.time()}


def _address(enquiry: Enquiry, agency: Agency) -> str:
    return written_to([agency.pk], enquiry.area_id).get(agency.pk, "")
