"""What this room adds to the combined chronology: that it went to MARAC, when MARAC met, and what it decided."""

from collections.abc import Iterator
from datetime import date

from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.domestic_abuse.codes import CRITERIA
from openmash.domestic_abuse.models import MaracMeeting, MaracReferral
from openmash.domestic_abuse.rows import referrals
from openmash.enquiries.models import Party
from openmash.people.chronology import Line, Look


def lines(look: Look) -> Iterator[Line]:
    """One line a referral and one a meeting, for hub staff of the area whose enquiry it was. Five queries."""
    if not isinstance(look.by, User) or not look.by.areas_where(Permission.SEE_ENQUIRIES):
        return
    about: dict[int, list[int]] = {}
    for enquiry, person in Party.objects.filter(person__in=look.people).values_list("enquiry", "person"):
        about.setdefault(enquiry, []).append(person)
    for row in referrals(about, look.by):
        people = tuple(about[row.enquiry_id])
        if row.is_referred:
            on = ", ".join(CRITERIA[key].lower() for key in CRITERIA if key in row.criteria)
            yield _line(
                row, f"marac-{row.pk}", row.referred_on, f"Referred to MARAC by {row.agency.name}: {on}", people
            )
        for one in row.meetings.all():
            heard = tuple(person for person in one.people if person in look.people) or people
            yield _line(row, f"marac-meeting-{one.pk}", one.met_on, _decided(one), heard)


def _decided(row: MaracMeeting) -> str:
    to_do = [f"{one.agency.name}: {one.what}" for one in row.actions.all()]
    return "; ".join([f"MARAC met and decided: {row.decided}", *to_do])


def _line(row: MaracReferral, key: str, on: date | None, what: str, people: tuple[int, ...]) -> Line:
    return Line(
        key=key,
        on=on,
        what=what,
        kind="marac",
        source=f"{row.enquiry.area.name} hub",
        agency_key="hub",
        people=people,
        enquiry_reference=row.enquiry.reference,
    )
