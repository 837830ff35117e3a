"""What is seen of old records: what is due, what is held, what waits for a second person, what was destroyed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from openmash.agencies.models import Area, User
from openmash.agencies.roles import Permission
from openmash.audit.action import known_to
from openmash.decisions.models import Outcome
from openmash.enquiries.models import Enquiry, Party
from openmash.enquiries.workflow import CLOSED
from openmash.kit.verdict import Verdict
from openmash.people.models import Marker
from openmash.people.queries import names_of
from openmash.records.codes import DESTROY, FIND, FINDINGS, HOLDS, KEEP, WANTS
from openmash.records.models import Destruction, Hold, Review, Setting
from openmash.records.policies import (
    is_due,
    is_held,
    live_holds,
    may_agree,
    may_answer,
    may_be_destroyed,
    may_lift,
    may_place,
    may_propose,
    may_read_hold,
    may_read_of,
    may_read_review,
)
from openmash.records.rules import LEAST, RULES, Facts, Kept, Rule, kept, later

MOST_SHOWN = 100


@dataclass(frozen=True)
class DueLine:
    """A closed enquiry whose time is over."""

    reference: str
    area: str
    rule: str
    closed_on: date
    until: date
    is_held: bool


@dataclass(frozen=True)
class HoldLine:
    number: int
    on: str
    area: str
    kind: str
    because: str
    by: str
    at: datetime
    may_lift: Verdict


@dataclass(frozen=True)
class ReviewLine:
    """What somebody proposed, and whether the reader may say yes or no to it."""

    number: int
    reference: str
    area: str
    rule: str
    was_due_on: date
    wants: str
    is_to_destroy: bool
    keep_until: date | None
    because: str
    by: str
    at: datetime
    answer: str
    may_agree: Verdict
    may_decline: Verdict


@dataclass(frozen=True)
class DestroyedLine:
    reference: str
    rule: str
    was_due_on: date
    proposed_by: str
    confirmed_by: str
    at: datetime
    rows: int
    hash: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class RecordView:
    """One enquiry as a record: until when it is kept and by which rule, what holds it, and what was said of it."""

    reference: str
    area: str
    status: str
    closed_on: date | None
    rule: str
    says: str
    until: date | None
    holds: tuple[HoldLine, ...]
    reviews: tuple[ReviewLine, ...]
    destroyed: DestroyedLine | None
    may_place: Verdict
    may_propose: Verdict
    may_destroy: Verdict


@dataclass(frozen=True)
class RuleLine:
    key: str
    name: str
    says: str
    source: str
    years: int
    changed: str


def load(reference: str, *, by: User) -> Enquiry:
    """The row; 404 when there is none or `by` keeps no records of its area."""
    row = Enquiry.objects.select_related("area").filter(reference=reference).first()
    return known_to(by, row, may_read_of, event="record.looked-up")


def load_hold(number: int, *, by: User) -> Hold:
    row = Hold.objects.select_related("area", "enquiry", "by").filter(pk=number).first()
    return known_to(by, row, may_read_hold, event="hold.looked-up")


def load_review(number: int, *, by: User) -> Review:
    row = Review.objects.select_related("enquiry__area", "by", "answered_by").filter(pk=number).first()
    return known_to(by, row, may_read_review, event="retention.looked-up")


def years_of(area: int) -> dict[str, int]:
    """The numbers that an area has set, by rule."""
    return dict(Setting.objects.filter(area=area).values_list("rule", "years"))


def rules(area: Area) -> tuple[RuleLine, ...]:
    rows = {row.rule: row for row in Setting.objects.filter(area=area).select_related("by")}
    return tuple(_rule(rule, rows.get(rule.key)) for rule in RULES.values())


def _rule(rule: Rule, row: Setting | None) -> RuleLine:
    years = row.years if row else rule.years.usual
    changed = f"{row.by.name}: {row.because}" if row else ""
    return RuleLine(rule.key, rule.name, rule.sentence({"years": years}), rule.source, years, changed)


def kept_until(enquiry: Enquiry) -> Kept:
    """By which rule a closed enquiry is kept and until when, with what two people agreed."""
    return _kept([enquiry], years_of(enquiry.area_id))[enquiry.pk]


def _kept(rows: Iterable[Enquiry], years: Mapping[str, int]) -> dict[int, Kept]:
    """Seven queries, however many enquiries there are."""
    closed = {row.pk: row for row in rows}
    facts = _facts(closed)
    longer: dict[int, date] = {}
    agreed = Review.objects.filter(enquiry__in=closed, wants=KEEP, is_agreed=True)
    for enquiry, until in agreed.values_list("enquiry_id", "keep_until"):
        if until:
            longer[enquiry] = max(until, longer.get(enquiry, until))
    found = {}
    for number, fact in facts.items():
        by_rule = kept(fact, years)
        found[number] = Kept(by_rule.rule, max(by_rule.until, longer.get(number, by_rule.until)))
    return found


def _facts(closed: Mapping[int, Enquiry]) -> dict[int, Facts]:
    children = Party.objects.filter(enquiry__in=closed, role__in=("child", "unborn"))
    dates = children.annotate(born=Coalesce("person__born_on", "person__due_on")).exclude(born=None)
    born = dict(dates.values("enquiry_id").annotate(youngest=Max("born")).values_list("enquiry_id", "youngest"))
    outcomes: dict[int, set[str]] = defaultdict(set)
    markers: dict[int, set[str]] = defaultdict(set)
    carried: dict[int, set[str]] = defaultdict(set)
    signed = Outcome.objects.filter(decision__enquiry__in=closed, decision__signed_at__isnull=False)
    for enquiry, kind in signed.values_list("decision__enquiry_id", "kind"):
        outcomes[enquiry].add(kind)
    for person, kind in Marker.objects.filter(person__in=children.values("person")).values_list("person_id", "kind"):
        carried[person].add(kind)
    for enquiry, person in children.values_list("enquiry_id", "person_id"):
        markers[enquiry] |= carried[person]
    findings = _findings(closed)
    managed = Party.objects.filter(enquiry__in=closed, person__markers__kind="mappa").exclude(person__born_on=None)
    mappa = dict(managed.values("enquiry_id").annotate(last=Max("person__born_on")).values_list("enquiry_id", "last"))
    with connection.cursor() as cursor:  # a meeting's papers are read by those who see the enquiry; here the day alone
        cursor.execute("SELECT enquiry, heard_on FROM openmash_last_heard(%s)", [list(closed)])
        heard = dict(cursor.fetchall())
    return {
        number: Facts(
            closed_on=timezone.localdate(row.closed_at or row.received_at),
            kind=row.kind,
            youngest=born.get(number),
            outcomes=frozenset(outcomes[number]),
            markers=frozenset(markers[number]),
            heard_on=heard.get(number),
            received_on=timezone.localdate(row.received_at),
            findings=findings.get(number, {}),
            mappa_born=mappa.get(number),
        )
        for number, row in closed.items()
    }


def _findings(closed: Mapping[int, Enquiry]) -> dict[int, dict[str, date | None]]:
    """What two people last said each was found to be: of an allegation, and of the police's groups."""
    found: dict[int, dict[str, tuple[str, date | None]]] = defaultdict(dict)
    said = Review.objects.filter(enquiry__in=closed, wants=FIND, is_agreed=True).order_by("answered_at", "id")
    for enquiry, finding, born_on in said.values_list("enquiry_id", "finding", "born_on"):
        found[enquiry][finding.partition("_")[0]] = (finding, born_on)
    return {enquiry: dict(last.values()) for enquiry, last in found.items()}


