"""What is done to an enquiry itself: received, moved, taken, fast-tracked, paused, covered, reopened."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from openmash.agencies import letters
from openmash.agencies.models import Agency, Area, Locality, User
from openmash.agencies.policies import may_keep_own_settings
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, action
from openmash.audit.actors import Actor, System
from openmash.enquiries.clocks import set_running_clock, statutory_due, triage_due
from openmash.enquiries.given import GivenEnquiry
from openmash.enquiries.kept_from import unhindered
from openmash.enquiries.models import Cover, Enquiry, Party, Pause, Referrer
from openmash.enquiries.policies import (
    may_advance,
    may_cover,
    may_fast_track,
    may_pause,
    may_receive,
    may_release_from_hold,
    may_reopen,
    may_return,
    may_settle,
    may_take,
)
from openmash.enquiries.steps import meet_need, note_step, raise_need
from openmash.enquiries.workflow import CLOSED, DESKS, JOURNEY, STATUS_WORDS
from openmash.people import actions as people
from openmash.people.given import GivenColleague, GivenTie, GivenTogether
from openmash.people.queries import records_of
from openmash.people.reaching import is_called_unsafe

# No letter or digit that is taken for another when it is read out on the telephone.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
COVER_LASTS = timedelta(hours=12)

# What later rooms do when an enquiry has been received: each is called with the enquiry and the time.
AFTER_RECEIVING: list[Callable[[Enquiry, datetime], None]] = []
# Later rooms that wait with what is held as spam name theirs here too: it is as if it came when it is let in.
AFTER_LETTING_IN: list[Callable[[Enquiry, datetime], None]] = []


@action(may=may_receive, event="enquiry.received", lock=False)
def receive(area: Area, *, by: Actor, now: datetime, given: GivenEnquiry, key: str) -> Enquiry:
    """Receive an enquiry, once: the same `key` again returns the same enquiry (double click, back button, retry).

    Makes the enquiry, its people and their ties, the first step, the owner and the clocks, and leaves a letter with
    the reference for the referrer, all or nothing.
    """
    there = _received_before(key)
    if there:
        return there
    try:
        with transaction.atomic():
            enquiry = _write_down(area, given, key, by, now)
    except IntegrityError:
        there = _received_before(key)
        if there is None:
            raise
        return there
    _add_referrer(enquiry, given, by)
    _add_parties(enquiry, given, by, now)
    note_step(enquiry, "received", "Received", by=by, now=now)
    if given.is_urgent and not given.is_held:
        raise_need(
            enquiry,
            "urgent",
            "An urgent enquiry has come in",
            path=f"/enquiry/{enquiry.reference}/",
            due_at=enquiry.triage_due_at,
            now=now,
            permission=Permission.RATE,
        )
    _write_back(enquiry, given, by, now)
    for follow in AFTER_RECEIVING:
        follow(enquiry, now)
    return enquiry


def _write_back(enquiry: Enquiry, given: GivenEnquiry, by: Actor, now: datetime) -> None:
    """A letter with the reference, unless the enquiry itself calls that very address not safe.

    What the hub knew before does not count: whoever reads that mailbox would learn it from a letter that does not come.
    """
    if is_called_unsafe(enquiry.parties.values_list("person", flat=True), given.referrer.email):
        says = "No e-mail was sent to the referrer: the enquiry says that the address is not safe"
        note_step(enquiry, "not-written-to", says, by=by, now=now)
        return
    area = enquiry.area
    letters.write(
        to=given.referrer.email,
        about=enquiry.reference,
        subject=f"We have your enquiry: {enquiry.reference}",
        line=f"{area.hub_name} has received it. Keep this reference. To speak to us, ring {area.telephone}.",
        key=f"received-{enquiry.pk}",
        now=now,
    )


def _write_down(area: Area, given: GivenEnquiry, key: str, by: Actor, now: datetime) -> Enquiry:
    received = min(given.received_at or now, now)
    triage = triage_due(area, received, is_urgent=given.is_urgent)
    return Enquiry.objects.create(
        reference=_reference(area, key),
        area=area,
        locality=Locality.objects.filter(area=area, key=given.locality_key).first() if given.locality_key else None,
        kind=given.kind,
        channel=given.channel,
        source_code=given.source_code,
        received_at=received,
        received_key=key,
        keyed_by=by if isinstance(by, User) else None,
        is_urgent=given.is_urgent,
        is_held=given.is_held,
        worry=given.worry,
        triage_due_at=triage,
        due_at=triage,
        statutory_due_at=statutory_due(area, received, given.kind),
        **given.fields,
    )


def _received_before(key: str) -> Enquiry | None:
    """Whoever sends it once more may not know any more what became of it; it is the same enquiry."""
    with unhindered():
        return Enquiry.objects.filter(received_key=key).first()


def _reference(area: Area, key: str) -> str:
    number = int.from_bytes(hashlib.sha256(f"reference of {key}".encode()).digest(), "big")
    while True:
        marks = ""
        for _ in range(8):
            number, place = divmod(number, len(_LETTERS))
            marks += _LETTERS[place]
        reference = f"{area.letters}-{marks[:4]}-{marks[4:]}"
        if not Enquiry.objects.filter(reference=reference).exists():
            return reference


def _add_referrer(enquiry: Enquiry, given: GivenEnquiry, by: Actor) -> None:
    referrer = given.referrer
    facts = {name: value for name, value in vars(referrer).items() if name not in ("agency_key", "account")}
    agency = Agency.objects.filter(key=referrer.agency_key).first() if referrer.agency_key else None
    is_own = isinstance(by, User) and bool(by.areas_where(Permission.SEE_OWN_ENQUIRIES))
    account = referrer.account or (by.ledger_id if is_own else None)
    Referrer.objects.create(enquiry=enquiry, agency=agency, user_id=account, **facts)


def _add_parties(enquiry: Enquiry, given: GivenEnquiry, by: Actor, now: datetime) -> None:
    """The people, their ties to each child, and who works with them: at one go, since a form may name a dozen."""
    together = GivenTogether(
        people=tuple(party.person for party in given.parties),
        ties=tuple(_ties(given)),
        colleagues=tuple(_colleagues(given)),
        source=f"Enquiry {enquiry.reference}",
    )
    recorded = people.record_together(enquiry.area, by=by, now=now, given=together)
    Party.objects.bulk_create(
        Party(
            enquiry=enquiry,
            person=person,
            role=party.role,
            relation_to_child=party.relation_to_child,
            lives_in_household=party.lives_in_household,
            school=party.school,
            gp=party.gp,
            legal_status=party.legal_status,
            risk_factors=list(party.risk_factors),
            note=party.note,
            order=order,
        )
        for order, (party, person) in enumerate(zip(given.parties, recorded.people, strict=True))
    )


def _children(given: GivenEnquiry) -> list[int]:
    return [place for place, party in enumerate(given.parties) if party.role in ("child", "unborn")]


def _ties(given: GivenEnquiry) -> Iterator[GivenTie]:
    for place, party in enumerate(given.parties):
        others = [child for child in _children(given) if child != place]
        for child in others if party.relation_to_child else ():
            yield GivenTie(place, child, party.relation_to_child, party.has_parental_responsibility)


def _colleagues(given: GivenEnquiry) -> Iterator[GivenColleague]:
    """The professionals named work with each child, or with whom it is about when there is none."""
    for place in _children(given) or ([0] if given.parties else []):
        for one in given.professionals:
            yield GivenColleague(place, **vars(one))


@action(may=may_advance, event="enquiry.advanced", keeps=("move",))
def advance(enquiry: Enquiry, *, by: Actor, now: datetime, move: str, because: str = "") -> Enquiry:
    """Make a move of the journey. The only place that writes a status; every later room's verb comes through here."""
    verdict = JOURNEY.may_make(move, enquiry.status)
    if not verdict:
        raise Refused("enquiry.advanced", verdict)
    before, enquiry.status = enquiry.status, JOURNEY.target(move)
    enquiry.desk, enquiry.owner = DESKS[enquiry.status], None
    if enquiry.status == CLOSED:
        enquiry.closed_at = now
    if move in ("decide", "decide_directly"):
        enquiry.decided_at = now
    if move == "reopen":
        enquiry.closed_at = None
        enquiry.statutory_due_at = statutory_due(enquiry.area, now, enquiry.kind)
        enquiry.research_due_at = enquiry.statutory_due_at if enquiry.research_due_at else None
    set_running_clock(enquiry, now)
    enquiry.save()
    note_step(enquiry, move, STATUS_WORDS[enquiry.status], by=by, now=now, because=because, before=before)
    return enquiry


