"""The product: the exact text that a recipient reads, built from frozen values by allow-listed fields alone (I15).

Pure: the same values make the same bytes. Whatever somebody typed is indented or follows a label on its line, so that
no words of an item can pass for a heading or for a grade.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime

from openmash.design.moments import day
from openmash.disclosure.codes import RULES_OF_USE
from openmash.kit.legible import seen

NOT_WRITTEN = "[Its owner has not written this yet.]"


@dataclass(frozen=True)
class Statement:
    """One item as it leaves: its words, and every grade that travels with them (I9, I12). All in words, not codes."""

    source: str
    words: str
    form: str
    happened_on: date | None
    happened_until: date | None
    nature: str
    dependable: str
    known_how: str
    handling: str
    caveats: str
    sensitivity: str
    about: tuple[str, ...]
    left_out_because: str = ""


@dataclass(frozen=True)
class Product:
    """Everything that a product says, and nothing else can be said in it."""

    hub: str
    telephone: str
    reference: str
    recipient: str
    purpose: str
    purpose_words: str
    why_them: str
    basis: str
    family: str
    expires_at: datetime
    children: tuple[str, ...]
    summary: str
    statements: tuple[Statement, ...]
    conditions: str


def text_of(product: Product) -> str:
    """The whole text. Headings stand at the margin in capitals; what people typed is indented."""
    blocks = [
        _head(product),
        _block("WHO IT IS ABOUT", tuple(_one_line(child) for child in product.children)),
        _block("FROM THE HUB", _lines(product.summary)),
        *(_statement(item, number, len(product.statements)) for number, item in enumerate(product.statements, 1)),
        _block("CONDITIONS", _lines(product.conditions)),
        _block("HOW IT MAY BE USED", tuple(f"- {rule}" for rule in RULES_OF_USE)),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def hash_of(text: str) -> str:
    """The SHA-256 of the text's bytes: what was approved is what is shown (I4)."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Part:
    """A stretch of a text as a page shows it: one heading, or the lines up to the next. Joined, they are the text."""

    is_heading: bool
    text: str


def parts_of(text: str) -> tuple[Part, ...]:
    """The text cut at its headings, every character kept, so that what a page shows is what was approved (I4)."""
    parts: list[Part] = []
    for line in text.splitlines(keepends=True):
        is_heading = _is_heading(line.rstrip("\n"))
        if parts and not is_heading and not parts[-1].is_heading:
            parts[-1] = Part(False, parts[-1].text + line)
        else:
            parts.append(Part(is_heading, line))
    return tuple(parts)


def _is_heading(line: str) -> bool:
    return bool(line) and not line.startswith(" ") and ":" not in line and line == line.upper()


def _head(product: Product) -> str:
    return "\n".join(
        [
            "RELEASED INFORMATION, CONFIDENTIAL",
            f"From: {_one_line(product.hub)}, {_one_line(product.telephone)}",
            f"Reference: {_one_line(product.reference)}",
            f"To: {_one_line(product.recipient)}",
            f"Why you: {_one_line(product.why_them)}",
            f"Purpose: {_one_line(product.purpose)}. {_one_line(product.purpose_words)}",
            f"Legal basis: {_one_line(product.basis)}",
            f"The family: {_one_line(product.family)}",
            f"May be read until: {day(product.expires_at)}",
        ]
    )


def _statement(item: Statement, number: int, of: int) -> str:
    facts = [
        ("Source", item.source),
        ("Date", _when(item)),
        ("About", ", ".join(item.about) or "Not said"),
        ("What it is", item.nature),
        ("The source is", item.dependable),
        ("How it is known", item.known_how),
        ("Sensitivity", item.sensitivity),
        ("Handling", ". ".join(filter(None, [item.handling, item.caveats]))),
        ("Given", item.form + (f", with words left out. {item.left_out_because}" if item.left_out_because else "")),
    ]
    lines = [f"STATEMENT {number} OF {of}", *(f"{label}: {_one_line(value)}" for label, value in facts)]
    return "\n".join([*lines, "", *(f"    {line}".rstrip() for line in _lines(item.words))])


def _when(item: Statement) -> str:
    if item.happened_on is None:
        return "Not known"
    if item.happened_until and item.happened_until != item.happened_on:
        return f"{day(item.happened_on)} to {day(item.happened_until)}"
    return day(item.happened_on)


def _block(heading: str, lines: tuple[str, ...]) -> str:
    return "\n".join([heading, *(f"    {_clean(line)}".rstrip() for line in lines)]) if lines else ""


def _lines(words: str) -> tuple[str, ...]:
    return tuple(_clean(words).strip().split("\n")) if words.strip() else ()


def _one_line(words: str) -> str:
    return " ".join(_clean(words).split())


def _clean(words: str) -> str:
    """One kind of line end; nothing that cannot be seen."""
    plain = re.sub("\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", words).replace("\t", " ")
    return seen(plain)
