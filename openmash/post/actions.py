"""What comes by post: taken in, brought in, completed by a person or put aside. Nothing that comes is ever lost."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Unpack

from openmash.agencies.addresses import account_of
from openmash.agencies.models import Area, User
from openmash.audit.action import Refused, action, reading
from openmash.audit.actors import Actor
from openmash.enquiries.steps import meet_need
from openmash.gathering import actions as gathering
from openmash.gathering.given import GivenAnswer
from openmash.gathering.models import Request
from openmash.kit.verdict import need
from openmash.post import quarantine
from openmash.post.codes import ASIDE, BOUNCE, DELAY, FILED, REPLY, TAKEN
from openmash.post.models import Dispatch, Enclosed, Enclosure, Original, Reply
from openmash.post.opening import Opened, opened_reply
from openmash.post.policies import (
    may_ask_consent,
    may_bring_in,
    may_complete,
    may_open_enclosure,
    may_open_reply,
    may_paste,
    may_receive,
    may_scan,
    may_send_again,
    may_settle,
    may_take_by_telephone,
)
from openmash.post.reading.message import Attached
from openmash.post.receiving import (
    Mail,
    can_be_taken,
    given_by,
    is_repetition,
    look_into,
    meaning_for,
    need_a_person,
    pasted,
    read_mail,
)
from openmash.post.sending import telephone_instead
from openmash.post.writing import stop_writing, write_again, write_for_consent


@action(may=may_receive, event="reply.received", lock=False)
def receive(_: None, *, by: Actor, now: datetime, raw: bytes) -> Reply:
    """A message from the hub's mailbox. The same bytes twice are one reply.

    A whole answer, from the agency that was asked, which says nothing else, is taken at once. A report that our e-mail
    did not arrive becomes a telephone task. Everything else waits for a person.
    """
    earlier = Reply.objects.filter(fingerprint=_fingerprint(raw)).first()
    if earlier:
        return earlier
    mail = read_mail(raw)
    repeats = is_repetition(mail)
    problems = frozenset() if repeats else can_be_taken(mail, now)
    reply = _keep(mail, raw, "email", problems, None, now)
    if mail.message and mail.message.kind in (BOUNCE, DELAY) and mail.dispatch:
        _undelivered(mail, mail.message.kind, now)
    if repeats or (mail.message and mail.message.kind == DELAY and mail.dispatch):
        return _settle(reply, FILED, by, now)
    given = given_by(mail.meaning, reply.request, now) if reply.request and not problems else None
    if given and reply.request:
        return _take(reply, reply.request, given, by, now)
    need_a_person(reply, by, now)
    return reply


@action(may=may_receive, event="reply.left-in-mailbox", lock=False)
def note_left(_: None, *, by: Actor, now: datetime, head: bytes) -> Reply:
    """A message that is too large to be taken in: that it lies in the mailbox is known, and somebody opens it there."""
    earlier = Reply.objects.filter(fingerprint=_fingerprint(head)).first()
    if earlier:
        return earlier
    mail = read_mail(head)
    reply = _keep(mail, head, "email", frozenset({"too_large"}), None, now)
    need_a_person(reply, by, now)
    return reply


@action(may=may_bring_in, event="reply.brought-in", lock=False)
def bring_in(area: Area, *, by: User, now: datetime, raw: bytes) -> Reply:
    """An e-mail that reached somebody else, as a file. Nobody can tell who sent it, so that a person completes it."""
    earlier = Reply.objects.filter(fingerprint=_fingerprint(raw)).first()
    if earlier:
        return earlier
    mail = read_mail(raw)
    is_of_area = mail.request is None or mail.request.enquiry.area_id == area.pk
    verdict = need(is_of_area, "This is about an enquiry of another area. Give it to that hub.")
    if not verdict:
        raise Refused("reply.brought-in", verdict)
    reply = _keep(mail, raw, "file", mail.problems | {"by_hand"}, by, now, area=area)
    need_a_person(reply, by, now)
    return reply


@action(may=may_paste, event="reply.pasted", lock=False)
def paste(request: Request, *, by: User, now: datetime, text: str) -> Reply:
    """The words of a reply, from wherever they are: they fill in the form, and a person completes it."""
    message = pasted(text)
    mail = Mail(message, request, meaning=meaning_for(message, request))
    problems = (mail.meaning.problems | {"by_hand"}) - {"unknown_sender"}
    raw = text.encode("utf-8", "replace")
    unique = f"{request.pk} {now.isoformat()} {by.pk}".encode()
    reply = _keep(mail, raw, "pasted", problems, by, now, fingerprint=_fingerprint(raw + unique))
    need_a_person(reply, by, now)
    return reply


@action(may=may_take_by_telephone, event="answer.telephoned", lock=False)
def take_by_telephone(request: Request, *, by: User, now: datetime, who: str, **given: Unpack[GivenAnswer]) -> Reply:
    """What somebody of the agency said on the telephone, written down in the agency's name. `who` said it."""
    reply = Reply.objects.create(
        way="telephone",
        kind=REPLY,
        received_at=now,
        fingerprint=_fingerprint(f"telephone {request.pk} {now.isoformat()} {by.pk}".encode()),
        request=request,
        agency=request.agency,
        area=request.enquiry.area,
        brought_by=by,
        because=f"Told by {who}",
    )
    return _take(reply, request, given, by, now)


