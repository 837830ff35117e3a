"""Somebody looks at far more than others in the same role (security 4.6)."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import mean, pstdev

from openmash.agencies.models import Posting
from openmash.kit.settable import Number, Numbers
from openmash.oversight.lines import LOOKS, asked, days_before, staff
from openmash.oversight.shelf import Found, Look, Report

_TRAILING = 28
_THINGS = """
SELECT actor, (at AT TIME ZONE 'Europe/London')::date,
  count(DISTINCT coalesce('e' || enquiry, thing || thing_number))
FROM audit_ledgerevent
WHERE event = ANY (%s) AND outcome = 'allowed' AND actor = ANY (%s) AND at >= %s AND at < %s GROUP BY 1, 2
"""


def find(look: Look, numbers: Numbers) -> Iterator[Found]:
    users = staff(look.area)
    given = [list(LOOKS), list(users)]
    today = asked(_THINGS, [*given, look.since, look.now])
    much = {user: things for user, _, things in today if things >= numbers["least"]}
    if not much:
        return
    roles = defaultdict(set)
    for user, role in Posting.objects.filter(area=look.area).values_list("user", "role"):
        roles[user].add(role)
    before = asked(_THINGS, [*given, days_before(look, _TRAILING), look.since])
    for user, things in sorted(much.items()):
        peers = [count for other, _, count in before if roles[other] & roles[user]]
        most = mean(peers) + numbers["deviations"] * pstdev(peers) if peers else 0
        if things > most:
            says = (
                f"{users[user].name} opened {things} enquiries and people in one day; {most:.0f} is the most expected"
            )
            yield Found(f"{user}-{look.day}", says, user=user)


REPORT = Report(
    key="volume",
    name="Much more than others",
    order=40,
    says="Somebody opened {least} enquiries and people or more in a day, and more than the mean of their role plus "
    "{deviations} standard deviations.",
    numbers=(
        Number("least", "Enquiries and people in a day", 60, most=1000),
        Number("deviations", "Standard deviations above the role’s mean of 28 days", 4, most=10),
    ),
    find=find,
)
