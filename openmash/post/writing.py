"""What is written to an agency that only has e-mail. Called inside the acts that ask, remind and withdraw."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from openmash.agencies.addresses import written_to
from openmash.audit.actors import CLOCKWORK, Actor
from openmash.design.moments import day, moment
from openmash.enquiries.steps import meet_need
from openmash.gathering.checks import called, told_now
from openmash.gathering.models import Request
from openmash.gathering.shelf import RETURNS
from openmash.post.codes import CONSENT, REMINDER, REQUEST, WITHDRAWAL
from openmash.post.models import Dispatch
from openmash.post.reading.filling import People
from openmash.post.reading.understanding import Sent
from openmash.post.reply_lines import how_to_fill_in, reply_lines
from openmash.triage.household import household

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_HISTORY = timedelta(days=1)


def on_telling(request: Request, says: str, now: datetime) -> None:
    """Leave an e-mail in the outbox: the request itself, that it is withdrawn, or the words of a reminder."""
    kind = {"asked": REQUEST, "withdrawn": WITHDRAWAL}.get(says, REMINDER)
    texts = {REQUEST: _request, WITHDRAWAL: _withdrawal, REMINDER: _reminder}
    first = request.dispatches.order_by("id").first()
    if kind == WITHDRAWAL:
        stop_writing(request, CLOCKWORK, now)
    if kind != REQUEST and (first is None or first.sent_at is None):
        return  # what was never sent needs no reminder and no withdrawal
    write(request, kind, first.code if first else _new_code(), says, texts[kind], now)


def write(request: Request, kind: str, code: str, says: str, text, now: datetime) -> Dispatch:  # noqa: ANN001
    """One e-mail in the outbox, in this transaction. What is told of the past is filed and not sent."""
    is_history = now < timezone.now() - _HISTORY
    host = settings.POST_FROM.rpartition("@")[2]
    return Dispatch.objects.create(
        request=request,
        kind=kind,
        code=code,
        message_id=f"post-{uuid4().hex}@{host}",
        to=written_to([request.agency_id], request.enquiry.area_id).get(request.agency_id, ""),
        subject=_subject(request, kind, code, says),
        body=text(request, code, says),
        written_at=now,
        try_at=None if is_history else now,
        sent_at=now if is_history else None,
    )


def stop_writing(request: Request, by: Actor, now: datetime) -> None:
    """What has not gone out is not sent any more, and nobody need ring."""
    request.dispatches.filter(sent_at=None).update(try_at=None)
    meet_need(request.enquiry, "telephone", by=by, now=now, about=str(request.pk))


def write_again(request: Request, now: datetime) -> Dispatch:
    """The request once more, as it was, to where the agency is written to now."""
    code = request.dispatches.order_by("id")[0].code
    return write(request, REQUEST, code, "asked", _request, now)


def write_for_consent(request: Request, facts: Sequence[tuple[str, str]], now: datetime) -> Dispatch:
    """May what it answered leave the hub? `facts` are labels and words; what the agency said is not among them."""
    first = request.dispatches.order_by("id").first()
    says = "\n".join(f"{label}: {words}" for label, words in facts)
    return write(request, CONSENT, first.code if first else _new_code(), says, _consent, now)


def _new_code() -> str:
    """One in 10 to the power of 14, with a number in it, so that no word looks like one."""
    while True:
        code = "".join(secrets.choice(_LETTERS) for _ in range(10))
        if any(sign.isdigit() for sign in code):
            return f"{code[:5]}-{code[5:]}"


def _subject(request: Request, kind: str, code: str, says: str) -> str:
    """No name, and nothing of the case: subjects are shown and logged everywhere."""
    what = {
        REQUEST: f"information is asked for by {moment(request.due_at)}",
        REMINDER: says[:1].lower() + says[1:],
        WITHDRAWAL: "nothing more is needed",
        CONSENT: "may what you told us be passed on?",
    }
    return f"[{code}] {request.enquiry.reference}: {what[kind]}"


def _request(request: Request, code: str, _: str) -> str:
    form = RETURNS.get(request.agency.return_key)
    return "\n\n".join([told_now(request), how_to_fill_in(form, people_of(request)), reply_lines(code, form)]) + "\n"


def _reminder(request: Request, code: str, says: str) -> str:
    area = request.enquiry.area
    return (
        f"{says}. {area.hub_name} asked you for information on {moment(request.asked_at)}.\n\n"
        f"Answer by replying to that e-mail: its subject begins with [{code}]. "
        f"If you do not have it, or cannot answer in time, ring {area.telephone}.\n"
    )


def _withdrawal(request: Request, code: str, _: str) -> str:
    area = request.enquiry.area
    return (
        f"{area.hub_name} asked you for information on {day(request.asked_at)}, in an e-mail whose subject begins with "
        f"[{code}]. You need not answer it any more.\n\nQuestions: {area.telephone}.\n"
    )


def _consent(request: Request, code: str, says: str) -> str:
    area = request.enquiry.area
    return (
        f"{area.hub_name} asked you for information on {day(request.asked_at)}, in an e-mail whose subject begins with "
        f"[{code}]. We want to pass on something that you told us then. It does not leave without your yes.\n\n"
        f"{says}\n\n"
        f"Ring {area.telephone}: we read to you what would be passed on, word for word. Or reply with yes or no, your "
        f"name, and the words in which it may be passed on if not in your own. If no, say why.\n"
    )


def people_of(request: Request) -> People:
    """Those whom the request is about, in the order in which its lines number them."""
    members = {member.person: member for member in household(request.enquiry_id)}
    return tuple((number, called(members[number])) for number in request.people if number in members)


def sent_about(request: Request) -> Sent | None:
    """Everything that was written to the agency about a request, for reading what comes back; none if nothing was."""
    rows = list(request.dispatches.order_by("id"))
    if not rows:
        return None
    addresses = request.agency.addresses.filter(withdrawn_at=None).values_list("email", flat=True)
    return Sent(
        code=rows[0].code,
        message_ids=frozenset(row.message_id for row in rows),
        addresses=frozenset(address.lower() for address in addresses),
        text="\n".join(f"{row.subject}\n{row.body}" for row in rows),
        form=RETURNS.get(request.agency.return_key),
        people=people_of(request),
    )
