"""What is seen on the evaluators' desk. Everything returned is a finished, frozen value."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404

from openmash.agencies.models import Area, Team, User
from openmash.agencies.policies import may_be_sent
from openmash.agencies.roles import Permission
from openmash.kit.verdict import Verdict
from openmash.notifications.codes import (
    FORWARDED,
    GRADE_ORDER,
    OPEN_CASE,
    OUTCOMES,
    RETAINED,
    ROLES,
    STATES,
    WAITING,
)
from openmash.notifications.models import File, Notification, Repair, Source, Subject
from openmash.notifications.policies import may_evaluate, may_load, may_read_forwarded, may_second, may_see
from openmash.people.ages import age
from openmash.people.models import Marker

PAGE = 30
REPAIRS = 200


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
    logs: tuple[str, ...]
    risk: str
    because: str
    evaluated_by: str
    evaluated_at: datetime | None
    reference: str
    team: str
    worker: str
    acknowledged: str
    teams: tuple[tuple[int, str], ...]
    may_evaluate: Verdict
    may_second: Verdict


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
    return lines(found[:PAGE]), key


def _waiting(by: User) -> QuerySet[Notification]:
    return Notification.objects.filter(area__in=_areas(by), state=WAITING)


def _areas(by: User) -> frozenset[int]:
    return by.areas_where(Permission.EVALUATE_NOTIFICATIONS) | by.areas_where(Permission.DECIDE)


def lines(rows: Iterable[Notification]) -> tuple[Line, ...]:
    """Each with its people, whether they are open, and how many earlier incidents there were. Five queries at most."""
    asked = list(rows)
    subjects: dict[int, list[Subject]] = defaultdict(list)
    for one in Subject.objects.filter(notification__in=asked).order_by("id"):
        subjects[one.notification_id].append(one)
    everyone = [one for some in subjects.values() for one in some]
    cases, earlier = _open_cases(everyone), _incidents(everyone)
    return tuple(_line(row, subjects[row.pk], cases, earlier) for row in asked)


def _line(
    row: Notification,
    subjects: Iterable[Subject],
    cases: dict[int, Marker],
    earlier: dict[str, list[tuple[str, int]]],
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
        is_changed=row.is_changed,
        state=row.state,
        state_words=STATES[row.state],
    )


def _person(
    one: Subject, row: Notification, cases: dict[int, Marker], earlier: dict[str, list[tuple[str, int]]]
) -> Person:
    case = cases.get(one.lead or 0)
    others = {reference: year for reference, year in earlier.get(one.who, []) if reference != row.reference}
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


def _open_cases(subjects: Iterable[Subject]) -> dict[int, Marker]:
    leads = {one.lead for one in subjects if one.lead}
    live = Marker.objects.filter(kind__in=OPEN_CASE, until=None)
    rows = (live.filter(person__in=leads) | live.filter(person__lead__in=leads)).select_related("person")
    return {row.person.lead_id or row.person_id: row for row in rows.order_by("since")}


def _incidents(subjects: Iterable[Subject]) -> dict[str, list[tuple[str, int]]]:
    """By person: the references of every notification about them, over all years, each with its year (M88)."""
    whose = {one.who for one in subjects if one.who}
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    rows = Subject.objects.filter(who__in=whose).values_list(
        "who", "notification__reference", "notification__happened_on__year"
    )
    for person, reference, year in rows:
        found[person].append((reference, year))
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
    return View(
        line=lines([row])[0],
        words=row.words,
        logs=tuple(one.strip() for one in row.logs.replace(",", ";").split(";") if one.strip()),
        risk="" if is_blind else row.risk,
        because=shown,
        evaluated_by=row.evaluated_by.name if row.evaluated_by and not is_blind else "",
        evaluated_at=None if is_blind else row.evaluated_at,
        reference=row.enquiry.reference if row.enquiry else "",
        team=row.team.name if row.team else "",
        worker=row.worker,
        acknowledged=row.acknowledged_by.name if row.acknowledged_by else "",
        teams=tuple(Team.objects.filter(area=row.area).order_by("name").values_list("pk", "name")),
        may_evaluate=may_evaluate(by, row),
        may_second=may_second(by, row),
    )


def to_second(*, by: User) -> tuple[Line, ...]:
    """The sample of what others retained that nobody has looked at a second time."""
    areas = by.areas_where(Permission.EVALUATE_NOTIFICATIONS)
    rows = Notification.objects.filter(area__in=areas, state=RETAINED, is_sampled=True, second_by=None)
    return lines(rows.exclude(evaluated_by=by).select_related("source").order_by("evaluated_at")[:PAGE])


def agreement(*, by: User) -> Agreement:
    sampled = Notification.objects.filter(area__in=_areas(by), state=RETAINED, is_sampled=True)
    said = list(sampled.exclude(second_by=None).values_list("second_outcome", flat=True))
    return Agreement(len(said), said.count(RETAINED), sampled.filter(second_by=None).count())


def forwarded(*, by: User) -> tuple[Line, ...]:
    """What was forwarded to the reader's teams, what is not acknowledged first."""
    areas = [area for area in by.areas_where(Permission.RECEIVE_RELEASE) if may_be_sent(by.agency, area)]
    rows = Notification.objects.filter(team__in=by.team_ids, area__in=areas, state=FORWARDED).select_related("source")
    return lines(rows.order_by("acknowledged_at", "-evaluated_at")[:PAGE])


