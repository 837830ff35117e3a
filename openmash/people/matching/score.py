"""How likely two descriptions are of one person: four answers weighed against one another, with reasons in words.

Two records may be of the same person, of twins, of others of one family or household, or of strangers. How often each
comparison comes out so for each of the four stands in `model.json`. Plain two-way weighing calls brothers one person:
they share a surname, a home and a telephone. Source: design of person matching, "households are the problem".
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from openmash.people.matching.compare import Agreed, Levels, levels
from openmash.people.matching.described import Described
from openmash.people.matching.words import reasons

MODEL: dict[str, Any] = json.loads(Path(__file__).with_name("model.json").read_text())
MODEL_VERSION: int = MODEL["version"]
MATCH, POSSIBLE = MODEL["bands"]["match"], MODEL["bands"]["possible"]
SAME, FAMILY, UNRELATED = "same", "family", "unrelated"
_ANSWERS = ("same", "twin", "family", "stranger")
_AGREEING = ("same", "part", "sound")


@dataclass(frozen=True)
class Commonness:
    """How common each class of names is among so many people: a shared rare name says more than a shared Smith."""

    people: float = MODEL["fewest_people"]
    shares: Mapping[str, float] = field(default_factory=dict)

    def of(self, agreed: Agreed) -> float:
        share = 1.0
        for name in agreed:
            share *= self.shares.get(name, MODEL["share_of_a_rare_name"])
        return share


UNCOUNTED = Commonness()


@dataclass(frozen=True)
class Scored:
    """The likelihood of one person, 0 to 1; the likeliest answer; and why: what agrees first, then what does not.

    `is_doubtful` is whether a person has to decide however likely it is. `alone` is the likelihood before others who
    were found too were weighed against it (`rivals.py`).
    """

    score: float
    answer: str
    is_doubtful: bool
    levels: Levels
    alone: float

    @property
    def reasons(self) -> tuple[str, ...]:
        return reasons(self.levels)

    @property
    def band(self) -> str:
        """From "match" nobody needs to look; "possible" is for a person to decide, as are two who fit alike.

        That nobody else was found makes somebody likelier, but raises no band where something speaks against them.
        """
        if self.score >= MATCH and not self.is_doubtful:
            return "match"
        is_possible = self.alone >= POSSIBLE or (self.score >= POSSIBLE and not self.is_doubtful)
        return "possible" if is_possible or _must_be_seen(self.levels) else "low"


def score(one: Described, other: Described, known: Commonness = UNCOUNTED) -> Scored:
    """Compare two descriptions; the order of the two does not matter."""
    compared, first, last = levels(one, other)
    same, twin, family, stranger = weighed(compared, first, last, known)
    score = same / (same + twin + family + stranger)
    answer = SAME if score >= 0.5 else UNRELATED if stranger > twin + family else FAMILY
    return Scored(score, answer, is_doubtful(compared), compared, alone=score)


def weighed(compared: Levels, first: Agreed, last: Agreed, known: Commonness) -> tuple[float, float, float, float]:
    """How the four answers weigh against one another, in the order same, twin, family, stranger."""
    same, twin, family, stranger = chances(compared)
    return same, twin, family, stranger * known.people * by_chance(compared.given, compared.surname, first, last, known)


@lru_cache(maxsize=100_000)
def chances(compared: Levels) -> tuple[float, float, float, float]:
    """How often two records compare like this, for each answer, names that agree by chance left out."""
    found = []
    for answer in _ANSWERS:
        chance = MODEL["pairs"].get(answer, 1.0)
        for part in ("given", "surname", "born", "sex", "home", "telephone", "email", "number"):
            if level := getattr(compared, part):
                chance *= MODEL[part][level].get(answer, 1.0)
        found.append(chance * (MODEL["swapped"][answer] if compared.is_swapped else 1.0))
    return found[0], found[1], found[2], found[3]


def by_chance(given: str, surname: str, first: Agreed, last: Agreed, known: Commonness) -> float:
    """How often strangers have these names in common. Names go together: a Khan is oftener a Mohammed than others."""
    chance = known.of(first) * known.of(last)
    if given in _AGREEING and surname in _AGREEING:
        chance *= MODEL["names_go_together"]
    return chance


def is_doubtful(compared: Levels) -> bool:
    """However likely: without a first name or a birth date that agree, nothing is joined by itself.

    A shared national number settles one contradiction, but not two: it may have been typed for the wrong person.
    """
    against = (
        compared.given in ("other", "alike", "initial", ""),
        compared.born not in ("same", "first", "swapped", "estimate"),
        compared.surname in ("other", "alike", "initial") and "same" not in (compared.home, compared.telephone),
        compared.number == "other",
    )
    if compared.number == "same":
        return (compared.given == "other") + (compared.born in ("other", "year", "not_due")) > 1
    return any(against)


def _must_be_seen(compared: Levels) -> bool:
    """Two records with one national number are shown to somebody, whatever else they say."""
    return compared.number == "same"