@action(may=may_reopen, event="enquiry.reopened")
def reopen(enquiry: Enquiry, *, by: Actor, now: datetime, because: str) -> Enquiry:
    """Back to review, with a new clock and all history kept: a late answer, a challenge, new information."""
    return advance(enquiry, by=by, now=now, move="reopen", because=because)


@action(may=may_take, event="enquiry.taken")
def take(enquiry: Enquiry, *, by: User, now: datetime) -> Enquiry:
    """One person takes it from the desk. The next move gives it to the next desk."""
    enquiry.owner = by
    enquiry.save(update_fields=["owner"])
    note_step(enquiry, "taken", f"Taken by {by.name}", by=by, now=now)
    return enquiry


@action(may=may_take, event="enquiry.given-back")
def give_back(enquiry: Enquiry, *, by: User, now: datetime) -> Enquiry:
    """Back to its desk: someone goes home, or hands over."""
    enquiry.owner = None
    enquiry.save(update_fields=["owner"])
    note_step(enquiry, "given-back", "Given back to the desk", by=by, now=now)
    return enquiry


@action(may=may_return, event="enquiry.returned")
def return_to_desk(enquiry: Enquiry, *, by: System, now: datetime) -> Enquiry:
    """Back to its desk by the clock: whoever had it does not work here any more."""
    enquiry.owner = None
    enquiry.save(update_fields=["owner"])
    note_step(enquiry, "given-back", "Given back to the desk: its owner does not work here any more", by=by, now=now)
    return enquiry


