"""What is on record of MARAC, as the database shows it to `by`."""

from collections.abc import Iterable

from openmash.audit.actors import Actor
from openmash.audit.binding import asked_by
from openmash.domestic_abuse.models import MaracReferral


def referrals(enquiries: Iterable[int], by: Actor) -> list[MaracReferral]:
    """With what each meeting decided and who does what; the latest first."""
    with asked_by(by):
        rows = MaracReferral.objects.filter(enquiry__in=list(enquiries)).select_related("enquiry__area", "agency", "by")
        return list(rows.prefetch_related("meetings__by", "meetings__actions__agency").order_by("-id"))
