"""What agencies send of dated facts, as lines of the combined chronology: resolved through the links when read."""

from collections.abc import Iterator

from openmash.agencies.models import User
from openmash.enquiries.models import Enquiry
from openmash.feeds.readings import read_events
from openmash.intelligence.policies import capacities
from openmash.people.chronology import Line, Look


def lines(look: Look) -> Iterator[Line]:
    """The events that may be read from the enquiry that is looked from; from no enquiry, none."""
    if not look.enquiry_id or not isinstance(look.by, User):
        return
    enquiry = Enquiry.objects.get(pk=look.enquiry_id)
    if not capacities(look.by, enquiry):
        return
    for event in read_events(enquiry, by=look.by):
        yield Line(
            key=f"event-{event.number}",
            on=event.happened_on,
            until=event.happened_until,
            what=event.words,
            kind=event.kind,
            source=event.agency,
            agency_key=event.agency_key,
            sensitivity=event.sensitivity,
            people=event.leads,
            is_fed=True,
            is_sealed=True,
        )