def due(*, by: User) -> tuple[DueLine, ...]:
    """What is due for review in the reader's areas, longest first; what waits for a second person is not among it."""
    today = timezone.localdate()
    found: list[tuple[Enquiry, Kept]] = []
    for area in Area.objects.filter(pk__in=by.areas_where(Permission.AGREE_RECORDS)):
        waits = Review.objects.filter(enquiry=OuterRef("pk"), is_agreed=None)
        old = Enquiry.objects.filter(~Exists(waits), area=area, status=CLOSED, destroyed_at=None)
        old = old.filter(closed_at__date__lte=later(today, -LEAST)).select_related("area")
        rows = {row.pk: row for row in old}
        kept_by = _kept(rows.values(), years_of(area.pk))
        found += [(rows[number], one) for number, one in kept_by.items() if one.until <= today]
    found.sort(key=lambda pair: (pair[1].until, pair[0].reference))
    return tuple(_due(row, one) for row, one in found[:MOST_SHOWN])


def _due(row: Enquiry, one: Kept) -> DueLine:
    closed_on = timezone.localdate(row.closed_at)
    return DueLine(row.reference, row.area.name, one.name, closed_on, one.until, is_held(row))


def holds(*, by: User) -> tuple[HoldLine, ...]:
    """Every hold that stands in the reader's areas. Call it bound."""
    rows = Hold.objects.filter(area__in=by.areas_where(Permission.AGREE_RECORDS), lifted_at=None)
    return hold_lines(rows.select_related("area", "enquiry", "by").order_by("-at"), by=by)


