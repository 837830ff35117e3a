"""How people are written down: an agency's habits, and the errors that each makes."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bench.matching.families import TODAY, Soul, address
from bench.matching.names import GROUPS, SHORT, SPELLINGS

_LIKE: dict[str, list[str]] = {}
for _line in SPELLINGS:
    for _one in _line.split():
        _LIKE.setdefault(_one, []).extend(word for word in _line.split() if word != _one)
_SHORT = {line.split()[0]: line.split()[1:] for line in SHORT}
_WORDS = (
    ("Road", "Rd"),
    ("Street", "St"),
    ("Avenue", "Ave"),
    ("Close", "Cl"),
    ("Lane", "Ln"),
    ("Court", "Ct"),
    ("Flat", "Apt"),
)
_BESIDE = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "k": "jl", "l": "k",
    "m": "n", "n": "bm", "o": "ip", "p": "o", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "y": "tu", "z": "x",
}  # fmt: skip


@dataclass(frozen=True)
class Habits:
    """An agency: whom it knows, and how often its records lack, or get wrong, what they should say."""

    adults: float
    children: float
    families: float = 1.0
    no_birth: float = 0.02
    wrong_birth: float = 0.035
    no_address: float = 0.05
    old_address: float = 0.15
    telephone: float = 0.5
    email: float = 0.1
    nhs: float = 0.0
    upn: float = 0.0
    pnc: float = 0.0
    typo: float = 0.03
    spelt: float = 1.0
    short: float = 0.05
    second: float = 0.3
    past_name: float = 0.3
    swapped: float = 0.01
    no_given: float = 0.0
    twice: float = 0.03


def told(draw: Random, one: Soul, habits: Habits) -> tuple[object, ...]:
    """One person as somebody writes them down."""
    chance = draw.random
    given, family, other = _name(draw, one, habits)
    if chance() < habits.swapped:
        given, family = family, given
    born, is_estimate = _birth(draw, one.born, habits)
    home = draw.choice(one.past_homes) if one.past_homes and chance() < habits.old_address else one.home
    lines, postcode = ("", "") if chance() < habits.no_address else _address(draw, home)
    sex = one.sex if (chance_of := chance()) > 0.025 else "U" if chance_of > 0.006 else "FM"[one.sex == "F"]
    telephone = (
        (one.shared_telephone if one.is_child or chance() < 0.25 else one.telephone)
        if chance() < habits.telephone
        else ""
    )
    if telephone and chance() < 0.06:
        telephone = f"0550{draw.randrange(10_000_000):07}"
    email = one.email if chance() < habits.email else ""
    nhs = _number(draw, one.nhs) if chance() < habits.nhs else ""
    pupil = _number(draw, one.upn) if one.upn and chance() < habits.upn else ""
    pnc = one.pnc if one.pnc and chance() < habits.pnc else ""
    return (
        given,
        family,
        other,
        sex,
        born.isoformat() if born else "",
        int(is_estimate),
        lines,
        postcode,
        telephone,
        email,
        nhs,
        pupil,
        pnc,
    )


def _name(draw: Random, one: Soul, habits: Habits) -> tuple[str, str, str]:
    chance, group = draw.random, GROUPS[one.group]
    given, family, other = one.given, one.family, ""
    if one.past_families and chance() < habits.past_name:
        other, family = (family if chance() < 0.25 else ""), draw.choice(one.past_families)
    if "-" in family and not family.startswith(("Al-", "El-")) and chance() < 0.45:
        family = draw.choice(family.split("-")) if chance() < 0.7 else family.replace("-", " ")
    if given in _SHORT and chance() < habits.short:
        given = draw.choice(_SHORT[given])
    given = _spelt(draw, given, group.spelt * habits.spelt, group.sounds)
    family = _spelt(draw, family, group.spelt * habits.spelt * 0.7, group.sounds)
    if one.second and chance() < habits.second:
        given = f"{one.second} {given}" if one.second in group.second_men else f"{given} {one.second}"
    if chance() < habits.typo:
        given = _mistyped(draw, given)
    if chance() < habits.typo:
        family = _mistyped(draw, family)
    return "" if chance() < habits.no_given else given, family, other


def _spelt(draw: Random, name: str, often: float, sounds: tuple[tuple[str, str], ...]) -> str:
    """Perhaps another spelling that sounds the same: a known one, or a letter taken for another."""
    if draw.random() >= often:
        return name
    if name in _LIKE and draw.random() < 0.75:
        return draw.choice(_LIKE[name])
    lower = name.lower()
    fitting = [
        (a, b)
        for one, two in sounds
        for a, b in ((one, two), (two, one))
        if lower.find(a, 1) > 0 and len(b) <= len(a) + 2
    ]
    if not fitting or len(name) < 4:
        return name
    a, b = draw.choice(fitting)
    place = lower.index(a, 1)
    return name[:place] + b + name[place + len(a) :]


def _mistyped(draw: Random, name: str) -> str:
    if len(name) < 4:
        return name
    place, what = draw.randrange(1, len(name) - 1), draw.random()
    if what < 0.3:
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    if what < 0.55:
        return name[:place] + name[place + 1 :]
    if what < 0.75:
        return name[:place] + name[place] + name[place:]
    return name[:place] + draw.choice(_BESIDE.get(name[place].lower(), "e")) + name[place + 1 :]


def _birth(draw: Random, born: date, habits: Habits) -> tuple[date | None, bool]:
    if draw.random() < habits.no_birth:
        return None, False
    if draw.random() >= habits.wrong_birth:
        return born, False
    what = draw.random()
    if what < 0.3 and born.day <= 12:
        return born.replace(month=born.day, day=born.month), False
    if what < 0.45:
        return born.replace(month=1, day=1), False
    if what < 0.6:
        return date(max(1900, min(TODAY.year, born.year + draw.choice((-2, -1, 1, 2)))), 1, 1), True
    if what < 0.75:
        return _safe(born.year + draw.choice((-1, 1, -10, 10)), born.month, born.day), False
    if what < 0.9:
        return _safe(born.year, born.month, born.day + draw.choice((-10, -1, 1, 10))), False
    return _safe(born.year, born.month + draw.choice((-1, 1)), born.day), False


def _safe(year: int, month: int, day: int) -> date:
    return min(date(year, min(12, max(1, month)), 1) + timedelta(days=min(28, max(1, day)) - 1), TODAY)


def _address(draw: Random, home: int) -> tuple[str, str]:
    lines, postcode = address(home)
    if draw.random() < 0.3:
        for long, short in _WORDS:
            lines = lines.replace(long, short)
    if draw.random() < 0.12:
        lines = lines.split(", ", 1)[-1] if lines.startswith(("Flat", "Apt")) else lines.rsplit(", ", 1)[0]
    if draw.random() < 0.08:
        postcode = "" if draw.random() < 0.6 else postcode.replace(" ", "").lower()
    return lines, postcode


def _number(draw: Random, number: str) -> str:
    """As it was given; one in 150 has a wrong digit."""
    if draw.random() > 0.0067:
        return number
    place = draw.randrange(2, len(number))
    return number[:place] + str(draw.randrange(10)) + number[place + 1 :]
