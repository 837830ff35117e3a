"""A block of filled-in lines becomes the answer form: strictly. What is not plainly understood is left to a person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from openmash.enquiries.codes import RATINGS
from openmash.gathering.models import SystemCheck
from openmash.gathering.shelf import Return
from openmash.intelligence.codes import DEPENDABLE, HANDLING, KNOWN_HOW, NATURES, SENSITIVITIES
from openmash.post.reply_lines import ITEM_LINES, Line, head_lines

People = tuple[tuple[int, str], ...]
_ITEM = re.compile(r"^\s*ITEM(\s+\d{1,2})?\s*$", re.IGNORECASE)
_END_OF_ITEM = re.compile(r"^\s*END OF ITEM\s*$", re.IGNORECASE)
_DATES = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d")
_YES, _NO = {"yes", "y"}, {"no", "n"}


@dataclass
class Filled:
    """`data` is what a browser would send of the answer form, one list of values a field."""

    data: dict[str, list[str]] = field(default_factory=dict)
    problems: set[str] = field(default_factory=set)
    is_nothing_known: bool = False
    is_sealed: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.data and not self.is_nothing_known and not self.problems


def filled(lines: Sequence[str], form: Return, people: People, *, has_doubtful_marks: bool = False) -> Filled:
    """Read the lines of one block."""
    done, head = Filled(), head_lines(form)
    first, *items = _sections(lines)
    said = _said(first, head, done)
    read = [_said(section, ITEM_LINES, done) for section in items]
    if has_doubtful_marks:
        done.problems.add("lines_changed")  # whose mark is it: the quotation's, or the writer's own?
    used = [values for values in read if any(values.values())]
    if not any(said.values()) and not used:
        return done
    for number, values in enumerate(used):
        _item(values, f"items-{number}-", form, people, done)
    if used:
        done.data["items-number"] = [str(number) for number in range(len(used))]
    _head(said, form, bool(used), done)
    return done


def _sections(lines: Sequence[str]) -> list[list[str]]:
    """The head, and each item. What stands between two items belongs to nothing and is a change."""
    found: list[list[str]] = [[]]
    for line in lines:
        if _ITEM.match(line):
            found.append([])
        elif _END_OF_ITEM.match(line):
            found[-1].append("\0")
        else:
            found[-1].append(line)
    return found


def _said(section: list[str], lines: Sequence[Line], done: Filled) -> dict[str, str]:
    """What is written after each line's words, by field. Every line stands there once, and nothing else does."""
    found: dict[str, list[str]] = {}
    current, is_over = "", False
    for line in _mended(section, lines):
        if line == "\0":
            is_over = True
            continue
        begins = next(((one, rest) for one in lines if (rest := _rest(one, line)) is not None), None)
        if begins and not is_over:
            current = begins[0].field
            if current in found:
                done.problems.add("lines_changed")
            found.setdefault(current, []).append(begins[1])
        elif line.strip():
            if is_over or not current:
                done.problems.add("lines_changed")
            else:
                found[current].append(line)
        elif current:
            found[current].append("")
    if set(found) != {one.field for one in lines}:
        done.problems.add("lines_changed")
    return {one.field: _joined(found.get(one.field, []), one) for one in lines}


def _joined(parts: list[str], line: Line) -> str:
    return "\n".join(parts).strip() if line.runs_on else " ".join(" ".join(parts).split())


def _rest(line: Line, text: str) -> str | None:
    """What stands after the line's own words, or none when it is another line."""
    words = r"\s+".join(re.escape(word) for word in line.label.split())
    found = re.match(rf"^\s*{words}\s*(?:\([^()]*\))?\s*:(.*)$", text, re.IGNORECASE)
    return found[1].strip() if found else None


def _mended(section: list[str], lines: Sequence[Line]) -> list[str]:
    """A line of ours that an e-mail program broke in two is one line again."""
    ours = [" ".join(line.as_sent.split()) for line in lines]
    mended: list[str] = []
    for line in section:
        before = " ".join(mended[-1].split()) if mended else ""
        both = f"{before} {' '.join(line.split())}"
        is_broken = len(before) > 8 and any(own.startswith(before) and own != before for own in ours)
        if is_broken and any(both.startswith(own) for own in ours):
            mended[-1] = both
        else:
            mended.append(line)
    return mended


