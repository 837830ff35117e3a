"""A comparison in words: what agrees first, then what does not."""

from collections.abc import Iterable
from datetime import date

from openmash.design.moments import day
from openmash.people.matching.compare import Levels

_NAME = {
    "same": "same {}",
    "part": "part of the {} is the same",
    "sound": "{} sounds alike",
    "alike": "{} is spelt alike",
    "initial": "same first letter of the {}",
    "other": "different {}",
}
_WORDS = {
    "born": {
        "same": "same date of birth",
        "first": "same year of birth",
        "swapped": "day and month of birth swapped",
        "near": "one digit of the date of birth differs",
        "estimate": "about the same age",
        "year": "same year of birth, another day",
        "other": "different date of birth",
        "due": "due at the same time",
        "due_born": "born when the baby was due",
        "not_due": "not born when due",
    },
    "number": {
        "same": "same NHS or other national number",
        "council": "same number at the council",
        "other": "different NHS or other national number",
    },
    "telephone": {"same": "same telephone"},
    "email": {"same": "same e-mail address"},
    "home": {"same": "same address", "street": "same number and street", "postcode": "same postcode"},
    "sex": {"other": "different sex recorded"},
}
_AGAINST = {"other", "not_due", "year"}


def reasons(compared: Levels) -> tuple[str, ...]:
    names = [("given", "first name"), ("surname", "surname")]
    if compared.is_swapped:
        said = [("same", "first name and surname the other way round")]
    else:
        said = [(level, _NAME[level].format(word)) for part, word in names if (level := getattr(compared, part))]
    found = [*_number(compared), *said]
    for part in ("born", "telephone", "email", "home", "sex"):
        level = getattr(compared, part)
        if words := _WORDS[part].get(level):
            found.append((level, words))
    return tuple(words for _, words in sorted(found, key=lambda one: one[0] in _AGAINST))


def deaths(days: Iterable[date]) -> tuple[str, ...]:
    """ "died 3 April 2025", for each day of death that is told."""
    return tuple(f"died {day(died)}" for died in sorted(days))


def _number(compared: Levels) -> list[tuple[str, str]]:
    words = _WORDS["number"].get(compared.number)
    return [(compared.number, words)] if words else []