@reading(may=may_open_reply, event="reply.opened")
def open_reply(reply: Reply, *, by: User, now: datetime) -> Opened:
    """What came, as its reader may see it, with the form as far as it could be filled in."""
    return opened_reply(reply)


@action(may=may_settle, event="reply.assigned")
def assign(reply: Reply, *, by: User, now: datetime, request: Request) -> Reply:
    """Say which request a reply answers, when it names none, or the wrong one."""
    verdict = may_paste(by, request)
    if not verdict:
        raise Refused("reply.assigned", verdict)
    reply.request, reply.area = request, request.enquiry.area
    reply.save(update_fields=["request", "area"])
    need_a_person(reply, by, now)
    return reply


@action(may=may_complete, event="reply.completed")
def complete(reply: Reply, *, by: User, now: datetime, **given: Unpack[GivenAnswer]) -> Reply:
    """A person has checked it and filled in the rest: it is the agency's answer, in the agency's name."""
    request = Request.objects.select_related("agency", "enquiry__area").get(pk=reply.request_id)
    return _take(reply, request, given, by, now)


@action(may=may_settle, event="reply.put-aside")
def put_aside(reply: Reply, *, by: User, now: datetime, because: str) -> Reply:
    """It is no answer, or has been dealt with otherwise. It is kept."""
    reply.because = because
    return _settle(reply, ASIDE, by, now)


@action(may=may_send_again, event="request.sent-again", lock=False)
def send_again(request: Request, *, by: User, now: datetime) -> Dispatch:
    """The request once more: the address has been put right, or the agency cannot find it."""
    stop_writing(request, by, now)
    return write_again(request, now)


@action(may=may_ask_consent, event="consent.asked-by-post", lock=False)
def ask_consent(request: Request, *, by: User, now: datetime, facts: Sequence[tuple[str, str]]) -> Dispatch:
    """May what the agency answered be released? To whom, for what and on what conditions; never what it said."""
    return write_for_consent(request, facts, now)


@reading(may=may_open_enclosure, event="enclosure.opened")
def open_enclosure(enclosure: Enclosure, *, by: User, now: datetime) -> bytes:
    """The bytes of an attachment that a scanner has passed."""
    return bytes(Enclosed.objects.values_list("data", flat=True).get(enclosure=enclosure))


@action(may=may_scan, event="enclosure.scanned")
def scan(enclosure: Enclosure, *, by: Actor, now: datetime) -> Enclosure:
    """Scan what waits in quarantine. Raises OSError while the scanner is away: then it waits on."""
    look_into(enclosure.reply_id)
    data = bytes(Enclosed.objects.values_list("data", flat=True).get(enclosure=enclosure))
    enclosure.held_because, enclosure.scanned_at = quarantine.scanned(data), now
    enclosure.save(update_fields=["held_because", "scanned_at"])
    return enclosure


def _fingerprint(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def _keep(
    mail: Mail,
    raw: bytes,
    way: str,
    problems: frozenset[str],
    by: User | None,
    now: datetime,
    *,
    area: Area | None = None,
    fingerprint: str = "",
) -> Reply:
    """What came is kept before anything is done with it."""
    message, request = mail.message, mail.request
    agency = mail.address.agency if mail.address else request.agency if request and way == "pasted" else None
    areas = list(agency.areas.all()[:2]) if agency and not request else []
    reply = Reply.objects.create(
        way=way,
        kind=message.kind if message else REPLY,
        received_at=now,
        fingerprint=fingerprint or _fingerprint(raw),
        sender=message.sender[:254] if message else "",
        request=request,
        agency=agency,
        area=request.enquiry.area if request else area or (areas[0] if len(areas) == 1 else None),
        problems=sorted(problems),
        is_sealed=mail.meaning.is_sealed,
        brought_by=by,
    )
    look_into(reply.pk)
    Original.objects.create(reply=reply, raw=raw, content=mail.meaning.content)
    _enclose(reply, message.attached if message else ())
    return reply


def _enclose(reply: Reply, attached: Sequence[Attached]) -> None:
    for one in attached:
        row = Enclosure.objects.create(
            reply=reply,
            declared_type=one.declared_type,
            real_type=quarantine.real_type(one.name, one.data),
            size=len(one.data),
            held_because=quarantine.held_because(one.name, one.data),
        )
        Enclosed.objects.create(enclosure=row, reply=reply, name=one.name, data=one.data)


def _take(reply: Reply, request: Request, given: GivenAnswer, by: Actor, now: datetime) -> Reply:
    account = account_of(request.agency)
    reply.answer = gathering.answer(request, by=account, now=now, **given)
    stop_writing(request, by, now)
    return _settle(reply, TAKEN, by, now)


def _settle(reply: Reply, state: str, by: Actor, now: datetime) -> Reply:
    reply.state, reply.at = state, now
    reply.by = by if isinstance(by, User) else None
    reply.save()
    if reply.request:
        meet_need(reply.request.enquiry, "reply", by=by, now=now, about=str(reply.pk))
    return reply


def _undelivered(mail: Mail, kind: str, now: datetime) -> None:
    """Our e-mail came back, or is late on its way."""
    row = mail.dispatch
    if row is None:
        return
    row.last_problem = "It came back: it could not be delivered." if kind == BOUNCE else "It is late on its way."
    if kind == BOUNCE:
        row.failed_at, row.try_at = now, None
    row.save(update_fields=["last_problem", "failed_at", "try_at"])
    if kind == BOUNCE and row.request.is_open and row.telephone_since is None:
        telephone_instead(row, now)
