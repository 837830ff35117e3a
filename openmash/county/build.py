"""Builds the county: the two hubs, the source cases, what is open today, and two years of history, from one seed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from openmash.agencies.models import Area
from openmash.county import reasons
from openmash.county.adults import tell_adults
from openmash.county.by_post import tell_post
from openmash.county.dangers import tell_dangers
from openmash.county.doors import tell_checks, tell_doors, tell_guarded, tell_night
from openmash.county.families import Family, make_family
from openmash.county.hub import SINCE, Hub, found_hub, load_hub
from openmash.county.kept import tell_kept
from openmash.county.old_records import tell_old_records
from openmash.county.referrers import SOURCES
from openmash.county.stories import CASES, FIRST_AGO, FIRST_KEY, LAST_KEY, tell_source_cases
from openmash.county.systems import tell_systems
from openmash.county.telling import Course, Teller, working_moment
from openmash.county.voices import voices
from openmash.disclosure.workflow import (
    ACKNOWLEDGED,
    DISCLOSED,
    DRAFT,
    PROPOSED,
    RECALLED,
    REFUSED,
    RETURNED,
    SUPERSEDED,
)
from openmash.enquiries.models import Enquiry
from openmash.enquiries.workflow import CLOSED, DECIDED, GATHERING, RECEIVED, REVIEW, SCREENED, TRIAGED

FAMILIES, ENQUIRIES, SEED = 2000, 4000, 2026
# How many stand at each stage today, and how many working hours ago they came.
OPEN_TODAY = (
    (RECEIVED, 9, (0.1, 3.5)),
    (SCREENED, 8, (1, 4.5)),
    (TRIAGED, 7, (1.5, 6)),
    (GATHERING, 16, (2, 18)),
    (REVIEW, 9, (4, 20)),
    (DECIDED, 11, (8, 26)),
)
# So many of each are there when the pages open; the others come while somebody looks round.
FIRST = {RECEIVED: 4, SCREENED: 3, TRIAGED: 3, GATHERING: 5, REVIEW: 3, DECIDED: 3}
# What stands in the airlock today, one for each enquiry that is decided.
_RELEASES = (PROPOSED, DISCLOSED, DRAFT, RETURNED, ACKNOWLEDGED, REFUSED, RECALLED, SUPERSEDED, DISCLOSED, PROPOSED, "")
# Three in five come from Wend Valley's towns, the rest from the port.
_AREAS = (("wend-valley", 62), ("harrowmouth", 38))
# Level of need, with how often it is decided: 27 in 100 become referrals (seed 000).
_LEVELS = ((1, 30), (2, 25), (3, 18), (4, 27))
_RATINGS = {1: ("green", "green", "amber"), 2: ("green", "amber"), 3: ("amber",), 4: ("red", "amber", "amber")}
_AT_ANY_HOUR = ("6", "3E", "1A", "1B", "1D", "9", "10")
_LONDON = ZoneInfo("Europe/London")

Progress = Callable[[int, int], None]
Card = TypeVar("Card")


@dataclass(frozen=True)
class Plan:
    """One enquiry to tell: the family, and how it goes."""

    family: Family
    course: Course
    is_first: bool = True


@dataclass
class Pack(Generic[Card]):
    """Deals cards in fixed shares, so that small counties have the proportions too. A card that does not fit waits."""

    shares: tuple[tuple[Card, int], ...]
    draw: Random
    left: list[Card] = field(default_factory=list)

    def deal(self, fits: Callable[[Card], object] = lambda _: True) -> Card:
        for _ in range(3):
            for place, card in enumerate(self.left):
                if fits(card):
                    return self.left.pop(place)
            fresh = [card for card, count in self.shares for _ in range(count)]
            self.draw.shuffle(fresh)
            self.left += fresh
        raise LookupError("No card fits.")


class Planner:
    """Plans the courses of families on a day, in the shares of the county."""

    def __init__(self, draw: Random, now: datetime) -> None:
        self.draw, self.now = draw, now
        self.levels, self.sources = Pack(_LEVELS, draw), Pack(SOURCES, draw)
        self.areas = Pack(_AREAS, draw)

    def family(self, number: int) -> Family:
        return make_family(number, self.areas.deal(), self.now.date(), self.draw)

    def source(self, family: Family, day: datetime, level: int) -> str:
        """The next source of the pack that has something to say of this family on this day."""
        there = family.on(day.date())
        return self.sources.deal(lambda source: voices(there, day.date(), source, level))

    def past(self, family: Family, days_ago: int) -> Course:
        draw, level = self.draw, self.levels.deal()
        day = self.now - timedelta(days=min(days_ago, (self.now.date() - family.first_born_on()).days - 8))
        source = self.source(family, day, level)
        return Course(
            _hour_of(day, source, draw),
            until=CLOSED,
            rating=draw.choice(_RATINGS[level]),
            level=level,
            is_direct=level <= 2 and draw.random() < 0.55,
            silent=("probation",) if draw.random() < 0.05 else (),
            source=source,
            release=ACKNOWLEDGED if draw.random() < 0.6 else "",
        )

    def present(self, family: Family, stage: str, came: datetime, release: str) -> Course:
        draw = self.draw
        level = self.levels.deal(lambda level: level == 4) if release else self.levels.deal()
        rating = draw.choice(_RATINGS[level])
        is_fast = rating == "red" and draw.random() < 0.4
        return Course(
            came,
            until=stage,
            rating=rating,
            level=level,
            is_urgent=level == 4 and draw.random() < 0.6,
            fast_track_because=draw.choice(reasons.FAST_TRACK) if is_fast else "",
            is_taken=stage in (SCREENED, TRIAGED, GATHERING) and draw.random() < 0.4,
            source=self.source(family, came, level),
            release=release,
        )


def _hour_of(day: datetime, source: str, draw: Random) -> datetime:
    """The police, hospitals and neighbours ring at any hour; others in the hours of the week."""
    local = day.astimezone(_LONDON)
    if source in _AT_ANY_HOUR:
        return local.replace(hour=draw.choice((*range(8, 24), 1, 17, 21, 22)), minute=draw.randrange(60))
    weekday = local - timedelta(days=max(0, local.weekday() - 4))
    return weekday.replace(hour=draw.randrange(9, 17), minute=draw.randrange(60))


def build_small(progress: Progress, *, now: datetime | None = None) -> Hub:
    """The hubs, the four source cases and the first of what is open today: enough to work with at once.

    Stopped and started again, it goes on where it was; so does the rest.
    """
    with transaction.atomic():
        hub = load_hub() if Area.objects.exists() else found_hub()
    moment = _built_at() or now or timezone.now()
    teller = Teller(hub, Random(SEED), moment)
    if not Enquiry.objects.filter(received_key=LAST_KEY).exists():
        with transaction.atomic():
            tell_source_cases(teller, moment)
    with transaction.atomic():
        tell_doors(hub, moment)
        tell_adults(hub, moment)
        tell_systems(hub, moment)
    _tell_all(teller, _open_today(hub, moment), "open", progress, lambda plan: plan.is_first)
    with transaction.atomic():
        tell_post(hub, moment)
        tell_night(hub, moment)
    with transaction.atomic():
        tell_guarded(hub, moment)
        tell_checks(hub, moment)
        tell_old_records(hub, moment)
        tell_dangers(hub, moment)
        tell_kept(hub, moment)
    return hub


def build_rest(progress: Progress, *, families: int = FAMILIES, enquiries: int = ENQUIRIES) -> None:
    """The others that are open today, and two years of history, until there are so many families and enquiries."""
    hub, today = load_hub(), _built_at() or timezone.now()
    _tell_all(Teller(hub, Random(SEED), today), _open_today(hub, today), "open", progress)
    told = Enquiry.objects.filter(received_key__regex="^(case|open)-").count()
    open_now = sum(count for _, count, _ in OPEN_TODAY)
    teller = Teller(hub, Random(SEED + 1), today)
    _tell_all(teller, history(families - open_now - CASES, enquiries - told, today), "history", progress)


def _tell_all(
    teller: Teller,
    plans: Iterable[Plan],
    what: str,
    progress: Progress,
    is_asked: Callable[[Plan], bool] = lambda _: True,
) -> None:
    """Tell each plan, all or nothing of it, unless an earlier run has told it. Each is drawn from a seed of its own."""
    asked = [(number, plan) for number, plan in enumerate(plans, 1) if is_asked(plan)]
    for done, (number, plan) in enumerate(asked, 1):
        key = f"{what}-{SEED}-{number}"
        earlier = Enquiry.objects.filter(received_key=key).first()
        if earlier:
            _remember(teller, plan, earlier)
        else:
            with transaction.atomic():
                teller.draw = Random(key)
                teller.tell(plan.family, plan.course, key=key)
        progress(done, len(asked))


def _built_at() -> datetime | None:
    """When the county was begun, so that one that grows on another day is the same."""
    first = Enquiry.objects.filter(received_key=FIRST_KEY).first()
    return first and first.received_at + FIRST_AGO


def _remember(teller: Teller, plan: Plan, enquiry: Enquiry) -> None:
    """What an earlier run told: who each member of the family is, and what was said of them."""
    teller.said.setdefault(plan.family.key, []).append(enquiry.worry)
    family = plan.family.on(plan.course.received_at.date())
    parties = enquiry.parties.order_by("order").values_list("person", flat=True)
    for member, person in zip(family.members, parties, strict=True):
        teller.known.setdefault((family.key, member.mark), person)


def _open_today(hub: Hub, now: datetime) -> Iterator[Plan]:
    planner, number = Planner(Random(SEED + 2), now), 0
    draw, releases = planner.draw, iter(_RELEASES)
    for stage, count, (least, most) in OPEN_TODAY:
        for place in range(count):
            number += 1
            family, is_first = planner.family(number), place < FIRST[stage]
            for back in range(draw.choices((0, 1, 2, 4), (62, 24, 10, 4))[0], 0, -1):
                yield Plan(family, planner.past(family, back * draw.randrange(90, 150) + draw.randrange(20)), is_first)
            came = working_moment(hub.areas[family.area], now, draw.uniform(least, most))
            release = next(releases) if stage == DECIDED else ""
            yield Plan(family, planner.present(family, stage, came, release), is_first)


def history(families: int, enquiries: int, now: datetime) -> list[Plan]:
    """Families come back unevenly: most once, a few many times (seed 003, the top re-enquiries)."""
    planner = Planner(Random(SEED + 3), now)
    draw, times = planner.draw, [1] * families
    left = enquiries - families
    while left > 0:
        more = min(left, draw.choices((1, 2, 4, 8), (50, 30, 15, 5))[0])
        times[draw.randrange(families)] += more
        left -= more
    plans = []
    for number, count in enumerate(times, 1000):
        family = planner.family(number)
        plans += [Plan(family, planner.past(family, days)) for days in _days_ago(count, now, draw)]
    return plans


def _days_ago(count: int, now: datetime, draw: Random) -> list[int]:
    """The longest ago first. Sixty in a hundred more come now than two years ago (seed 000)."""
    span = (now.date() - SINCE).days - 10
    days = []
    while len(days) < count:
        ago = draw.randrange(3, span)
        if draw.random() < 1 - 0.375 * ago / span:
            days.append(ago)
    return sorted(days, reverse=True)
