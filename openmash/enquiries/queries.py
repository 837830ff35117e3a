"""What is seen of an enquiry, by whom. Everything returned is a finished, frozen value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When
from django.http import Http404
from django.utils import timezone

from openmash.agencies.models import Posting, User
from openmash.agencies.queries import areas
from openmash.agencies.roles import ROLES, Permission
from openmash.audit.action import known_to
from openmash.audit.actors import Actor
from openmash.enquiries import said
from openmash.enquiries.clocks import Clock, both_clocks
from openmash.enquiries.codes import CHANNELS, CONCERNS, RISK_FACTORS, ROLES_IN_ENQUIRY, SOURCES, WHY_NOT_TOLD
from openmash.enquiries.kept_from import known, unhindered
from openmash.enquiries.models import Cover, Enquiry, Need, Party, Step
from openmash.enquiries.policies import may_read_referrer, may_see
from openmash.enquiries.workflow import CLOSED, DESK_WORDS, STATUS_WORDS
from openmash.people.queries import NameLine, names_of
from openmash.people.whereabouts import WITHHELD, Protection, protection


def visible_to(by: Actor) -> QuerySet[Enquiry]:
    """The enquiries that `by` may know exist, as hub staff: open ones of their areas, closed ones with cover."""
    if not isinstance(by, User) or not by.is_active:
        return Enquiry.objects.none()
    areas = by.areas_where(Permission.SEE_ENQUIRIES)
    now = timezone.now()
    covered = Cover.objects.filter(enquiry=OuterRef("pk"), user=by, since__lte=now, until__gt=now)
    return Enquiry.objects.filter(area__in=areas, destroyed_at=None).filter(~Q(status=CLOSED) | Exists(covered))


def left_behind(now: datetime) -> QuerySet[Enquiry]:
    """Open enquiries that belong to somebody who has left, or has no role in the area any more."""
    today = timezone.localdate(now)
    posted = Posting.objects.filter(user=OuterRef("owner"), area=OuterRef("area"), since__lte=today)
    is_here = Exists(posted.exclude(until__lt=today))
    rows = Enquiry.objects.exclude(status=CLOSED).filter(owner__isnull=False).order_by("pk")
    return rows.filter(Q(owner__is_active=False) | ~is_here)


def load(reference: str, *, by: Actor) -> Enquiry:
    """The row, for an action; 404 when there is none or `by` may not know of it."""
    enquiry = known(by, Enquiry.objects.select_related("owner", "locality").filter(reference=reference))
    known_to(by, enquiry, may_see, event="enquiry.looked-up")
    enquiry.area = areas()[enquiry.area_id]
    return enquiry


def load_closed(reference: str, *, by: Actor) -> Enquiry:
    """A closed enquiry of the user's area, so that they can say why they need it; otherwise 404."""
    closed = Enquiry.objects.select_related("area").filter(status=CLOSED, destroyed_at=None)
    enquiry = known(by, closed.filter(reference=reference))
    if not isinstance(by, User) or enquiry.area_id not in by.areas_where(Permission.SEE_ENQUIRIES):
        raise Http404
    return enquiry


@dataclass(frozen=True)
class Header:
    """What stands at the top of every page about an enquiry."""

    number: int
    reference: str
    version: int
    area: str
    locality: str
    status: str
    status_words: str
    rating: str
    owner: str
    is_mine: bool
    next_mover: str
    clocks: tuple[Clock, ...]
    is_urgent: bool
    is_fast_track: bool
    fast_track_because: str
    is_restricted: bool
    is_held: bool
    is_paused: bool
    paused_because: str
    is_open: bool
    received_at: datetime
    kind: str


