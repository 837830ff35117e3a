"""An enquiry that somebody opened in an emergency. The act tells of it at once; here nothing is missed."""

from collections.abc import Iterator

from openmash.enquiries.models import Glass
from openmash.kit.settable import Numbers
from openmash.oversight.shelf import Found, Look, Report


def find(look: Look, _: Numbers) -> Iterator[Found]:
    rows = Glass.objects.filter(enquiry__area=look.area, at__gte=look.since, at__lt=look.now)
    for glass in rows.select_related("user", "enquiry"):
        yield found(glass)


def found(glass: Glass) -> Found:
    says = f"{glass.user.name} opened {glass.enquiry.reference} in an emergency"
    return Found(str(glass.pk), says, user=glass.user_id, enquiry=glass.enquiry_id)


REPORT = Report(
    key="emergencies",
    name="Opened in an emergency",
    order=12,
    says="Somebody opens an enquiry in an emergency, because it is restricted or has sealed answers.",
    numbers=(),
    find=find,
    is_urgent=True,
)
