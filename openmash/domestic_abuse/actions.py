"""What is done about domestic abuse: graded, and graded again; referred to MARAC, and what MARAC decided recorded."""

from collections.abc import Sequence
from datetime import date, datetime, time

from openmash.agencies.models import Agency, Area, User
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, action
from openmash.domestic_abuse.codes import AGREES, GRADES
from openmash.domestic_abuse.criteria import Bands, is_not_lowered
from openmash.domestic_abuse.given import GivenAction, GivenMeeting
from openmash.domestic_abuse.models import Grade, MaracAction, MaracMeeting, MaracReferral
from openmash.domestic_abuse.policies import (
    is_of_this_enquiry,
    is_on_criteria,
    may_grade,
    may_record_meeting,
    may_refer,
)
from openmash.enquiries.models import Enquiry
from openmash.enquiries.steps import meet_need, note_step, raise_need
from openmash.kit.verdict import need
from openmash.people import actions as people
from openmash.people.models import Person


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


def on_receiving(enquiry: Enquiry, now: datetime) -> None:
    """An agency has graded it before it came, such as the police: theirs is the first grade, kept as theirs.

    A judgement below the band of its own score is shown as what was said, and grades nothing.
    """
    by, agency, because = enquiry.keyed_by, enquiry.referrer.agency, enquiry.abuse_because
    if not (by and agency and because and enquiry.abuse_grade in GRADES) or by.agency_id != agency.pk:
        return
    if is_not_lowered(enquiry.abuse_grade, enquiry.domestic_abuse_score, bands_of(enquiry.area)):
        Grade.objects.create(
            enquiry=enquiry, grade=enquiry.abuse_grade, score=enquiry.domestic_abuse_score,
            aggravating=list(enquiry.abuse_risks), because=because, agency=agency, by=by, at=now,
        )  # fmt: skip
        says = f"Domestic abuse graded {GRADES[enquiry.abuse_grade].lower()}"
        note_step(enquiry, "abuse-graded", says, by=by, now=now, because=because)


def bands_of(area: Area) -> Bands:
    """The numbers that this area has agreed."""
    return Bands(area.abuse_medium_from, area.abuse_high_from, area.abuse_incidents)


@action(may=may_refer, event="marac.referred", keeps=("criteria",))
def refer_to_marac(
    enquiry: Enquiry,
    *,
    by: User,
    now: datetime,
    criteria: Sequence[str],
    because: str,
    referred_on: date,
    victim_knows: str,
    without_agreement_because: str = "",
    safe_contact: str = "",
    meets_on: date | None = None,
) -> MaracReferral:
    """It goes to MARAC, on these of the four criteria. What MARAC decides is asked for the day after it meets."""
    verdict = is_on_criteria(criteria) & need(
        victim_knows == AGREES or bool(without_agreement_because.strip()), "Say why it goes without their agreement."
    )
    if not verdict:
        raise Refused("marac.referred", verdict)
    row = MaracReferral.objects.create(
        enquiry=enquiry, is_referred=True, criteria=list(criteria), because=because, referred_on=referred_on,
        victim_knows=victim_knows, without_agreement_because=without_agreement_because, safe_contact=safe_contact,
        meets_on=meets_on, agency=by.agency, by=by, at=now,
    )  # fmt: skip
    note_step(enquiry, "marac-referred", "Referred to MARAC", by=by, now=now)
    works = enquiry.area.working_time
    meets = datetime.combine(meets_on, time(12), works.zone) if meets_on else now
    due = works.add_days(max(meets, now), 1)
    says, path = "What did MARAC decide? Record it", f"/enquiry/{enquiry.reference}/marac/{row.pk}/"
    raise_need(enquiry, "marac", says, path=path, due_at=due, now=now, permission=Permission.RATE,
               about=str(row.pk), tell=False)  # fmt: skip
    return row


@action(may=may_refer, event="marac.not-referred")
def do_not_refer_to_marac(enquiry: Enquiry, *, by: User, now: datetime, because: str) -> MaracReferral:
    """The criteria were looked at, and it does not go to MARAC, with the reason."""
    if not because.strip():
        raise Refused("marac.not-referred", need(False, "Say why it is not referred."))
    note_step(enquiry, "marac-not-referred", "Not referred to MARAC", by=by, now=now)
    return MaracReferral.objects.create(
        enquiry=enquiry, is_referred=False, because=because, agency=by.agency, by=by, at=now
    )


@action(may=may_record_meeting, event="marac.heard", lock=False)
def record_marac(referral: MaracReferral, *, by: User, now: datetime, given: GivenMeeting) -> MaracMeeting:
    """What MARAC decided, and who does what. Whom it was about carries it, so that a repeat within a year is seen."""
    verdict = is_of_this_enquiry(referral, given)
    if not verdict:
        raise Refused("marac.heard", verdict)
    enquiry = Enquiry.objects.select_for_update(of=("self",)).get(pk=referral.enquiry_id)
    row = MaracMeeting.objects.create(
        referral=referral, met_on=given.met_on, decided=given.decided, told=given.told, people=list(given.people),
        by=by, at=now,
    )  # fmt: skip
    MaracAction.objects.bulk_create(MaracAction(meeting=row, **_facts(one)) for one in given.actions)
    for person in Person.objects.filter(pk__in=given.people):
        people.mark(person, by=by, now=now, kind="marac", agency=by.agency, since=given.met_on)
    note_step(enquiry, "marac-heard", "What MARAC decided is recorded", by=by, now=now)
    meet_need(enquiry, "marac", by=by, now=now, about=str(referral.pk))
    return row


def _facts(one: GivenAction) -> dict[str, object]:
    return {"what": one.what, "agency_id": one.agency, "owner": one.owner, "due_on": one.due_on}