def header(enquiry: Enquiry, *, by: Actor, now: datetime) -> Header:
    """The header of one enquiry. The next mover is the owner, or the desk that it waits at."""
    pause = enquiry.pauses.filter(until=None).first() if enquiry.is_open else None
    owner = enquiry.owner.name if enquiry.owner else DESK_WORDS.get(enquiry.desk, "")
    return Header(
        number=enquiry.pk,
        reference=enquiry.reference,
        version=enquiry.version,
        area=enquiry.area.name,
        locality=enquiry.locality.name if enquiry.locality else "",
        status=enquiry.status,
        status_words=STATUS_WORDS[enquiry.status],
        rating=enquiry.rating,
        owner=owner,
        is_mine=enquiry.owner_id is not None and enquiry.owner_id == by.ledger_id,
        next_mover=owner,
        clocks=both_clocks(enquiry, now),
        is_urgent=enquiry.is_urgent,
        is_fast_track=enquiry.fast_track_at is not None,
        fast_track_because=enquiry.fast_track_because,
        is_restricted=enquiry.is_restricted,
        is_held=enquiry.is_held,
        is_paused=pause is not None,
        paused_because=pause.because if pause else "",
        is_open=enquiry.is_open,
        received_at=enquiry.received_at,
        kind=enquiry.kind,
    )


@dataclass(frozen=True)
class PartyLine:
    """One person in an enquiry, as given, with the name that the hub knows them by."""

    party: int
    person: int
    lead: int
    name: str
    age: str
    role: str
    role_words: str
    relation: str
    lives_in_household: bool | None
    school: str
    gp: str
    legal_status: str
    risk_factors: tuple[str, ...]
    note: str
    is_matched: bool


def parties(enquiry_number: int) -> tuple[PartyLine, ...]:
    """The people in an enquiry, children first."""
    rows = list(Party.objects.filter(enquiry=enquiry_number).order_by("order", "id"))
    names, guard = names_of([row.person_id for row in rows]), protection()
    return tuple(_party_line(row, names[row.person_id], guard) for row in rows)


def _party_line(row: Party, name: NameLine, guard: Protection) -> PartyLine:
    is_protected = name.lead in guard.leads
    return PartyLine(
        party=row.pk,
        person=row.person_id,
        lead=name.lead,
        name=name.name,
        age=name.age,
        role=row.role,
        role_words=ROLES_IN_ENQUIRY.get(row.role, row.role),
        relation=row.relation_to_child,
        lives_in_household=row.lives_in_household,
        school=WITHHELD if is_protected and row.school else row.school,
        gp=WITHHELD if is_protected and row.gp else row.gp,
        legal_status=row.legal_status,
        risk_factors=tuple(RISK_FACTORS.get(key) or CONCERNS.get(key, key) for key in row.risk_factors),
        note=row.note,
        is_matched=row.is_matched,
    )


@dataclass(frozen=True)
class ReferrerLine:
    """Who brought the enquiry, as far as the reader may know it."""

    role: str
    organisation: str
    name: str
    telephone: str
    email: str
    relationship: str
    keep_name_from_family: bool
    is_name_withheld: bool


@dataclass(frozen=True)
class Story:
    """What the referrer said, field by field, with plain labels. Fields left empty are named under `unanswered`."""

    worry: str
    answers: tuple[tuple[str, str], ...]
    unanswered: tuple[str, ...]
    concerns: tuple[str, ...]
    source: str
    channel: str
    told_family: str
    agreement: str
    referrer: ReferrerLine


def story(enquiry: Enquiry, *, by: Actor) -> Story:
    """The referral as it was given. The referrer's name is a compartment of its own."""
    return Story(
        worry=enquiry.worry,
        answers=(*said.answers(enquiry), *_of_referrer(enquiry, by)),
        unanswered=said.unanswered(enquiry),
        concerns=tuple(CONCERNS.get(key, key) for key in enquiry.concerns),
        source=SOURCES.get(enquiry.source_code, enquiry.source_code),
        channel=CHANNELS.get(enquiry.channel, enquiry.channel),
        told_family=_told(enquiry),
        agreement={"yes": "Agrees", "no": "Does not agree", "not_asked": "Was not asked"}.get(
            enquiry.family_agrees, "Not recorded"
        ),
        referrer=_referrer(enquiry, by),
    )


def _told(enquiry: Enquiry) -> str:
    if enquiry.told_family is None:
        return "Not recorded"
    if enquiry.told_family:
        return "Yes"
    why = WHY_NOT_TOLD.get(enquiry.why_not_told, "")
    return "No. " + " ".join(filter(None, [why and f"{why}.", enquiry.why_not_told_words]))


def _of_referrer(enquiry: Enquiry, by: Actor) -> tuple[tuple[str, str], ...]:
    """What a referrer said of themself, for those who may know who it is."""
    row = enquiry.referrer
    said_of = (("How the referrer knows the family", row.relationship), ("Their manager who knows", row.manager_told))
    return tuple(pair for pair in said_of if pair[1]) if may_read_referrer(by, enquiry) else ()


