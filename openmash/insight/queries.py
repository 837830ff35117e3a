"""An agency's own mirror: its enquiries, how good they were, what became of them, its answers. Finished values only."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from openmash.agencies.models import Agency, User
from openmash.consultations.codes import TRAINING
from openmash.consultations.models import Consultation
from openmash.decisions.codes import GROUPS, OUTCOMES
from openmash.decisions.models import Decision, Outcome
from openmash.enquiries.models import Enquiry
from openmash.gathering.models import Request
from openmash.insight.quality import FACTS, of_many
from openmash.insight.suppression import share, suppressed, total_of
from openmash.triage.codes import LEVELS

NOT_YET = "Not decided yet"


@dataclass(frozen=True)
class Bar:
    """One figure: as it may be shown, and as a share of the largest for the eye; 0 where it is hidden."""

    label: str
    shown: str
    width: int


@dataclass(frozen=True)
class Figures:
    """A small chart and its table in one."""

    bars: tuple[Bar, ...]
    total: str


@dataclass(frozen=True)
class Beside:
    """A share of this agency's, and of all other agencies' together, none of which can be told apart."""

    label: str
    ours: str
    others: str


@dataclass(frozen=True)
class Mirror:
    """What one agency sees of itself."""

    agency: str
    since: datetime
    enquiries: Figures
    levels: Figures
    became: Figures
    shares: tuple[Beside, ...]
    missing: Figures
    training: Figures
    answers: Figures


def mirror(agency: Agency, *, by: User, since: datetime, now: datetime) -> Mirror:
    """Everything since then, in the areas of whoever looks. Ten queries; of others nothing is read but counts."""
    areas = {area for _, area, _ in by.postings_now}
    every = Enquiry.objects.filter(area__in=areas, received_at__gte=since)
    ours = list(every.filter(referrer__agency=agency).order_by("received_at"))
    decided, good = _decided([one.pk for one in ours]), of_many(ours)
    asked = Request.objects.filter(enquiry__area__in=areas, asked_at__gte=since, withdrawn_at=None)
    missing = (says for one in ours for says in good[one.pk].missing)
    training = _needs(agency, areas, since, (good[one.pk].training for one in ours))
    answers = (_answered(one, now) for one in asked.filter(agency=agency))
    return Mirror(
        agency=agency.name,
        since=since,
        enquiries=figures(_in_order((f"{one.received_at:%B %Y}" for one in ours), _months(since, now))),
        levels=figures(_in_order((_level(decided.get(one.pk)) for one in ours), [*LEVELS.values(), NOT_YET])),
        became=figures(_in_order((_group(decided.get(one.pk)) for one in ours), [*GROUPS, NOT_YET])),
        shares=(*_of_enquiries(every, agency), _of_answers(asked, agency, now)),
        missing=figures(_in_order(missing, [fact.says for fact in FACTS])),
        training=figures(_in_order(training, TRAINING.values())),
        answers=figures(_in_order(answers, ("In time", "Late", "Overdue", "Not due yet"))),
    )


def _of_enquiries(every: QuerySet[Enquiry], agency: Agency) -> tuple[Beside, ...]:
    """The shares of enquiries, ours beside those of all other agencies; the public's are nobody's."""
    referrals = [kind.key for kind in OUTCOMES.values() if kind.is_referral]
    led = Outcome.objects.filter(
        decision__enquiry=OuterRef("pk"), decision__signed_at__isnull=False, kind__in=referrals
    )
    rows = every.exclude(referrer__agency=None).annotate(is_referral=Exists(led))
    told = Q(told_family=True) | ~Q(why_not_told="")
    return (
        _beside("Led to a referral to children's social care", rows, Q(referrer__agency=agency), Q(is_referral=True)),
        _beside("Said whether the family was told, or why not", rows, Q(referrer__agency=agency), told),
        _beside("Said whether the family agrees", rows, Q(referrer__agency=agency), ~Q(family_agrees="")),
        _beside("Said what it does to them", rows, Q(referrer__agency=agency), ~Q(impact="")),
    )


def _of_answers(asked: QuerySet[Request], agency: Agency, now: datetime) -> Beside:
    over = asked.filter(Q(answered_at__isnull=False) | Q(due_at__lt=now))
    return _beside("Answered in time", over, Q(agency=agency), Q(answered_at__lte=F("due_at")))


def _beside(label: str, rows: QuerySet[Any], ours: Q, is_so: Q) -> Beside:
    counts = rows.aggregate(
        ours=Count("pk", filter=ours),
        ours_so=Count("pk", filter=ours & is_so),
        others=Count("pk", filter=~ours),
        others_so=Count("pk", filter=~ours & is_so),
    )
    return Beside(label, share(counts["ours_so"], counts["ours"]), share(counts["others_so"], counts["others"]))


def _decided(enquiries: list[int]) -> dict[int, Decision]:
    """The latest signed decision of each, with its outcomes."""
    rows = Decision.objects.filter(enquiry__in=enquiries, signed_at__isnull=False).order_by("number")
    return {row.enquiry_id: row for row in rows.prefetch_related("outcomes")}


def _level(decision: Decision | None) -> str:
    return LEVELS.get(decision.level or 0, NOT_YET) if decision else NOT_YET


def _group(decision: Decision | None) -> str:
    """What became of it: the weightiest of its outcomes, as they stand in the list."""
    if decision is None:
        return NOT_YET
    groups = {OUTCOMES[one.kind].group for one in decision.outcomes.all() if one.kind in OUTCOMES}
    return next((group for group in GROUPS if group in groups), GROUPS[-1])


def _answered(request: Request, now: datetime) -> str:
    if request.answered_at is None:
        return "Overdue" if request.due_at < now else "Not due yet"
    return "In time" if request.answered_at <= request.due_at else "Late"


def _needs(agency: Agency, areas: set[int], since: datetime, missing: Iterable[tuple[str, ...]]) -> list[str]:
    """What training would have helped: said on the advice line, or told by what enquiries leave out (M112)."""
    calls = Consultation.objects.filter(agency=agency, area__in=areas, called_at__gte=since)
    said = [key for keys in calls.values_list("training", flat=True) for key in keys]
    return [TRAINING[key] for key in (*said, *(key for keys in missing for key in keys)) if key in TRAINING]


def _months(since: datetime, now: datetime) -> list[str]:
    """Every month of the time, also those without an enquiry."""
    first, last = since.year * 12 + since.month - 1, now.year * 12 + now.month - 1
    return [f"{date(month // 12, month % 12 + 1, 1):%B %Y}" for month in range(first, last + 1)]


def _in_order(values: Iterable[str], order: Iterable[str]) -> dict[str, int]:
    counts = Counter(values)
    return {label: counts[label] for label in order}


def figures(counts: Mapping[str, int]) -> Figures:
    """Each figure as it may be shown, its bar, and the total."""
    return Figures(bars(counts, suppressed(counts)), total_of(counts))


def bars(counts: Mapping[str, int], shown: Mapping[str, str]) -> tuple[Bar, ...]:
    """What is hidden has no bar."""
    most = max((count for label, count in counts.items() if shown[label].isdigit()), default=0)
    return tuple(
        Bar(label, shown[label], round(100 * count / most) if most and shown[label].isdigit() else 0)
        for label, count in counts.items()
    )
