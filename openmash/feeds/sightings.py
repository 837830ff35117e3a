"""A missing family may be in what an agency sends: who is new or changed is compared with those looked for (M51)."""

from collections.abc import Iterable
from datetime import datetime

from openmash.feeds.models import Feed
from openmash.lookout.actions import sighted
from openmash.lookout.likeness import described as described_leads
from openmash.lookout.likeness import likeness
from openmash.lookout.models import MissingFamily
from openmash.people.given import GivenPerson
from openmash.people.matching.described import Described, described
from openmash.people.matching.keys import address_keys, keys_of, search_keys
from openmash.people.queries import leads_of


def compare(feed: Feed, sent: Iterable[tuple[str, GivenPerson | Described]], *, now: datetime) -> None:
    """`sent` are numbers with who they are. It costs nothing while nobody is missing."""
    sought = {
        missing: described_leads(set(leads_of(missing.people).values()))
        for missing in MissingFamily.objects.filter(ended_at=None).select_related("enquiry__area")
    }
    wanted = {
        key for people in sought.values() for one in people.values() for key in (*search_keys(one), *address_keys(one))
    }
    if not wanted:
        return
    for number, person in sent:
        them = person if isinstance(person, Described) else described(person)
        if wanted.isdisjoint(keys_of(them)):
            continue
        for missing, people in sought.items():
            is_here = missing.enquiry.area_id == feed.area_id
            if is_here and not _is_news(people.values(), them):
                continue
            if because := likeness(people, [them]):
                sighted(missing, because, now=now, area=feed.area, agency=feed.agency, number=number)


def _is_news(sought: Iterable[Described], them: Described) -> bool:
    """Whether a list of the family's own area gives a home or a telephone that the hub does not have of them."""
    homes = {home.key for one in sought for home in one.homes}
    telephones = {number for one in sought for number in one.telephones}
    return bool({home.key for home in them.homes} - homes - {""} or them.telephones - telephones)
