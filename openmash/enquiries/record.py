"""What surrounds every page about one enquiry, in whatever room the page is: the identity bar and the areas."""

from dataclasses import dataclass
from datetime import datetime

from openmash.audit.actors import Actor
from openmash.design.page import NavItem
from openmash.enquiries.models import Enquiry, Party
from openmash.enquiries.policies import may_see
from openmash.enquiries.queries import Header, header, whom
from openmash.people.contacting import cautions

# (path, label, key). The desk shows them; the paths are promises, so that earlier rooms can link to them.
AREAS = (
    ("", "Overview", "o"),
    ("people/", "People and family", "f"),
    ("chronology/", "Chronology", "c"),
    ("requests/", "Requests and answers", "a"),
    ("decision/", "Decision", "d"),
    ("releases/", "Releases", "r"),
    ("history/", "History", "h"),
    ("record/", "Record", "i"),
)


@dataclass(frozen=True)
class Record:
    """`about` names whom the enquiry is about: two families in two windows are not told apart by eight letters."""

    header: Header
    areas: tuple[NavItem, ...]
    path: str
    cautions: tuple[str, ...] = ()
    about: str = ""


def record(enquiry: Enquiry, *, by: Actor, now: datetime, current: str = "") -> Record:
    """The surroundings of a page; `current` is the path of the area that it belongs to, such as "requests/"."""
    path = f"/enquiry/{enquiry.reference}/"
    areas = tuple(NavItem(label, path + part, current=part == current, key=key) for part, label, key in AREAS)
    people = Party.objects.filter(enquiry=enquiry).values_list("person", flat=True)
    about = whom([enquiry.pk]).get(enquiry.pk, "") if may_see(by, enquiry) else ""
    return Record(header(enquiry, by=by, now=now), areas, path, cautions(people, by=by), about)
