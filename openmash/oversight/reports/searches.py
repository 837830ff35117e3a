"""Somebody searches again and again and opens next to nothing: to learn whether the hub knows somebody is enough for
whoever wants to know just that (security 4.6).
"""

from collections.abc import Iterator

from openmash.kit.settable import Number, Numbers
from openmash.oversight.lines import LOOKS, asked, staff
from openmash.oversight.shelf import Found, Look, Report

_COUNTED = """
SELECT actor, count(*) FILTER (WHERE event = 'search.run'),
  count(DISTINCT coalesce('e' || enquiry, thing || thing_number)) FILTER (WHERE event = ANY (%s))
FROM audit_ledgerevent
WHERE outcome = 'allowed' AND actor = ANY (%s) AND at >= %s AND at < %s GROUP BY actor
"""


def find(look: Look, numbers: Numbers) -> Iterator[Found]:
    users = staff(look.area)
    for user, searches, opened in sorted(asked(_COUNTED, [list(LOOKS), list(users), look.since, look.now])):
        if searches >= numbers["searches"] and opened * numbers["each"] < searches:
            says = f"{users[user].name} searched {searches} times in one day and opened {opened} enquiries and people"
            yield Found(f"{user}-{look.day}", says, user=user)


REPORT = Report(
    key="searches",
    name="Searching without opening",
    order=45,
    says="Somebody searched {searches} times or more in a day, and opened less than one thing in {each} searches.",
    numbers=(
        Number("searches", "Searches in a day", 30, least=5, most=500),
        Number("each", "Searches for each thing that is opened", 5, least=2, most=50),
    ),
    find=find,
)