def hold_lines(rows: Iterable[Hold], *, by: User) -> tuple[HoldLine, ...]:
    found = list(rows)
    names = names_of([row.person_id for row in found if row.person_id])
    return tuple(
        HoldLine(
            number=row.pk,
            on=row.enquiry.reference if row.enquiry else names[row.person_id].name if row.person_id else "",
            area=row.area.name,
            kind=HOLDS[row.kind],
            because=row.because,
            by=row.by.name,
            at=row.at,
            may_lift=may_lift(by, row),
        )
        for row in found
    )


def waiting(*, by: User) -> tuple[ReviewLine, ...]:
    """What was proposed and waits for a second person. Call it bound."""
    rows = Review.objects.filter(is_agreed=None, enquiry__area__in=by.areas_where(Permission.AGREE_RECORDS))
    return tuple(
        review_line(row, by=by) for row in rows.select_related("enquiry__area", "by", "answered_by").order_by("at")
    )


def review_line(row: Review, *, by: User) -> ReviewLine:
    who = row.answered_by.name if row.answered_by else ""
    said = {None: "", True: f"Agreed by {who}", False: f"Declined by {who}: {row.answered_because}"}
    return ReviewLine(
        number=row.pk,
        reference=row.enquiry.reference,
        area=row.enquiry.area.name,
        rule=RULES[row.rule].name,
        was_due_on=row.was_due_on,
        wants=f"{WANTS[row.wants]}: {FINDINGS[row.finding]}" if row.finding else WANTS[row.wants],
        is_to_destroy=row.wants == DESTROY,
        keep_until=row.keep_until,
        because=row.because,
        by=row.by.name,
        at=row.at,
        answer=said[row.is_agreed],
        may_agree=may_agree(by, row),
        may_decline=may_answer(by, row),
    )


def destroyed(*, by: User) -> tuple[DestroyedLine, ...]:
    """The last that were destroyed in the reader's areas."""
    rows = Destruction.objects.filter(area__in=by.areas_where(Permission.AGREE_RECORDS))
    rows = rows.select_related("enquiry", "proposed_by", "confirmed_by").order_by("-at")
    return tuple(_destroyed(row) for row in rows[:MOST_SHOWN])


def _destroyed(row: Destruction) -> DestroyedLine:
    return DestroyedLine(
        reference=row.enquiry.reference,
        rule=RULES[row.rule].name,
        was_due_on=row.was_due_on,
        proposed_by=row.proposed_by.name,
        confirmed_by=row.confirmed_by.name,
        at=row.at,
        rows=sum(row.counts.values()),
        hash=row.hash,
        counts=tuple(sorted(row.counts.items())),
    )


def record(enquiry: Enquiry, *, by: User) -> RecordView:
    """One enquiry as a record. Call it bound."""
    gone = Destruction.objects.filter(enquiry=enquiry).select_related("enquiry", "proposed_by", "confirmed_by").first()
    is_closed = enquiry.status == CLOSED
    one = kept_until(enquiry) if is_closed and not gone else None
    years = years_of(enquiry.area_id)
    reviews = enquiry.reviews.select_related("enquiry__area", "by", "answered_by").order_by("-at")
    standing = live_holds(enquiry).select_related("area", "enquiry", "by").order_by("-at")
    return RecordView(
        reference=enquiry.reference,
        area=enquiry.area.name,
        status="Destroyed" if gone else "Closed" if is_closed else "Open",
        closed_on=timezone.localdate(enquiry.closed_at) if enquiry.closed_at else None,
        rule=one.name if one else "",
        says=RULES[one.rule].sentence({"years": years[one.rule]} if one.rule in years else {}) if one else "",
        until=one.until if one else None,
        holds=hold_lines(standing, by=by),
        reviews=tuple(review_line(row, by=by) for row in reviews),
        destroyed=_destroyed(gone) if gone else None,
        may_place=may_place(by, enquiry),
        may_propose=may_propose(by, enquiry),
        may_destroy=(may_be_destroyed(enquiry) & is_due(one.until)) if one else may_be_destroyed(enquiry),
    )
