"""The rows of a file: its headings guessed, each row read into what it says, or into what is wrong with it."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import dropwhile
from pathlib import Path

from openmash.feeds.shelf import Broken
from openmash.feeds.values import SEXES, LeftOut, clean, past_day
from openmash.kit.workbook import Unreadable, sheets
from openmash.notifications.codes import GRADE_WORDS, ROLE_WORDS
from openmash.people.addresses import is_postcode, tidy_postcode

MOST_ROWS = 200_000


@dataclass(frozen=True)
class Field:
    """One thing that a column can say. `heard` are headings that forces give it."""

    key: str
    label: str
    heard: tuple[str, ...]
    is_needed: bool = False


FIELDS = (
    Field("reference", "Reference", ("reference", "ref", "ref no", "reference no", "reference number", "vist ref",
                                     "121a ref", "ppn number", "ppn ref", "merlin no", "merlin number", "occurrence",
                                     "occ no", "occurrence no", "occurrence number", "incident no", "incident number",
                                     "incident ref", "crime ref", "log number", "urn"), is_needed=True),
    Field("happened_on", "Date of the incident", ("date", "incident date", "date of incident", "occurred", "created",
                                                  "date of occurrence", "occurrence date", "date occurred"),
          is_needed=True),
    Field("words", "What happened", ("summary", "description", "narrative", "details", "circumstances", "text",
                                     "circumstances of incident", "circumstances of the incident", "incident summary",
                                     "incident details", "free text"), is_needed=True),
    Field("grade", "Police grade", ("grade", "rag", "risk", "risk level", "grading", "risk grade", "risk grading",
                                    "risk rating", "rag rating")),
    Field("what", "Kind of incident", ("type", "incident type", "occurrence type", "category", "offence",
                                       "classification")),
    Field("logs", "Connected logs", ("logs", "linked logs", "connected logs", "linked incidents", "storm log")),
    Field("address_lines", "Address", ("address", "location", "incident address", "home address")),
    Field("postcode", "Postcode", ("postcode", "post code", "pc")),
    Field("role", "Role of the person", ("role", "person role", "involvement", "party")),
    Field("given", "First name", ("first name", "forename", "forenames", "given name", "name 1")),
    Field("family", "Surname", ("surname", "last name", "family name")),
    Field("born_on", "Date of birth", ("dob", "d o b", "date of birth", "birth date", "born")),
    Field("sex", "Sex", ("sex", "gender")),
    Field("telephone", "Telephone", ("telephone", "telephone number", "phone", "mobile", "contact number")),
)  # fmt: skip
NEEDED = tuple(field for field in FIELDS if field.is_needed)
Values = dict[str, str]


@dataclass(frozen=True)
class Said:
    """What one row says: of the notification, and of one person in it."""

    reference: str
    happened_on: date
    words: str
    grade: str = ""
    what: str = ""
    logs: str = ""
    address_lines: str = ""
    postcode: str = ""
    role: str = "child"
    given: str = ""
    family: str = ""
    born_on: date | None = None
    sex: str = "U"
    telephone: str = ""

    @property
    def has_person(self) -> bool:
        return bool(self.given or self.family or self.born_on)


def headings(path: Path) -> tuple[str, ...]:
    """The headings of the columns that have one. `Broken` when the file cannot be read at all."""
    _, line = next(_from_headings(path), (0, []))
    found = [head for head in line if head]
    if not found:
        raise Broken("The file is empty. Send one with a line of headings and a row for each person.")
    if len(set(found)) < len(found):
        raise Broken("Two columns have the same heading. Give each its own, and send the file again.")
    return tuple(found)


def guess(heads: tuple[str, ...], remembered: Mapping[str, str]) -> dict[str, str]:
    """By field: the heading it is likely to stand under. What was said of this source before comes first."""
    plain = {_plain(head): head for head in heads}
    found = {field: head for field, head in remembered.items() if head in heads}
    for field in FIELDS:
        for heard in (*field.heard, _plain(field.label)):
            if field.key not in found and heard in plain and plain[heard] not in found.values():
                found[field.key] = plain[heard]
    return found


def rows(path: Path) -> Iterator[tuple[int, Values]]:
    """Every row that is not empty: its number as a spreadsheet shows it, and its values by heading."""
    lines = _from_headings(path)
    _, heads = next(lines)
    for number, line in lines:
        if number > MOST_ROWS:
            raise Broken(f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")
        values = {head: value for head, value in zip(heads, line, strict=False) if head}
        if any(values.values()):
            yield number, values


def read(values: Mapping[str, str], columns: Mapping[str, str]) -> tuple[Said | None, tuple[str, ...]]:
    """What a row says, or every problem in words, each naming its column. A reason never repeats a value."""
    said, wrong = read_by_field(values, columns)
    return said, tuple(wrong.values())


def read_by_field(values: Mapping[str, str], columns: Mapping[str, str]) -> tuple[Said | None, dict[str, str]]:
    """The same, with each problem under its field. A column that has no heading of the force's has our own name."""
    said: dict[str, object] = {}
    wrong: dict[str, str] = {}
    for field in FIELDS:
        head = columns.get(field.key, "")
        name = field.label if head in ("", field.key) else head
        value = values.get(head, "").strip() if head else ""
        if not value:
            wrong |= {field.key: f"{name} is empty"} if field.is_needed else {}
            continue
        try:
            said[field.key] = _READERS.get(field.key, _text(field.key))(value)
        except LeftOut as reason:
            wrong[field.key] = f"{name} {reason}"
    return (None, wrong) if wrong else (Said(**said), {})  # type: ignore[arg-type]


