"""Somebody wrote often where a protected person is, and it was kept in: the form says whether a guess was right."""

from collections.abc import Iterator

from django.db.models import Count

from openmash.audit.models import LedgerEvent
from openmash.kit.settable import Number, Numbers
from openmash.oversight.lines import staff
from openmash.oversight.shelf import Found, Look, Report


def find(look: Look, numbers: Numbers) -> Iterator[Found]:
    users = staff(look.area)
    lines = LedgerEvent.objects.filter(
        event="whereabouts.kept-in", at__gte=look.since, at__lt=look.now, actor__in=users
    )
    counted = lines.values_list("actor").annotate(times=Count("id")).filter(times__gt=numbers["times"])
    for user, times in counted.order_by("actor"):
        says = f"{users[user].name} wrote {times} times where a protected person is, in words that were to leave"
        yield Found(f"{user}-{look.day}", says, user=user)


REPORT = Report(
    key="guessing",
    name="Where a protected person is, written again and again",
    order=6,
    says="Somebody wrote more than {times} times in a day where a protected person is, in words that were to leave.",
    numbers=(Number("times", "Times in a day", 3, most=50),),
    find=find,
    is_urgent=True,
)
