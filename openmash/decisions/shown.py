"""The values that are shown of decisions: finished and frozen. `queries.py` says who sees how much of them."""

from dataclasses import dataclass
from datetime import date, datetime

from openmash.enquiries.queries import ReferrerLine
from openmash.intelligence.actions import SealedItem


@dataclass(frozen=True)
class OutcomeLine:
    """One outcome. What its owner is asked is left out for those who read only the coded outcome."""

    label: str
    owner: str
    is_referral: bool
    what: str = ""
    within: str = ""


@dataclass(frozen=True)
class PinLine:
    """A line of the chronology that the decision rests on; `what` is empty when the reader no longer sees it."""

    key: str
    on: date | None
    what: str
    about: str
    source: str
    point: str
    is_contrary: bool


@dataclass(frozen=True)
class AdviceLine:
    agency: str
    says: str
    because: str
    is_dissent: bool


@dataclass(frozen=True)
class LateLine:
    """An answer that came after a decision, and what was said to it."""

    number: int
    agency: str
    came_at: datetime
    did: str
    because: str
    by: str
    at: datetime | None


@dataclass(frozen=True)
class ProposalLine:
    """What was proposed, by whom: kept beside what was decided (M14)."""

    by: str
    at: datetime
    concern: str
    level: str
    outcomes: tuple[str, ...]
    rationale: str


@dataclass(frozen=True)
class DecisionLine:
    """One signed decision. For a reader of the coded outcome the words are empty and `is_coded` is true."""

    number: int
    is_coded: bool
    by: str
    at: datetime
    direct: str
    concern: str
    level: str
    outcomes: tuple[OutcomeLine, ...]
    looks_like: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    gaps: tuple[str, ...] = ()
    pins: tuple[PinLine, ...] = ()
    advice: tuple[AdviceLine, ...] = ()
    late: tuple[LateLine, ...] = ()
    proposal: ProposalLine | None = None


@dataclass(frozen=True)
class DraftLine:
    """An unsigned decision: who wrote last, when, and whether it is proposed. Never its words."""

    by: str
    at: datetime | None
    proposed_by: str
    proposed_at: datetime | None


@dataclass(frozen=True)
class FeedbackLine:
    how: str
    words: str
    because: str
    said_to: str
    despite: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ContinuationLine:
    because: str
    next_step: str
    by: str
    at: datetime


@dataclass(frozen=True)
class DecisionSummary:
    """The decision area of an enquiry: what is written, every decision, newest first, and what is offered here only."""

    offers: tuple[tuple[str, str], ...]
    draft: DraftLine | None
    proposal: ProposalLine | None
    decisions: tuple[DecisionLine, ...]
    continuations: tuple[ContinuationLine, ...]
    feedback: tuple[FeedbackLine, ...]


@dataclass(frozen=True)
class LateAnswerPage:
    """A late answer beside the decision that it came after. `items` are what the reader may see of it."""

    line: LateLine
    is_nothing_known: bool
    rating: str
    items: tuple[SealedItem, ...]
    decision: DecisionLine


@dataclass(frozen=True)
class FeedbackBegins:
    """What the page for telling the referrer begins with. The words are those that were signed."""

    how: str
    words: str
    may_change_words: bool
    referrer: ReferrerLine
    may_ring_back: bool
    wants: str
    unsafe: tuple[str, ...]
    is_reason_asked: bool