@action(may=may_keep_own_settings, event="user.went-away")
def go_away(user: User, *, by: User, now: datetime, until: date) -> User:
    """Away up to and including a day: whatever they had taken goes back to its desk, where others see it (M119)."""
    user.away_until = until
    user.save(update_fields=["away_until"])
    for enquiry in Enquiry.objects.filter(owner=user).exclude(status=CLOSED).select_related("area"):
        give_back(enquiry, by=by, now=now)
    return user


@action(may=may_keep_own_settings, event="user.came-back")
def come_back(user: User, *, by: User, now: datetime) -> User:
    """Here again. What was given back stays where it is now."""
    user.away_until = None
    user.save(update_fields=["away_until"])
    return user


@action(may=may_fast_track, event="enquiry.fast-tracked")
def fast_track(enquiry: Enquiry, *, by: User, now: datetime, because: str) -> Enquiry:
    """Immediate child protection: practice managers and police are told at once, and research goes on (M101)."""
    enquiry.fast_track_at, enquiry.fast_track_because = now, because
    enquiry.save(update_fields=["fast_track_at", "fast_track_because"])
    note_step(enquiry, "fast-tracked", "Put on the fast track: child protection", by=by, now=now, because=because)
    path, due = f"/enquiry/{enquiry.reference}/fast-track/", now + timedelta(hours=1)
    says = "Child protection: discuss with the police now"
    raise_need(enquiry, "fast_track", says, path=path, due_at=due, now=now, permission=Permission.DECIDE)
    police = Agency.objects.filter(return_key="police", areas=enquiry.area).first()
    if police:
        says = "Child protection: the practice manager needs to speak to you now"
        path = f"/fast-track/{enquiry.reference}/"
        raise_need(enquiry, "fast_track", says, path=path, due_at=due, now=now, agency=police)
    return enquiry


@action(may=may_take, event="enquiry.fast-track-discussed")
def discuss(enquiry: Enquiry, *, by: User, now: datetime, says: str) -> Enquiry:
    """The discussion with the police has been had: who, and what was agreed."""
    note_step(enquiry, "discussed", "Discussed with the police", by=by, now=now, because=says)
    meet_need(enquiry, "fast_track", by=by, now=now)
    return enquiry


@action(may=may_pause, event="enquiry.paused")
def pause(enquiry: Enquiry, *, by: User, now: datetime, because: str) -> Pause:
    """Pause the clock for a reason. The unpaused time stays beside it everywhere."""
    note_step(enquiry, "paused", "Clock paused", by=by, now=now, because=because)
    return Pause.objects.create(enquiry=enquiry, since=now, because=because, by=by)


@action(may=may_pause, event="enquiry.resumed")
def resume(enquiry: Enquiry, *, by: User, now: datetime) -> Enquiry:
    Pause.objects.filter(enquiry=enquiry, until=None).update(until=now)
    note_step(enquiry, "resumed", "Clock running again", by=by, now=now)
    return enquiry


@action(may=may_cover, event="enquiry.covered", lock=False)
def cover(enquiry: Enquiry, *, by: User, now: datetime, because: str) -> Cover:
    """ "I need this": a relationship taken up by hand, with a reason. It ends by itself."""
    note_step(enquiry, "covered", f"Opened by {by.name}", by=by, now=now, because=because)
    return Cover.objects.create(enquiry=enquiry, user=by, since=now, until=now + COVER_LASTS, because=because)


@action(may=may_release_from_hold, event="enquiry.let-in")
def let_in(enquiry: Enquiry, *, by: User, now: datetime) -> Enquiry:
    """What looked like spam is not: it goes on like any other."""
    enquiry.is_held = False
    enquiry.save(update_fields=["is_held"])
    note_step(enquiry, "let-in", "Looked at and let in", by=by, now=now)
    for follow in AFTER_LETTING_IN:
        follow(enquiry, now)
    return enquiry


@action(may=may_settle, event="party.settled", lock=False)
def settle_party(party: Party, *, by: User, now: datetime) -> Party:
    """Someone has looked at the possible matches of this person and said of each what they think, or that none fits."""
    party.is_matched = True
    party.save(update_fields=["is_matched"])
    return party


@action(may=may_settle, event="party.unsettled", lock=False)
def unsettle_party(party: Party, *, by: User, now: datetime) -> Party:
    """What was said of who this is has been taken back: the question is open again."""
    party.is_matched = False
    party.save(update_fields=["is_matched"])
    return party


@action(may=may_settle, event="party.born", lock=False)
def note_birth(party: Party, *, by: User, now: datetime, born_on: date, sex: str, given: str, source: str) -> Party:
    """An unborn child of an enquiry is born: from now on a child, in every open enquiry that they are in (M54)."""
    person = party.person.lead or party.person
    people.note_birth(person, by=by, now=now, born_on=born_on, sex=sex, given=given, source=source)
    records = records_of([person.pk])[person.pk]
    Party.objects.filter(person__in=records, role="unborn").exclude(enquiry__status=CLOSED).update(role="child")
    party.role = "child"
    return party
