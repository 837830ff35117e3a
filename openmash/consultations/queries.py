"""What is seen of the advice line. Everything returned is a finished, frozen value."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.consultations.codes import AGREED, ARRIVED, PROMISED, STATES, TRAINING, WAITING
from openmash.consultations.models import Consultation, Note
from openmash.consultations.policies import may_begin_enquiry, may_follow_up, may_see
from openmash.enquiries.models import Enquiry
from openmash.kit.verdict import Verdict

SHOWN = 50
_FEW = 5  # a share of fewer calls says nothing about an adviser


@dataclass(frozen=True)
class Line:
    """One consultation in a list. `is_overdue` when the promised enquiry should have come by now."""

    number: int
    called_at: datetime
    organisation: str
    child_age: str
    level: int
    agreed: str
    state: str
    state_words: str
    due_at: datetime | None
    is_overdue: bool
    adviser: str
    reference: str


@dataclass(frozen=True)
class Possible:
    """An enquiry that came later from the same organisation: when, and how many children. Nothing of what it says."""

    number: int
    reference: str
    received_at: datetime
    organisation: str
    children: int


@dataclass(frozen=True)
class View:
    """One consultation, whole."""

    line: Line
    rows: tuple[tuple[str, str], ...]
    advice: str
    outline: str
    training: tuple[str, ...]
    ended_because: str
    draft: str
    possible: tuple[Possible, ...]
    may_begin: Verdict
    may_follow_up: Verdict


@dataclass(frozen=True)
class Consistency:
    """One adviser beside the others: how many calls, and how often an enquiry was advised at each level."""

    adviser: str
    calls: int
    mean_level: float
    promised: int
    is_few: bool


@dataclass(frozen=True)
class NoteLine:
    at: datetime
    by: str
    whom: str
    reference: str
    gist: str


def load(number: int, *, by: User) -> Consultation:
    """The row, for an action; 404 when there is none or `by` may not know of it."""
    row = Consultation.objects.select_related("area", "adviser", "enquiry").filter(pk=number).first()
    if row is None or not may_see(by, row):
        raise Http404
    return row


def _areas(by: User) -> frozenset[int]:
    return by.areas_where(Permission.ADVISE_CALLERS) | by.areas_where(Permission.DECIDE)


def _of(by: User) -> QuerySet[Consultation]:
    return Consultation.objects.filter(area__in=_areas(by)).select_related("adviser", "enquiry")


def waiting(*, by: User, now: datetime) -> tuple[Line, ...]:
    """The promised enquiries that have not come, what is due first."""
    return tuple(_line(row, now) for row in _of(by).filter(state=WAITING).order_by("due_at", "id")[:SHOWN])


def latest(*, by: User, now: datetime) -> tuple[Line, ...]:
    return tuple(_line(row, now) for row in _of(by).exclude(state=WAITING).order_by("-called_at", "-id")[:SHOWN])


def _line(row: Consultation, now: datetime) -> Line:
    return Line(
        number=row.pk,
        called_at=row.called_at,
        organisation=row.organisation or "Did not say",
        child_age=row.child_age,
        level=row.level,
        agreed=AGREED.get(row.agreed, row.agreed),
        state=row.state,
        state_words=STATES[row.state],
        due_at=row.due_at,
        is_overdue=row.state == WAITING and row.due_at is not None and row.due_at <= now,
        adviser=row.adviser.name,
        reference=row.enquiry.reference if row.enquiry else "",
    )


def view(row: Consultation, *, by: User, now: datetime) -> View:
    """One consultation with the enquiries that may be the promised one."""
    told = (
        ("Caller", ", ".join(filter(None, [row.caller, row.job_title])) or "Did not say"),
        ("Telephone", row.telephone),
        ("E-mail", row.email),
        ("Age of the child", row.child_age),
        ("Others at home", row.others),
        ("Earlier concerns", row.history),
        ("What was tried", row.tried),
        ("Significant harm is plain", "Yes" if row.is_harm_plain else "No"),
        ("Level", f"Level {row.level}"),
        ("Agreed", " ".join(filter(None, [AGREED.get(row.agreed, row.agreed) + ".", row.agreed_words]))),
    )
    return View(
        line=_line(row, now),
        rows=tuple((label, words) for label, words in told if words),
        advice=row.advice,
        outline=row.outline,
        training=tuple(TRAINING.get(key, key) for key in row.training),
        ended_because=row.ended_because,
        draft=row.draft,
        possible=_possible(row) if row.state == WAITING else (),
        may_begin=may_begin_enquiry(by, row),
        may_follow_up=may_follow_up(by, row),
    )


def _possible(row: Consultation) -> tuple[Possible, ...]:
    """What came later from the same agency or organisation, and belongs to no other call, earliest first."""
    same = Q(referrer__agency=row.agency_id) if row.agency_id else Q()
    same |= Q(referrer__organisation__iexact=row.organisation) if row.organisation else Q()
    if not same:
        return ()
    rows = Enquiry.objects.filter(same, area=row.area_id, received_at__gte=row.called_at, consultations=None)
    rows = rows.select_related("referrer").annotate(children=Count("parties", filter=Q(parties__role="child")))
    return tuple(
        Possible(one.pk, one.reference, one.received_at, one.referrer.organisation or row.organisation, one.children)
        for one in rows.order_by("received_at")[:10]
    )


def load_possible(row: Consultation, number: int) -> Enquiry:
    """One of the enquiries that may be the promised one; 404 otherwise."""
    if number not in {one.number for one in _possible(row)}:
        raise Http404
    return Enquiry.objects.select_related("area").get(pk=number)


def consistency(*, by: User, since: datetime) -> tuple[Consistency, ...]:
    """Each adviser of the reader's areas: do they advise alike? Whoever took most calls first."""
    rows: dict[str, list[tuple[int, str]]] = {}
    for name, level, agreed in _of(by).filter(called_at__gte=since).values_list("adviser__name", "level", "agreed"):
        rows.setdefault(name, []).append((level, agreed))
    found = [_consistent(name, calls) for name, calls in rows.items()]
    return tuple(sorted(found, key=lambda one: (-one.calls, one.adviser)))


def _consistent(name: str, calls: list[tuple[int, str]]) -> Consistency:
    promised = sum(agreed == PROMISED for _, agreed in calls)
    mean = sum(level for level, _ in calls) / len(calls)
    return Consistency(name, len(calls), round(mean, 1), round(100 * promised / len(calls)), len(calls) < _FEW)


def of_enquiry(enquiry: Enquiry) -> tuple[Line, ...]:
    """The calls that led to an enquiry, for whoever may see it."""
    rows = Consultation.objects.filter(enquiry=enquiry, state=ARRIVED).select_related("adviser", "enquiry")
    return tuple(_line(row, enquiry.received_at) for row in rows)


def notes(*, by: User, text: str = "") -> tuple[NoteLine, ...]:
    """Informal talk noted in the reader's areas, the latest first, with these words in it."""
    areas = _areas(by) | by.areas_where(Permission.SEE_ENQUIRIES)
    rows = Note.objects.filter(area__in=areas).select_related("by", "enquiry").order_by("-at", "-id")
    if text:
        rows = rows.filter(Q(gist__icontains=text) | Q(whom__icontains=text) | Q(enquiry__reference__iexact=text))
    return _note_lines(rows[:SHOWN])


def _note_lines(rows: Iterable[Note]) -> tuple[NoteLine, ...]:
    return tuple(
        NoteLine(row.at, row.by.name, row.whom, row.enquiry.reference if row.enquiry else "", row.gist) for row in rows
    )
