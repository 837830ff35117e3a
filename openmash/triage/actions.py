"""Screening, rating and recording the basis: what happens before any agency is asked."""

from datetime import datetime
from typing import Unpack

from openmash.agencies.models import Agency, User
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, action, reading
from openmash.enquiries import actions as enquiries
from openmash.enquiries.clocks import research_due_after_change, set_running_clock
from openmash.enquiries.models import Enquiry
from openmash.enquiries.steps import meet_need, note_step, raise_need
from openmash.triage.codes import SCREENING_OUTCOMES
from openmash.triage.given import SaidBasis
from openmash.triage.household import Member, household
from openmash.triage.models import Basis, Rating, Screening
from openmash.triage.policies import (
    gate,
    is_complete,
    may_open_fast_track,
    may_rate,
    may_record_basis,
    may_rerate,
    may_screen,
)


@action(may=may_screen, event="enquiry.screened", keeps=("outcome",))
def screen(enquiry: Enquiry, *, by: User, now: datetime, outcome: str, considered: str) -> Screening:
    """Record what was considered and whether research is needed (M2, M27), and pass the enquiry to triage.

    When no research is needed a practice manager is asked to decide at once.
    """
    screening = Screening.objects.create(enquiry=enquiry, outcome=outcome, considered=considered, by=by, at=now)
    enquiries.advance(enquiry, by=by, now=now, move="screen", because=SCREENING_OUTCOMES[outcome])
    if outcome != "research":
        raise_need(
            enquiry,
            "decide",
            "Screened, and no research is needed: decide",
            path=f"/enquiry/{enquiry.reference}/decide/directly/",
            due_at=enquiry.triage_due_at,
            now=now,
            permission=Permission.DECIDE,
        )
    return screening


@action(may=may_rate, event="enquiry.rated", keeps=("rating",))
def rate(enquiry: Enquiry, *, by: User, now: datetime, rating: str, because: str) -> Rating:
    """The first rating: red, amber or green. It sets the research clock, from receipt."""
    row = _set_rating(enquiry, rating, because, None, by, now)
    enquiries.advance(enquiry, by=by, now=now, move="rate", because=because)
    meet_need(enquiry, "urgent", by=by, now=now)
    return row


@action(may=may_rerate, event="enquiry.rerated", keeps=("rating",))
def rerate(
    enquiry: Enquiry, *, by: User, now: datetime, rating: str, because: str, raised_by_agency: Agency | None = None
) -> Rating:
    """Change the rating. Upward shortens the research clock; downward never lengthens one already breached."""
    before = enquiry.rating
    row = _set_rating(enquiry, rating, because, raised_by_agency, by, now)
    says = f"Rating changed from {before} to {rating}"
    note_step(enquiry, "rerated", says, by=by, now=now, because=because, before=enquiry.status)
    return row


def _set_rating(
    enquiry: Enquiry, rating: str, because: str, raised_by: Agency | None, by: User, now: datetime
) -> Rating:
    row = Rating.objects.create(
        enquiry=enquiry,
        rating=rating,
        before=enquiry.rating,
        because=because,
        raised_by_agency=raised_by,
        by=by,
        at=now,
    )
    enquiry.research_due_at = research_due_after_change(
        enquiry.area, enquiry.received_at, rating, enquiry.research_due_at, now
    )
    enquiry.rating, enquiry.rated_at = rating, enquiry.rated_at or now
    set_running_clock(enquiry, now)
    enquiry.save(update_fields=["rating", "rated_at", "research_due_at", "clock", "due_at"])
    return row


@action(may=may_record_basis, event="basis.recorded", keeps=("lawful_basis", "gateway", "suspects_significant_harm"))
def record_basis(enquiry: Enquiry, *, by: User, now: datetime, **said: Unpack[SaidBasis]) -> Basis:
    """Record why agencies may be asked: everything in `SaidBasis`. Refused where the gate does not open.

    A later basis holds for what is asked from then on; what was asked before keeps its own.
    """
    verdict = is_complete(said) & gate(
        suspects_significant_harm=said["suspects_significant_harm"],
        agrees_to_service=said["agrees_to_service"],
        gateway=said["gateway"],
    )
    if not verdict:
        raise Refused("basis.recorded", verdict)
    basis = Basis.objects.create(enquiry=enquiry, number=enquiry.bases.count() + 1, by=by, at=now, **said)
    note_step(enquiry, "basis-recorded", "Basis for asking recorded", by=by, now=now)
    return basis


@reading(may=may_open_fast_track, event="fast-track.opened")
def open_fast_track(enquiry: Enquiry, *, by: User, now: datetime) -> tuple[Member, ...]:
    """The household, for the agency that is needed on the fast track: as much as a request would tell it."""
    return household(enquiry.pk)
