"""The owners' doors: what of their agency's is to leave, and their answer."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.disclosure import actions, readings
from openmash.disclosure.forms import OwnerForm
from openmash.disclosure.models import Release
from openmash.disclosure.queries import OwnersLine, facts_for_owner, for_owner, load_for_owner
from openmash.disclosure.readings import OwnersItem
from openmash.disclosure.trying import Conflict, Tried, tried
from openmash.disclosure.workflow import PROPOSED, STATUS_WORDS

for_owners = holding(Permission.CONSENT_TO_RELEASE)


@dataclass(frozen=True)
class ConsentsPage:
    lines: tuple[OwnersLine, ...]


@dataclass(frozen=True)
class Asked:
    """One item, and the form in which its owner answers; no form once there is nothing to answer."""

    item: OwnersItem
    form: OwnerForm | None


@dataclass(frozen=True)
class ConsentPage:
    """What of one agency's is to leave in one release. `form` is the one that was sent back with mistakes."""

    token: UUID
    reference: str
    status_words: str
    is_proposed: bool
    facts: tuple[tuple[str, str], ...]
    asked: tuple[Asked, ...]
    form: OwnerForm | None = None
    conflict: Conflict | None = None


@for_owners
def consents(request: HttpRequest) -> HttpResponse:
    return page(request, "disclosure/consents.html", ConsentsPage(for_owner(request.user)))


@for_owners
def consent(request: HttpRequest, token: UUID) -> HttpResponse:
    return _consent(request, load_for_owner(token, by=request.user))


@for_owners
@require_POST
def answer(request: HttpRequest, token: UUID, item: int) -> HttpResponse:
    row = load_for_owner(token, by=request.user)
    words = row.items.filter(pk=item, agency=request.user.agency_id).exclude(form="words", words="")
    form = OwnerForm(request.POST, prefix=f"item-{item}", has_words=words.exists())
    done = Tried()
    if form.is_valid():
        need_fresh_proof()
        done = tried(
            form, lambda **seen: actions.owner_answers(row, by=request.user, item=item, **seen, **form.answer())
        )
    if done.made:
        messages.success(request, "Your agency's answer is recorded")
        # Words of the owner's own take it back to a draft, and a draft is not for its owner to see.
        is_shown = done.made.status == PROPOSED
        return redirect("disclosure:consent", token) if is_shown else redirect("disclosure:consents")
    return _consent(request, load_for_owner(token, by=request.user), form, done.conflict)


def _consent(
    request: HttpRequest, row: Release, sent: OwnerForm | None = None, conflict: Conflict | None = None
) -> HttpResponse:
    items = readings.look_for_owner(row, by=request.user, now=timezone.now())
    value = ConsentPage(
        token=row.token,
        reference=row.enquiry.reference,
        status_words=STATUS_WORDS[row.status],
        is_proposed=row.status == PROPOSED,
        facts=facts_for_owner(row),
        asked=tuple(Asked(item, _form_of(row, item, sent)) for item in items),
        form=sent,
        conflict=conflict,
    )
    return page(request, "disclosure/consent.html", value)


def _form_of(row: Release, item: OwnersItem, sent: OwnerForm | None) -> OwnerForm | None:
    if row.status != PROPOSED:
        return None
    prefix = f"item-{item.number}"
    if sent is not None and sent.prefix == prefix:
        return sent
    return OwnerForm(prefix=prefix, has_words=item.has_words, initial={"version": row.version})
