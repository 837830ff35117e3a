"""The MASH Information Record: one enquiry as its reader may see it, on screen and as an accessible PDF (M30).

Nothing of it is stored: each making is on the ledger, before the first byte, with its version and the hash of what it
said (decision 7).
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.models import User
from openmash.agencies.roles import ROLES, Permission
from openmash.audit.action import reading
from openmash.design.document import Document, pdf
from openmash.design.moments import moment
from openmash.desk.enquiry import area_of
from openmash.desk.record_parts import sections
from openmash.enquiries.models import Enquiry
from openmash.enquiries.policies import may_see
from openmash.enquiries.queries import load

MARKING = "OFFICIAL-SENSITIVE"
TITLE = "MASH information record"
SCREEN, PDF = "screen", "pdf"


@dataclass(frozen=True)
class RecordPage:
    document: Document
    pdf_url: str


@reading(may=may_see, event="record.made", keeps=("form", "version", "body_hash"))
def made(enquiry: Enquiry, *, by: User, now: datetime, form: str, version: int, body_hash: str) -> None:
    """A record was made: in which form, of which version of the enquiry, and the hash of what it said."""


@holding(Permission.SEE_ENQUIRIES)
def record_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The record on screen, with the same content as the PDF."""
    by = request.user
    return area_of(
        request,
        reference,
        "record/",
        "desk/information_record.html",
        lambda enquiry, now: RecordPage(make(enquiry, by=by, now=now, form=SCREEN), f"{request.path[:-1]}.pdf"),
    )


@holding(Permission.SEE_ENQUIRIES)
def record_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The record as PDF/UA-1, named by its reference alone."""
    need_fresh_proof()
    enquiry = load(reference, by=request.user)
    document = make(enquiry, by=request.user, now=timezone.now(), form=PDF)
    response = HttpResponse(pdf(document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{enquiry.reference}-version-{enquiry.version}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def make(enquiry: Enquiry, *, by: User, now: datetime, form: str) -> Document:
    """The record as `by` may see it at this moment. That it was made is on the ledger before this returns."""
    roles = dict.fromkeys(ROLES[role].name.lower() for role, area, _ in by.postings_now if area == enquiry.area_id)
    document = Document(
        title=TITLE,
        marking=MARKING,
        about=f"{enquiry.reference}, version {enquiry.version}",
        made=f"Made for {by.name}, {', '.join(roles)}, {enquiry.area.hub_name}, {moment(now)}",
        made_at=now,
        sections=sections(enquiry, by=by, now=now),
    )
    made(enquiry, by=by, form=form, version=enquiry.version, body_hash=document.hash)
    return document
