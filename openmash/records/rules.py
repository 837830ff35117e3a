"""The retention rules: of each class of record, from when on it may be destroyed. The longest that applies holds.

There is no one schedule for the country. Each rule says where its number is from; an area sets its own within the
bounds in use. What the hub cannot see of itself (a police group, what came of an allegation) two people say.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from openmash.kit.settable import Number, Settable


@dataclass(frozen=True)
class Facts:
    """What the rules look at: of a closed enquiry and who is in it. `youngest` is the last date of birth of a child."""

    closed_on: date
    kind: str = "child"
    youngest: date | None = None
    outcomes: frozenset[str] = frozenset()
    markers: frozenset[str] = frozenset()
    heard_on: date | None = None
    received_on: date | None = None
    findings: Mapping[str, date | None] = field(default_factory=dict)
    """What two people said it was found to be, with the birth of whom it is about where that is counted from."""
    mappa_born: date | None = None
    """The last date of birth of anybody in it whom MAPPA manages: police group 1."""


@dataclass(frozen=True)
class Rule(Settable):
    """One class of record. `begins` gives the day from which its years are counted; none: the rule does not apply."""

    key: str
    name: str
    says: str
    source: str
    years: Number
    begins: Callable[[Facts], date | None]

    @property
    def numbers(self) -> tuple[Number, ...]:  # type: ignore[override]
        return (self.years,)

    def due(self, facts: Facts, years: int) -> date | None:
        first = self.begins(facts)
        return first and later(first, years)


def later(day: date, years: int) -> date:
    """The same day so many years later; 28 February for the 29th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + years, day.month, 28 if is_leap_day else day.day)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_PROTECTION = frozenset({"immediate_protection", "strategy", "s47"})
_CARE = frozenset({"assessment", "disabilities", "private_fostering", "no_funds", "allocated_worker"})
_ADULTS = frozenset({"adult_safeguarding", "adult_other_enquiry", "adult_care"})


def _born(facts: Facts, applies: object) -> date | None:
    return (facts.youngest or facts.closed_on) if applies else None


def _closed(facts: Facts, applies: object) -> date | None:
    return facts.closed_on if applies else None


def _is_of_lado(facts: Facts) -> bool:
    return any(key.startswith("lado_") for key in facts.findings)


_RULES = (
    Rule(
        "contact",
        "Contact without further action",
        "{years} years after it was closed",
        "Set by each area: 1 to 6 years are in use, and no longer than the contact is needed",
        Number("years", "Years", 6, 1, 6),
        lambda facts: facts.closed_on,
    ),
    Rule(
        "social_care",
        "Children’s social care, neither child protection nor looked after",
        "{years} years after the youngest child was born",
        "Common in councils’ schedules; where a child in need is kept to 18 and then 3 years (Devon), 21",
        Number("years", "Years", 25, 21, 35),
        lambda facts: _born(facts, facts.outcomes & _CARE or "child_in_need" in facts.markers),
    ),
    Rule(
        "child_protection",
        "Child protection",
        "{years} years after the last contact",
        "Blackpool’s schedule",
        Number("years", "Years", 35, 25, 75),
        lambda facts: _closed(facts, facts.outcomes & _PROTECTION or "cp_plan" in facts.markers),
    ),
    Rule(
        "looked_after",
        "Looked-after child",
        "{years} years after the youngest child was born",
        "Care Planning Regulations 2010; 15 years from death when a child dies before 18, which a person settles",
        Number("years", "Years", 75, 75, 100),
        lambda facts: _born(facts, "looked_after" in facts.markers or "uasc" in facts.outcomes),
    ),
    Rule(
        "allegation",
        "Allegation against somebody who works with children",
        "{years} years after it was closed, until somebody says what it was found to be",
        "As long as where it was unfounded",
        Number("years", "Years", 10, 10, 100),
        lambda facts: _closed(facts, "lado" in facts.outcomes and not _is_of_lado(facts)),
    ),
    Rule(
        "lado_proven",
        "Allegation, substantiated or unsubstantiated",
        "{years} years after the birth of whom it is about",
        "Devon’s schedule",
        Number("years", "Years", 100, 75, 100),
        lambda facts: facts.findings.get("lado_proven"),
    ),
    Rule(
        "lado_unfounded",
        "Allegation, unfounded",
        "{years} years after it was closed",
        "Devon’s schedule",
        Number("years", "Years", 10, 6, 25),
        lambda facts: _closed(facts, "lado_unfounded" in facts.findings),
    ),
    Rule(
        "lado_no_action",
        "Contact with the LADO, no further action",
        "{years} years after the contact, then reviewed",
        "Blackpool’s schedule",
        Number("years", "Years", 10, 6, 25),
        lambda facts: (facts.received_on or facts.closed_on) if "lado_no_action" in facts.findings else None,
    ),
    Rule(
        "lado_advice",
        "Advice of the LADO alone",
        "{years} years after it was closed",
        "Devon’s schedule",
        Number("years", "Years", 6, 6, 25),
        lambda facts: _closed(facts, "lado_advice" in facts.findings),
    ),
    Rule(
        "police_1",
        "Police group 1: MAPPA, or serious",
        "until whom it is about is {years}",
        "College of Policing, authorised professional practice",
        Number("years", "Years", 100, 100, 100),
        lambda facts: facts.findings.get("police_1") or facts.mappa_born,
    ),
    Rule(
        "police_2",
        "Police group 2: other sexual or violent",
        "{years} years after the last event, then reviewed",
        "College of Policing, authorised professional practice",
        Number("years", "Years", 10, 10, 100),
        lambda facts: _closed(facts, "police_2" in facts.findings),
    ),
    Rule(
        "police_3",
        "Police group 3: all other",
        "{years} years after the last event",
        "College of Policing, authorised professional practice",
        Number("years", "Years", 6, 6, 100),
        lambda facts: _closed(facts, "police_3" in facts.findings),
    ),
    Rule(
        "marac",
        "MARAC papers",
        "{years} years after the last hearing",
        "Set by each area: 6 to 10 years are in use",
        Number("years", "Years", 10, 6, 10),
        lambda facts: facts.heard_on or _closed(facts, "marac" in facts.outcomes),
    ),
    Rule(
        "adult",
        "Adult at risk, with something done",
        "{years} years after it was closed",
        "Set by each area",
        Number("years", "Years", 10, 6, 30),
        lambda facts: _closed(facts, facts.kind == "adult" and facts.outcomes & _ADULTS),
    ),
)
RULES: dict[str, Rule] = {rule.key: rule for rule in _RULES}
LEAST = min(rule.years.least for rule in _RULES)


@dataclass(frozen=True)
class Kept:
    """Until when a record is kept, and by which rule."""

    rule: str
    until: date

    @property
    def name(self) -> str:
        return RULES[self.rule].name


def kept(facts: Facts, years: Mapping[str, int]) -> Kept:
    """The rule that keeps a record longest. `years` are the area's own numbers, by rule."""
    found = ((rule, rule.due(facts, years.get(rule.key, rule.years.usual))) for rule in _RULES)
    rule, until = max(((rule, day) for rule, day in found if day), key=lambda pair: pair[1])
    return Kept(rule.key, until)
