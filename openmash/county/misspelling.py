"""How an agency has somebody's name, date of birth and address: near what the hub has, and seldom the same."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Protocol

_SPELLINGS = {
    "Mohammed": ("Muhammad", "Mohamed", "Md"),
    "Muhammad": ("Mohammed", "Mohammad"),
    "Katarzyna": ("Kasia", "Katarina"),
    "Chloe": ("Cloe", "Khloe"),
    "Aisha": ("Ayesha", "Aesha"),
    "Zoe": ("Zoë",),
    "Kirsty": ("Kirstie",),
    "Shaun": ("Sean", "Shawn"),
    "Gemma": ("Jemma",),
    "Raymond": ("Ray",),
    "Leanne": ("Lee-Anne",),
    "Hussain": ("Hussein", "Hossain"),
    "Ahmed": ("Ahmad",),
    "Kowalski": ("Kowalska",),
    "Okafor": ("Okafo",),
    "Northcott": ("Northcot", "Norcott"),
}
_STREETS = {" Road": " Rd", " Street": " St", " Lane": " Ln", " Close": " Cl", " Avenue": " Ave", " Grove": " Gr"}
_LONG_ENOUGH = 5


class HasIdentity(Protocol):
    @property
    def given(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def born_on(self) -> date: ...
    @property
    def lines(self) -> str: ...
    @property
    def postcode(self) -> str: ...


@dataclass(frozen=True)
class Told:
    given: str
    family: str
    born_on: date
    lines: str
    postcode: str


def as_an_agency_has_it(one: HasIdentity, draw: Random) -> Told:
    """One in ten names is misspelt, and many have another spelling; one date of birth in twenty is wrong; some moved."""
    moved = draw.random() < 0.2
    return Told(
        _spelt(one.given, draw),
        _spelt(one.family, draw),
        _dated(one.born_on, draw),
        f"{draw.randrange(1, 90)} Old Wharf" if moved else _shortened(one.lines, draw),
        "" if moved else one.postcode,
    )


def _spelt(name: str, draw: Random) -> str:
    chance = draw.random()
    if name in _SPELLINGS and chance < 0.3:
        return draw.choice(_SPELLINGS[name])
    if 0.3 <= chance < 0.4 and len(name) >= _LONG_ENOUGH:
        at = draw.randrange(1, len(name) - 2)
        return draw.choice(
            (
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
                name[:at] + name[at + 1 :],
                name[: at + 1] + name[at:],
            )
        )
    return name.upper() if chance > 0.9 else name


def _dated(born: date, draw: Random) -> date:
    chance = draw.random()
    if chance < 0.04 and born.day <= 12:
        return born.replace(day=born.month, month=born.day)
    return born - timedelta(days=1) if chance < 0.06 else born


def _shortened(lines: str, draw: Random) -> str:
    if draw.random() < 0.5:
        for long, short in _STREETS.items():
            lines = lines.replace(long, short)
    return lines
