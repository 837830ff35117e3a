"""What earlier and present enquiries add to the combined chronology: that each came, about what, and from whom."""

from collections.abc import Iterator

from django.utils import timezone

from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.enquiries.codes import CONCERNS, SOURCES
from openmash.enquiries.models import Enquiry, Party
from openmash.people.chronology import Line, Look


def lines(look: Look) -> Iterator[Line]:
    """One line an enquiry about any of these people, in any area, for hub staff. Two queries."""
    if not isinstance(look.by, User) or not look.by.areas_where(Permission.SEE_ENQUIRIES):
        return
    about: dict[int, list[int]] = {}
    for enquiry, person in Party.objects.filter(person__in=look.people).values_list("enquiry", "person"):
        about.setdefault(enquiry, []).append(person)
    columns = ("pk", "reference", "received_at", "source_code", "concerns", "rating", "area__name")
    for row in Enquiry.objects.filter(pk__in=about).values(*columns):
        concerns = ", ".join(CONCERNS.get(key, key) for key in row["concerns"]) or "Concern not recorded"
        yield Line(
            key=f"enquiry-{row['pk']}",
            on=timezone.localdate(row["received_at"]),
            what=f"{concerns}. From: {SOURCES.get(row['source_code'], 'not known')}",
            kind="enquiry",
            source=f"{row['area__name']} hub",
            agency_key="hub",
            rating=row["rating"],
            people=tuple(about[row["pk"]]),
            enquiry_reference=row["reference"],
        )
