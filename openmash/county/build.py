"""Builds the county: the two hubs, the source cases, what is open today, and two years of history, from one seed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from openmash.county.families import Family, make_family
from openmash.county.hub import SINCE, Hub, found_hub, load_hub
from openmash.county.stories import tell_source_cases
from openmash.county.telling import Course, Teller, working_moment
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
# One in two comes from Wend Valley's towns, the rest from the port.
_AREAS = (("wend-valley", 62), ("harrowmouth", 38))
# Level of need, with how often it is decided: 27 in 100 become referrals (seed 000).
_LEVELS = ((1, 30), (2, 25), (3, 18), (4, 27))
_RATINGS = {1: ("green", "green", "amber"), 2: ("green", "amber"), 3: ("amber",), 4: ("red", "amber", "amber")}

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """One enquiry to tell: the family, and how it goes."""

    family: Family
    course: Course


def build_small(progress: Progress, *, now: datetime | None = None) -> Hub:
    """The hubs, the four source cases and what is open today: enough to work with at once."""
    moment = now or timezone.now()
    with transaction.atomic():
        hub = found_hub()
    teller = Teller(hub, Random(SEED))
    with transaction.atomic():
        tell_source_cases(teller, moment)
    plans = list(_open_today(hub, moment))
    for done, plan in enumerate(plans, 1):
        with transaction.atomic():
            teller.tell(plan.family, plan.course)
        progress(done, len(plans))
    return hub


def build_rest(progress: Progress, *, families: int = FAMILIES, enquiries: int = ENQUIRIES) -> None:
    """Two years of history, oldest families first. Stopped and started again, it goes on where it was."""
    hub, today = load_hub(), timezone.now()
    teller = Teller(hub, Random(SEED + 1))
    plans = list(_history(families, enquiries, today))
    for done, plan in enumerate(plans, 1):
        key = f"history-{SEED}-{done}"
        if not Enquiry.objects.filter(received_key=key).exists():
            with transaction.atomic():
                teller.draw = Random(f"{SEED}-{done}")
                teller.tell(plan.family, plan.course, key=key)
        else:
            _remember(teller, plan.family, key)
        progress(done, len(plans))


def _remember(teller: Teller, family: Family, key: str) -> None:
    """What an earlier run told: who each member of the family is."""
    parties = Enquiry.objects.get(received_key=key).parties.values_list("person", flat=True)
    for place, person in enumerate(parties):
        teller.known.setdefault((family.key, place), person)


def _open_today(hub: Hub, now: datetime) -> Iterator[Plan]:
    draw = Random(SEED + 2)
    number = 0
    for stage, count, (least, most) in OPEN_TODAY:
        for _ in range(count):
            number += 1
            area = draw.choices(*zip(*_AREAS, strict=True))[0]
            family = make_family(number, area, now.date(), draw)
            level = draw.choices(*zip(*_LEVELS, strict=True))[0]
            rating = draw.choice(_RATINGS[level])
            for back in range(draw.choices((0, 1, 2, 4), (45, 25, 20, 10))[0], 0, -1):
                yield Plan(family, _past(now - timedelta(days=back * draw.randrange(50, 170)), draw))
            came = working_moment(hub.areas[area], now, draw.uniform(least, most))
            yield Plan(family, _present(stage, came, rating, level, draw))


def _present(stage: str, came: datetime, rating: str, level: int, draw: Random) -> Course:
    is_urgent = draw.random() < 0.2
    is_fast = rating == "red" and draw.random() < 0.4
    return Course(
        came,
        until=stage,
        rating=rating,
        level=level,
        is_urgent=is_urgent,
        fast_track_because="Someone at home may hurt the child tonight." if is_fast else "",
        is_taken=stage in (SCREENED, TRIAGED, GATHERING) and draw.random() < 0.4,
        held=stage == RECEIVED and draw.random() < 0.1,
    )


def _past(day: datetime, draw: Random) -> Course:
    came = day.replace(hour=draw.randrange(9, 15), minute=draw.randrange(60))
    level = draw.choices(*zip(*_LEVELS, strict=True))[0]
    silent = ("probation",) if draw.random() < 0.05 else ()
    return Course(
        came,
        until=CLOSED,
        rating=draw.choice(_RATINGS[level]),
        level=level,
        is_direct=level <= 2 and draw.random() < 0.55,
        silent=silent,
    )


def _history(families: int, enquiries: int, now: datetime) -> Iterator[Plan]:
    """Families come back unevenly: most once, a few many times (seed 003, the top re-enquiries)."""
    draw = Random(SEED + 3)
    left, plans = enquiries, []
    span = (now.date() - SINCE).days - 10
    for number in range(1000, 1000 + families):
        area = draw.choices(*zip(*_AREAS, strict=True))[0]
        family = make_family(number, area, now.date(), draw)
        times = min(left, draw.choices((1, 2, 3, 5, 9), (48, 26, 15, 8, 3))[0])
        left -= times
        first = draw.randrange(5, span)
        for time in range(times):
            days = max(3, first - time * draw.randrange(20, 120))
            plans.append(Plan(family, _past(now - timedelta(days=days), draw)))
    return iter(plans)
