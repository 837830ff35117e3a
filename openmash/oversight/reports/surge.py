"""Many people open one enquiry in a day: a case that is talked about (security 4.6).

Whoever joins them after it was found is one of those whom the alert is about from that look on: the database adds them.
"""

from collections.abc import Iterator

from openmash.enquiries.models import Enquiry
from openmash.kit.settable import Number, Numbers
from openmash.oversight.lines import LOOKS, asked, days_before
from openmash.oversight.shelf import Found, Look, Report

_TRAILING = 28
_VIEWERS = """
SELECT line.enquiry, array_agg(DISTINCT line.actor) FROM audit_ledgerevent line
JOIN enquiries_enquiry enquiry ON enquiry.id = line.enquiry AND enquiry.area_id = %s
WHERE line.event = ANY (%s) AND line.outcome = 'allowed' AND line.at >= %s AND line.at < %s
GROUP BY line.enquiry, (line.at AT TIME ZONE 'Europe/London')::date
"""


def find(look: Look, numbers: Numbers) -> Iterator[Found]:
    given = [look.area.pk, list(LOOKS)]
    today = dict(asked(_VIEWERS, [*given, look.since, look.now]))
    many = {enquiry: viewers for enquiry, viewers in today.items() if len(viewers) >= numbers["viewers"]}
    if not many:
        return
    usual = [len(viewers) for _, viewers in asked(_VIEWERS, [*given, days_before(look, _TRAILING), look.since])]
    mean = sum(usual) / len(usual) if usual else 0
    references = dict(Enquiry.objects.filter(pk__in=many).values_list("pk", "reference"))
    for enquiry, viewers in sorted(many.items()):
        if len(viewers) > numbers["times"] * mean:
            says = f"{len(viewers)} people opened {references[enquiry]} in one day; {mean:.1f} is usual here"
            yield Found(f"{enquiry}-{look.day}", says, also=tuple(viewers), enquiry=enquiry)


REPORT = Report(
    key="surge",
    name="Many viewers",
    order=30,
    says="{viewers} people or more opened one enquiry in a day, and more than {times} times as many as is usual.",
    numbers=(
        Number("viewers", "People in a day", 5, least=2, most=100),
        Number("times", "Times as many as is usual in the last 28 days", 3, most=20),
    ),
    find=find,
)
