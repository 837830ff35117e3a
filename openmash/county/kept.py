"""What the county keeps closed: one enquiry about a family of a colleague, and one member of staff who knows a family."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from openmash.county.hub import Hub
from openmash.enquiries.models import Conflict, Enquiry, Need, Restriction
from openmash.restrictions import actions


def tell_kept(hub: Hub, now: datetime) -> None:
    if Restriction.objects.exists() or Conflict.objects.exists():
        return
    area = hub.areas["wend-valley"]
    waits = Need.objects.filter(enquiry=OuterRef("pk"), met_at=None)
    quiet = Enquiry.objects.filter(~Exists(waits), area=area, owner=None).order_by("-received_at")
    closed, known = quiet.first(), quiet.filter(parties__role="adult").order_by("received_at").first()
    if closed is None or known is None:
        return
    actions.restrict(
        closed, by=hub.staff["ruth"], now=now, category="relative_of_user",
        because="The child's aunt works in the assessment team at Harbour House.",
        names=(hub.staff["ruth"], hub.staff["martin"]),
    )  # fmt: skip
    parent = known.parties.filter(role="adult").order_by("order").first().person
    actions.declare(
        parent, by=hub.staff["joanna"], now=now - timedelta(days=3),
        because="Her son is in the same class as mine; we have been to each other's homes.",
    )  # fmt: skip
