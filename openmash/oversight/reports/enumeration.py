"""Somebody tries addresses of what is not there, or not for them (security 4.6)."""

from collections.abc import Iterator

from openmash.kit.settable import Number, Numbers
from openmash.oversight.lines import asked, staff
from openmash.oversight.shelf import Found, Look, Report

# What was not found, and what was found and denied: to whoever tries, both look alike.
_TRIES = """
SELECT actor, max(tries) FROM (
  SELECT actor, count(*) OVER (
    PARTITION BY actor ORDER BY at RANGE BETWEEN make_interval(mins => %s) PRECEDING AND CURRENT ROW
  ) AS tries
  FROM audit_ledgerevent
  WHERE outcome = 'refused' AND actor = ANY (%s) AND at >= %s AND at < %s
    AND (event IN ('page.not-found', 'page.opened') OR event LIKE '%%.looked-up')
) AS counted GROUP BY actor HAVING max(tries) > %s
"""


def find(look: Look, numbers: Numbers) -> Iterator[Found]:
    users = staff(look.area)
    rows = asked(_TRIES, [numbers["minutes"], list(users), look.since, look.now, numbers["tries"]])
    for user, tries in sorted(rows):
        says = f"{users[user].name} asked for {tries} things in {numbers['minutes']} minutes that were not to be found"
        yield Found(f"{user}-{look.day}", says, user=user)


REPORT = Report(
    key="enumeration",
    name="Trying what is not there",
    order=50,
    says="Somebody asked for more than {tries} things in {minutes} minutes that are not there, or not for them.",
    numbers=(
        Number("tries", "Things that were not found", 10, most=100),
        Number("minutes", "Minutes", 5, most=60),
    ),
    find=find,
    is_urgent=True,
)
