"""The kinds of identifier: how each is written, checked and shown, and what to say when one is mistyped.

Source: reference formats 3. A National Insurance number is not a kind: a hub has no need of it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import mul

import nhs_number
from stdnum.exceptions import ValidationError
from stdnum.gb import upn

_PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
_ULN_REMAINDER = 10
_PLAIN_NHS = re.compile("[4-9][0-9]{9}")
_NHS_WEIGHTS = range(10, 0, -1)
_LAST_YEAR_OF_2000S = 49  # of a year in two digits; the Police National Computer began in 1974


@dataclass(frozen=True)
class IdentifierKind:
    """One scheme. `names` says what a number names: a person in the whole country, one in an authority, or a home.

    `is_right` is asked of a value that has the right `form`; `form_says` and `check_says` tell what to do.
    """

    key: str
    name: str
    given_by: str
    form: str
    form_says: str
    check_says: str = ""
    is_right: Callable[[str], bool] = bool
    show: Callable[[str], str] = str
    names: str = "country"

    @property
    def is_strong(self) -> bool:
        """Whether one number is one person, wherever it is met."""
        return self.names == "country"


def _is_nhs(value: str) -> bool:
    return bool(nhs_number.is_valid(value))  # type: ignore[attr-defined]


def _is_plain_nhs(kind: str, value: str) -> bool:
    """An NHS number as nearly all are written, right by its check digit: the same answer, at a tenth of the time.
    What begins with less than 4 may be Scotland's, which holds a date too: the library reads it."""
    if kind != "nhs" or not _PLAIN_NHS.fullmatch(value):
        return False
    return sum(map(mul, _NHS_WEIGHTS, map(int, value))) % 11 == 0


def _is_upn(value: str) -> bool:
    """A right check letter is enough: new authorities are newer than any list of their codes."""
    try:
        return upn.calc_check_digit(value[1:]) == value[0]
    except (ValidationError, ValueError, IndexError):
        return False


def _is_uln(value: str) -> bool:
    return (
        sum(int(digit) * weight for digit, weight in zip(value, range(10, 0, -1), strict=True)) % 11 == _ULN_REMAINDER
    )


def _is_pnc(value: str) -> bool:
    year, rest = value.split("/")
    return _PNC_LETTERS[int(year[-2:] + rest[:-1].zfill(7)) % 23] == rest[-1]


def _is_cro(value: str) -> bool:
    before, after = value[:-1].removeprefix("SF").split("/")
    year, serial = (before, after) if value.startswith("SF") else (after, before)
    return _PNC_LETTERS[int(year + serial.zfill(6)) % 23] == value[-1]


def _show_nhs(value: str) -> str:
    return f"{value[:3]} {value[3:6]} {value[6:]}"


_KINDS = (
    IdentifierKind(
        "nhs", "NHS number", "NHS", r"\d{10}",
        "An NHS number has 10 digits, like 943 476 5919",
        "Check the NHS number: one of its digits is wrong",
        _is_nhs, _show_nhs,
    ),
    IdentifierKind(
        "upn", "Unique pupil number (UPN)", "Schools", r"[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]",
        "A unique pupil number has a letter and 12 digits, like P207000016049",
        "Check the unique pupil number: its first letter and its digits do not belong together",
        _is_upn,
    ),
    IdentifierKind(
        "former_upn", "Former unique pupil number", "Schools", r"[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]",
        "A unique pupil number has a letter and 12 digits, like P207000016049",
        "Check the former unique pupil number: its first letter and its digits do not belong together",
        _is_upn,
    ),
    IdentifierKind(
        "uln", "Unique learner number (ULN)", "Colleges", r"[1-9]\d{9}",
        "A unique learner number has 10 digits and does not start with 0, like 9276308686",
        "Check the unique learner number: one of its digits is wrong",
        _is_uln,
    ),
    IdentifierKind(
        "la_child_id", "Council's number for the child", "Children's social care", r"[A-Z0-9]{1,20}",
        "The council's number for the child has at most 20 letters and digits, like CH00001",
        names="authority",
    ),
    IdentifierKind(
        "pnc", "Police National Computer (PNC) number", "Police", r"(\d{2}|\d{4})/\d{1,7}[A-HJ-NP-RT-Z]",
        "A PNC number has a year, a slash, digits and a letter, like 2012/394773H",
        "Check the PNC number: its digits and its letter do not belong together",
        _is_pnc,
    ),
    IdentifierKind(
        "cro", "Criminal Records Office (CRO) number", "Police",
        r"(\d{1,6}/\d{2}|SF\d{2}/\d{1,6})[A-HJ-NP-RT-Z]",
        "A CRO number has digits, a slash, a year and a letter, like 29906/12J",
        "Check the CRO number: its digits and its letter do not belong together",
        _is_cro,
    ),
    IdentifierKind(
        "noms", "Prison number (NOMS)", "Prisons", r"[A-Z]\d{4}[A-Z]{2}",
        "A prison number has a letter, 4 digits and 2 letters, like A1234AA",
    ),
    IdentifierKind(
        "crn", "Probation case reference (CRN)", "Probation", r"[A-Z]\d{6}",
        "A probation case reference has a letter and 6 digits, like X123456",
    ),
    IdentifierKind(
        "uprn", "Unique property reference (UPRN)", "Addresses", r"\d{1,12}",
        "A unique property reference has at most 12 digits", names="home",
    ),
)  # fmt: skip

KINDS: dict[str, IdentifierKind] = {kind.key: kind for kind in _KINDS}


def normalise(kind: str, value: str) -> str:
    """As it is kept: upper case, no spaces or dashes; a PNC number in full, as `2012/0394773H`."""
    if value.isascii() and value.isdecimal():
        return value
    kept = re.sub(r"[\s\-.]", "", value).upper()
    if kind == "pnc" and re.fullmatch(KINDS["pnc"].form, kept):
        year, rest = kept.split("/")
        century = "" if len(year) > 2 else "19" if int(year) > _LAST_YEAR_OF_2000S else "20"
        return f"{century}{year}/{rest.zfill(8)}"
    return kept


def problem(kind: str, value: str) -> str:
    """What to do about a mistyped identifier, in words; empty when it is right. ValueError for an unknown kind."""
    if kind not in KINDS:
        raise ValueError(f"There is no identifier {kind}. There are {', '.join(KINDS)}.")
    if _is_plain_nhs(kind, value):
        return ""
    scheme, kept = KINDS[kind], normalise(kind, value)
    if kind == "nhs" and re.fullmatch(KINDS["uln"].form, kept) and _is_uln(kept):
        return "Check the NHS number: one of its digits is wrong, or it is a unique learner number (ULN)"
    if not re.fullmatch(scheme.form, kept):
        return scheme.form_says
    return "" if scheme.is_right(kept) else scheme.check_says


def show(kind: str, value: str) -> str:
    """As it is shown to people: an NHS number as 943 476 5919."""
    scheme = KINDS.get(kind)
    return scheme.show(normalise(kind, value)) if scheme and not problem(kind, value) else value


def kind_name(kind: str) -> str:
    return KINDS[kind].name if kind in KINDS else kind


def looks_like(text: str) -> tuple[str, ...]:
    """The kinds of identifier that a text passes every check of, for search by number."""
    checked = (kind for kind in _KINDS if kind.is_strong and kind.key != "former_upn")
    return tuple(kind.key for kind in checked if not problem(kind.key, text))
