"""The hub's mailbox, read over IMAP: each message is taken in, committed, and only then moved away."""

import imaplib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from django.conf import settings

from openmash.post.actions import note_left, receive
from openmash.post.models import MailboxLook
from openmash.post.policies import POSTMAN

MOST_BYTES = 40 * 1024 * 1024
_PATIENCE = 30
_OK = "OK"


class Unwilling(OSError):
    """The mailbox answered with something other than yes."""


def read_mailbox(now: datetime) -> int:
    """Take in everything that lies in the mailbox. What goes wrong is noted, and tried again. Returns how many came."""
    if not settings.IMAP_HOST:
        return 0
    try:
        with _mailbox() as box:
            taken = sum(_take_in(box, uid, now) for uid in _uids(box))
    except (OSError, imaplib.IMAP4.error) as problem:
        _note(now, str(problem) or type(problem).__name__)
        return 0
    _note(now, "")
    return taken


@contextmanager
def _mailbox() -> Iterator[imaplib.IMAP4]:
    """Over TLS, with a certificate that is checked, or not at all."""
    context = imaplib.ssl.create_default_context()
    box = imaplib.IMAP4_SSL(settings.IMAP_HOST, settings.IMAP_PORT, ssl_context=context, timeout=_PATIENCE)
    try:
        box.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        _yes(box.select(_quoted(settings.IMAP_FOLDER)))
        yield box
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            box.logout()


def _uids(box: imaplib.IMAP4) -> list[bytes]:
    """What has not been taken in yet. A message stays marked when it could be marked but not moved."""
    (found,) = _yes(box.uid("SEARCH", "UNDELETED", "UNKEYWORD", "openmash"))
    return (found or b"").split()


def _take_in(box: imaplib.IMAP4, uid: bytes, now: datetime) -> int:
    """First into the database, then away: stopped between the two, the same bytes come again and are known."""
    name = uid.decode()
    size = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(_flat(_yes(box.uid("FETCH", name, "(RFC822.SIZE)")))))
    is_large = bool(size) and int(size[1]) > MOST_BYTES
    part = "(BODY.PEEK[HEADER])" if is_large else "(BODY.PEEK[])"
    raw = next((one[1] for one in _yes(box.uid("FETCH", name, part)) if isinstance(one, tuple)), b"")
    if is_large:
        note_left(None, by=POSTMAN, now=now, head=raw)
        box.uid("STORE", name, "+FLAGS", "(openmash)")
        return 1
    receive(None, by=POSTMAN, now=now, raw=raw)
    _put_away(box, name)
    return 1


def _put_away(box: imaplib.IMAP4, uid: str) -> None:
    """Into a folder of its own; where that cannot be, the mark keeps it from coming again."""
    folder = _quoted(settings.IMAP_READ_FOLDER)
    box.uid("STORE", uid, "+FLAGS", r"(\Seen openmash)")
    with suppress(imaplib.IMAP4.error):
        box.create(folder)
    if box.uid("COPY", uid, folder)[0] == _OK:
        box.uid("STORE", uid, "+FLAGS", r"(\Deleted)")
        box.expunge()


def _yes(said: tuple[str, list[object]]) -> list[object]:
    answer, data = said
    if answer != _OK:
        raise Unwilling(f"The mailbox said {answer}: {data!r}"[:300])
    return data


def _flat(data: list[object]) -> list[bytes]:
    return [one[0] if isinstance(one, tuple) else one for one in data if one]  # type: ignore[misc]


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _note(now: datetime, problem: str) -> None:
    look = MailboxLook.objects.first() or MailboxLook()
    if problem:
        look.problem, look.problem_since = problem[:300], look.problem_since or now
    else:
        look.looked_at, look.problem, look.problem_since = now, "", None
    look.save()
