"""Answers in and outstanding: for the page on which it is decided, and for the list of decisions due."""

from dataclasses import dataclass
from datetime import datetime

from openmash.enquiries.models import Enquiry
from openmash.gathering.clocks import due_of
from openmash.gathering.models import Answer, Request
from openmash.gathering.policies import is_higher


@dataclass(frozen=True)
class AskedLine:
    """One agency that was asked. `number` is the agency's; `rating` its own, empty when it gave none."""

    number: int
    agency: str
    due_at: datetime
    is_overdue: bool
    answered_at: datetime | None
    rating: str
    is_higher: bool
    is_nothing_known: bool


def asked(enquiry: Enquiry, *, now: datetime) -> tuple[AskedLine, ...]:
    """Every agency that was asked, outstanding ones first. What they said is in the chronology, not here."""
    rows = Request.objects.filter(enquiry=enquiry, withdrawn_at=None).select_related("agency").order_by("due_at", "id")
    latest = {one.agency_id: one for one in Answer.objects.filter(enquiry=enquiry).order_by("id")}
    lines = {row.agency_id: _asked_line(row, latest.get(row.agency_id), enquiry, now) for row in rows}
    return tuple(sorted(lines.values(), key=lambda line: line.answered_at is not None))


def _asked_line(row: Request, answer: Answer | None, enquiry: Enquiry, now: datetime) -> AskedLine:
    own = answer.rating if answer else ""
    due_at = due_of(row.asked_at, row.due_at, enquiry.research_due_at)
    return AskedLine(
        number=row.agency_id,
        agency=row.agency.name,
        due_at=due_at,
        is_overdue=row.answered_at is None and due_at <= now,
        answered_at=row.answered_at,
        rating=own,
        is_higher=is_higher(own, than=enquiry.rating),
        is_nothing_known=bool(answer and answer.is_nothing_known),
    )


@dataclass(frozen=True)
class Tally:
    """How far the answers to one enquiry have come: how many are in, who is outstanding, who rates it higher."""

    answered: int = 0
    outstanding: tuple[str, ...] = ()
    higher: tuple[tuple[str, str], ...] = ()


def tallies(ratings: dict[int, str]) -> dict[int, Tally]:
    """For a list of enquiries with their ratings: how far each has come. Two queries, however many."""
    found: dict[int, tuple[list[str], list[str], dict[str, str]]] = {number: ([], [], {}) for number in ratings}
    requests = Request.objects.filter(enquiry__in=ratings, withdrawn_at=None).order_by("due_at", "id")
    for enquiry, agency, answered_at in requests.values_list("enquiry_id", "agency__name", "answered_at"):
        found[enquiry][0 if answered_at else 1].append(agency)
    answers = Answer.objects.filter(enquiry__in=ratings).exclude(rating="").order_by("id")
    for enquiry, agency, rating in answers.values_list("enquiry_id", "agency__name", "rating"):
        found[enquiry][2][agency] = rating
    return {number: _tally(ratings[number], *parts) for number, parts in found.items()}


def _tally(rating: str, answered: list[str], outstanding: list[str], own: dict[str, str]) -> Tally:
    higher = tuple((agency, says) for agency, says in own.items() if is_higher(says, than=rating))
    return Tally(len(answered), tuple(outstanding), higher)
