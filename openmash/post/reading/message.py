"""One e-mail opened: who sent it, what it answers, its texts, what is attached, and what is doubtful about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import errors, message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses

from openmash.post.reading.plain_text import decoded, from_html, tidied

OUR_MESSAGE = re.compile(r"post-[0-9a-f]{32}@[\w.-]+")
_MACHINES = re.compile(r"^(mailer-daemon|postmaster)@", re.IGNORECASE)
_AWAY = re.compile(
    r"^\W*(automatic reply|auto(matic)?[ -]?(reply|response)|out of (the )?office|away from)", re.IGNORECASE
)
_SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
_SEALED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted", "multipart/encrypted"}
_REPORTS = {"message/delivery-status", "message/disposition-notification", "message/feedback-report"}


@dataclass(frozen=True)
class Attached:
    """One attachment as it came: its name and its type are what the sender says."""

    name: str
    declared_type: str
    data: bytes


@dataclass(frozen=True)
class Message:
    """`texts` are those that are not empty, the plain one first. `ours` are the e-mails of ours that it names.

    `kind` is reply, automatic, bounce or delay. `is_verified` is what the named mail server found.
    """

    kind: str
    sender: str
    sender_name: str
    reply_to: str
    subject: str
    ours: tuple[str, ...]
    texts: tuple[str, ...]
    attached: tuple[Attached, ...]
    is_verified: bool | None
    problems: frozenset[str]


def opened(raw: bytes, *, checked_by: str = "") -> Message:
    """Open the bytes of an e-mail. `checked_by` is the mail server whose word on the sender counts."""
    message = message_from_bytes(raw, policy=default)
    parts = list(_parts(message))
    texts, problems = _texts(parts)
    sender_name, sender = _address(message, "From")
    kind = _kind(message, sender, parts)
    return Message(
        kind=kind,
        sender=sender,
        sender_name=sender_name,
        reply_to=_address(message, "Reply-To")[1],
        subject=_header(message, "Subject"),
        ours=_ours(message, raw, kind),
        texts=texts,
        attached=tuple(_attached(part) for part in parts if _is_attachment(part)),
        is_verified=_verified(message, checked_by),
        problems=problems | _defects(message),
    )


def _header(message: EmailMessage, name: str) -> str:
    """A header's value, or nothing when it is broken beyond reading."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except Exception:
        return ""


def _address(message: EmailMessage, name: str) -> tuple[str, str]:
    """The one address of a header; none when there are two, since nobody can tell whose it is."""
    found = [pair for pair in getaddresses([_header(message, name)]) if "@" in pair[1]]
    if len(message.get_all(name, [])) > 1:
        return "", ""
    return (found[0][0], found[0][1].lower()) if len(found) == 1 else ("", "")


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The leaves; an e-mail within an e-mail is one leaf, so that what it says is nobody's answer."""
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        for part in message.iter_parts():
            yield from _parts(part)
    else:
        yield message


def _is_attachment(part: EmailMessage) -> bool:
    kind = part.get_content_type()
    if kind in _SIGNATURES | _REPORTS:
        return False
    is_text = kind in ("text/plain", "text/html")
    return not is_text or part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _attached(part: EmailMessage) -> Attached:
    data = part.as_bytes() if part.is_multipart() else part.get_payload(decode=True)
    name = " ".join((part.get_filename() or "").split())[:200]
    return Attached(name or "no name", part.get_content_type()[:120], data or b"")


def _texts(parts: list[EmailMessage]) -> tuple[tuple[str, ...], frozenset[str]]:
    problems: set[str] = set()
    found = {"text/plain": "", "text/html": ""}
    for part in parts:
        kind = part.get_content_type()
        if kind in _SEALED:
            problems.add("encrypted")
        if kind not in found or _is_attachment(part):
            continue
        payload = part.get_payload(decode=True) or b""
        text, doubts = decoded(payload, part.get_content_charset() or "")
        if kind == "text/html":
            text, more = from_html(text)
            doubts |= more
        text, more = tidied(text)
        problems |= doubts | more
        found[kind] += f"{text}\n"
    return tuple(text for text in found.values() if text.strip()), frozenset(problems)


def _kind(message: EmailMessage, sender: str, parts: list[EmailMessage]) -> str:
    statuses = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if statuses:
        said = " ".join(part.as_string() for part in statuses).lower()
        return "delay" if "action: delayed" in said and "action: failed" not in said else "bounce"
    if _MACHINES.match(sender):
        return "bounce"
    said = _header(message, "Auto-Submitted").lower()
    is_bulk = _header(message, "Precedence").lower() in ("bulk", "junk", "auto_reply")
    is_report = any(part.get_content_type() in _REPORTS for part in parts)
    is_machine = (
        said not in ("", "no") or is_bulk or is_report or "X-Autoreply" in message or "X-Autorespond" in message
    )
    return "automatic" if is_machine or _AWAY.match(_header(message, "Subject")) else "reply"


def _ours(message: EmailMessage, raw: bytes, kind: str) -> tuple[str, ...]:
    """Which of our own e-mails it answers; a machine's report may name it anywhere."""
    said = f"{_header(message, 'In-Reply-To')} {_header(message, 'References')}"
    if kind in ("bounce", "delay"):
        said += raw.decode("latin-1")
    return tuple(dict.fromkeys(OUR_MESSAGE.findall(said)))


def _verified(message: EmailMessage, checked_by: str) -> bool | None:
    """The topmost word of our own mail server: what stands below may have been written by the sender.

    Where one is named and says nothing, nobody has confirmed the sender.
    """
    if not checked_by:
        return None
    for said in message.get_all("Authentication-Results", []):
        server, _, results = str(said).partition(";")
        if server.split()[:1] == [checked_by]:
            return bool(re.search(r"\bdmarc\s*=\s*pass\b", results))
    return False


def _defects(message: EmailMessage) -> frozenset[str]:
    found = {type(defect) for part in message.walk() for defect in part.defects}
    problems = {"doubtful_letters"} if found else set()
    cut = {errors.CloseBoundaryNotFoundDefect, errors.StartBoundaryNotFoundDefect}
    return frozenset(problems | ({"cut_short"} if found & cut else set()))
