"""A reply as whoever completes it sees it: what came, why it waits, and the form as far as it could be filled in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from openmash.post.codes import PROBLEMS
from openmash.post.models import Enclosed, Original, Reply
from openmash.post.reading.message import Message, opened
from openmash.post.receiving import meaning_for, pasted


@dataclass(frozen=True)
class EnclosureLine:
    """One attachment. `held_because` is empty once it may be opened."""

    number: int
    name: str
    size: int
    held_because: str


@dataclass(frozen=True)
class Opened:
    """The original: its subject, its text, what is attached; and the answer form filled in as far as it went."""

    subject: str
    sender: str
    text: str
    enclosures: tuple[EnclosureLine, ...]
    filled: dict[str, list[str]]
    is_nothing_known: bool


@dataclass(frozen=True)
class ReplyFacts:
    """What is known of a reply without opening it."""

    token: UUID
    way: str
    kind: str
    state: str
    received_at: datetime
    sender: str
    agency: str
    reference: str
    request: UUID | None
    problems: tuple[str, ...]
    brought_by: str


def facts_of(reply: Reply) -> ReplyFacts:
    request = reply.request
    return ReplyFacts(
        token=reply.token,
        way=reply.way,
        kind=reply.kind,
        state=reply.state,
        received_at=reply.received_at,
        sender=reply.sender,
        agency=request.agency.name if request else reply.agency.name if reply.agency else "",
        reference=request.enquiry.reference if request else "",
        request=request.token if request else None,
        problems=tuple(PROBLEMS[problem] for problem in PROBLEMS if problem in reply.problems),
        brought_by=reply.brought_by.name if reply.brought_by else "",
    )


def opened_reply(reply: Reply) -> Opened:
    """Read it anew. Ask only once the policy has let the reader open it."""
    raw = bytes(Original.objects.values_list("raw", flat=True).filter(reply=reply).first() or b"")
    message = _message(reply, raw)
    request = reply.request
    meaning = meaning_for(message, request) if message and request else None
    return Opened(
        subject=message.subject if message else "",
        sender=message.sender if message else "",
        text="\n".join(message.texts[:1]) if message else raw.decode("utf-8", "replace"),
        enclosures=enclosures(reply),
        filled=meaning.data if meaning else {},
        is_nothing_known=bool(meaning and meaning.is_nothing_known),
    )


def _message(reply: Reply, raw: bytes) -> Message | None:
    if reply.way == "pasted":
        return pasted(raw.decode("utf-8", "replace"))
    try:
        return opened(raw)
    except Exception:
        return None


def enclosures(reply: Reply) -> tuple[EnclosureLine, ...]:
    rows = Enclosed.objects.filter(reply=reply).order_by("id")
    facts = rows.values_list("enclosure", "name", "enclosure__size", "enclosure__held_because")
    return tuple(EnclosureLine(*row) for row in facts)
