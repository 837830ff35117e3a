"""Somebody tried to see an enquiry or a person that a conflict keeps from them. They were told that there is none."""

from collections.abc import Iterator

from openmash.audit.models import LedgerEvent
from openmash.kit.settable import Numbers
from openmash.oversight.lines import staff
from openmash.oversight.shelf import Found, Look, Report


def find(look: Look, _: Numbers) -> Iterator[Found]:
    users = staff(look.area)
    rows = LedgerEvent.objects.filter(event="conflict.met", at__gte=look.since, at__lt=look.now, actor__in=list(users))
    for actor, enquiry, people in rows.values_list("actor", "enquiry", "people").distinct():
        person = people[0] if people and not enquiry else None
        says = f"{users[actor].name} tried to see {'an enquiry with' if enquiry else ''} somebody whom they know"
        key = f"{actor}-{enquiry or person}-{look.day}"
        yield Found(key, " ".join(says.split()), user=actor, person=person, enquiry=enquiry)


REPORT = Report(
    key="conflicts",
    name="Conflict met",
    order=11,
    says="Somebody tries to see an enquiry, or a person, that a conflict keeps from them.",
    numbers=(),
    find=find,
    is_urgent=True,
)
