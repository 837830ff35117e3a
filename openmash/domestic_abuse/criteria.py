"""The band of a score, and which of the four MARAC criteria are met. Pure: numbers in, words out.

Source: reference lists E.10; the numbers are settings of the area.
"""

from dataclasses import dataclass

from openmash.domestic_abuse.codes import (
    CRITERIA,
    ESCALATION,
    GRADES,
    HIGH,
    JUDGED,
    MEDIUM,
    ORDER,
    REPEAT,
    STANDARD,
    VISIBLE,
)
from openmash.kit.verdict import Verdict, need


@dataclass(frozen=True)
class Bands:
    """From how many answers of yes a grade is medium or high; how many incidents in 12 months are an escalation."""

    medium_from: int
    high_from: int
    incidents: int


@dataclass(frozen=True)
class Facts:
    """What the criteria look at. `heard_before` when MARAC heard somebody of the household in the last 12 months.

    `enquiries_in_12_months` are those about domestic abuse: one may tell of an incident that is counted too, so they
    stand beside the incidents for whoever judges, and add nothing to them.
    """

    grade: str
    score: int | None
    because: str
    is_escalating: bool
    incidents_in_12_months: int
    heard_before: bool
    enquiries_in_12_months: int = 0


@dataclass(frozen=True)
class Criterion:
    key: str
    name: str
    is_met: bool
    evidence: str


def band_of(score: int, bands: Bands) -> str:
    """The grade that a count of yes gives by itself."""
    return HIGH if score >= bands.high_from else MEDIUM if score >= bands.medium_from else STANDARD


def is_not_lowered(grade: str, score: int | None, bands: Bands) -> Verdict:
    """Judgement may raise what a score says, never lower it."""
    least = STANDARD if score is None else band_of(score, bands)
    return need(
        ORDER.index(grade) >= ORDER.index(least),
        f"A score of {score} is {GRADES[least].lower()} at least. Your judgement can raise the grade, not lower it.",
    )


def criteria(facts: Facts, bands: Bands) -> tuple[Criterion, ...]:
    """All four, each with what it rests on, whether it is met or not."""
    score = "No score was given" if facts.score is None else f"{facts.score} answers of yes"
    is_visible = facts.score is not None and facts.score >= bands.high_from
    is_judged = facts.grade == HIGH and not is_visible
    times = facts.incidents_in_12_months
    incidents = f"{times} {'incident' if times == 1 else 'incidents'} in the last 12 months"
    told = facts.enquiries_in_12_months
    enquiries = f"; {told} {'enquiry' if told == 1 else 'enquiries'} about domestic abuse" if told else ""
    said = ", and it is said to get worse" if facts.is_escalating else ""
    heard = "Heard at MARAC in the last 12 months" if facts.heard_before else "No MARAC in the last 12 months is known"
    return (
        Criterion(VISIBLE, f"{CRITERIA[VISIBLE]}: {bands.high_from} or more", is_visible, score),
        Criterion(JUDGED, CRITERIA[JUDGED], is_judged, facts.because if is_judged else "Not graded high by judgement"),
        Criterion(ESCALATION, f"{CRITERIA[ESCALATION]}: {bands.incidents} or more incidents in 12 months",
                  times >= bands.incidents, incidents + enquiries + said),
        Criterion(REPEAT, CRITERIA[REPEAT], facts.heard_before, heard),
    )  # fmt: skip
