"""What is done with old records: held, kept longer, destroyed by two. And for how long an area keeps what."""

from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from openmash.agencies.letters import write
from openmash.agencies.models import Area, User
from openmash.agencies.queries import holders
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, action
from openmash.enquiries.models import Enquiry
from openmash.kit.verdict import Verdict, need, no
from openmash.people.models import Person
from openmash.records.codes import BY_BIRTH, DESTROY, FIND, FINDINGS, KEEP
from openmash.records.models import Destruction, Hold, Review, Setting
from openmash.records.policies import (
    is_due,
    may_agree,
    may_answer,
    may_be_destroyed,
    may_lift,
    may_note,
    may_place,
    may_propose,
    may_set,
)
from openmash.records.queries import kept_until
from openmash.records.rules import RULES


@action(may=may_set, event="retention.set", keeps=("rule", "years"), lock=False)
def set_years(area: Area, *, by: User, now: datetime, rule: str, years: int, because: str) -> Setting:
    """For how many years the area keeps a class of records."""
    if problem := RULES[rule].problem({"years": years}):
        raise Refused("retention.set", no(problem))
    facts = {"years": years, "because": because, "by": by, "at": now}
    return Setting.objects.update_or_create(area=area, rule=rule, defaults=facts)[0]


@action(may=may_place, event="hold.placed", keeps=("kind",))
def hold_enquiry(enquiry: Enquiry, *, by: User, now: datetime, kind: str, because: str) -> Hold:
    """Nothing of this enquiry is destroyed until somebody else lifts the hold."""
    return Hold.objects.create(area_id=enquiry.area_id, enquiry=enquiry, kind=kind, because=because, by=by, at=now)


@action(may=may_place, event="hold.placed-on-person", keeps=("kind",))
def hold_person(person: Person, *, by: User, now: datetime, kind: str, because: str) -> Hold:
    """Nothing of any enquiry about this person is destroyed, whichever of their records it names."""
    return Hold.objects.create(area_id=person.area_id, person=person, kind=kind, because=because, by=by, at=now)


@action(may=may_lift, event="hold.lifted")
def lift(hold: Hold, *, by: User, now: datetime, because: str) -> Hold:
    hold.lifted_by, hold.lifted_at, hold.lifted_because = by, now, because
    hold.save()
    return hold


@action(may=may_propose, event="retention.proposed", keeps=("wants",))
def propose(
    enquiry: Enquiry,
    *,
    by: User,
    now: datetime,
    wants: str,
    because: str,
    keep_until: date | None = None,
    finding: str = "",
    born_on: date | None = None,
) -> Review:
    """Keep a record longer, until a day; say what it was found to be, which has a class of its own; or destroy it.

    Nothing happens until somebody else agrees. `finding`: a key of `FINDINGS`; `born_on` goes with `BY_BIRTH`.
    """
    kept = kept_until(enquiry)
    if wants == DESTROY:
        verdict = is_due(kept.until) & may_be_destroyed(enquiry)
    elif wants == FIND:
        verdict = need(finding in FINDINGS, "Say what it was found to be.")
        verdict &= need(finding not in BY_BIRTH or born_on is not None, "Say when whom it is about was born.")
    else:
        verdict = _is_longer(keep_until, kept.until)
    if not verdict:
        raise Refused("retention.proposed", verdict)
    review = Review.objects.create(
        enquiry=enquiry, rule=kept.rule, was_due_on=kept.until, wants=wants,
        keep_until=keep_until if wants == KEEP else None, because=because, by=by, at=now,
        finding=finding if wants == FIND else "",
        born_on=born_on if wants == FIND and finding in BY_BIRTH else None,
    )  # fmt: skip
    for person in who_agrees(enquiry.area_id, by):
        write(
            to=person.email,
            user=person,
            about="Records",
            subject="A record that is due needs a second person",
            line="Somebody proposed what becomes of a record, and you can say yes or no.",
            link="/records/",
            key=f"review-{review.pk}-{person.pk}",
            now=now,
        )
    return review


def _is_longer(until: date | None, than: date) -> Verdict:
    return need(until is not None and until > max(than, timezone.localdate()), "Give a day that is later than today.")


def who_agrees(area: int, but: User) -> list[User]:
    """Everybody who can be the second person in an area."""
    return list(holders(Permission.AGREE_RECORDS, areas=[area]).exclude(pk=but.pk))


@action(may=may_agree, event="retention.agreed")
def agree(review: Review, *, by: User, now: datetime) -> Review | Destruction:
    """Say yes. What is to be destroyed is destroyed in the same moment, or nothing of it is."""
    if review.wants == DESTROY and not (verdict := is_due(kept_until(review.enquiry).until)):
        raise Refused("retention.agreed", verdict)
    review.is_agreed, review.answered_by, review.answered_at = True, by, now
    review.save()
    return _destroy(review, by=by, now=now) if review.wants == DESTROY else review


@action(may=may_answer, event="retention.declined")
def decline(review: Review, *, by: User, now: datetime, because: str) -> Review:
    """Say no, and why. The record is due as before."""
    review.is_agreed, review.answered_because = False, because
    review.answered_by, review.answered_at = by, now
    review.save()
    return review


def _destroy(review: Review, *, by: User, now: datetime) -> Destruction:
    """The database destroys: it knows every table that hangs on the enquiry, and nobody else may delete."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT openmash_destroy(%s, %s)", [review.pk, now])
        made = Destruction.objects.get(pk=cursor.fetchone()[0])
    note_destroyed(made, by=by, now=now, digest=made.hash, rows=sum(made.counts.values()))
    return made


@action(may=may_note, event="record.destroyed", keeps=("digest", "rows"), lock=False)
def note_destroyed(made: Destruction, *, by: User, now: datetime, digest: str, rows: int) -> Destruction:
    """What was destroyed: how many rows, and the hash of their numbers. Of what they said, the ledger knows nothing."""
    return made
