"""Days of a hub, hour by hour, through its real actions on a clock of its own; after each hour nothing may be forgotten.

Enquiries come at a believable rate. Staff are away, leave and change roles, take and hand over; agencies answer late or
not at all; the mail server is away for a day. After every hour each open enquiry has to stand at exactly one desk, with
one clock, and with an owner who is there or none; what is overdue is held against `bench.naive_clock`.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, ClassVar
from unittest import mock
from urllib.parse import parse_qsl

from django.core.mail.backends.base import BaseEmailBackend
from django.test import override_settings

from bench.naive_clock import Facts, due, is_open
from openmash.agencies import granting, letters
from openmash.agencies.models import Letter, User
from openmash.audit.action import Refused
from openmash.county import by_post
from openmash.county.build import Planner
from openmash.county.duties import DOES
from openmash.county.hub import Hub
from openmash.county.saying import Sayings
from openmash.county.telling import Course, Story, Teller
from openmash.decisions import actions as decisions
from openmash.decisions.models import LateAnswer
from openmash.desk.lists import Filter, queue
from openmash.enquiries import actions as enquiries
from openmash.enquiries.models import Enquiry, Step
from openmash.enquiries.queries import count_overdue
from openmash.enquiries.tasks import give_back_what_was_left
from openmash.enquiries.workflow import CLOSED, DECIDED, GATHERING, RECEIVED, REVIEW, SCREENED, TRIAGED
from openmash.gathering import actions as gathering
from openmash.gathering.given import Asked
from openmash.gathering.tasks import chase_agencies
from openmash.post.models import Dispatch
from openmash.post.tasks import send_post
from openmash.triage.models import Rating

HOUR = timedelta(hours=1)
LANDLORD = "north-wend-housing"
# Who holds an enquiry at each status, as the journey says.
DESK_OF = {
    RECEIVED: "screening",
    SCREENED: "triage",
    TRIAGED: "triage",
    GATHERING: "gathering",
    REVIEW: "decision",
    DECIDED: "closing",
}
PART_OF = {RECEIVED: "coordinate", SCREENED: "triage", TRIAGED: "triage"}


class Mail(BaseEmailBackend):
    """A mail server that is away when it is told to be."""

    is_away: ClassVar[bool] = False
    taken: ClassVar[int] = 0

    def open(self) -> bool:
        if Mail.is_away:
            raise ConnectionRefusedError("The mail server is away")
        return True

    def send_messages(self, messages: Sequence[Any]) -> int:
        self.open()
        Mail.taken += len(messages)
        return len(messages)


@dataclass
class Going:
    """An enquiry on its way: whose turn it is follows from its status; not before `next_at`."""

    story: Story
    next_at: datetime
    is_late: bool
    is_let_out: bool = False
    rounds: int = 0


@dataclass
class Month:
    hub: Hub
    draw: Random
    start: datetime
    days: int
    a_day: int
    now: datetime = field(init=False)
    going: list[Going] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now, self.hours = self.start, self.days * 24
        self.teller = Teller(self.hub, self.draw, self.start)
        self.planner = Planner(self.draw, self.start)
        self.left: set[str] = set()

    def run(self, tell: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
        """Every hour of it. `differences` has to be empty."""
        Mail.is_away, Mail.taken = False, 0
        with override_settings(EMAIL_BACKEND="bench.month.Mail"), self._clock():
            for number in range(self.hours):
                self.now = self.start + number * HOUR
                self._staff(number)
                self._arrivals()
                self._work()
                self._clockwork()
                self._look()
                if number % 24 == 23:
                    tell(f"day {number // 24 + 1:2}: {len(self.going)} open, {len(self.differences)} differences")
        stranded = Letter.objects.filter(sent_at=None, waits_for_digest=False, written_at__lt=self.now - 26 * HOUR)
        return {
            "enquiries": self.counts["received"],
            "hours looked at": self.hours,
            "open at the end": Enquiry.objects.exclude(status=CLOSED).count(),
            **dict(sorted(self.counts.items())),
            "letters and requests that went out": Mail.taken,
            "letters left behind": stranded.exclude(given_up_at__isnull=False).count(),
            "requests not sent": Dispatch.objects.filter(sent_at=None, failed_at=None, try_at__lt=self.now).count(),
            "differences": self.differences[:20],
        }

    @contextmanager
    def _clock(self) -> Iterator[None]:
        with mock.patch("django.utils.timezone.now", self._moment):
            yield

    def _moment(self) -> datetime:
        return self.now

    # Who is there

    def _staff(self, number: int) -> None:
        if number % 24 == 8:
            self._absences()
        day, hour = divmod(number, 24)
        if (day, hour) == (self.days // 3, 11):
            self._leaves("dev", lambda user, by: granting.close_account(user, by=by, now=self.now))
        if (day, hour) == (self.days * 4 // 5, 11):
            self._leaves("tomasz", self._loses_role)
        Mail.is_away = 10 <= number % (10 * 24) < 34  # from a first morning to the next, every ten days

    def _absences(self) -> None:
        for name in sorted({name for parts in DOES.values() for names in parts.values() for name in names} - self.left):
            user = self._user(name)
            if user.away_until and user.away_until < self.now.date():
                enquiries.come_back(user, by=user, now=self.now)
            elif not user.away_until and self.draw.random() < 0.12:
                until = self.now.date() + timedelta(days=self.draw.randrange(3))
                enquiries.go_away(user, by=user, now=self.now, until=until)
                self.counts["absences"] += 1

    def _leaves(self, name: str, act: Callable[[User, User], object]) -> None:
        """Somebody with enquiries of their own does not work here any more."""
        user = self._user(name)
        for enquiry in Enquiry.objects.exclude(status=CLOSED).filter(area__key="wend-valley").order_by("pk")[:3]:
            enquiries.take(enquiry, by=user, now=self.now)
        act(self._user(name), self._user("nina"))
        self.left.add(name)
        self.counts["leavers"] += 1

    def _loses_role(self, user: User, by: User) -> None:
        for posting in user.postings.filter(until=None):
            granting.take_role_away(posting, by=by, now=self.now)

    def _user(self, name: str) -> User:
        """As somebody who signs in now: with the roles of today."""
        self.hub.staff[name] = User.objects.select_related("agency").get(pk=self.hub.staff[name].pk)
        return self.hub.staff[name]

    def _there(self, names: Sequence[str]) -> list[User]:
        users = [self._user(name) for name in names if name not in self.left]
        return [user for user in users if not (user.away_until and user.away_until >= self.now.date())]

    # What comes, and what is done

    def _arrivals(self) -> None:
        """Four in five come in working hours, the others at night and at the weekend."""
        whole = is_open(self.now)
        expected = self.a_day * (1.4 * 0.8 / 8 if whole else 0.2 / 24)
        for _ in range(int(expected) + (self.draw.random() < expected % 1)):
            self._receive()

    def _receive(self) -> None:
        number = self.counts["received"]
        family = self.planner.family(5000 + number).on(self.now.date())
        level = self.planner.levels.deal()
        rating = self.draw.choice(("red", "amber", "amber", "green"))
        course = Course(
            self.now,
            rating=rating,
            level=level,
            is_direct=level <= 2 and self.draw.random() < 0.4,
            is_urgent=rating == "red",
            source=self.planner.source(family, self.now, level),
        )
        before = self.teller.said.setdefault(family.key, [])
        said = Sayings.drawn(family, course, self.draw, before)
        does = {
            part: self._user(next(n for n in names if n not in self.left)) for part, names in DOES[family.area].items()
        }
        story = Story(self.teller, family, course, said, does, f"month-{number}")
        self._at_once(story)
        story.receive()
        self.counts["received"] += 1
        self.going.append(Going(story, self._later(0.3, 3), is_late=self.draw.random() < 0.4))

    def _at_once(self, story: Story) -> None:
        """A story's own waits take no time here: the clock is this month's."""
        story.now = self.teller.today = self.now

    def _later(self, least: float, most: float) -> datetime:
        return self.now + timedelta(hours=self.draw.uniform(least, most))

    def _work(self) -> None:
        if not is_open(self.now):
            return
        for going in [one for one in self.going if one.next_at <= self.now]:
            enquiry = going.story.enquiry
            enquiry.refresh_from_db()
            there = self._there(DOES[going.story.family.area][PART_OF.get(enquiry.status, "manage")])
            for part, names in DOES[going.story.family.area].items():
                going.story.does[part] = next(iter(self._there(names)), going.story.does[part])
            going.next_at = self._later(0.2, 1.8)
            if there:
                self._step(going, enquiry, self.draw.choice(there))
        self.going = [one for one in self.going if one.story.enquiry.status != CLOSED]

    def _step(self, going: Going, enquiry: Enquiry, by: User) -> None:
        story = going.story
        self._at_once(story)
        if self.draw.random() < 0.4 and enquiry.owner_id != by.pk:
            enquiries.take(enquiry, by=by, now=self.now)
            self.counts["taken, or handed to a colleague"] += 1
        elif enquiry.owner_id == by.pk and self.draw.random() < 0.2:
            enquiries.give_back(enquiry, by=by, now=self.now)
        enquiry.refresh_from_db()
        try:
            self._acts(going)[enquiry.status]()
        except Refused:
            self.counts["refused, and tried again"] += 1
        story.enquiry.refresh_from_db()

    def _acts(self, going: Going) -> dict[str, Callable[[], None]]:
        story = going.story
        first = story.decide_directly if story.course.is_direct else story.screen
        return {
            RECEIVED: first,
            SCREENED: story.rate,
            TRIAGED: lambda: self._ask(story),
            GATHERING: lambda: self._gather(going),
            REVIEW: story.decide,
            DECIDED: lambda: self._close(going),
        }

    def _ask(self, story: Story) -> None:
        story.ask()
        if story.family.area == "wend-valley" and self.draw.random() < 0.3:
            asked = [Asked(self.hub.agencies[LANDLORD], "Its officers know who lives there.")]
            gathering.ask(story.enquiry, by=story.does["triage"], now=self.now, agencies=asked)
            self.counts["asked by e-mail"] += 1

    def _gather(self, going: Going) -> None:
        """One or two agencies answer; sooner or later it is taken to the decision, with or without the rest."""
        story, going.rounds = going.story, going.rounds + 1
        waiting = [one for one in story.open_requests() if one.agency.key != LANDLORD]
        for request in waiting[: 1 if going.is_late else 3]:
            story.answer(request)
        story.enquiry.refresh_from_db()
        if going.rounds > (1 if going.is_late else 3):
            by_hand = [one.agency.key for one in story.open_requests()]
            object.__setattr__(story.course, "silent", tuple(by_hand))
            story.answers()

    def _close(self, going: Going) -> None:
        """Before it is closed an answer may come late; a practice manager may reopen it for that."""
        story = going.story
        late = [one for one in story.open_requests() if one.agency.key != LANDLORD]
        if going.is_late and late:
            going.is_late = False
            story.answer(late[0])
            self.counts["late answers"] += 1
            return
        by = story.does["manage"]
        for row in LateAnswer.objects.filter(enquiry=story.enquiry, did=""):
            if self.draw.random() < 0.5:
                decisions.reopen(story.enquiry, by=by, now=self.now, because="It changes what is known")
                self.counts["reopened"] += 1
                return
            decisions.confirm(story.enquiry, by=by, now=self.now, late=row.pk, because="It was known already")
            story.enquiry.refresh_from_db()
        if not going.is_let_out:
            going.is_let_out = True
            story.let_out()
        story.close()

    # What runs by itself

    def _clockwork(self) -> None:
        give_back_what_was_left(0)
        chase_agencies(0)
        send_post(0)
        for letter in Letter.objects.filter(sent_at=None, given_up_at=None, waits_for_digest=False):
            waited = sum(letters.WAITS[: letter.tries])
            if letter.written_at + timedelta(seconds=waited) <= self.now:
                letters.send(letter.pk)
        for dispatch in Dispatch.objects.filter(sent_at__lte=self.now - 3 * HOUR, request__answered_at=None):
            if dispatch.request.withdrawn_at is None and dispatch.request.dispatches.count() == 1 and not Mail.is_away:
                by_post.answers(self.hub, dispatch.request, self.now)
                self.counts["replies by e-mail"] += 1
                dispatch.request.refresh_from_db()
                if dispatch.request.answered_at is None:  # it waits for a person: it is not sent once more
                    Dispatch.objects.filter(pk=dispatch.pk).update(sent_at=self.now + timedelta(days=365))

    # What may not be

    def _look(self) -> None:
        rows = list(Enquiry.objects.exclude(status=CLOSED).select_related("owner", "area"))
        facts = _facts(rows)
        oracle: dict[str, set[str]] = {key: set() for key in self.hub.areas}
        for row in rows:
            should = due(facts[row.pk])
            if row.due_at != should:
                self._differs(f"{row.reference} ({row.status}) is due {row.due_at}, and should be {should}")
            if row.desk != DESK_OF[row.status] or not row.clock:
                self._differs(f"{row.reference} stands at the desk {row.desk!r} with the clock {row.clock!r}")
            if row.owner and not self._is_there(row.owner):
                self._differs(f"{row.reference} belongs to {row.owner.name}, who is not there")
            if should <= self.now:
                oracle[row.area.key].add(row.reference)
        for key, manager in (("wend-valley", "ruth"), ("harrowmouth", "shabana")):
            listed = self._listed(self._user(manager), key)
            if sorted(listed) != sorted(row.reference for row in rows if row.area.key == key):
                self._differs(f"{key}: the queue does not show each open enquiry once")
            overdue = {reference for reference, is_over in listed.items() if is_over}
            if overdue != oracle[key] or count_overdue(self.hub.areas[key].pk, self.now) != len(oracle[key]):
                self._differs(f"{key}: overdue {sorted(overdue)}, and should be {sorted(oracle[key])}")
            self.counts["overdue at some hour"] += len(overdue)

    def _is_there(self, owner: User) -> bool:
        name = next(name for name, user in self.hub.staff.items() if user.pk == owner.pk)
        return name not in self.left and not (owner.away_until and owner.away_until >= self.now.date())

    def _listed(self, by: User, area: str) -> dict[str, bool]:
        """Every page of the queue, in turn."""
        found: dict[str, bool] = {}
        shown, after = 0, ""
        while True:
            page = queue(by, Filter(area=area, after=after), now=self.now)
            found |= {row.reference: row.due_at <= self.now for row in page.rows}
            shown += len(page.rows)
            if not page.next_url:
                break
            after = Filter.asked(_asked(page.next_url)).after
        if shown != len(found):
            self._differs(f"{area}: an enquiry stands in the queue twice")
        return found

    def _differs(self, says: str) -> None:
        self.differences.append(f"{self.now:%a %d %b %H:%M}: {says}")


def _facts(rows: Sequence[Enquiry]) -> dict[int, Facts]:
    """What the steps and the ratings say happened to each."""
    steps: dict[int, list[Step]] = {row.pk: [] for row in rows}
    for step in Step.objects.filter(enquiry__in=rows).order_by("pk"):
        steps[step.enquiry_id].append(step)
    ratings: dict[int, list[tuple[datetime, str]]] = {row.pk: [] for row in rows}
    for number, at, rating in (
        Rating.objects.filter(enquiry__in=rows).order_by("pk").values_list("enquiry", "at", "rating")
    ):
        ratings[number].append((at, rating))
    return {
        row.pk: Facts(
            status=row.status,
            is_urgent=row.is_urgent,
            received_at=_last(steps[row.pk], "received"),
            ratings=ratings[row.pk],
            decided_at=_last(steps[row.pk], "decide", "decide_directly"),
            reopened_at=_last(steps[row.pk], "reopen"),
            research_continues=row.research_continues,
        )
        for row in rows
    }


def _last(steps: Sequence[Step], *what: str) -> Any:
    return next((step.at for step in reversed(steps) if step.what in what), None)


def _asked(url: str) -> dict[str, str]:
    return dict(parse_qsl(url.partition("?")[2]))
