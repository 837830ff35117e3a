"""Tells the story of one enquiry through the hub's real actions, on a clock of its own, as far as it is to go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from django.db.models import QuerySet
from django.utils import timezone

from openmash.agencies.models import User
from openmash.allocation import actions as allocation
from openmash.allocation.models import Handover
from openmash.audit.action import Refused
from openmash.audit.actors import PUBLIC
from openmash.county import reasons
from openmash.county.duties import ANSWERS, DOES, receiver
from openmash.county.families import Family
from openmash.county.hub import Hub
from openmash.county.releasing import account_for
from openmash.county.saying import Sayings
from openmash.decisions import actions as decisions
from openmash.decisions.given import GivenAdvice, GivenOutcome, GivenPin
from openmash.enquiries import actions as enquiries
from openmash.enquiries.given import GivenEnquiry, GivenParty
from openmash.enquiries.models import Enquiry, Party
from openmash.enquiries.workflow import CLOSED, DECIDED, GATHERING, RECEIVED, REVIEW, SCREENED, TRIAGED
from openmash.gathering import actions as gathering
from openmash.gathering.answering import answer
from openmash.gathering.given import Asked
from openmash.gathering.models import RatingAlert, Request
from openmash.gathering.shelf import RETURNS
from openmash.intelligence.actions import GivenItem
from openmash.people import actions as people
from openmash.people.models import Person
from openmash.triage import actions as triage

_STAGES = (RECEIVED, SCREENED, TRIAGED, GATHERING, REVIEW, DECIDED, CLOSED)


@dataclass(frozen=True)
class Course:
    """How one enquiry goes: when it came, from whom, how far, and what is thought of it.

    `source` is a code of `SOURCES`, or empty for anybody; `release` the status at which what is let out shall stand;
    `also` what a social worker does besides, once a stage is reached.
    """

    received_at: datetime
    until: str = CLOSED
    rating: str = "amber"
    level: int = 2
    is_direct: bool = False
    is_urgent: bool = False
    fast_track_because: str = ""
    agencies: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    is_taken: bool = False
    is_held: bool = False
    source: str = ""
    release: str = ""
    also: Mapping[str, Callable[[Enquiry, User, datetime], None]] = field(default_factory=dict, hash=False)


@dataclass
class Teller:
    """Tells courses of families, and remembers which person record is which member, so that repeats are recognised."""

    hub: Hub
    draw: Random
    today: datetime = field(default_factory=timezone.now)
    known: dict[tuple[str, str], int] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    told: int = 0

    def tell(self, family: Family, course: Course, sayings: Sayings | None = None, key: str = "") -> Enquiry:
        """Tell one course to its end. The same seed and the same order make the same county."""
        family = family.on(course.received_at.date())
        before = self.said.setdefault(family.key, [])
        said = sayings or Sayings.drawn(family, course, self.draw, before)
        before.append(said.worry)
        self.told += 1
        does = {part: self.hub.staff[self.draw.choice(names)] for part, names in DOES[family.area].items()}
        story = Story(self, family, course, said, does, key or f"county-{family.key}-{self.told}")
        return story.run()


@dataclass
class Story:
    teller: Teller
    family: Family
    course: Course
    said: Sayings
    does: dict[str, User]
    key: str
    enquiry: Enquiry = field(init=False)
    now: datetime = field(init=False)

    def run(self) -> Enquiry:
        self.now = self.course.received_at
        self.receive()
        self._besides(RECEIVED)
        if self.course.is_direct and self._reaches(DECIDED):
            self.later(hours=1)
            self.decide_directly()
        else:
            for stage, step in (
                (SCREENED, self.screen),
                (TRIAGED, self.rate),
                (GATHERING, self.ask),
                (REVIEW, self.answers),
                (DECIDED, self.decide),
            ):
                if self._reaches(stage):
                    step()
                    self._besides(stage)
            if self.course.until == GATHERING:
                self._some_answers()
        if self._reaches(DECIDED):
            self.let_out()
        if self._reaches(CLOSED):
            self.close()
            self._besides(CLOSED)
        if self.course.is_taken:
            self._do(enquiries.take, self.does["triage" if self.course.until in (SCREENED, TRIAGED) else "coordinate"])
        return self.enquiry

    def _besides(self, stage: str) -> None:
        if act := self.course.also.get(stage):
            act(self.enquiry, self.does["triage"], self.now)
            self.enquiry.refresh_from_db()

    def _reaches(self, stage: str) -> bool:
        return _STAGES.index(stage) <= _STAGES.index(self.course.until)

    def later(self, *, hours: float) -> None:
        """Some working hours later, and never later than today."""
        then = self._area.working_time.add_hours(self.now, hours * self.teller.draw.uniform(0.6, 1.3))
        self.now = min(then, self.now + (self.teller.today - self.now) / 2)

    @property
    def _area(self):  # noqa: ANN202 - the area of the hub, as a row
        return self.teller.hub.areas[self.family.area]

    def _do(self, act, by: User, **given):  # noqa: ANN001, ANN003, ANN202 - any act on the enquiry
        result = act(self.enquiry, by=by, now=self.now, **given)
        self.enquiry.refresh_from_db()
        return result

    def receive(self) -> None:
        parties = tuple(
            GivenParty(
                replace(member.person, source=self.said.source_name),
                member.role,
                relation_to_child=member.relation,
                has_parental_responsibility=True if member.relation in ("mother", "father") else None,
                lives_in_household=member.lives_there,
                school=member.school,
                gp=member.gp,
                risk_factors=member.factors,
            )
            for member in self.family.members
        )
        by = self.does["coordinate"] if self.said.channel == "telephone" else PUBLIC
        given = GivenEnquiry(
            worry=self.said.worry,
            channel=self.said.channel,
            source_code=self.said.source_code,
            referrer=self.said.referrer,
            parties=parties,
            locality_key=self.family.locality,
            is_urgent=self.course.is_urgent,
            is_held=self.course.is_held,
            fields=self.said.fields,
        )
        self.enquiry = enquiries.receive(self._area, by=by, now=self.now, given=given, key=self.key)
        if self.course.fast_track_because:
            self._do(enquiries.fast_track, self.does["coordinate"], because=self.course.fast_track_because)
        self._recognise()

    def _recognise(self) -> None:
        """The coordinator says who was known before; a child who was never met is new."""
        for member, party in zip(self.family.members, self._parties(), strict=True):
            mark = (self.family.key, member.mark)
            before = self.teller.known.get(mark)
            if before is None:
                self.teller.known[mark] = party.person_id
            elif self.course.until != RECEIVED:
                other = Person.objects.get(pk=before)
                people.say_same(party.person, by=self.does["coordinate"], now=self.now, other=other, why="")
            if self.course.until != RECEIVED:
                enquiries.settle_party(party, by=self.does["coordinate"], now=self.now)

    def _parties(self) -> list[Party]:
        """In the order of the members of the family."""
        return list(Party.objects.filter(enquiry=self.enquiry).select_related("person").order_by("order"))

    def screen(self) -> None:
        self.later(hours=1.5)
        considered = self.said.considered or reasons.CONSIDERED[0]
        self._do(triage.screen, self.does["coordinate"], outcome="research", considered=considered)

    def rate(self) -> None:
        self.later(hours=1)
        by = self.does["triage"]
        self._do(triage.rate, by, rating=self.course.rating, because=self.said.because(self.course.rating))

    def ask(self) -> None:
        by = self.does["triage"]
        self._do(triage.record_basis, by, **self.said.basis(self.course))
        self.later(hours=0.4)
        keys = self.course.agencies or self.said.agencies(self.course.rating)
        why = {key: reasons.PROPORTIONATE.get(key, reasons.PROPORTIONATE_ELSE) for key in keys}
        self._do(gathering.ask, by, agencies=[Asked(self.teller.hub.agencies[key], why[key]) for key in keys])

    def answers(self) -> None:
        for request in list(self.open_requests()):
            if request.agency.key not in self.course.silent:
                self.later(hours=0.7)
                self.answer(request)
        for alert in RatingAlert.objects.filter(enquiry=self.enquiry, did=""):
            if self._reaches(DECIDED):
                gathering.rerate_on_alert(
                    alert, by=self.does["manage"], now=self.now, rating=alert.agency_rating, because=reasons.ALERTED
                )
        self.enquiry.refresh_from_db()
        if self.enquiry.status == GATHERING:
            self._do(gathering.take_to_review, self.does["manage"], because=self.teller.draw.choice(reasons.ENOUGH))

    def _some_answers(self) -> None:
        """All but one, for which the enquiry waits: every other time for the police, whose researcher sees what waits."""
        asked = [request for request in self.open_requests() if request.agency.key not in self.course.silent]
        is_odd = self.enquiry.received_key[-1] in "13579"
        police = [request for request in asked if request.agency.key == "police" and is_odd]
        for request in asked:
            if request != (police or asked)[-1]:
                self.later(hours=0.4)
                self.answer(request)

    def open_requests(self) -> QuerySet[Request]:
        return Request.objects.filter(enquiry=self.enquiry, answered_at=None, withdrawn_at=None).select_related(
            "agency", "enquiry__area"
        )

    def answer(self, request: Request) -> None:
        by = self.teller.hub.staff[ANSWERS[request.agency.key]]
        items = self._items(request)
        systems = RETURNS.get(request.agency.return_key).systems
        found = "known" if items else "not_known"
        checks = {system.key: found if place == 0 else "not_known" for place, system in enumerate(systems)}
        rating = self.said.agency_rating(request.agency.key, self.course.rating) if items else ""
        answer(request, by=by, now=self.now, is_nothing_known=not items, rating=rating, checks=checks, items=items)

    def _items(self, request: Request) -> tuple[GivenItem, ...]:
        marks = (member.mark for member in self.family.members)
        people = {mark: party.person_id for mark, party in zip(marks, self._parties(), strict=True)}
        return self.said.items(request.agency.key, people, tuple(request.people), self.family, self.now.date())

    def decide(self) -> None:
        self.later(hours=1)
        by = self.does["manage"]
        pin = GivenPin(line=f"enquiry-{self.enquiry.pk}", point="What was seen this time")
        answered = Request.objects.filter(enquiry=self.enquiry, answered_at__isnull=False)
        advice = tuple(
            GivenAdvice(agency, *self.said.advised(key))
            for agency, key in answered.values_list("agency", "agency__key")
        )
        given = replace(self.said.decision(self.course, self._owners), pins=(pin,), advice=advice)
        if self.course.silent or (self.enquiry.due_at and self.enquiry.due_at < self.now):
            given = replace(given, early_or_late_because="Waiting longer would leave the child where they are.")
        self._do(decisions.sign, by, given=given)

    def decide_directly(self) -> None:
        reason = "advice" if self.course.level == 1 else "routed"
        given = self.said.decision(self.course, self._owners)
        self._do(decisions.decide_directly, self.does["manage"], reason=reason, given=given)

    def _owners(self, kind: str) -> GivenOutcome:
        return self.said.outcome(kind, self.teller.hub, self.family)

    def let_out(self) -> None:
        """What the receiving team needs is let out, or is not, on record."""
        handover = Handover.objects.filter(enquiry=self.enquiry).exclude(team=None).order_by("pk").first()
        if handover and self.said.sends_work(self.course):
            self.later(hours=0.5)
            by = (self.does["triage"], self.does["manage"])
            account_for(self, receiver(self.teller.hub, handover), handover.team, by, self.course.release)
        self.enquiry.refresh_from_db()

    def close(self) -> None:
        for request in self.open_requests():
            gathering.withdraw(request, by=self.does["triage"], now=self.now, because=reasons.WITHDRAWN)
        for handover in Handover.objects.filter(enquiry=self.enquiry, acknowledged_at=None):
            self.later(hours=2)
            who = receiver(self.teller.hub, handover)
            allocation.acknowledge(
                handover, by=who, now=self.now, worker=who.name, **self.said.first_meeting(handover, self.now)
            )
        self.later(hours=0.5)
        self.enquiry.refresh_from_db()
        self._tell_referrer()
        try:
            self._do(decisions.close, self.does["manage"])
        except Refused:
            # Left at the closing desk, as it would be in life: something is still awaited.
            self.enquiry.refresh_from_db()

    def _tell_referrer(self) -> None:
        by = self.does["coordinate"]
        if self.said.referrer.kind == "anonymous":
            self._do(decisions.give_feedback, by, how="withheld", withheld_because=reasons.NOBODY_TO_TELL)
        else:
            to = self.said.referrer.name
            self._do(decisions.give_feedback, by, how="telephone", said_to=to, despite=reasons.ASKED_TO_BE_RUNG)


def working_moment(area, now: datetime, hours: float) -> datetime:  # noqa: ANN001 - an area row
    """The moment from which so many working hours have passed by `now`."""
    moment = now
    while area.working_time.between(moment, now) < timedelta(hours=hours):
        moment -= timedelta(minutes=20)
    return moment
