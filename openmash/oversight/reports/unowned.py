"""An open enquiry that nobody has, or that no clock runs for. The database refuses it; here it would be seen."""

from collections.abc import Iterator

from django.db.models import Q

from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import left_behind
from openmash.enquiries.workflow import CLOSED
from openmash.kit.settable import Numbers
from openmash.oversight.shelf import Found, Look, Report


def find(look: Look, _: Numbers) -> Iterator[Found]:
    rows = Enquiry.objects.filter(area=look.area).exclude(status=CLOSED)
    without = rows.filter(Q(desk="") | Q(clock="") | Q(due_at=None))
    for enquiry in without:
        yield _found(enquiry, look, "has no owner, or no clock")
    for enquiry in left_behind(look.now).filter(area=look.area):
        yield _found(enquiry, look, "belongs to somebody who does not work here any more")


def _found(enquiry: Enquiry, look: Look, what: str) -> Found:
    return Found(f"{enquiry.pk}-{look.day}", f"{enquiry.reference} {what}", enquiry=enquiry.pk)


REPORT = Report(
    key="unowned",
    name="Enquiry without an owner",
    order=70,
    says="An open enquiry has no owner or no clock, or its owner does not work here any more.",
    numbers=(),
    find=find,
    is_urgent=True,
)
