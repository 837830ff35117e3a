"""Addresses made comparable: one key for every spelling of one home."""

import re

from openmash.people.names import fold

_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})\b", re.IGNORECASE)
_NUMBER = re.compile(r"^\d+[a-z]?$")
_KEY_LENGTH = 60
_SHORT = {
    "rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close",
    "crt": "court", "ct": "court", "cres": "crescent", "dr": "drive", "gdns": "gardens", "pl": "place",
    "sq": "square", "terr": "terrace", "ter": "terrace", "hse": "house", "apt": "flat", "apartment": "flat",
    "unit": "flat", "fl": "flat", "no": "", "number": "", "the": "",
}  # fmt: skip


def tidy_postcode(text: str) -> str:
    """Upper case with one space ("WV1 2AB"), or what was typed when it is no postcode."""
    found = _POSTCODE.fullmatch(text.strip())
    return f"{found[1]} {found[2]}".upper() if found else text.strip().upper()[:8]


def find_postcode(text: str) -> str:
    """The first postcode in a text, tidied; empty when there is none."""
    found = _POSTCODE.search(text)
    return f"{found[1]} {found[2]}".upper() if found else ""


def without_postcode(text: str) -> str:
    return " ".join(_POSTCODE.sub(" ", text).split()).strip(" ,")


def is_postcode(text: str) -> bool:
    return bool(_POSTCODE.fullmatch(text.strip()))


def address_key(lines: str, postcode: str) -> str:
    """The same for spellings of one home; empty when it is too vague to be one home ("Wendmark").

    With a postcode: the numbers in the address, or the name of the house. Without: number, street and the last line.
    """
    area = tidy_postcode(postcode).replace(" ", "").lower() if is_postcode(postcode) else ""
    parts = [_words(part) for part in re.split(r"[,\n]", lines) if fold(part)]
    numbers = sorted({word for part in parts for word in part if _NUMBER.match(word)})
    if area and (numbers or parts):
        return f"{area} {'-'.join(numbers) or ' '.join(parts[0])}"[:_KEY_LENGTH]
    named = [[word for word in part if word != "flat" and not _NUMBER.match(word)] for part in parts]
    streets = [words for words in named if words]
    if not numbers or not streets:
        return ""
    return " ".join(["-".join(numbers), *streets[0], *(streets[-1] if len(streets) > 1 else ())])[:_KEY_LENGTH]


def street_key(lines: str) -> str:
    """Number and street, without flat and town: "Flat 3, 14 High St, Wendmark" is "14 high street"; else empty."""
    for part in re.split(r"[,\n]", lines):
        words = [word for word in _words(part) if word != "flat"]
        numbers = [word for word in words if _NUMBER.match(word)]
        named = [word for word in words if not _NUMBER.match(word)]
        if numbers and named:
            return " ".join([numbers[-1], *named])[:_KEY_LENGTH]
    return ""


def _words(part: str) -> list[str]:
    """The words of one line, spelt out; "12 a" is "12a"."""
    text = re.sub(r"\b(\d+) ([a-z])\b", r"\1\2", fold(part))
    return [spelt for word in text.split() if (spelt := _SHORT.get(word, word))]
