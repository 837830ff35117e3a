"""One browser's way through a form: which draft it holds, and what has been typed in it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.audit.actors import PUBLIC, Actor
from openmash.design.repeated import Repeated
from openmash.enquiries import actions, drafts
from openmash.enquiries.eform.pages import Asked, EForm, Stop, people_on
from openmash.enquiries.eform.saying import what_is_said
from openmash.enquiries.eform.typed import Sent, Typed, sent_with
from openmash.enquiries.giving import give
from openmash.enquiries.models import Draft, Enquiry
from openmash.enquiries.suspicion import looks_like_spam

_SALT = "a form not sent yet"


@dataclass(frozen=True)
class Sitting:
    """`draft` is none until something has been typed."""

    form: EForm
    by: Actor
    draft: Draft | None
    typed: Typed

    @property
    def token(self) -> str:
        return self.draft.token if self.draft else ""

    @property
    def sent_as(self) -> str:
        return self.draft.sent_as if self.draft else ""


def sit(request: HttpRequest, form: EForm, now: datetime) -> Sitting:
    """What this browser has typed into the form, if that is not older than 24 hours."""
    token = request.get_signed_cookie(_cookie(form), default="", salt=_SALT, max_age=drafts.KEPT_FOR)
    draft = drafts.find(token, what=form.key, by=PUBLIC, now=now)
    return Sitting(form, who_asks(request), draft, Typed(draft.answers.get("pages", {}) if draft else {}))


def who_asks(request: HttpRequest) -> Actor:
    """A professional with an account acts as themself; everybody else is the public, whoever is signed in."""
    user = request.user
    return user if isinstance(user, User) and user.areas_where(Permission.MAKE_ENQUIRY) else PUBLIC


def keep(sitting: Sitting, stop: Stop, asked: Asked, data: QueryDict, now: datetime) -> Sitting:
    """Keep what one page sent, right or wrong."""
    typed = Typed({**sitting.typed.pages, stop.key: sent_with(asked, data)})
    pages = _without_those_removed(sitting.form, typed, stop)
    token = sitting.token or drafts.new_token()
    draft = drafts.keep(token, by=sitting.by, now=now, what=sitting.form.key, answers={"pages": pages})
    return Sitting(sitting.form, sitting.by, draft, Typed(pages))


def send(sitting: Sitting, *, trap: str, now: datetime) -> Enquiry:
    """Make the enquiry, once. Ask `form.unfinished` first."""
    draft, form = sitting.draft, sitting.form
    if draft is None:
        raise ValueError("There is nothing to send.")
    said = what_is_said(form, sitting.typed)
    is_danger = said.facts.get("danger") == "yes"
    is_held = looks_like_spam(
        said.facts["worry"],
        trap=trap,
        began_at=draft.began_at,
        now=now,
        channel=form.channel,
        is_danger=is_danger,
    )
    area, given = give(said, channel=form.channel, by=sitting.by, is_held=is_held)
    with transaction.atomic():  # both or neither: whoever is told that it was not received can rely on that
        enquiry: Enquiry = actions.receive(area, by=sitting.by, now=now, given=given, key=drafts.key_of(draft.token))
        drafts.mark_sent(draft, by=sitting.by, now=now, reference=enquiry.reference)
    return enquiry


def go(sitting: Sitting, path: str) -> HttpResponse:
    """On to the next page, with the draft's token in a cookie that only this server can write."""
    return carry(sitting, redirect(path))


def carry(sitting: Sitting, response: HttpResponse) -> HttpResponse:
    if sitting.token:
        response.set_signed_cookie(
            _cookie(sitting.form),
            sitting.token,
            salt=_SALT,
            max_age=drafts.KEPT_FOR,
            path=sitting.form.path,
            httponly=True,
            samesite="Lax",
            secure=settings.BEHIND_TLS,
        )
    return response


def leave(sitting: Sitting, path: str) -> HttpResponse:
    """To a page without the draft: this browser has nothing any more."""
    response = redirect(path)
    response.delete_cookie(_cookie(sitting.form), path=sitting.form.path)
    return response


def _cookie(form: EForm) -> str:
    return f"openmash-{form.key}"


def _without_those_removed(form: EForm, typed: Typed, stop: Stop) -> dict[str, Sent]:
    """The details of somebody who was removed go too, so that the next person does not get them."""
    here = {number for number, _ in people_on(stop.page, typed)} if stop.page.one else set()
    about = {page.key for page in form.pages if page.each and page.each == stop.page.key}
    return {
        key: sent
        for key, sent in typed.pages.items()
        if key.partition("/")[0] not in about or int(key.partition("/")[2]) in here
    }


def is_changing(asked: Asked) -> bool:
    """Whether "Add another" or "Remove" was pressed."""
    return isinstance(asked, Repeated) and asked.changing
