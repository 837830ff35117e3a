"""What agencies hold, as lines of the combined chronology: only what the reader may read, and with its grades."""

from collections.abc import Iterator

from openmash.agencies.models import User
from openmash.enquiries.models import Enquiry
from openmash.intelligence.actions import read
from openmash.intelligence.codes import HANDLING, KNOWN_HOW, NATURES
from openmash.intelligence.policies import capacities
from openmash.people.chronology import Line, Look


def lines(look: Look) -> Iterator[Line]:
    """The items that may be read from the enquiry that is looked from. From no enquiry, nothing sealed is read."""
    if not look.enquiry_id or not isinstance(look.by, User):
        return
    enquiry = Enquiry.objects.get(pk=look.enquiry_id)
    if not capacities(look.by, enquiry):
        return
    for item in read(enquiry, by=look.by):
        notes = [NATURES[item.nature]] if item.nature != "fact" else []
        notes += [KNOWN_HOW[item.known_how]] if item.known_how != "A" else []
        notes += [HANDLING[item.handling]] if item.handling == "C" else []
        yield Line(
            key=f"item-{item.number}",
            on=item.happened_on,
            until=item.happened_until,
            what=item.words + (f" ({'; '.join(notes)})" if notes else ""),
            kind=item.kind,
            source=item.agency,
            agency_key=item.agency_key,
            sensitivity=item.sensitivity,
            grade=f"{item.dependable}{item.known_how}",
            rating=item.rating,
            people=item.people,
            enquiry_reference=item.reference,
            is_sealed=True,
        )