def _head(said: dict[str, str], form: Return, has_items: bool, done: Filled) -> None:
    done.is_nothing_known = _plain(said["nothing_known"]) in _YES
    if said["nothing_known"] and not done.is_nothing_known and _plain(said["nothing_known"]) not in _NO:
        done.problems.add("not_understood")
    if done.is_nothing_known and (has_items or said["rating"]):
        done.problems.add("not_understood")
    for system in form.systems:
        name = f"system_{system.key}"
        unsaid = "not_known" if done.is_nothing_known else "not_checked"
        _choose(done, name, said[name], SystemCheck.RESULTS)
        done.data.setdefault(name, [unsaid])
    _choose(done, "rating", said["rating"], RATINGS)


def _item(values: dict[str, str], prefix: str, form: Return, people: People, done: Filled) -> None:
    for name in ("words", "conditions", "own_reference"):
        done.data[prefix + name] = [values[name]]
    prompts = {prompt.key: prompt.label for prompt in form.prompts}
    numbered = {str(number): key for number, key in enumerate(prompts, 1)}
    _choose(done, f"{prefix}prompt", values["prompt"], prompts, also=numbered)
    for name in ("happened_on", "happened_until"):
        _date(done, prefix + name, values[name])
    _people(done, f"{prefix}people", values["people"], people)
    _choose(done, f"{prefix}nature", values["nature"], NATURES)
    _choose(done, f"{prefix}dependable", values["dependable"], DEPENDABLE)
    _choose(done, f"{prefix}known_how", values["known_how"], KNOWN_HOW)
    shared = {"yes": "P", "conditions": "C", "with conditions": "C"}
    _choose(done, f"{prefix}handling", values["handling"], HANDLING, also=shared)
    _choose(done, f"{prefix}sensitivity", values["sensitivity"], SENSITIVITIES)
    _guard(values, done)


def _guard(values: dict[str, str], done: Filled) -> None:
    """Conditions that would be passed over, and what only some may read: nobody but a person goes on with those."""
    who = _plain(values["sensitivity"])
    if values["conditions"] and _plain(values["handling"]) in ("yes", "may be shared", "p"):
        done.problems.add("not_understood")
    if who in ("locked", "l"):
        done.problems.add("locked")
    done.is_sealed |= bool(re.search(r"\bsealed\b|\block", who)) or who in ("x", "l")


def _choose(done: Filled, name: str, said: str, codes: dict[str, str], also: dict[str, str] | None = None) -> None:
    """A code, its words, "1. its words", or what else is taken for it."""
    if not said:
        return
    known = {code.lower(): code for code in codes} | {_plain(words): code for code, words in codes.items()}
    known |= {f"{code.lower()} {_plain(words)}": code for code, words in codes.items()}
    known |= {_plain(words).removeprefix("a "): code for code, words in codes.items()}
    code = (known | (also or {})).get(_plain(said))
    if code is None:
        done.problems.add("not_understood")
    else:
        done.data[name] = [code]


def _plain(said: str) -> str:
    words = re.sub(r"[’‘]", "'", said.lower()).strip(" .;,!")
    return " ".join(re.sub(r"^(\w)[.):]\s", r"\1 ", words).split())


def _date(done: Filled, name: str, said: str) -> None:
    if not said:
        return
    words = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", said.strip(" ."))
    day = next((day for shape in _DATES if (day := _tried(shape, words))), None)
    if day is None:
        done.problems.add("not_understood")
        return
    done.data |= {f"{name}-day": [str(day.day)], f"{name}-month": [str(day.month)], f"{name}-year": [str(day.year)]}


def _tried(shape: str, words: str) -> datetime | None:
    try:
        return datetime.strptime(words, shape)  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        return None


def _people(done: Filled, name: str, said: str, people: People) -> None:
    if not said:
        return
    numbers = re.split(r"\s*(?:,|;|&|\band\b|\s)\s*", said.strip(" .").lower())
    chosen = [people[int(number) - 1][0] for number in numbers if number.isdecimal() and 0 < int(number) <= len(people)]
    if len(chosen) != len(numbers) or len(set(chosen)) != len(chosen):
        done.problems.add("not_understood")
    if chosen:
        done.data[name] = [str(person) for person in dict.fromkeys(chosen)]