def _referrer(enquiry: Enquiry, by: Actor) -> ReferrerLine:
    row = enquiry.referrer
    may = bool(may_read_referrer(by, enquiry))
    return ReferrerLine(
        role=row.job_title or row.kind.capitalize(),
        organisation=row.organisation or (row.agency.name if row.agency else ""),
        name=row.name if may else "",
        telephone=row.telephone if may else "",
        email=row.email if may else "",
        relationship=row.relationship if may else "",
        keep_name_from_family=row.keep_name_from_family,
        is_name_withheld=not may,
    )


@dataclass(frozen=True)
class Receipt:
    """What whoever made an enquiry is told of it: its reference, and how to reach the hub. Nothing of the family."""

    reference: str
    hub_name: str
    telephone: str
    out_of_hours: str
    is_letter_sent: bool
    is_danger_now: bool
    is_professional: bool


def receipt(reference: str) -> Receipt:
    """For the browser that sent the enquiry, by its reference."""
    with unhindered():
        row = Enquiry.objects.select_related("area", "referrer").get(reference=reference)
    return Receipt(
        reference=row.reference,
        hub_name=row.area.hub_name,
        telephone=row.area.telephone,
        out_of_hours=row.area.out_of_hours,
        is_letter_sent=bool(row.referrer.email),
        is_danger_now=row.is_danger_now,
        is_professional=row.referrer.kind == "professional",
    )


@dataclass(frozen=True)
class StepLine:
    at: datetime
    what: str
    says: str
    because: str
    by_name: str
    version: int


def steps(enquiry_number: int) -> tuple[StepLine, ...]:
    """Everything that happened to an enquiry, newest first."""
    return _step_lines(Step.objects.filter(enquiry=enquiry_number).order_by("-id"))


def steps_since(enquiry: Enquiry, version: int) -> tuple[StepLine, ...]:
    """What others did after a form was opened at `version`, for the person whose form is stale."""
    return _step_lines(Step.objects.filter(enquiry=enquiry.pk, version__gt=version).order_by("id"))


def _step_lines(rows: QuerySet[Step]) -> tuple[StepLine, ...]:
    return tuple(StepLine(row.at, row.what, row.says, row.because, row.by_name, row.version) for row in rows)


@dataclass(frozen=True)
class EarlierLine:
    """Another enquiry about the same people: that it was, when and how it ended. Never what was said."""

    reference: str
    kind: str
    received_at: datetime
    area: str
    status_words: str
    is_open: bool
    rating: str
    concerns: tuple[str, ...]
    source: str
    people: tuple[int, ...]
    may_open: bool


def of_people(numbers: Iterable[int], *, by: Actor, besides: int = 0) -> tuple[EarlierLine, ...]:
    """Every enquiry about any of these person records, in any area, newest first. No date window (M55)."""
    rows = (
        Enquiry.objects.filter(parties__person__in=list(numbers))
        .exclude(pk=besides)
        .distinct()
        .select_related("area")
        .order_by("-received_at")
    )
    found = list(rows)
    about: dict[int, list[int]] = {}
    for enquiry, person in Party.objects.filter(enquiry__in=[row.pk for row in found]).values_list(
        "enquiry_id", "person_id"
    ):
        about.setdefault(enquiry, []).append(person)
    mine = by.areas_where(Permission.SEE_ENQUIRIES) if isinstance(by, User) else frozenset()
    return tuple(
        EarlierLine(
            reference=row.reference,
            kind=row.kind,
            received_at=row.received_at,
            area=row.area.name,
            status_words=STATUS_WORDS[row.status],
            is_open=row.is_open,
            rating=row.rating,
            concerns=tuple(CONCERNS.get(key, key) for key in row.concerns),
            source=SOURCES.get(row.source_code, row.source_code),
            people=tuple(about.get(row.pk, ())),
            may_open=row.area_id in mine,
        )
        for row in found
    )


