"""Who may say what of a family on a day, and how its words are filled in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from openmash.county.families import CONCERNS, YEAR, Family, Member
from openmash.county.held import HELD, Holding
from openmash.county.worries import IMPACTS, STRENGTHS, WORRIES, Worry
from openmash.intelligence.actions import GivenItem

_SHARES = dict(CONCERNS)
_OWN = 8  # how much likelier the family's own trouble is than any other
_NOBODY = "her former partner"
_PRONOUNS = {"F": ("she", "her", "her"), "M": ("he", "him", "his")}


@dataclass(frozen=True)
class Voice:
    """One thing that may be said: the worry, of which child, and how likely it is."""

    worry: Worry
    child: Member
    weight: int


def voices(family: Family, day: date, source: str, level: int) -> list[Voice]:
    """Everything that somebody of this source may say of the family on that day, to be decided at that level."""
    return [
        Voice(worry, child, _SHARES[worry.concern] * (_OWN if worry.concern == family.concern else 1))
        for worry in WORRIES
        if (not source or source in worry.sources.split()) and worry.levels[0] <= level <= worry.levels[1]
        for child in family.children
        if child.is_there_on(day) and worry.ages[0] <= child.age_on(day) <= worry.ages[1]
    ]


def one_of(found: list[Voice], draw: Random) -> Voice:
    return draw.choices(found, [voice.weight for voice in found])[0]


def names_in(family: Family, child: Member) -> dict[str, str]:
    """What the words of the county call the people and the home."""
    mother = next(member for member in family.members if member.relation == "mother")
    men = [member for member in family.members if member.relation in ("step_parent", "father") and member.lives_there]
    he, him, his = _PRONOUNS.get(child.person.sex, ("the baby", "the baby", "the baby's"))
    home = mother.person.address_lines
    return {
        "child": child.person.given or "the unborn baby",
        "he": he,
        "him": him,
        "his": his,
        "himself": f"{him}self",
        "mother": mother.person.given,
        "partner": men[-1].person.given if men else _NOBODY,
        "home": home,
        "number": home.split()[0],
        "school": child.school or "school",
    }


def filled(words: str, names: dict[str, str]) -> str:
    """The words with the names in them, each sentence beginning with a capital letter."""
    return re.sub(r"(^|[.!?] )([a-z])", lambda found: found[1] + found[2].upper(), words.format(**names))


def impact_of(voice: Voice, names: dict[str, str], day: date, draw: Random) -> str:
    age = voice.child.age_on(day)
    fitting = [words for (low, high), words in IMPACTS.get(voice.worry.concern, ()) if low <= age <= high]
    return filled(draw.choice(fitting), names) if fitting else ""


def strength_of(names: dict[str, str], draw: Random) -> str:
    return filled(draw.choice(STRENGTHS), names)


def held_by(agency: str, child: Member, names: dict[str, str], day: date, draw: Random) -> tuple[GivenItem, ...]:
    """What an agency holds of the family by that day: from nothing to three lines, and only what can be true."""
    count = draw.choices((0, 1, 2, 3), (22, 33, 29, 16))[0]
    possible = list(_possible(agency, child, names, day, draw))
    found: dict[str, GivenItem] = {}
    for holding, on in draw.sample(possible, len(possible)):
        many = holding.kind in ("incident", "contact")
        if len(found) < count and (many or holding.kind not in found):
            found[holding.words if many else holding.kind] = _item(holding, on, names)
    return tuple(sorted(found.values(), key=lambda item: item.happened_on or day))


def _possible(
    agency: str, child: Member, names: dict[str, str], day: date, draw: Random
) -> Iterator[tuple[Holding, date]]:
    for holding in HELD.get(agency, ()):
        if "{partner}" in holding.words and names["partner"] == _NOBODY:
            continue
        first, last = day - timedelta(days=int(holding.years * YEAR)), day - timedelta(days=4)
        if "{child}" in holding.words and child.person.born_on:
            born = child.person.born_on
            first = max(first, born + timedelta(days=int(max(holding.ages[0], 0) * YEAR) + 20))
            last = min(last, born + timedelta(days=int((holding.ages[1] + 1) * YEAR) - 1))
        elif "{child}" in holding.words and holding.ages[0] >= 0:
            continue
        if first < last:
            yield holding, first + timedelta(days=draw.randrange((last - first).days))


def _item(holding: Holding, on: date, names: dict[str, str]) -> GivenItem:
    nature, dependable, known_how, sensitivity, handling = holding.grade.split()
    return GivenItem(
        words=filled(holding.words, names),
        nature=nature,
        dependable=dependable,
        known_how=known_how,
        kind=holding.kind,
        happened_on=on,
        handling=handling,
        conditions="Ask us before it leaves the hub." if handling == "C" else "",
        sensitivity=sensitivity,
    )
