"""What is done about domestic abuse at the point of enquiry: it is graded, and graded again."""

from collections.abc import Sequence
from datetime import datetime

from openmash.agencies.models import Agency, Area, User
from openmash.audit.action import Refused, action
from openmash.domestic_abuse.codes import GRADES
from openmash.domestic_abuse.criteria import Bands, is_not_lowered
from openmash.domestic_abuse.models import Grade
from openmash.domestic_abuse.policies import may_grade
from openmash.enquiries.models import Enquiry
from openmash.enquiries.steps import note_step
from openmash.kit.verdict import need


@action(may=may_grade, event="domestic-abuse.graded", keeps=("grade",))
def grade(
    enquiry: Enquiry,
    *,
    by: User,
    now: datetime,
    grade: str,
    because: str,
    score: int | None = None,
    aggravating: Sequence[str] = (),
    caused_by: str = "",
    agency: Agency | None = None,
) -> Grade:
    """Grade it, with the reason; a change says what information caused it. Refused below the band of the score.

    `agency` is whose grade it is, when somebody records another's: the police graded it at the door.
    """
    before = Grade.objects.filter(enquiry=enquiry).order_by("-id").values_list("grade", flat=True).first() or ""
    changes = before not in ("", grade)
    verdict = is_not_lowered(grade, score, bands_of(enquiry.area)) & need(
        bool(caused_by.strip()) or not changes, "Say what information changed the grade."
    )
    if not verdict:
        raise Refused("domestic-abuse.graded", verdict)
    row = Grade.objects.create(
        enquiry=enquiry, grade=grade, before=before, score=score, aggravating=list(aggravating), because=because,
        caused_by=caused_by, agency=agency or by.agency, by=by, at=now,
    )  # fmt: skip
    says = f"Domestic abuse graded {GRADES[grade].lower()}"
    if changes:
        says = f"Domestic abuse graded {GRADES[grade].lower()}, before that {GRADES[before].lower()}"
    note_step(enquiry, "abuse-graded", says, by=by, now=now, because=caused_by or because)
    return row


def bands_of(area: Area) -> Bands:
    """The numbers that this area has agreed."""
    return Bands(area.abuse_medium_from, area.abuse_high_from, area.abuse_incidents)
