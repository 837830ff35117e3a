"""What the police recorded over the years of the adults of source cases 3 and 4 (seed 000), to answer and to feed."""

from dataclasses import dataclass
from datetime import date
from random import Random


@dataclass(frozen=True)
class Happening:
    """One dated fact in an agency's own words. `who` is the full name of the person whose record it is on."""

    who: str
    on: date
    words: str
    kind: str = "incident"
    sensitivity: str = "G"


CONVICTIONS = (
    Happening("Raymond Lock", date(1989, 5, 16), "Raymond Lock: conviction for indecent exposure.", "order", "S"),
    Happening(
        "Raymond Lock",
        date(1993, 10, 4),
        "Raymond Lock: conviction for inciting a child to commit an act of gross indecency.",
        "order",
        "X",
    ),
)
_TOLD = (
    "Argument heard by a neighbour. Gemma said that all was well.",
    "Gemma had a cut lip and said that she had walked into a door.",
    "Wayne took her keys. He left before officers came.",
    "Gemma rang and ended the call. Officers found both at home and calm.",
    "Gemma was pushed on the stairs. She did not support a charge.",
    "Shouting in the street after a night out; both given advice.",
)


def incidents(year: int) -> tuple[Happening, ...]:
    """The 18 incidents between 2009 and the year before last that a window of twelve months would not show."""
    draw = Random(2009)
    days = sorted(date(draw.randrange(2009, year - 1), draw.randrange(1, 13), draw.randrange(1, 28)) for _ in range(18))
    return tuple(
        Happening(
            "Gemma Northcott",
            on,
            f"Domestic incident. {_TOLD[place % len(_TOLD)]}",
            sensitivity="S" if place % 5 == 4 else "G",
        )
        for place, on in enumerate(days)
    )
