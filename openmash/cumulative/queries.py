"""What is seen of the rules and of what they found. Everything returned is a finished, frozen value."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from openmash.agencies.models import Area, User
from openmash.agencies.roles import Permission
from openmash.cumulative.models import Hit, Setting
from openmash.cumulative.policies import may_answer
from openmash.cumulative.shelf import RULES
from openmash.enquiries.models import Enquiry
from openmash.kit.verdict import Verdict


@dataclass(frozen=True)
class HitLine:
    """One thing that was added up, with its evidence, and what somebody said of it."""

    number: int
    name: str
    says: str
    evidence: tuple[str, ...]
    at: datetime
    agrees: bool | None
    because: str
    answered_by: str
    answered_at: datetime | None
    may_answer: Verdict


@dataclass(frozen=True)
class RuleLine:
    """A rule as an area uses it."""

    key: str
    name: str
    says: str
    is_on: bool
    because: str
    by: str
    at: datetime | None


def hits(enquiry: Enquiry, *, by: User) -> tuple[HitLine, ...]:
    """What was added up in an enquiry that `by` may see, unanswered first."""
    rows = Hit.objects.filter(enquiry=enquiry).select_related("answered_by", "enquiry").order_by("-at", "rule")
    lines = (
        HitLine(
            number=row.pk,
            name=RULES.get(row.rule).name,
            says=row.says,
            evidence=tuple(row.evidence.split("\n")),
            at=row.at,
            agrees=row.agrees,
            because=row.because,
            answered_by=row.answered_by.name if row.answered_by else "",
            answered_at=row.answered_at,
            may_answer=may_answer(by, row),
        )
        for row in rows
    )
    return tuple(sorted(lines, key=lambda line: line.agrees is not None))


def load_hit(number: int, enquiry: Enquiry) -> Hit:
    row = Hit.objects.select_related("enquiry__area").filter(pk=number, enquiry=enquiry).first()
    if row is None:
        raise Http404
    return row


def rules(area: Area) -> tuple[RuleLine, ...]:
    """Every rule, with the area's own numbers in its sentence."""
    rows = {row.rule: row for row in Setting.objects.filter(area=area).select_related("by")}
    return tuple(
        RuleLine(
            key=rule.key,
            name=rule.name,
            says=rule.sentence(rows[rule.key].numbers if rule.key in rows else {}),
            is_on=rows[rule.key].is_on if rule.key in rows else True,
            because=rows[rule.key].because if rule.key in rows else "",
            by=rows[rule.key].by.name if rule.key in rows else "",
            at=rows[rule.key].at if rule.key in rows else None,
        )
        for rule in RULES.all()
    )


def area_of(key: str, *, by: User) -> Area:
    """An area where `by` decides; 404 otherwise."""
    row = Area.objects.filter(key=key, pk__in=by.areas_where(Permission.DECIDE)).first()
    if row is None:
        raise Http404
    return row


def areas_of(by: User) -> tuple[tuple[str, str], ...]:
    rows = Area.objects.filter(pk__in=by.areas_where(Permission.DECIDE)).order_by("name")
    return tuple(rows.values_list("key", "name"))
