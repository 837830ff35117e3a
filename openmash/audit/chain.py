"""The chain over the ledger, looked at link by link: what was altered, and what cannot be said (security 4.3 and 4.5).

Nothing here trusts the database: every hash is counted again from the stored text, every text is held against its
line, and every signed checkpoint against the link that it names.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol

from openmash.audit.anchors import Anchor

BEGINNING = bytes(32)
EPOCH_BEGAN = "ledger.epoch-began"
CLEAN, TAMPERED, INCOMPLETE = 0, 2, 3
_PAGE = 5000
_CLOCK_MAY_STEP_BACK = timedelta(seconds=60)  # what a time server corrects is less
_WRITTEN = "%Y-%m-%dT%H:%M:%S.%fZ"
_COLUMNS = "event outcome actor actor_name agency thing thing_number enquiry people reasons".split()
_LINKS = f"""
SELECT link.number, link.epoch, link.event, link.canonical, link.previous, link.hash,
  line.id, line.at AT TIME ZONE 'UTC', line.kept::text, {", ".join(f"line.{name}" for name in _COLUMNS)}
FROM audit_ledgerlink link LEFT JOIN audit_ledgerevent line ON line.id = link.event
WHERE link.number > %s ORDER BY link.number LIMIT {_PAGE}
"""  # noqa: S608 - nothing in it comes from outside
_UNCHAINED = """
SELECT line.id, line.event FROM audit_ledgerevent line
WHERE NOT EXISTS (SELECT FROM audit_ledgerlink link WHERE link.event = line.id) ORDER BY line.id LIMIT 20
"""


class Cursor(Protocol):
    """A database cursor, of Django or of psycopg."""

    def execute(self, query: Any, params: Any = None, /) -> Any: ...

    def fetchall(self) -> list[Any]: ...


@dataclass(frozen=True)
class Link:
    """One link as it is stored. `line` is the ledger's line behind it in the form of the canonical text, or None."""

    number: int
    epoch: int
    event: int
    canonical: str
    previous: bytes
    hash: bytes
    line: dict[str, Any] | None


@dataclass(frozen=True)
class Finding:
    """Something that should not be: the number of the link where it shows, and what it is in words."""

    number: int
    says: str


@dataclass
class Epoch:
    """A stretch of the chain between two recoveries: its first number, and what was said when it began."""

    number: int
    first: int
    because: str = ""
    anchored: int = 0


