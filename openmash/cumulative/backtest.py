"""What a rule would have done: over past enquiries, each seen as it stood on the day when it came."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.utils import timezone

from openmash.agencies.models import Area
from openmash.cumulative.shelf import Rule
from openmash.cumulative.stories import stories
from openmash.decisions.models import Outcome
from openmash.enquiries.models import Enquiry, Party
from openmash.kit.settable import Numbers
from openmash.people.queries import leads_of

SECTION_47 = ("s47", "strategy", "immediate_protection")
SHOWN = 30
_AT_ONCE = 500


@dataclass(frozen=True)
class Past:
    """One enquiry that the rule would have raised. `became` is when the family came to section 47 afterwards."""

    reference: str
    on: date
    evidence: tuple[str, ...]
    became: date | None


@dataclass(frozen=True)
class Backtest:
    """`a_day` is hits a calendar day; `shown` are the latest, those that became section 47 first."""

    enquiries: int
    hits: int
    days: int
    became: int
    shown: tuple[Past, ...]

    @property
    def a_day(self) -> str:
        """In words that say no "0.0" where there was one."""
        often = self.hits / self.days if self.days else 0.0
        return "fewer than 0.01" if 0 < often < 0.005 else f"{often:.2f}"

    @property
    def share(self) -> int:
        return round(100 * self.became / self.hits) if self.hits else 0


def backtest(rule: Rule, numbers: Numbers, *, area: Area, since: datetime, now: datetime) -> Backtest:
    """Nothing is stored and nobody is told. Time grows with the number of enquiries; queries with each 500 of them."""
    rows = Enquiry.objects.filter(area=area, received_at__gte=since, received_at__lte=now).order_by("received_at")
    count, found = 0, []
    for some in _some_at_a_time(rows.iterator(chunk_size=_AT_ONCE)):
        count += len(some)
        told = stories(some)
        hits = {one.pk: rule.find(told[one.pk], numbers) for one in some}
        became = _became_section_47([one for one in some if hits[one.pk]])
        found += [
            Past(one.reference, told[one.pk].today, hits[one.pk], became.get(one.pk)) for one in some if hits[one.pk]
        ]
    latest = sorted(found, key=lambda past: (past.became is None, -past.on.toordinal()))
    return Backtest(
        enquiries=count,
        hits=len(found),
        days=max((now - since).days, 1),
        became=sum(past.became is not None for past in found),
        shown=tuple(latest[:SHOWN]),
    )


def _some_at_a_time(rows: Iterator[Enquiry]) -> Iterator[list[Enquiry]]:
    while some := list(islice(rows, _AT_ONCE)):
        yield some


def _became_section_47(enquiries: list[Enquiry]) -> dict[int, date]:
    """By enquiry: the first day, from when it came, on which any of its people came to section 47."""
    mine = list(Party.objects.filter(enquiry__in=enquiries).values_list("enquiry_id", "person_id"))
    lead = leads_of(person for _, person in mine)
    signed = Outcome.objects.filter(kind__in=SECTION_47, decision__signed_at__isnull=False)
    leads = set(lead.values())
    about = signed.filter(decision__enquiry__parties__person__in=leads) | signed.filter(
        decision__enquiry__parties__person__lead__in=leads
    )
    rows = list(about.values_list("decision__signed_at", "decision__enquiry__parties__person").distinct())
    whose = leads_of(person for _, person in rows)
    days: dict[int, list[date]] = {}
    for at, person in rows:
        days.setdefault(whose[person], []).append(timezone.localdate(at))
    came = {one.pk: timezone.localdate(one.received_at) for one in enquiries}
    found: dict[int, date] = {}
    for enquiry, person in mine:
        for on in days.get(lead[person], ()):
            if on >= came[enquiry]:
                found[enquiry] = min(on, found.get(enquiry, on))
    return found
