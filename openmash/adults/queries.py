"""What is seen of an adult at risk. Everything returned is a finished, frozen value."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openmash.adults.codes import ADULT, CAPACITY, CONSENT, CONSIDERED, LONGEST, PARTS
from openmash.adults.models import CareActRecord, ChildConsidered
from openmash.adults.policies import may_consider_children, may_record
from openmash.adults.rows import answers, records
from openmash.audit.actors import Actor
from openmash.enquiries.codes import ADULT_ABUSE
from openmash.enquiries.models import Enquiry
from openmash.kit.verdict import Verdict


@dataclass(frozen=True)
class PartLine:
    """One part of the test: what it asks, whether it is met, and why."""

    name: str
    is_met: bool
    because: str


@dataclass(frozen=True)
class RecordLine:
    """One record, in words."""

    parts: tuple[PartLine, ...]
    is_duty: bool
    categories: tuple[str, ...]
    capacity: str
    decision_about: str
    assessed: str
    assessed_on: date | None
    best_interests: str
    consent: str
    without_consent_because: str
    wishes: str
    why_no_wishes: str
    spoken_for_by: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ConsideredLine:
    answer: str
    because: str
    reference: str
    by: str
    at: datetime


@dataclass(frozen=True)
class AtRisk:
    """The latest record first; who may record, and who answers for the children."""

    records: tuple[RecordLine, ...]
    considered: tuple[ConsideredLine, ...]
    may_record: Verdict
    may_consider: Verdict


def at_risk(enquiry: Enquiry, *, by: Actor) -> AtRisk | None:
    """What stands on record of the adult; none when the enquiry is not about one. Two queries."""
    if enquiry.kind != ADULT:
        return None
    return AtRisk(
        tuple(_line(row) for row in records(enquiry, by)),
        tuple(_considered(row) for row in answers(enquiry, by)),
        may_record(by, enquiry),
        may_consider_children(by, enquiry),
    )


def last_record(enquiry: Enquiry, *, by: Actor) -> CareActRecord | None:
    return next(iter(records(enquiry, by)), None)


def record_begins(enquiry: Enquiry, *, by: Actor) -> dict[str, Any]:
    """What the form begins with: the record before, or else what the referrer said."""
    row = last_record(enquiry, by=by)
    if row is None:
        return {
            "categories": [key for key in enquiry.concerns if key in ADULT_ABUSE],
            "needs_because": enquiry.care_needs,
            "risk_because": enquiry.worry if len(enquiry.worry) <= LONGEST else "",
            "protect_because": enquiry.cannot_protect,
            "wishes": enquiry.adults_wishes,
            "spoken_for_by": enquiry.spoken_for_by,
            "consent": enquiry.family_agrees,
        }
    fields = {name: getattr(row, name) for name in _SAME}
    return fields | {name: "yes" if getattr(row, name) else "no" for name, _, _ in PARTS}


_SAME = (
    "categories",
    "needs_because",
    "risk_because",
    "protect_because",
    "capacity",
    "decision_about",
    "assessed_by",
    "assessed_on",
    "best_interests",
    "consent",
    "without_consent_because",
    "wishes",
    "why_no_wishes",
    "spoken_for_by",
)


def _line(row: CareActRecord) -> RecordLine:
    return RecordLine(
        parts=tuple(PartLine(words, getattr(row, met), getattr(row, why)) for met, why, words in PARTS),
        is_duty=row.is_duty,
        categories=tuple(ADULT_ABUSE.get(key, key) for key in row.categories),
        capacity=CAPACITY[row.capacity],
        decision_about=row.decision_about,
        assessed=row.assessed_by,
        assessed_on=row.assessed_on,
        best_interests=row.best_interests,
        consent=CONSENT[row.consent],
        without_consent_because=row.without_consent_because,
        wishes=row.wishes,
        why_no_wishes=row.why_no_wishes,
        spoken_for_by=row.spoken_for_by,
        by=row.by.name,
        at=row.at,
    )


def _considered(row: ChildConsidered) -> ConsideredLine:
    made = row.childs_enquiry
    return ConsideredLine(CONSIDERED[row.answer], row.because, made.reference if made else "", row.by.name, row.at)
