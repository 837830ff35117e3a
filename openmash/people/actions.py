"""What is done to what is known of people: recorded, related, joined, parted, amended, marked."""

from dataclasses import dataclass
from datetime import date, datetime

from openmash.agencies.models import Agency, Area, User
from openmash.audit.action import Refused, action, reading
from openmash.audit.actors import Actor
from openmash.kit.verdict import Verdict, need
from openmash.people.agency_records import RecordPair
from openmash.people.amending import amend
from openmash.people.facts import Fact
from openmash.people.given import GivenPerson, GivenTogether
from openmash.people.markers import GUARDING, MARKERS
from openmash.people.matching.linking import look_again, look_at_records_again
from openmash.people.models import Judgement, Marker, Person, Professional, Proposal, RecordJudgement
from openmash.people.pairs import live_judgement, pair_of, point_at_leads, records_with, wait_for_other_judges
from openmash.people.policies import (
    may_add,
    may_adopt,
    may_agree_same,
    may_decline_same,
    may_judge_record,
    may_know,
    may_match,
    may_propose_same,
    may_record,
    may_say_different,
    may_say_same,
    may_undo,
    may_undo_record,
)
from openmash.people.portrait import PersonView, person_view
from openmash.people.recording import write_down, write_down_all


@action(may=may_record, event="person.recorded", lock=False)
def record(area: Area, *, by: Actor, now: datetime, given: GivenPerson) -> Person:
    """Write down a person as they were given: always a new record, never joined to another by itself (M95)."""
    return write_down(area, given, now)


@dataclass(frozen=True)
class Together:
    """The new records, in the order in which the people were given."""

    people: tuple[Person, ...]

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return tuple(person.pk for person in self.people)


@action(may=may_record, event="people.recorded", lock=False)
def record_together(area: Area, *, by: Actor, now: datetime, given: GivenTogether) -> Together:
    """Write down people who were given together, with their ties and the professionals around them, at one go."""
    return Together(tuple(write_down_all(area, given, now)))


@action(may=may_add, event="professional.added", lock=False)
def add_professional(
    person: Person,
    *,
    by: Actor,
    now: datetime,
    agency: str,
    source: str,
    role: str = "",
    name: str = "",
    contact: str = "",
    since: date | None = None,
    last_seen: date | None = None,
) -> Professional:
    """Someone works with this person (M72). `agency` is a name in words: a school or a surgery is one too."""
    return Professional.objects.create(
        person=person,
        agency=agency,
        role=role,
        name=name,
        contact=contact,
        since=since,
        last_seen=last_seen,
        source=source,
        recorded_at=now,
    )


@action(may=may_match, event="person.said-same", lock=False)
def say_same(person: Person, *, by: User, now: datetime, other: Person, why: str = "") -> Judgement:
    """Two records are one person. Joins all their records; refused when that would join two said to be different."""
    return _judge(person, other, Judgement.SAME, by, now, why)


@action(may=may_match, event="person.proposed-same", lock=False)
def propose_same(person: Person, *, by: User, now: datetime, other: Person) -> Proposal:
    """Somebody thinks that two records are one person, and one is guarded: a second person has to agree."""
    low, high = _in_order(person, other)
    _demand(may_propose_same(by, pair_of(low, high)), "person.proposed-same")
    return Proposal.objects.create(first=low, second=high, by=by, at=now)


@action(may=may_match, event="person.agreed-same", lock=False)
def agree_same(person: Person, *, by: User, now: datetime, other: Person) -> Judgement:
    """The second person agrees. The records are joined, and either of the two can be asked why."""
    low, high = _in_order(person, other)
    pair = pair_of(low, high)
    _demand(may_agree_same(by, pair), "person.agreed-same")
    proposal = Proposal.objects.select_related("by", "first", "second").get(pk=pair.proposal and pair.proposal.pk)
    proposal.answered_by, proposal.answered_at, proposal.is_agreed = by, now, True
    proposal.save(update_fields=["answered_by", "answered_at", "is_agreed"])
    return _join(proposal.first, proposal.second, Judgement.SAME, by, now, f"Proposed by {proposal.by.name}")


@action(may=may_decline_same, event="person.declined-same")
def decline_same(proposal: Proposal, *, by: User, now: datetime, because: str) -> Proposal:
    """Not agreed, with a reason; or taken back by whoever proposed it. It can be proposed again."""
    proposal.answered_by, proposal.answered_at, proposal.because = by, now, because
    proposal.save(update_fields=["answered_by", "answered_at", "because"])
    return proposal


@action(may=may_match, event="person.said-different", lock=False)
def say_different(person: Person, *, by: User, now: datetime, other: Person, why: str = "") -> Judgement:
    """Two records are not one person. They are not offered as a match again, and nothing can join them until undone."""
    return _judge(person, other, Judgement.DIFFERENT, by, now, why)


@action(may=may_undo, event="judgement.undone")
def undo(judgement: Judgement, *, by: User, now: datetime) -> Judgement:
    """Take back a judgement. The records are again exactly what they were without it."""
    wait_for_other_judges()
    together = records_with([judgement.first.lead_id_or_own, judgement.second.lead_id_or_own])
    judgement.undone_by, judgement.undone_at = by, now
    judgement.save(update_fields=["undone_by", "undone_at"])
    point_at_leads(together)
    look_again(together)
    return judgement


