"""A professional's own enquiries: as they sent them, whether there is a decision, and what the hub told them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.decisions.queries import told
from openmash.design.page import page
from openmash.enquiries.submitted import Submitted, SubmittedLine, load_own, open_submission, submitted_by


@dataclass(frozen=True)
class OwnPage:
    lines: tuple[SubmittedLine, ...]
    told: dict[str, str]


@dataclass(frozen=True)
class OwnEnquiryPage:
    sent: Submitted
    told: str


@holding(Permission.SEE_OWN_ENQUIRIES)
def own(request: HttpRequest) -> HttpResponse:
    """Everything that the user has sent, newest first."""
    lines = submitted_by(request.user)
    words = told([line.reference for line in lines], by=request.user)
    return page(request, "desk/own.html", OwnPage(lines, words))


@holding(Permission.SEE_OWN_ENQUIRIES)
def own_enquiry(request: HttpRequest, reference: str) -> HttpResponse:
    """One of them, as it was sent."""
    sent = open_submission(load_own(reference, by=request.user), by=request.user)
    words = told([reference], by=request.user)
    return page(request, "desk/own_enquiry.html", OwnEnquiryPage(sent, words.get(reference, "")))
