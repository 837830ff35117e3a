"""An enquiry as the professional who made it wrote it: never anything that the hub added since (security 3.4, PRO)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.http import Http404

from openmash.agencies.models import User
from openmash.audit.action import reading
from openmash.enquiries.codes import KINDS, ROLES_IN_ENQUIRY
from openmash.enquiries.models import Enquiry, Party
from openmash.enquiries.policies import may_see_own
from openmash.enquiries.queries import story
from openmash.people.models import Name

RECEIVED, DECIDED = "Received", "Decision made"


@dataclass(frozen=True)
class SubmittedLine:
    """One of somebody's own enquiries. `stage` says no more than whether there is a decision."""

    reference: str
    received_at: datetime
    about: str
    hub_name: str
    telephone: str
    stage: str


@dataclass(frozen=True)
class Submitted:
    """One of them in full, as it was sent."""

    line: SubmittedLine
    worry: str
    concerns: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]


@reading(may=may_see_own, event="submission.opened")
def open_submission(enquiry: Enquiry, *, by: User, now: datetime) -> Submitted:
    """What its referrer sent. That they looked is on the ledger."""
    said = story(enquiry, by=by)
    came = [("How it came", said.channel), ("Family told", said.told_family), ("Family agrees", said.agreement)]
    return Submitted(_line(enquiry), enquiry.worry, said.concerns, _people(enquiry), (*said.answers, *came))


def submitted_by(by: User) -> tuple[SubmittedLine, ...]:
    """Every enquiry that this user made as themself, newest first."""
    return tuple(_line(row) for row in _own(by).order_by("-received_at"))


def load_own(reference: str, *, by: User) -> Enquiry:
    """The row of an enquiry that the user made; 404 for everybody else's."""
    enquiry = _own(by).filter(reference=reference).first()
    if enquiry is None:
        raise Http404
    return enquiry


def _own(by: User) -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(referrer__user=by).select_related("area", "referrer")


def _line(enquiry: Enquiry) -> SubmittedLine:
    return SubmittedLine(
        reference=enquiry.reference,
        received_at=enquiry.received_at,
        about=KINDS.get(enquiry.kind, enquiry.kind),
        hub_name=enquiry.area.hub_name,
        telephone=enquiry.area.telephone,
        stage=DECIDED if enquiry.decided_at else RECEIVED,
    )


def _people(enquiry: Enquiry) -> tuple[tuple[str, str], ...]:
    """Who was named, by the names that were sent: not those that the hub knows them by."""
    rows = list(Party.objects.filter(enquiry=enquiry).order_by("order", "id"))
    sent = Name.objects.filter(person__in=[row.person_id for row in rows], recorded_at=F("person__recorded_at"))
    names: dict[int, str] = {}
    for name in sent.order_by("-is_usual", "id"):
        names.setdefault(name.person_id, str(name))
    return tuple((ROLES_IN_ENQUIRY.get(row.role, row.role), names.get(row.person_id, "Name not known")) for row in rows)
