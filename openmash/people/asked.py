"""What somebody typed into the search box, taken apart: numbers, dates, a postcode, an address, and the rest a name."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from openmash.people.addresses import address_key, find_postcode, without_postcode
from openmash.people.identifiers import looks_like
from openmash.people.matching.described import Described, home, sound_identifiers
from openmash.people.names import fold
from openmash.people.telephones import email_key, looks_like_telephone, telephone_key

_EMAIL = re.compile(r"\S+@\S+\.\S+")
_DATE = re.compile(
    r"\b(\d{1,2})[./ -](\d{1,2}|[a-z]{3,9})[./ -]((?:19|20)\d\d)\b|\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")
_LONG_NUMBER = re.compile(r"\+?\(?\d[\d ()\-]{8,}\d")


@dataclass(frozen=True)
class Asked:
    """The parts of a question. `years` are years of birth that were typed without a day."""

    identifiers: frozenset[tuple[str, str]]
    telephone: str
    email: str
    born: date | None
    years: tuple[int, ...]
    postcode: str
    address: str
    words: tuple[str, ...]

    @property
    def name(self) -> tuple[str, str]:
        return " ".join(self.words[:-1]), " ".join(self.words[-1:])

    @property
    def is_strong(self) -> bool:
        """One detail that is enough by itself: a number, a telephone, an e-mail address, a whole address."""
        return bool(self.identifiers or self.telephone or self.email or self.address)

    @property
    def described(self) -> Described:
        places = (home(self.address, self.postcode),) if self.address or self.postcode else ()
        return Described(
            names=(self.name,) if self.words else (),
            born=frozenset({self.born} if self.born else ()),
            homes=places,
            telephones=frozenset({self.telephone} - {""}),
            emails=frozenset({self.email} - {""}),
            identifiers=self.identifiers,
        )


def asked(text: str) -> Asked:
    """Take a question apart. Nothing typed is an error: what is not understood is taken for a name."""
    rest = " ".join(text.split())
    email, rest = _cut(_EMAIL, rest)
    born, rest = _birth_date(rest)
    postcode = find_postcode(rest)
    rest = without_postcode(rest) if postcode else rest
    identifiers, telephone, rest = _numbers(rest)
    years = tuple(int(year) for year in _YEAR.findall(rest))
    rest = _YEAR.sub(" ", rest)
    is_address = any(mark.isdigit() for mark in rest) and bool(address_key(rest, postcode))
    return Asked(
        identifiers=identifiers,
        telephone=telephone,
        email=email_key(email),
        born=born,
        years=years,
        postcode=postcode,
        address=rest if is_address else "",
        words=() if is_address else tuple(word for word in fold(rest).split() if not word.isdigit()),
    )


def _numbers(rest: str) -> tuple[frozenset[tuple[str, str]], str, str]:
    """The identifiers and the telephone number in a text, and what is left of it."""
    found: set[tuple[str, str]] = set()
    telephone = ""
    pieces = [piece.strip() for piece in _LONG_NUMBER.findall(rest)]
    pieces += [word.strip(",;") for word in rest.split() if any(mark.isdigit() for mark in word)]
    for piece in pieces:
        kinds = looks_like(piece)
        found |= sound_identifiers((kind, piece) for kind in kinds)
        if not kinds and not telephone and len(piece) >= 10 and looks_like_telephone(piece):
            telephone = telephone_key(piece)
        if kinds or telephone_key(piece) == telephone != "":
            rest = rest.replace(piece, " ")
    return frozenset(found), telephone, rest


def _birth_date(text: str) -> tuple[date | None, str]:
    """The first date in a text, and the text without it. A date that does not exist is left out too."""
    found = _DATE.search(text)
    if not found:
        return None, text
    day, month, year, other_year, other_month, other_day = found.groups()
    written = f"{other_year}-{other_month}-{other_day}" if other_year else f"{year}-{month}-{day}"
    return _a_day(written), f"{text[: found.start()]} {text[found.end() :]}"


def _a_day(written: str) -> date | None:
    for form in ("%Y-%m-%d", "%Y-%B-%d", "%Y-%b-%d"):
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - a day, in no time zone
        except ValueError:
            continue
    return None


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text)
    return (found[0], text[: found.start()] + " " + text[found.end() :]) if found else ("", text)
