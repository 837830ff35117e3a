"""Somebody opened where a protected person is. Each one is looked at, with the reason that was given (security 4.6)."""

from collections.abc import Iterator

from openmash.audit.models import LedgerEvent
from openmash.kit.settable import Numbers
from openmash.oversight.lines import staff
from openmash.oversight.shelf import Found, Look, Report


def find(look: Look, _: Numbers) -> Iterator[Found]:
    users = staff(look.area)
    lines = LedgerEvent.objects.filter(
        event="whereabouts.opened", outcome=LedgerEvent.ALLOWED, at__gte=look.since, at__lt=look.now, actor__in=users
    )
    for line in lines.order_by("id"):
        says = f"{users[line.actor or 0].name} opened where a protected person is: {line.kept.get('because', '')}"
        yield Found(str(line.pk), says, user=line.actor, person=next(iter(line.people), None))


REPORT = Report(
    key="whereabouts",
    name="Protected whereabouts opened",
    order=5,
    says="Somebody opened where a person is whose whereabouts are protected.",
    numbers=(),
    find=find,
    is_urgent=True,
)
