"""Where in a text the lines to fill in stand: alone, in what is quoted, or in both."""

import re
from dataclasses import dataclass
from itertools import pairwise

from openmash.post.reply_lines import BEGINS, ENDS

CODE = re.compile(r"\b(?=[A-Z-]{0,10}\d)([2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5})\b")
_BEGINS = re.compile(rf"#*\s*{BEGINS}\s+([2-9A-HJKMNP-Z]{{5}}-[2-9A-HJKMNP-Z]{{5}})\s*#*", re.IGNORECASE)
_ENDS = re.compile(rf"#*\s*{ENDS}\s*#*", re.IGNORECASE)
_SHORT = 50
_QUOTES = re.compile(r"^(?: ?[>|])+ ?")


@dataclass(frozen=True)
class Block:
    """The lines between the two marks, without the quotation marks that stand before the first of them."""

    code: str
    lines: tuple[str, ...]
    is_cut: bool
    has_doubtful_marks: bool


def codes_in(*texts: str) -> frozenset[str]:
    """Every code that is named anywhere, as we write it."""
    return frozenset(code for text in texts for code in CODE.findall(text.upper()))


def blocks(text: str) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Every block, and the lines outside them without their quotation marks."""
    found: list[Block] = []
    outside: list[str] = []
    inside: list[str] | None = None
    code = ""
    for line in text.split("\n"):
        if begins := _BEGINS.search(line):
            if inside is not None:
                found.append(_block(code, inside, is_cut=True))
            code, inside = begins[1].upper(), [line[: begins.start()]]
            outside.append(bare(line[: begins.start()]) + line[begins.end() :])
        elif inside is not None and (ends := _ENDS.search(line)):
            outside.append(bare(line[: ends.start()]) + line[ends.end() :])
            found.append(_block(code, inside, is_cut=False))
            inside = None
        elif inside is not None:
            inside.append(line)
        else:
            outside.append(bare(line))
    if inside is not None:
        found.append(_block(code, inside, is_cut=True))
    return tuple(found), tuple(outside)


def bare(line: str) -> str:
    """Without the marks of a quotation."""
    return _QUOTES.sub("", line)


def _block(code: str, lines: list[str], *, is_cut: bool) -> Block:
    """The first line says how deep the block is quoted: no more marks than that are taken away."""
    depth = len(re.findall(r"[>|]", lines[0]))
    taken = [_without(line, depth) for line in lines[1:]]
    bare_lines = tuple(line for line, _ in taken)
    marked = {has for line, (_, has) in zip(lines[1:], taken, strict=True) if line.strip()}
    is_mixed = len(marked) > 1 and any(re.match(r"\s*[>|]", line) for line in bare_lines)
    return Block(code, bare_lines, is_cut, is_mixed or bool(depth and _may_mean_more_than(bare_lines)))


def _may_mean_more_than(lines: tuple[str, ...]) -> bool:
    """A number at the beginning of a quoted line, where no program would have broken the line before: "> 3 times"."""
    pairs = pairwise(lines)
    return any(re.match(r"\s*[£\d]", line) and len(before) < _SHORT for before, line in pairs)


def _without(line: str, depth: int) -> tuple[str, bool]:
    found = re.match(rf"^(?: ?[>|]){{1,{depth}}} ?", line) if depth else None
    return (line[found.end() :], True) if found else (line, not depth)
