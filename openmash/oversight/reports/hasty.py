"""A release was approved so soon after it was proposed that nobody can have read it (security 4.6)."""

from collections.abc import Iterator

from openmash.enquiries.models import Enquiry
from openmash.kit.settable import Number, Numbers
from openmash.oversight.lines import approvals, staff
from openmash.oversight.shelf import Found, Look, Report


def find(look: Look, numbers: Numbers) -> Iterator[Found]:
    users = staff(look.area)
    hasty = [one for one in approvals(look.since, look.now, users) if one.seconds < numbers["seconds"]]
    references = dict(Enquiry.objects.filter(pk__in={one.enquiry for one in hasty}).values_list("pk", "reference"))
    for one in hasty:
        says = f"{users[one.by].name} approved a release from {references[one.enquiry]} {one.seconds} seconds after it"
        yield Found(str(one.line), f"{says} was proposed", user=one.by, also=(one.proposed_by,), enquiry=one.enquiry)


REPORT = Report(
    key="hasty",
    name="Approved in a hurry",
    order=46,
    says="Somebody approved a release within {seconds} seconds of its being proposed.",
    numbers=(Number("seconds", "Seconds", 60, least=5, most=600),),
    find=find,
)