@dataclass(frozen=True)
class FileLine:
    """A file and how far it is read."""

    number: int
    name: str
    source: str
    at: datetime
    by: str
    state: str
    because: str
    total: int
    cursor: int
    loaded: int
    repeated: int
    repairs: int

    @property
    def is_over(self) -> bool:
        return self.state in (File.DONE, File.BROKEN)


def files(*, by: User) -> tuple[FileLine, ...]:
    rows = File.objects.filter(source__area__in=_areas(by)).select_related("source", "by").order_by("-at")
    return tuple(file_line(row) for row in rows[:PAGE])


def file_line(row: File) -> FileLine:
    return FileLine(
        number=row.pk,
        name=row.name,
        source=f"{row.source.name} ({row.source.kind})",
        at=row.at,
        by=row.by.name if row.by else "The drop folder",
        state=row.state,
        because=row.because,
        total=row.total,
        cursor=row.cursor,
        loaded=row.loaded,
        repeated=row.repeated,
        repairs=row.repairs.filter(ended_at=None).count(),
    )


def load_file(number: int, *, by: User) -> File:
    row = File.objects.select_related("source__area", "by").filter(pk=number).first()
    if row is None or not may_load(by, row.source.area):
        raise Http404
    return row


@dataclass(frozen=True)
class RepairLine:
    number: int
    file: str
    row: int
    problems: tuple[str, ...]


def repairs(*, by: User) -> tuple[RepairLine, ...]:
    """The first rows that wait to be put right, oldest file first."""
    rows = _repairs(by).select_related("file").order_by("file", "row")[:REPAIRS]
    return tuple(RepairLine(row.pk, row.file.name, row.row, tuple(row.problems)) for row in rows)


def count_repairs(*, by: User) -> int:
    return _repairs(by).count()


def _repairs(by: User) -> QuerySet[Repair]:
    areas = by.areas_where(Permission.EVALUATE_NOTIFICATIONS)
    return Repair.objects.filter(file__source__area__in=areas, ended_at=None)


def load_repair(number: int, *, by: User) -> Repair:
    row = Repair.objects.select_related("file__source__area").filter(pk=number).first()
    if row is None or not may_load(by, row.file.source.area):
        raise Http404
    return row


def sources(area: Area) -> tuple[tuple[str, str], ...]:
    return tuple(Source.objects.filter(area=area).order_by("name").values_list("name", "kind"))


def outcome_words(state: str) -> str:
    return OUTCOMES.get(state, state)
