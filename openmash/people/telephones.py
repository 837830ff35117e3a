"""Telephone numbers made comparable."""

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from openmash.people.names import fold

# How nearly all numbers of the United Kingdom are written. The library needs thirty times as long to read one.
_PLAIN = re.compile(r"(?:0|\+44 ?)([1-357-9](?:[ -]?[0-9]){9})")


def tidy_telephone(text: str) -> str:
    """As it is read out in the United Kingdom ("01632 960100"), or as it was typed when it is no number."""
    number = _parsed(text)
    if number is None:
        return " ".join(text.split())
    form = PhoneNumberFormat.NATIONAL if number.country_code == 44 else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def telephone_key(text: str) -> str:
    """The same for every spelling of one number; empty when there is no number in it."""
    if plain := _PLAIN.fullmatch(text.strip()):
        return "+44" + plain[1].replace(" ", "").replace("-", "")
    number = _parsed(text)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else ""


def email_key(text: str) -> str:
    return text.strip().casefold() if "@" in text else ""


def contact_key(kind: str, value: str) -> tuple[str, str]:
    """The same for every spelling of one number or e-mail address."""
    key = telephone_key(value) if kind == "telephone" else email_key(value)
    return kind, key or value.casefold()


def _parsed(text: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def looks_like_telephone(text: str) -> bool:
    """A number that somebody could ring, with nothing else in it but spaces and signs."""
    return _parsed(text) is not None and not any(letter.isalpha() for letter in fold(text))
