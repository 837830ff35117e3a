"""The combined chronology: every dated fact about some people, from whichever room holds it (M5, M29, M55).

Later rooms contribute: each has a function `lines(look) -> Iterable[Line]` in its own `chronology.py`, and is named in
`CONTRIBUTED_BY` below, so that a reader sees who is on the list. An earlier room never imports a later one: the names
are resolved when a chronology is first asked for, and a name that does not resolve is an error there and in the tests.

A contributing function returns only what `look.by` may see, and takes a fixed number of queries.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.module_loading import import_string

from openmash.audit.actors import Actor

CONTRIBUTED_BY = (
    "openmash.people.milestones.lines",
    "openmash.enquiries.chronology.lines",
    "openmash.domestic_abuse.chronology.lines",
    "openmash.intelligence.chronology.lines",
    "openmash.feeds.chronology.lines",
)

UNDATED_LAST = date.max


@dataclass(frozen=True)
class Look:
    """Who looks, from which enquiry (0 when from the person page), at which people: leads and all their records."""

    by: Actor
    enquiry_id: int
    people: frozenset[int]


@dataclass(frozen=True)
class Line:
    """One dated fact. `key` is unique in a chronology and stays the same, so that a decision can be pinned to it.

    `kind` is a word for filters and years ("incident", "enquiry", "move", "marker"); `source` is shown, `agency_key`
    is for the lanes. `sensitivity` is G, S, X or L; `grade` is the source and information evaluation, as "2B";
    `rating` red, amber, green or empty. `people` are the records that it is about.
    A line that `is_fed` gives way to the same words where its agency has answered them to a request.
    A sealed line has no words of its own.
    """

    key: str
    on: date | None
    what: str
    kind: str
    source: str
    until: date | None = None
    agency_key: str = ""
    sensitivity: str = "G"
    grade: str = ""
    rating: str = ""
    people: tuple[int, ...] = ()
    enquiry_reference: str = ""
    is_fed: bool = False
    is_sealed: bool = False


Contribution = Callable[[Look], Iterable[Line]]


def lines(look: Look) -> tuple[Line, ...]:
    """Every line that `look.by` may see, earliest first, what has no date last. There is no date window."""
    found = _each_once([line for contribute in contributions() for line in contribute(look)])
    return tuple(sorted(found, key=lambda line: (line.on or UNDATED_LAST, line.key)))


def _each_once(found: list[Line]) -> list[Line]:
    """Without what an agency sent in a feed and has also answered to a request: the same words of the same day."""
    answered: dict[tuple[str, date | None], list[str]] = {}
    for line in found:
        if not line.is_fed:
            answered.setdefault((line.agency_key, line.on), []).append(line.what)
    return [
        line
        for line in found
        if not (
            line.is_fed and any(what.startswith(line.what) for what in answered.get((line.agency_key, line.on), ()))
        )
    ]


@cache
def contributions() -> tuple[Contribution, ...]:
    return tuple(import_string(name) for name in CONTRIBUTED_BY)


def year_before(today: date) -> date:
    """The day twelve months ago: 28 February for 29 February."""
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year - 1, day=day)


def before_last_12_months(found: Iterable[Line], today: date) -> int:
    """How many lines a window of twelve months would have hidden (seed 000, case 4). A birth is no event of a case."""
    first = year_before(today)
    return sum(line.on is not None and line.kind != "life" and (line.until or line.on) < first for line in found)


def by_year(found: Iterable[Line], kind: str = "") -> dict[int, int]:
    """How many dated lines, of one kind or of all, began in each year from the first to the last: empty years are 0."""
    counts = Counter(line.on.year for line in found if line.on and kind in ("", line.kind))
    return {year: counts[year] for year in range(min(counts), max(counts) + 1)} if counts else {}


def about(found: Iterable[Line], people: frozenset[int]) -> tuple[Line, ...]:
    """Only the lines about any of these records."""
    return tuple(line for line in found if people & set(line.people))
