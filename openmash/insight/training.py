"""What training would help, by agency and topic, for those who plan it (M112). Finished values only."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from openmash.agencies.models import User
from openmash.consultations.codes import TRAINING
from openmash.consultations.models import Consultation
from openmash.enquiries.models import Enquiry
from openmash.insight.policies import areas_counted
from openmash.insight.quality import of_many
from openmash.insight.queries import Bar, bars
from openmash.insight.suppression import suppressed_table


@dataclass(frozen=True)
class AgencyLine:
    """One agency: a figure for each topic, in their order, and all of them together."""

    agency: str
    figures: tuple[str, ...]
    total: str


@dataclass(frozen=True)
class Training:
    """The chart is of all agencies together; a figure that is small, or would give one away, is not shown."""

    topics: tuple[str, ...]
    together: tuple[Bar, ...]
    lines: tuple[AgencyLine, ...]
    since: datetime


def training(*, by: User, since: datetime) -> Training:
    """Noted of callers on the advice line, and told by what enquiries leave out. Six queries."""
    found = _found(by, since)
    rows = {agency: {topic: counts[topic] for topic in TRAINING} for agency, counts in sorted(found.items())}
    table = suppressed_table(rows)
    counts = {topic: sum(line[topic] for line in rows.values()) for topic in TRAINING}
    shown = {topic: table.down.get(topic, "0") for topic in TRAINING}
    return Training(
        topics=tuple(TRAINING.values()),
        together=tuple(replace(one, label=TRAINING[one.label]) for one in bars(counts, shown)),
        lines=tuple(
            AgencyLine(agency, tuple(table.cells[agency][topic] for topic in TRAINING), table.across[agency])
            for agency in rows
        ),
        since=since,
    )


def _found(by: User, since: datetime) -> dict[str, Counter[str]]:
    """By agency, how often each topic came up. What the public leaves out is nobody's to be trained in."""
    areas, found = areas_counted(by), dict[str, Counter[str]]()
    calls = Consultation.objects.filter(area__in=areas, called_at__gte=since, agency__isnull=False)
    for agency, topics in calls.values_list("agency__name", "training"):
        found.setdefault(agency, Counter()).update(topics)
    sent = Enquiry.objects.filter(area__in=areas, received_at__gte=since, referrer__agency__isnull=False)
    rows = list(sent.select_related("referrer__agency"))
    good = of_many(rows)
    for one in rows:
        agency = one.referrer.agency
        found.setdefault(agency.name if agency else "", Counter()).update(good[one.pk].training)
    return {agency: counts for agency, counts in found.items() if counts.total()}