@dataclass
class Checked:
    """What came of looking through the chain. `altered` is sorted: the first is where the tampering shows first."""

    lines: int = 0
    last: int = 0
    last_hash: str = ""
    last_anchor: int = 0
    epochs: list[Epoch] = field(default_factory=list)
    altered: list[Finding] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 clean, 2 tampered with, 3 clean as far as it goes."""
        return TAMPERED if self.altered else INCOMPLETE if self.unsaid else CLEAN


def verify(cursor: Cursor, anchors: Sequence[Anchor], *, since: int = 1) -> Checked:
    """Look through the chain from link `since` on. `anchors` are checkpoints whose signatures were found good."""
    checked = Checked()
    held: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        if anchor.number >= since:
            held.setdefault(anchor.number, []).append(anchor)
            checked.last_anchor = max(checked.last_anchor, anchor.number)
    lost = _walk(cursor, checked, held, since)
    _reach(checked, [*lost, *(anchor for left in held.values() for anchor in left)])
    cursor.execute(_UNCHAINED)
    for number, event in cursor.fetchall():
        checked.altered.append(Finding(checked.last + 1, f"Line {number} ({event}) was put in past the chain."))
    checked.altered.sort(key=lambda finding: finding.number)
    return checked


def links(cursor: Cursor, *, after: int = 0) -> Iterator[Link]:
    """Every link after a number, in order; read a page at a time."""
    while True:
        cursor.execute(_LINKS, [after])
        rows = cursor.fetchall()
        for row in rows:
            yield _link(row)
        if len(rows) < _PAGE:
            return
        after = rows[-1][0]


def _link(row: Sequence[Any]) -> Link:
    number, epoch, event, canonical, previous, hashed, line, at, kept, *rest = row
    said = None
    if line is not None:
        said = dict(zip(_COLUMNS, rest, strict=True))
        said |= {"id": line, "at": at.strftime(_WRITTEN), "kept": json.loads(kept)}
    return Link(number, epoch, event, canonical, bytes(previous), bytes(hashed), said)


def _walk(cursor: Cursor, checked: Checked, held: dict[int, list[Anchor]], since: int) -> list[Anchor]:
    """Take from `held` the checkpoints of the links that are there; return those of links lost in a recovery."""
    lost: list[Anchor] = []
    before: Link | None = None
    written: datetime | None = None
    for link in links(cursor, after=max(0, since - 2)):
        if link.number < since:
            before = link
            continue
        text = _read(link.canonical)
        _note(checked, link, _seams(link, before, since) + _inside(link, text))
        if before is None or link.epoch != before.epoch:
            checked.epochs.append(_epoch(link, text))
            written = None
        _note(checked, link, [_clock(text, written)] if written else [])
        here = held.pop(link.number, [])
        lost += [anchor for anchor in here if anchor.epoch < link.epoch]
        _note(checked, link, [_anchored(link, anchor) for anchor in here if anchor.epoch >= link.epoch])
        written = _moment(text) or written
        checked.lines += 1
        checked.last, checked.last_hash = link.number, link.hash.hex()
        before = link
    return lost


def _note(checked: Checked, link: Link, wrongs: Sequence[str]) -> None:
    what = f"Link {link.number} (line {link.event}, {_named(link)})"
    checked.altered += [Finding(link.number, f"{what}: {wrong}") for wrong in wrongs if wrong]


def _named(link: Link) -> str:
    return str((link.line or _read(link.canonical)).get("event", "no event"))


def _seams(link: Link, before: Link | None, since: int) -> list[str]:
    """How it hangs on the link before."""
    wrong = []
    expected = before.number + 1 if before else max(1, since)
    if link.number != expected:
        gone = link.number - expected
        wrong.append(f"{gone} {'link is' if gone == 1 else 'links are'} missing before it, from number {expected} on.")
    elif before is None and since == 1 and link.previous != BEGINNING:
        wrong.append("the first link does not begin the chain.")
    elif before and link.previous != before.hash:
        wrong.append("it does not hang on the link before it.")
    if before and link.epoch != before.epoch and (link.epoch != before.epoch + 1 or _named(link) != EPOCH_BEGAN):
        wrong.append(f"epoch {link.epoch} follows epoch {before.epoch} without having been begun.")
    return wrong


def _inside(link: Link, text: dict[str, Any]) -> list[str]:
    """Whether it says what was hashed, and its line says the same."""
    wrong = []
    if sha256(link.previous + link.canonical.encode()).digest() != link.hash:
        wrong.append("its text is not the text that was hashed.")
    if (text.get("number"), text.get("epoch"), text.get("id")) != (link.number, link.epoch, link.event):
        wrong.append("its text belongs to another place in the chain.")
    if link.line is None:
        return [*wrong, "its line was deleted."]
    differing = [name for name, value in link.line.items() if text.get(name) != value]
    return [*wrong, f"its line was changed: {', '.join(differing)}."] if differing else wrong


def _clock(text: dict[str, Any], before: datetime) -> str:
    now = _moment(text)
    if now is None:
        return "it does not say when it was written."
    if now < before - _CLOCK_MAY_STEP_BACK:
        return f"it was written {before - now} before the link before it: the clock was set back."
    return ""


def _anchored(link: Link, anchor: Anchor) -> str:
    if (anchor.epoch, anchor.hash) == (link.epoch, link.hash.hex()):
        return ""
    return f"the checkpoint of {anchor.at} was signed over something else."


def _reach(checked: Checked, left: list[Anchor]) -> None:
    """Checkpoints that no link answered: lost in a recovery that was declared, or cut off."""
    declared = {epoch.number - 1: epoch.anchored for epoch in checked.epochs}
    for anchor in sorted(left, key=lambda anchor: anchor.number):
        if anchor.number > declared.get(anchor.epoch, 0):
            there = f"The chain ends at link {checked.last}, or was begun anew"
            says = f"{there}, but link {anchor.number} of epoch {anchor.epoch} was signed on {anchor.at}."
            checked.altered.append(Finding(min(checked.last + 1, anchor.number), says))


def _epoch(link: Link, text: dict[str, Any]) -> Epoch:
    kept = text.get("kept") if text.get("event") == EPOCH_BEGAN else None
    kept = kept if isinstance(kept, dict) else {}
    anchor = kept.get("anchor") or {}
    return Epoch(link.epoch, link.number, str(kept.get("because", "")), int(anchor.get("number", 0)))


def _read(canonical: str) -> dict[str, Any]:
    try:
        text = json.loads(canonical)
    except ValueError:
        return {}
    return text if isinstance(text, dict) else {}


def _moment(text: dict[str, Any]) -> datetime | None:
    try:
        return datetime.strptime(str(text.get("written")), _WRITTEN)  # noqa: DTZ007 - all of them are in UTC
    except ValueError:
        return None
