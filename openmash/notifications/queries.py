"""What is seen on the evaluators' desk. Everything returned is a finished, frozen value."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import Http404

from openmash.agencies.models import Team, User
from openmash.agencies.policies import may_be_sent
from openmash.agencies.roles import Permission
from openmash.feeds.known import OpenCase
from openmash.kit.verdict import Verdict
from openmash.notifications.codes import (
    FORWARDED,
    GRADE_ORDER,
    RETAINED,
    ROLES,
    STATES,
    WAITING,
)
from openmash.notifications.models import Notification, Subject
from openmash.notifications.open_cases import open_cases
from openmash.notifications.policies import may_evaluate, may_read_forwarded, may_second, may_see
from openmash.people.ages import age

PAGE = 30
_UNACKNOWLEDGED = Q(state=FORWARDED, acknowledged_at=None)


@dataclass(frozen=True)
class Person:
    """One person of a notification; of what the hub knows only whether they are open, the team and the worker (M89)."""

    role: str
    name: str
    born_on: date | None
    age: str
    is_open: bool
    team: str
    worker: str
    incidents: int
    first_year: int


@dataclass(frozen=True)
class Line:
    number: int
    reference: str
    kind: str
    happened_on: date
    received_at: datetime
    grade: str
    what: str
    address: str
    people: tuple[Person, ...]
    logs: tuple[str, ...]
    is_changed: bool
    state: str
    state_words: str

    @property
    def incidents(self) -> int:
        """Earlier incidents about any of them, over all years."""
        return max((person.incidents for person in self.people), default=0)


@dataclass(frozen=True)
class View:
    """One notification, whole."""

    line: Line
    words: str
    risk: str
    because: str
    evaluated_by: str
    evaluated_at: datetime | None
    reference: str
    team: str
    worker: str
    acknowledged: str
    teams: tuple[tuple[int, str], ...]
    open_to: tuple[int | None, str]
    """The team and the worker whom somebody in it is open to: the first of them, as far as the hub knows that team."""
    may_evaluate: Verdict
    may_second: Verdict


@dataclass(frozen=True)
class Evaluated:
    """What became of one. `where` is the enquiry, or the team and the worker; `acknowledged` says who there has it."""

    number: int
    reference: str
    state: str
    state_words: str
    at: datetime
    by: str
    where: str
    acknowledged: str


@dataclass(frozen=True)
class Agreement:
    """How often a second evaluator would have done the same with what was retained."""

    looked: int
    agreed: int
    waiting: int

    @property
    def share(self) -> int:
        return round(100 * self.agreed / self.looked) if self.looked else 0


def queue(*, by: User, after: str = "") -> tuple[tuple[Line, ...], str]:
    """What waits to be evaluated, the highest police grade first, then the oldest; and the key of the next page."""
    order = Case(
        *(When(grade=key, then=Value(place)) for key, place in GRADE_ORDER.items()), output_field=IntegerField()
    )
    rows = _waiting(by).annotate(order=order).order_by("order", "received_at", "id")
    place, _, number = after.partition("-")
    if place.isdecimal() and number.isdecimal() and len(number) < 18:
        last = _waiting(by).filter(pk=int(number)).values_list("received_at", flat=True).first()
        rows = rows.filter(order__gt=int(place)) | (
            rows.filter(order=int(place), pk__gt=int(number)) if last is None
            else rows.filter(order=int(place), received_at__gte=last).exclude(received_at=last, pk__lte=int(number))
        )  # fmt: skip
    found = list(rows.select_related("source")[: PAGE + 1])
    is_more = len(found) > PAGE
    key = f"{GRADE_ORDER[found[PAGE - 1].grade]}-{found[PAGE - 1].pk}" if is_more else ""
    return lines(found[:PAGE], by=by), key


def _waiting(by: User) -> QuerySet[Notification]:
    return Notification.objects.filter(area__in=_areas(by), state=WAITING)


def _areas(by: User) -> frozenset[int]:
    return by.areas_where(Permission.EVALUATE_NOTIFICATIONS) | by.areas_where(Permission.DECIDE)


def lines(rows: Iterable[Notification], *, by: User) -> tuple[Line, ...]:
    """Each with its people, whether they are open, and how many earlier incidents there were.

    The number of queries does not grow with them.
    """
    asked = list(rows)
    subjects: dict[int, list[Subject]] = defaultdict(list)
    for one in Subject.objects.filter(notification__in=asked).select_related("notification").order_by("id"):
        subjects[one.notification_id].append(one)
    everyone = [one for some in subjects.values() for one in some]
    cases, earlier = open_cases(everyone, by=by), _incidents(everyone)
    return tuple(_line(row, subjects[row.pk], cases, earlier) for row in asked)


def _line(
    row: Notification,
    subjects: Iterable[Subject],
    cases: dict[int, OpenCase],
    earlier: dict[str, list[tuple[str, date]]],
) -> Line:
    return Line(
        number=row.pk,
        reference=row.reference,
        kind=row.source.kind,
        happened_on=row.happened_on,
        received_at=row.received_at,
        grade=row.grade,
        what=row.what,
        address=", ".join(filter(None, [row.address_lines, row.postcode])),
        people=tuple(_person(one, row, cases, earlier) for one in subjects),
        logs=tuple(one.strip() for one in row.logs.replace(",", ";").split(";") if one.strip()),
        is_changed=row.is_changed,
        state=row.state,
        state_words=STATES[row.state],
    )


def _person(
    one: Subject, row: Notification, cases: dict[int, OpenCase], earlier: dict[str, list[tuple[str, date]]]
) -> Person:
    case = cases.get(one.pk)
    others = {
        reference: day.year
        for reference, day in earlier.get(one.who, [])
        if reference != row.reference and day <= row.happened_on
    }
    return Person(
        role=ROLES.get(one.role, one.role),
        name=str(one),
        born_on=one.born_on,
        age=age(one.born_on, None, row.happened_on) if one.born_on else "",
        is_open=case is not None,
        team=case.team if case else "",
        worker=case.worker if case else "",
        incidents=len(others),
        first_year=min(others.values(), default=0),
    )


def _incidents(subjects: Iterable[Subject]) -> dict[str, list[tuple[str, date]]]:
    """By person: the references of every notification about them, over all years, each with its day (M88)."""
    whose = {one.who for one in subjects if one.who}
    found: dict[str, list[tuple[str, date]]] = defaultdict(list)
    rows = Subject.objects.filter(who__in=whose).values_list(
        "who", "notification__reference", "notification__happened_on"
    )
    for person, reference, day in rows:
        found[person].append((reference, day))
    return found


def load(number: int, *, by: User) -> Notification:
    """The row, for an action; 404 when there is none or `by` may not know of it."""
    row = _one(number)
    if row is None or not may_see(by, row):
        raise Http404
    return row


def load_forwarded(number: int, *, by: User) -> Notification:
    row = _one(number)
    if row is None or not may_read_forwarded(by, row):
        raise Http404
    return row


def _one(number: int) -> Notification | None:
    rows = Notification.objects.select_related("area", "source", "evaluated_by", "enquiry", "team", "acknowledged_by")
    return rows.filter(pk=number).first()


def view(row: Notification, *, by: User) -> View:
    """One notification. Whoever is to look a second time is not shown what the first made of it."""
    is_blind = bool(may_second(by, row))
    shown = "" if is_blind else row.because
    (line,) = lines([row], by=by)
    teams = tuple(Team.objects.filter(area=row.area).order_by("name").values_list("pk", "name"))
    return View(
        line=line,
        words=row.words,
        risk="" if is_blind else row.risk,
        because=shown,
        evaluated_by=row.evaluated_by.name if row.evaluated_by and not is_blind else "",
        evaluated_at=None if is_blind else row.evaluated_at,
        reference=row.enquiry.reference if row.enquiry else "",
        team=team_of(row),
        worker=row.worker,
        acknowledged=row.acknowledged_by.name if row.acknowledged_by else "",
        teams=teams,
        open_to=_open_to(line.people, teams),
        may_evaluate=may_evaluate(by, row),
        may_second=may_second(by, row),
    )


def _open_to(people: Iterable[Person], teams: Iterable[tuple[int, str]]) -> tuple[int | None, str]:
    case = next((one for one in people if one.is_open), None)
    if case is None:
        return None, ""
    return next((number for number, name in teams if name.casefold() == case.team.casefold()), None), case.worker


def team_of(row: Notification) -> str:
    return row.team.name if row.team else ""


def evaluated(*, by: User) -> tuple[Evaluated, ...]:
    """What became of those that are evaluated: what a team has not acknowledged yet first, then the latest.

    Not what the reader may be asked about as the second.
    """
    rows = Notification.objects.filter(area__in=_areas(by)).exclude(state=WAITING)
    rows = rows.exclude(~Q(evaluated_by=by), state=RETAINED, is_sampled=True, second_by=None)
    rows = rows.order_by(Case(When(_UNACKNOWLEDGED, then=0), default=1), "-evaluated_at", "-id")
    return tuple(
        Evaluated(
            number=row.pk,
            reference=row.reference,
            state=row.state,
            state_words=STATES[row.state],
            at=row.evaluated_at,
            by=row.evaluated_by.name,
            where=row.enquiry.reference if row.enquiry else ", ".join(filter(None, [team_of(row), row.worker])),
            acknowledged=row.acknowledged_by.name if row.acknowledged_by else "",
        )
        for row in rows.select_related("evaluated_by", "enquiry", "team", "acknowledged_by")[:PAGE]
        if row.evaluated_by and row.evaluated_at
    )


def is_done(row: Notification, said: Mapping[str, Any], *, by: User) -> bool:
    """Whether this very thing was done by the same person a moment ago: a button pressed twice."""
    same = Notification.objects.filter(pk=row.pk, evaluated_by=by, because=said["because"], state=said["outcome"])
    return same.exists()


def to_second(*, by: User) -> tuple[Line, ...]:
    """The sample of what others retained that nobody has looked at a second time."""
    areas = by.areas_where(Permission.EVALUATE_NOTIFICATIONS)
    rows = Notification.objects.filter(area__in=areas, state=RETAINED, is_sampled=True, second_by=None)
    return lines(rows.exclude(evaluated_by=by).select_related("source").order_by("evaluated_at")[:PAGE], by=by)


def agreement(*, by: User) -> Agreement:
    sampled = Notification.objects.filter(area__in=_areas(by), state=RETAINED, is_sampled=True)
    said = list(sampled.exclude(second_by=None).values_list("second_outcome", flat=True))
    return Agreement(len(said), said.count(RETAINED), sampled.filter(second_by=None).count())


@dataclass(frozen=True)
class Forwarded:
    """What the police forwarded to the reader's teams: what waits to be acknowledged, and the rest."""

    waiting: tuple[Line, ...]
    others: tuple[Line, ...]


def forwarded(*, by: User) -> Forwarded:
    rows = _forwarded(by).select_related("source").order_by("-evaluated_at")
    waiting, others = rows.filter(_UNACKNOWLEDGED), rows.exclude(_UNACKNOWLEDGED)
    return Forwarded(lines(waiting[:PAGE], by=by), lines(others[:PAGE], by=by))


def count_forwarded(*, by: User) -> int:
    """How many of them nobody has acknowledged."""
    return _forwarded(by).filter(_UNACKNOWLEDGED).count()


def _forwarded(by: User) -> QuerySet[Notification]:
    areas = [area for area in by.areas_where(Permission.RECEIVE_RELEASE) if may_be_sent(by.agency, area)]
    return Notification.objects.filter(team__in=by.team_ids, area__in=areas, state=FORWARDED)
