"""What is on record of an adult at risk, as the database shows it to `by`: the latest first."""

from openmash.adults.models import CareActRecord, ChildConsidered
from openmash.audit.actors import Actor
from openmash.audit.binding import asked_by
from openmash.enquiries.models import Enquiry


def records(enquiry: Enquiry, by: Actor) -> list[CareActRecord]:
    with asked_by(by):
        return list(CareActRecord.objects.filter(enquiry=enquiry).select_related("by").order_by("-id"))


def answers(enquiry: Enquiry, by: Actor) -> list[ChildConsidered]:
    with asked_by(by):
        rows = ChildConsidered.objects.filter(enquiry=enquiry).select_related("by", "childs_enquiry")
        return list(rows.order_by("-id"))
