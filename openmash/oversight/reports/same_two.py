"""The same two people propose and approve one release after another: two people who are one (security 4.6)."""

from collections import Counter
from collections.abc import Iterator

from openmash.agencies.models import User
from openmash.kit.settable import Number, Numbers
from openmash.oversight.lines import approvals, days_before, staff
from openmash.oversight.shelf import Found, Look, Report

_DAYS = 30


def find(look: Look, numbers: Numbers) -> Iterator[Found]:
    users = staff(look.area)
    today = {(one.proposed_by, one.by) for one in approvals(look.since, look.now, users)}
    if not today:
        return
    month = approvals(days_before(look, _DAYS), look.now, users)
    times = Counter((one.proposed_by, one.by) for one in month)
    names = dict(User.objects.filter(pk__in={proposed for proposed, _ in today}).values_list("pk", "name"))
    for proposed, approved in sorted(pair for pair in today if times[pair] > numbers["times"]):
        many = times[proposed, approved]
        says = f"{users[approved].name} approved {many} releases of {names[proposed]}'s in {_DAYS} days"
        yield Found(f"{proposed}-{approved}-{look.day}", says, user=approved, also=(proposed,))


REPORT = Report(
    key="same_two",
    name="Always the same two",
    order=47,
    says="Somebody approved more than {times} releases of one other person’s in 30 days.",
    numbers=(Number("times", "Releases in 30 days", 30, least=2, most=500),),
    find=find,
)
