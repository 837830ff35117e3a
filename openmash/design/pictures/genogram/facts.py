"""What a family diagram is told, and the same in good order: known keys only, nothing twice."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from openmash.design.pictures.ink import clean

Sex = Literal["M", "F", "U", "X"]
CoupleKind = Literal["together", "separated", "divorced", "ex"]
ParentKind = Literal["birth", "step", "adoptive", "foster", "unknown"]

OLDEST = 130
UNITS = {"day": 365, "week": 52, "month": 12}
AGE = re.compile(r"(?<!\d)(\d{1,3})(?!\d)\s*(day|week|month)?", re.IGNORECASE)


@dataclass(frozen=True)
class FamilyPerson:
    """One person. `marks` are short flags printed under the name; `focus` is whom the picture is about."""

    key: str
    name: str
    sex: Sex
    detail: str = ""
    age_label: str = ""
    unborn: bool = False
    deceased: bool = False
    focus: bool = False
    household: str | None = None
    marks: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True)
class Couple:
    """Two people who are or were partners; `since` is free text such as "2019"."""

    a: str
    b: str
    kind: CoupleKind = "together"
    since: str = ""


@dataclass(frozen=True)
class ParentOf:
    """A parent of a child."""

    parent: str
    child: str
    kind: ParentKind = "birth"


@dataclass(frozen=True)
class OtherTie:
    """Any other tie, read "a and b: label"."""

    a: str
    b: str
    label: str


@dataclass(frozen=True)
class Facts:
    """All that is told of a family, in good order. Keys are those of `people`."""

    people: Mapping[str, FamilyPerson]
    couples: tuple[Couple, ...]
    parents: tuple[ParentOf, ...]
    ties: tuple[OtherTie, ...]
    households: Mapping[str, str]

    def members(self, household: str) -> tuple[str, ...]:
        """The keys of those who live there, in the order given."""
        return tuple(key for key, person in self.people.items() if person.household == household)

    @property
    def homes(self) -> tuple[str, ...]:
        """Every household somebody lives in, in the order met."""
        return tuple(dict.fromkeys(person.household for person in self.people.values() if person.household))

    def home_label(self, household: str) -> str:
        """The household's label, or a plain word when it has none."""
        return clean(self.households.get(household, "")) or "Household"


def gather(
    people: Iterable[FamilyPerson],
    couples: Iterable[Couple],
    parents: Iterable[ParentOf],
    ties: Iterable[OtherTie],
    households: Mapping[str, str],
) -> Facts:
    """The facts without repetition and without ties to people who are not there or to oneself; the first told wins."""
    known: dict[str, FamilyPerson] = {}
    for person in people:
        known.setdefault(person.key, person)
    pairs: dict[frozenset[str], Couple] = {}
    for couple in couples:
        if couple.a != couple.b and couple.a in known and couple.b in known:
            pairs.setdefault(frozenset((couple.a, couple.b)), couple)
    begetting: dict[tuple[str, str], ParentOf] = {}
    for tie in parents:
        if tie.parent != tie.child and tie.parent in known and tie.child in known:
            begetting.setdefault((tie.parent, tie.child), tie)
    others = dict.fromkeys(tie for tie in ties if tie.a != tie.b and tie.a in known and tie.b in known)
    return Facts(known, tuple(pairs.values()), tuple(begetting.values()), tuple(others), households)


def age(person: FamilyPerson) -> float | None:
    """The age in years that the label says, below nought for an unborn child, or None."""
    if person.unborn:
        return -1.0
    found = AGE.search(person.age_label)
    if not found or int(found[1]) > OLDEST:
        return None
    return int(found[1]) / UNITS.get((found[2] or "").lower(), 1)
