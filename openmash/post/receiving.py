"""What happens to a message as it comes in: whose it is, what it means, and whether it can be taken by itself."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import QueryDict

from openmash.agencies.addresses import account_of, live_address
from openmash.agencies.models import Address
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.audit.signing import set_signed
from openmash.enquiries.steps import raise_need
from openmash.gathering.answer_form import AnswerForms
from openmash.gathering.checks import asked
from openmash.gathering.given import GivenAnswer
from openmash.gathering.models import Request
from openmash.gathering.policies import is_complete, may_answer
from openmash.gathering.shelf import RETURNS
from openmash.post.codes import BOUNCE, DELAY, REPLY, TAKEN
from openmash.post.models import Dispatch, Original, Reply
from openmash.post.reading.message import Message, opened
from openmash.post.reading.plain_text import tidied
from openmash.post.reading.understanding import Understood, codes, understood
from openmash.post.writing import sent_about

log = logging.getLogger(__name__)
_WITHIN = timedelta(hours=1)


@dataclass(frozen=True)
class Mail:
    """A message as it was opened and understood. `message` is none when it could not be read at all."""

    message: Message | None
    request: Request | None = None
    dispatch: Dispatch | None = None
    address: Address | None = None
    meaning: Understood = field(default_factory=Understood)
    problems: frozenset[str] = frozenset()


def read_mail(raw: bytes) -> Mail:
    """Open and understand a message. Whatever a stranger sends, it fails for nothing: what cannot be read says so."""
    try:
        message = opened(raw, checked_by=settings.POST_CHECKED_BY)
        return _understood(message, live_address(message.sender))
    except Exception:
        log.exception("A message could not be read")
        return Mail(None, problems=frozenset({"unreadable"}))


def pasted(text: str) -> Message:
    """What somebody pasted, as if it were the text of a message that nobody signed."""
    clean, problems = tidied(text)
    return Message(REPLY, "", "", "", "", (), (clean,) if clean.strip() else (), (), None, problems)


def _understood(message: Message, address: Address | None) -> Mail:
    named = codes(message)
    rows = list(Dispatch.objects.filter(code__in=named).select_related("request__enquiry__area", "request__agency"))
    by_thread = Dispatch.objects.filter(message_id__in=message.ours).select_related("request__enquiry__area")
    dispatch = by_thread.order_by("-id").first()
    problems = set()
    if message.kind in (BOUNCE, DELAY):
        request = dispatch.request if dispatch else None
        came_back = message.problems | ({"bounce"} if message.kind == BOUNCE else set())
        return Mail(message, request, dispatch, address, problems=frozenset(came_back))
    if len({row.code for row in rows}) > 1 or (rows and len(named) > 1):
        problems.add("two_codes")
    if not rows:
        problems.add("unknown_code" if named else "no_code")
    request = rows[0].request if rows else dispatch.request if dispatch else None
    if request is None:
        return Mail(message, None, dispatch, address, problems=frozenset(problems | _alone(message)))
    meaning = meaning_for(message, request)
    if message.kind != REPLY:
        problems.add("automatic")
    return Mail(message, request, dispatch, address, meaning, frozenset(problems) | meaning.problems)


def _alone(message: Message) -> set[str]:
    """What is doubtful about a message that names no request of ours."""
    found = set(message.problems) | ({"attachment"} if message.attached else set())
    return found | ({"automatic"} if message.kind != REPLY else set())


def meaning_for(message: Message, request: Request) -> Understood:
    """What a message means as an answer to a request, were it one."""
    sent = sent_about(request)
    return understood(message, sent) if sent else Understood()


def can_be_taken(mail: Mail, now: datetime) -> frozenset[str]:
    """What stands in the way of taking it without a person: nothing, or more problems."""
    if mail.problems or mail.request is None:
        return mail.problems
    request = mail.request
    if not may_answer(account_of(request.agency), request):
        return frozenset({"not_open"})
    if request.answered_at:
        return frozenset({"answered_before"})
    given = given_by(mail.meaning, request, now)
    return frozenset() if given and is_complete(given, request) else frozenset({"incomplete"})


def given_by(meaning: Understood, request: Request, now: datetime) -> GivenAnswer | None:
    """The answer that the filled-in form gives, checked as a person's is; none when something is missing."""
    form = RETURNS.get(request.agency.return_key)
    if meaning.is_nothing_known:
        checks = {system.key: meaning.data[f"system_{system.key}"][0] for system in form.systems}
        return GivenAnswer(is_nothing_known=True, rating="", checks=checks, items=())
    sent = QueryDict(mutable=True)
    for name, values in meaning.data.items():
        sent.setlist(name, values)
    sent["send"] = "answer"
    forms = AnswerForms(asked(request, now=now), sent, {})
    return forms.given() if forms.is_valid() else None


def is_repetition(mail: Mail) -> bool:
    """Whether the same request was answered by the same words before: an e-mail that was sent twice."""
    if mail.request is None or not mail.meaning.content or mail.problems:
        return False
    for before in Reply.objects.filter(request=mail.request, state=TAKEN, way="email"):
        look_into(before.pk)
        if Original.objects.filter(reply=before, content=mail.meaning.content).exists():
            return True
    return False


def look_into(reply: int | None) -> None:
    """Lets this transaction, when the system alone acts in it, at the original of one reply (row-level security)."""
    set_signed("openmash.reply", str(reply or ""), connection)


def need_a_person(reply: Reply, by: Actor, now: datetime) -> None:
    """Whoever chases is told; a practice manager when it says that it is sealed."""
    if reply.request is None:
        return  # it stands among the exceptions: there is no enquiry yet that could need anybody
    enquiry = reply.request.enquiry
    raise_need(
        enquiry,
        "reply",
        "An e-mail from an agency waits to be completed",
        path=path_of(reply.token),
        due_at=now + _WITHIN,
        now=now,
        permission=Permission.READ_SEALED if reply.is_sealed else Permission.CHASE,
        about=str(reply.pk),
    )


def path_of(token: UUID) -> str:
    return f"/post/{token}/"