@action(may=may_judge_record, event="record.judged", keeps=("says",), lock=False)
def judge_record(pair: RecordPair, *, by: User, now: datetime, says: str) -> RecordJudgement:
    """An agency's record is, or is not, of this person or of the same person as another record. Linking keeps to it."""
    wait_for_other_judges()
    judgement = RecordJudgement.objects.create(
        area_id=pair.area, record=pair.record, person=pair.person, other=pair.other, says=says, by=by, at=now
    )
    _link_again(judgement)
    return judgement


@action(may=may_undo_record, event="record.judgement-undone")
def undo_record(judgement: RecordJudgement, *, by: User, now: datetime) -> RecordJudgement:
    """Take back what was said of an agency's record. It is linked as if nobody had said anything."""
    judgement.undone_by, judgement.undone_at = by, now
    judgement.save(update_fields=["undone_by", "undone_at"])
    _link_again(judgement)
    return judgement


def _link_again(judgement: RecordJudgement) -> None:
    look_at_records_again(number for number in (judgement.record, judgement.other) if number)
    look_again(judgement.ledger_people)


@action(may=may_adopt, event="person.amended")
def adopt(person: Person, *, by: User, now: datetime, facts: tuple[Fact, ...]) -> Person:
    """The reviewed merge: the facts that a worker chose become what the lead record says now (M95).

    What it said before stays, with its source; each change leaves an `Amendment`. Pass `seen=` the version shown.
    """
    return amend(person, facts, by, now)


@action(may=may_match, event="person.born")
def note_birth(person: Person, *, by: User, now: datetime, born_on: date, sex: str, given: str, source: str) -> Person:
    """An unborn child is born: the same record, with the due date kept (M54)."""
    facts = [Fact("born_on", born_on, source), Fact("sex", sex, source)]
    usual = person.names.filter(is_usual=True).order_by("-id").first()
    facts.append(Fact("name", (given, usual.family if usual else ""), source, since=born_on))
    return amend(person, tuple(facts), by, now)


@action(may=may_match, event="person.marked", keeps=("kind",), lock=False)
def mark(
    person: Person,
    *,
    by: Actor,
    now: datetime,
    kind: str,
    agency: Agency,
    team: str = "",
    worker: str = "",
    since: date | None = None,
    source: str = "",
) -> Marker:
    """A status or a risk that a person carries into any household (M53): a key of `people.markers`, else ValueError."""
    if kind not in MARKERS:
        raise ValueError(f"There is no marker {kind}. There are {', '.join(MARKERS)}.")
    marker = Marker.objects.create(
        person=person,
        kind=kind,
        agency=agency,
        team=team,
        worker=worker,
        since=since,
        source=source or agency.name,
        recorded_at=now,
    )
    _guard_anew(marker)
    return marker


@action(may=may_match, event="person.unmarked", lock=False)
def unmark(person: Person, *, by: Actor, now: datetime, marker: Marker, until: date) -> Marker:
    """A marker ends. It stays on the record with its dates. One that protects somebody takes two people."""
    _demand(need(marker.kind not in GUARDING, "Two people end a protection: propose it."), "person.unmarked")
    return end_marker(marker, until)


def end_marker(marker: Marker, until: date) -> Marker:
    marker.until = until
    marker.save(update_fields=["until"])
    _guard_anew(marker)
    return marker


@reading(may=may_know, event="person.looked-at")
def look_at(person: Person, *, by: Actor, now: datetime) -> PersonView:
    """Everything known of a person. Every look is on the ledger."""
    return person_view(person.pk, by=by)


def _guard_anew(marker: Marker) -> None:
    """Whoever is guarded, or no longer, is linked anew."""
    if MARKERS[marker.kind].is_guarding:
        look_again(records_with([marker.person.lead_id_or_own]))


def _judge(first: Person, second: Person, says: str, by: User, now: datetime, why: str) -> Judgement:
    """Write a judgement of a pair once; the same one again returns the one that is there."""
    low, high = _in_order(first, second)
    there = live_judgement(low.pk, high.pk)
    if there and there.says == says:
        return there
    policy, event = _RULES[says]
    _demand(policy(by, pair_of(low, high)), event)
    return _join(low, high, says, by, now, why)


def _in_order(first: Person, second: Person) -> tuple[Person, Person]:
    """Both as they are now, the smaller number first, with nobody else judging until this is done."""
    wait_for_other_judges()
    low, high = sorted((first.pk, second.pk))
    return Person.objects.get(pk=low), Person.objects.get(pk=high)


def _demand(verdict: Verdict, event: str) -> None:
    if not verdict:
        raise Refused(event, verdict)


def _join(low: Person, high: Person, says: str, by: User, now: datetime, why: str) -> Judgement:
    judgement = Judgement.objects.create(first=low, second=high, says=says, by=by, at=now, why=why)
    together = records_with([low.lead_id_or_own, high.lead_id_or_own])
    if says == Judgement.SAME:
        point_at_leads(together)
    look_again(together)
    return judgement


_RULES = {
    Judgement.SAME: (may_say_same, "person.said-same"),
    Judgement.DIFFERENT: (may_say_different, "person.said-different"),
}