def years_as_child(records: Mapping[int, Iterable[int]], *, besides: int = 0) -> dict[int, int]:
    """By lead: the year in which the hub first knew somebody as a child, for those of whom it did (M74). One query."""
    lead_of = {record: lead for lead, theirs in records.items() for record in theirs}
    rows = Party.objects.filter(person__in=lead_of, role__in=("child", "unborn")).exclude(enquiry=besides)
    found: dict[int, int] = {}
    for person, year in rows.values_list("person_id", "enquiry__received_at__year"):
        found[lead_of[person]] = min(year, found.get(lead_of[person], year))
    return found


@dataclass(frozen=True)
class NeedLine:
    """One thing that needs somebody."""

    reference: str
    says: str
    path: str
    due_at: datetime
    is_over: bool
    kind: str
    rating: str
    enquiry: int


def _needs(by: User) -> QuerySet[Need]:
    wanted = Q(user=by) | Q(team__in=by.team_ids)
    for area in {area for _, area, _ in by.postings_now}:
        held = {str(p) for role, place, _ in by.postings_now if place == area for p in ROLES[role].may}
        wanted |= Q(Q(agency=None) | Q(agency=by.agency_id), area=area, permission__in=held)
        if Permission.ANSWER in held:
            wanted |= Q(area=area, permission="", agency=by.agency_id)
    return Need.objects.filter(wanted, met_at=None)


def needs_of(by: User, *, now: datetime, limit: int = 50) -> tuple[NeedLine, ...]:
    """What needs this user: child protection first (M31), then first due first.

    What reads the same of one enquiry and leads to the same page is one line: a family of four is seen once.
    """
    found = _needs(by).annotate(reference=F("enquiry__reference"), rating=F("enquiry__rating"))
    first: dict[tuple[int, str, str], Any] = {}
    for row in found.order_by(Case(When(kind="fast_track", then=0), default=1), "due_at")[: limit * 4]:
        first.setdefault((row.enquiry_id, row.says, row.path), row)
    rows = list(first.values())[:limit]
    return tuple(
        NeedLine(row.reference, row.says, row.path, row.due_at, row.due_at <= now, row.kind, row.rating, row.enquiry_id)
        for row in rows
    )


def count_needs(by: User) -> int:
    """How many things need this user: at most 100 are counted, so that the count stays cheap."""
    return len(_needs(by).values_list("enquiry", "says", "path").distinct()[:100])


def children_of(numbers: Sequence[int]) -> dict[int, str]:
    """For a list of enquiries: the children in each, as "Amira Bell, 6; Noah Bell, 4". Two queries however many."""
    rows = Party.objects.filter(enquiry__in=numbers, role__in=("child", "unborn")).values_list("enquiry", "person")
    pairs: dict[int, list[int]] = {}
    for enquiry, person in rows.order_by("order"):
        pairs.setdefault(enquiry, []).append(person)
    return _named(pairs)


def _named(pairs: dict[int, list[int]]) -> dict[int, str]:
    names = names_of([person for people in pairs.values() for person in people])
    words = {number: ", ".join(filter(None, [line.name, line.age])) for number, line in names.items()}
    return {enquiry: "; ".join(words[person] for person in people) for enquiry, people in pairs.items()}


def whom(numbers: Sequence[int]) -> dict[int, str]:
    """For a list of enquiries: whom each is about. Its children; before them the adult at risk, if it is about one, who
    is named before all other adults. Two queries however many.
    """
    is_adult = Q(role="adult", enquiry__kind="adult")
    rows = Party.objects.filter(Q(role__in=("child", "unborn")) | is_adult, enquiry__in=numbers)
    pairs: dict[int, list[int]] = {}
    adults = set()
    for enquiry, person, role in rows.order_by("order").values_list("enquiry", "person", "role"):
        if role != "adult":
            pairs.setdefault(enquiry, []).append(person)
        elif enquiry not in adults:
            adults.add(enquiry)
            pairs.setdefault(enquiry, []).insert(0, person)
    return _named(pairs)


def count_overdue(area: int, now: datetime) -> int:
    """How many open enquiries of an area are overdue."""
    return Enquiry.objects.filter(area=area, due_at__lte=now).exclude(status=CLOSED).count()


def counts_by_status(areas: Iterable[int]) -> dict[str, int]:
    """How many open enquiries stand at each status."""
    rows = Enquiry.objects.filter(area__in=list(areas)).exclude(status=CLOSED).values_list("status")
    return dict(rows.annotate(Count("id")))
