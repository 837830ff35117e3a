"""Somebody looks in the night who has not done so in the last four weeks (security 4.6)."""

from collections.abc import Iterator

from openmash.kit.settable import Number, Numbers
from openmash.oversight.lines import LOOKS, asked, days_before, staff
from openmash.oversight.shelf import Found, Look, Report

_TRAILING = 28
_AT_NIGHT = """
SELECT actor, count(*) FROM audit_ledgerevent
WHERE event = ANY (%s) AND outcome = 'allowed' AND actor = ANY (%s) AND at >= %s AND at < %s
  AND (extract(hour FROM at AT TIME ZONE 'Europe/London') < %s
    OR extract(hour FROM at AT TIME ZONE 'Europe/London') >= %s) GROUP BY actor
"""


def find(look: Look, numbers: Numbers) -> Iterator[Found]:
    users = staff(look.area)
    hours = [numbers["from"], numbers["until"]]
    given = [list(LOOKS), list(users)]
    tonight = dict(asked(_AT_NIGHT, [*given, look.since, look.now, *hours]))
    if not tonight:
        return
    used_to = dict(asked(_AT_NIGHT, [*given, days_before(look, _TRAILING), look.since, *hours]))
    for user, times in sorted(tonight.items()):
        if user not in used_to:
            looks = "once" if times == 1 else f"{times} times"
            says = f"{users[user].name} looked {looks} at night, for the first time in {_TRAILING} days"
            yield Found(f"{user}-{look.day}", says, user=user)


REPORT = Report(
    key="odd_hours",
    name="Odd hours",
    order=60,
    says="Somebody looked before {from}:00 or from {until}:00 on, for the first time in 28 days.",
    numbers=(
        Number("from", "The hour when the day begins", 6, least=0, most=12),
        Number("until", "The hour when the day ends", 22, least=12, most=24),
    ),
    find=find,
)