def _text(key: str) -> Callable[[str], str]:
    most = {"words": 20_000, "logs": 300, "what": 120, "address_lines": 200, "reference": 60}.get(key, 100)

    def reader(value: str) -> str:
        if len(value) > most:
            raise LeftOut(f"must have at most {most:,} characters")
        return value

    return reader


def _grade(value: str) -> str:
    try:
        return GRADE_WORDS[value.casefold()]
    except KeyError:
        raise LeftOut("must be red, amber or green, or high, medium or low") from None


def _role(value: str) -> str:
    return ROLE_WORDS.get(value.casefold(), "adult")


def _postcode(value: str) -> str:
    if not is_postcode(value):
        raise LeftOut("must be a whole postcode, like WX1 2AB")
    return tidy_postcode(value)


def _sex(value: str) -> str:
    return SEXES.get(value.casefold(), "U")


_READERS = {
    "happened_on": past_day,
    "born_on": past_day,
    "grade": _grade,
    "role": _role,
    "postcode": _postcode,
    "sex": _sex,
}


def _from_headings(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every line with its number, from the headings on: what stands alone in its line above them is a title."""
    return dropwhile(lambda line: sum(map(bool, line[1])) < 2, enumerate(_lines(path), 1))


def _lines(path: Path) -> Iterator[list[str]]:
    with path.open("rb") as file:
        is_workbook = file.read(2) == b"PK"
    yield from _sheet(path) if is_workbook else _comma_separated(path)


def _sheet(path: Path) -> Iterator[list[str]]:
    try:
        found = sheets(path)
    except Unreadable:
        raise Broken("The workbook cannot be opened. Save it again as .xlsx, or as CSV.") from None
    for row in next(iter(found.values()), []):
        yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(value)


def _comma_separated(path: Path) -> Iterator[list[str]]:
    """In UTF-8, or as older spreadsheets save it."""
    encoding = "utf-8-sig" if _is_utf_8(path) else "cp1252"
    try:
        with path.open(encoding=encoding, newline="") as file:
            first = file.readline()
            file.seek(0)
            separator = max(",;\t", key=first.count)
            for row in csv.reader(file, delimiter=separator, strict=True):
                yield [clean(cell) for cell in row]
    except (csv.Error, UnicodeDecodeError):
        raise Broken("The file has a quotation mark out of place, or ends in the middle of a row.") from None


def _is_utf_8(path: Path) -> bool:
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            try:
                piece.decode("utf-8")
            except UnicodeDecodeError as problem:
                if problem.end < len(piece) - 3:
                    return False
    return True


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.casefold().replace("(s)", "s")).strip()
