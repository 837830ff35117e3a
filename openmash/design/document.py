"""A document: one value that is shown on screen and printed as an accessible PDF (PDF/UA-1), with the same content.

What people typed is only ever a value in it, never a part of the typesetter's own language: nothing in it is run.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import typst

_FOLDER = Path(__file__).parent / "typst"
_TEMPLATE = _FOLDER / "document.typ"
_BARE = b"#set document(title: [-])\n#sys.inputs.shown"
_STANDARD = "ua-1"
_UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Cn")
_BREAK = "\u200b"
_LONG_RUN = re.compile(r"\S{25,}")
_PIECE = 12


@dataclass(frozen=True)
class Facts:
    """Labels with what is known: (label, words) pairs."""

    rows: tuple[tuple[str, str], ...]
    kind: str = "facts"


@dataclass(frozen=True)
class Grid:
    """A table. Each row has as many cells as there are `heads`; `widths` are the columns' shares of the page."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    kind: str = "grid"

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """As the table macro wants them: none can be sorted."""
        return tuple(("", head) for head in self.heads)


@dataclass(frozen=True)
class Words:
    """Paragraphs as they were typed, line breaks kept."""

    text: str
    kind: str = "words"


@dataclass(frozen=True)
class Points:
    items: tuple[str, ...]
    kind: str = "points"


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    text: str
    kind: str = "heading"


Block = Facts | Grid | Words | Points | Heading


@dataclass(frozen=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """What is printed. `marking` stands at the top of every page; `about` and `made` at the foot, with page n of m."""

    title: str
    marking: str
    about: str
    made: str
    made_at: datetime
    sections: tuple[Section, ...]

    @property
    def hash(self) -> str:
        """Of the content alone: the same for whoever is shown the same, whenever it is made."""
        content = [self.title, self.about, [asdict(section) for section in self.sections]]
        return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def pdf(document: Document) -> bytes:
    """The document as PDF/UA-1: tagged, with a title and its language. The same document makes the same bytes.

    Where the fonts that come with the typesetter lack a character, those of the machine are tried; what none can show
    is printed as its number, [U+1F600]. Characters that show nothing are left out.
    """
    content = asdict(document)
    at = int(content.pop("made_at").timestamp())
    try:
        return _set(_printable(content, frozenset()), at, own_fonts=True)
    except typst.TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise
    unknown = frozenset(filter(_is_unknown, _marks(content)))
    return _set(_printable(content, unknown), at, own_fonts=False)


def _set(content: Any, at: int, *, own_fonts: bool) -> bytes:
    made: bytes = typst.compile(
        _TEMPLATE,
        root=_FOLDER,
        format="pdf",
        ignore_system_fonts=own_fonts,
        pdf_standards=_STANDARD,
        sys_inputs={"document": json.dumps(content)},
        timestamp=at,
    )
    return made


def _printable(value: Any, unknown: frozenset[str]) -> Any:
    """The same value with every text in it made fit to print."""
    if isinstance(value, str):
        return _fit(value, unknown)
    if isinstance(value, dict):
        return {key: _printable(item, unknown) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item, unknown) for item in value]
    return value


def _fit(text: str, unknown: frozenset[str]) -> str:
    """One kind of line end, nothing invisible, unknown marks as numbers; and long runs may break: none is cut off."""
    lines = "\n".join(text.replace("\t", " ").splitlines())
    shown = (mark for mark in lines if mark == "\n" or unicodedata.category(mark) not in _UNPRINTABLE)
    words = "".join(f"[U+{ord(mark):04X}]" if mark in unknown else mark for mark in shown)
    return _LONG_RUN.sub(lambda run: _BREAK.join(_pieces(run[0])), words)


def _pieces(run: str) -> Iterable[str]:
    return (run[start : start + _PIECE] for start in range(0, len(run), _PIECE))


def _marks(value: Any) -> set[str]:
    """Every character beyond ASCII in any text of the value, as it would be printed."""
    return {mark for mark in _fit(json.dumps(value, ensure_ascii=False), frozenset()) if not mark.isascii()}


@cache
def _is_unknown(mark: str) -> bool:
    """Whether no font at hand can show a character."""
    try:
        typst.compile(_BARE, pdf_standards=_STANDARD, sys_inputs={"shown": mark})
    except typst.TypstError:
        return True
    return False
