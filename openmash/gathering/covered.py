"""Whom the agencies were asked about, so that nobody in a household is left out (M53)."""

from dataclasses import dataclass

from openmash.enquiries.models import Enquiry
from openmash.gathering.models import Request


@dataclass(frozen=True)
class AskedAbout:
    """One agency, the person records that it was asked about, and whether it has answered."""

    agency: str
    people: frozenset[int]
    is_answered: bool


def people_asked_about(enquiry: Enquiry) -> tuple[AskedAbout, ...]:
    """Every request about this enquiry that was not withdrawn, first asked first. One query."""
    rows = Request.objects.filter(enquiry=enquiry, withdrawn_at=None).order_by("id")
    columns = rows.values_list("agency__name", "people", "answered_at")
    return tuple(AskedAbout(agency, frozenset(people), at is not None) for agency, people, at in columns)
