"""What a reply says besides the answer: everything but our own words come back, a greeting and a signature.

Strict on purpose. What is not plainly furniture is something that somebody wanted to say, and a person reads it.
"""

import re
from collections.abc import Sequence
from itertools import groupby

_GREETING = re.compile(
    r"^((?i:hi|hello|dear|good (morning|afternoon|evening))"
    r"( [A-Z][a-z]+| (?i:all|team|both|colleagues?|sir or madam|MASH)){0,2}[,.!]?"
    r"|(?i:(my|our|the) (answers?|reply|response) (is |are )?below"
    r"|please (see|find) (below|attached|completed)( below| as requested)?|as requested|see below|fyi)[.:]?)$"
)
_GOODBYE = re.compile(
    r"^((kind(est)?|best|warm(est)?|many)? ?(regards|wishes|thanks)|thanks( again)?|thank you( very much)?"
    r"|yours( sincerely| faithfully| truly)?|sincerely|cheers|br|kr)[,.!]?$",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"^(on (?=.{0,60}\d[:.]\d\d).{10,140} (wrote|writes) ?:"
    r"|-+ ?(original|forwarded|reply) message ?-*|begin forwarded message:|_{5,}"
    r"|get outlook for (ios|android|mac)( ?<\S+>)?"
    r"|sent from (my )?(iphone|ipad|android( device)?|samsung( galaxy)?( smartphone| device)?|mobile|blackberry"
    r"|outlook( for (ios|android|mac))?|mail for windows( 1[01])?))$",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^(from|sent|to|cc|subject|date|importance|reply-to|sensitivity): ", re.IGNORECASE)
_HEADERS_TOGETHER = 3
_WARNING = re.compile(
    r"^\W*(external|caution|warning|external e-?mail|official(-sensitive)?)\W*"
    r"(this (e-?mail|message) (originated|came) from outside[^.]{0,60}\.?( do not click[^.]{0,90}\.)?)?$",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"^(t|m|f|p|tel|mob|mobile|phone|telephone|direct( dial)?|fax|office|ext)?[.:]? ?"
    r"\(?\+?[\d()\s.-]{7,20}(ext\.? ?\d+)?$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"^(e|e-?mail|w|web|website)?[.:]? ?<?([\w.+-]+@[\w.-]+|(https?://|www\.)\S+)>?( ?<\S+>)?$", re.IGNORECASE
)
_NAME_WORD = re.compile(
    r"^([A-Z][\w'’.-]*|[A-Z]{2,}|of|and|for|the|in|at|&|\||/|-|–|\((she|he|they)/(her|him|them)\))[,;]?$"
)
_DISCLAIMER = re.compile(r"intended (recipient|only|solely)|addressee", re.IGNORECASE)
_ABOUT_MAIL = re.compile(r"\b(e-?mail|message|communication|transmission)\b", re.IGNORECASE)
_LEGAL = re.compile(r"confidential|disclos|copy|copied|notify|delete|viruses|privileged", re.IGNORECASE)
_LONGEST_SIGNATURE = 10


def leftovers(outside: Sequence[str], ours: str) -> str:
    """The words outside the answer that are neither ours nor furniture. `ours` is all that we sent."""
    sent = _words(ours)
    left = _not_ours([" ".join(line.split()) for line in outside], sent)
    left = _without_disclaimers(_without_headers(left))
    return "\n".join(line for line in _without_signature(left) if line and not _is_furniture(line))


def _words(text: str) -> str:
    text = re.sub("[’‘]", "'", re.sub("[“”]", '"', text.replace("…", "...")))
    return " ".join(re.sub("[–—]", "-", text).split())


def _not_ours(lines: Sequence[str], sent: str) -> list[str]:
    """A line is ours when it stands in what we sent; a short one only where the line before it leaves off."""
    left, before = [], ""
    for line in lines:
        words = re.sub(r"<(mailto|tel|https?):[^>]*>", "", _words(line)).strip()
        is_ours = words in sent if len(words) >= 25 else bool(before) and f"{before} {words}" in sent
        if words and is_ours:
            before = words
        elif words:
            left.append(line)
            before = words if words in sent else ""
        else:
            left.append("")
    return left


def _without_headers(lines: Sequence[str]) -> list[str]:
    """Without the head of a quoted e-mail: three such lines or more, one below the other."""
    kept: list[str] = []
    for is_head, run in groupby(lines, key=lambda line: bool(_HEADER.match(line))):
        together = list(run)
        kept += [""] if is_head and len(together) >= _HEADERS_TOGETHER else together
    return kept


def _is_furniture(line: str) -> bool:
    return any(shape.match(line) for shape in (_GREETING, _GOODBYE, _QUOTED, _WARNING)) or line in ("--", "#", "##")


def _without_disclaimers(lines: Sequence[str]) -> list[str]:
    """Without the paragraphs that a mail server adds. One with a number in it may say something."""
    kept: list[str] = []
    for paragraph in "\n".join(lines).split("\n\n"):
        whole = " ".join(paragraph.split())
        is_one = all(shape.search(whole) for shape in (_DISCLAIMER, _ABOUT_MAIL, _LEGAL))
        says_more = re.search(r"\d|\b(child|mother|father|mum|dad|baby|famil|tenan|he|she)\b", whole, re.IGNORECASE)
        kept += [""] if is_one and not says_more else [*paragraph.split("\n"), ""]
    return kept


def _without_signature(lines: Sequence[str]) -> list[str]:
    """Without what follows a goodbye, as long as it is names, numbers and addresses and nothing else."""
    kept: list[str] = []
    room = 0
    for line in lines:
        if _GOODBYE.match(line) or line in ("--", "-- "):
            room = _LONGEST_SIGNATURE
        elif line and room and _is_of_signature(line):
            room -= 1
        else:
            kept.append(line)
            room = room if not line else 0
    return kept


def _is_of_signature(line: str) -> bool:
    if len(line) > 90:
        return False
    parts = [part.strip() for part in re.split(r"\s[|•]\s", line)]
    return all(
        _TELEPHONE.match(part) or _ADDRESS.match(part) or all(_NAME_WORD.match(word) for word in part.split())
        for part in parts
    )
