"""What is done about who sees what: restricted, named, reviewed, lifted; a conflict declared or removed by two people;
opened in an emergency, and reviewed.

What is kept from whoever acts is written `unhindered`: they may lose sight of it by the very act.
"""

from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime

from django.http import Http404

from openmash.agencies.letters import write
from openmash.agencies.models import User
from openmash.agencies.queries import holders
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, action, known_to
from openmash.enquiries.kept import GLASS_LASTS, REVIEW_EVERY
from openmash.enquiries.kept_from import WALL, unhindered
from openmash.enquiries.models import Conflict, Enquiry, Glass, Named, Need, Restriction
from openmash.enquiries.policies import has_no_conflict, is_open_to
from openmash.enquiries.steps import meet_need, note_step
from openmash.enquiries.workflow import CLOSED
from openmash.feeds.readings import who_sealed
from openmash.intelligence import actions as intelligence
from openmash.intelligence.policies import EMERGENCY, capacities
from openmash.kit.verdict import no
from openmash.lookout.actions import LIKE_RESTRICTED
from openmash.oversight.actions import raise_urgent
from openmash.oversight.reports import emergencies
from openmash.people.models import Person
from openmash.people.queries import leads_of, records_of
from openmash.restrictions.policies import (
    may_ask_removal,
    may_break_glass,
    may_declare,
    may_enter,
    may_look_after,
    may_remove,
    may_restrict,
    may_review,
    may_review_glass,
)
from openmash.restrictions.waiting import waits_for

NOTHING_TO_OPEN = "Nothing opens under this reference: see whether you can find the enquiry without it."
NOBODY_SO = "Nobody is recorded under this name and date of birth. Check both, or wait until an enquiry names them."


@action(may=may_restrict, event="enquiry.restricted", keeps=("category",))
def restrict(
    enquiry: Enquiry, *, by: User, now: datetime, category: str, because: str, names: Collection[User]
) -> Restriction:
    """From now on it exists for these people alone. Nobody who still has something to do in it may be left out."""
    _nobody_is_left_out(enquiry, {user.pk for user in names})
    enquiry.is_restricted = True
    enquiry.save(update_fields=["is_restricted"])
    note_step(enquiry, "restricted", "Restricted to those who are named", by=by, now=now)
    with unhindered():
        facts = {"enquiry": enquiry, "by": by}
        Named.objects.bulk_create(Named(user=user, since=now, **facts) for user in names)
        return Restriction.objects.create(
            category=category, because=because, at=now, review_due_at=now + REVIEW_EVERY, **facts
        )


def _nobody_is_left_out(enquiry: Enquiry, names: Collection[int]) -> None:
    if not names:
        raise Refused("enquiry.restricted", no("Somebody has to keep seeing it: name at least one person."))
    everybody_is_named = waits_for(enquiry, names)
    if not everybody_is_named:
        raise Refused("enquiry.restricted", everybody_is_named)


@action(may=may_look_after, event="restriction.named")
def name(restriction: Restriction, *, by: User, now: datetime, user: User) -> Named:
    """One more who sees it."""
    note_step(restriction.enquiry, "named", f"{user.name} named on it", by=by, now=now)
    return Named.objects.get_or_create(
        enquiry=restriction.enquiry, user=user, until=None, defaults={"by": by, "since": now}
    )[0]


@action(may=may_look_after, event="restriction.unnamed")
def unname(restriction: Restriction, *, by: User, now: datetime, user: User) -> Restriction:
    """One fewer. Whoever still has something to do in it stays, and so does the last."""
    rest = Named.objects.filter(enquiry=restriction.enquiry, until=None).exclude(user=user)
    _nobody_is_left_out(restriction.enquiry, set(rest.values_list("user", flat=True)))
    note_step(restriction.enquiry, "unnamed", f"{user.name} no longer named on it", by=by, now=now)
    Named.objects.filter(enquiry=restriction.enquiry, user=user, until=None).update(until=now)
    return restriction


@action(may=may_review, event="restriction.reviewed")
def review(restriction: Restriction, *, by: User, now: datetime, because: str) -> Restriction:
    """It still has to be restricted: to be asked again in 90 days."""
    restriction.reviewed_by, restriction.reviewed_at, restriction.reviewed_because = by, now, because
    restriction.review_due_at = now + REVIEW_EVERY
    restriction.save()
    return restriction


@action(may=may_look_after, event="restriction.likeness-answered", keeps=("reference",))
def answer_likeness(restriction: Restriction, *, by: User, now: datetime, reference: str, words: str) -> Restriction:
    """Somebody who may read both looked at a new enquiry about people like these, and says what comes of it."""
    live = Need.objects.filter(enquiry=restriction.enquiry, kind=LIKE_RESTRICTED, met_at=None)
    if not any(reference in need.says for need in live):
        raise Refused("restriction.likeness-answered", no(f"Somebody has looked at {reference} already."))
    note_step(restriction.enquiry, "likeness-answered", f"Looked at {reference}", by=by, now=now, because=words)
    meet_need(restriction.enquiry, LIKE_RESTRICTED, by=by, now=now, about=reference)
    return restriction


@action(may=may_look_after, event="restriction.lifted")
def lift(restriction: Restriction, *, by: User, now: datetime, because: str) -> Restriction:
    """Everybody whose work it is sees it again; who was named is kept as history."""
    enquiry = restriction.enquiry
    enquiry.is_restricted = False
    enquiry.save(update_fields=["is_restricted"])
    note_step(enquiry, "unrestricted", "No longer restricted", by=by, now=now)
    restriction.lifted_by, restriction.lifted_at, restriction.lifted_because = by, now, because
    restriction.save()
    Named.objects.filter(enquiry=enquiry, until=None).update(until=now)
    meet_need(enquiry, LIKE_RESTRICTED, by=by, now=now)
    return restriction


@action(may=may_declare, event="conflict.declared", lock=False)
def declare(person: Person, *, by: User, now: datetime, because: str) -> Conflict:
    """ "I know this person": from now on nothing about them exists for whoever says so."""
    return _keep_apart(by, person, by, now, because)


@action(may=may_enter, event="conflict.entered", lock=False)
def enter(user: User, *, by: User, now: datetime, given: str, family: str, born_on: date, because: str) -> Conflict:
    """The governance lead enters whom a colleague knows, by name and date of birth: every record of them is meant."""
    with unhindered():
        same = Person.objects.filter(born_on=born_on, names__given__iexact=given, names__family__iexact=family)
        leads = set(leads_of(same.values_list("pk", flat=True)).values())
        people = list(Person.objects.filter(pk__in=leads).order_by("pk"))
    if not people:
        raise Refused("conflict.entered", no(NOBODY_SO))
    conflicts = [_keep_apart(user, person, by, now, because) for person in people]
    return conflicts[0]


def _keep_apart(user: User, person: Person, by: User, now: datetime, because: str) -> Conflict:
    """What they had taken goes back to its desk: nobody keeps what they cannot see."""
    facts = {"because": because, "by": by, "at": now}
    with unhindered():
        conflict = Conflict.objects.get_or_create(user=user, person=person, removed_at=None, defaults=facts)[0]
        records = {record for group in records_of(leads_of([person.pk]).values()).values() for record in group}
        owned = Enquiry.objects.filter(owner=user, parties__person__in=records).exclude(status=CLOSED).distinct()
        for enquiry in list(owned):
            enquiry.owner = None
            enquiry.save(update_fields=["owner"])
            note_step(enquiry, "given-back", "Given back to the desk", by=WALL, now=now)
    return conflict


@action(may=may_ask_removal, event="conflict.removal-asked")
def ask_removal(conflict: Conflict, *, by: User, now: datetime, because: str) -> Conflict:
    """The first of two people: it was a mistake, or another person was meant."""
    conflict.removal_by, conflict.removal_at, conflict.removal_because = by, now, because
    conflict.save(update_fields=["removal_by", "removal_at", "removal_because"])
    return conflict


@action(may=may_remove, event="conflict.removed")
def remove(conflict: Conflict, *, by: User, now: datetime) -> Conflict:
    """The second of two people."""
    conflict.removed_by, conflict.removed_at = by, now
    conflict.save(update_fields=["removed_by", "removed_at"])
    return conflict


@action(may=may_break_glass, event="glass.broken", keeps=("reason",), lock=False)
def break_glass(user: User, *, by: User, now: datetime, reference: str, reason: str, because: str) -> Glass:
    """Open one enquiry for an hour: where it is restricted, it is there; where it has sealed answers, whoever triages
    reads them, for which the leads of those agencies get a letter. Never what is locked, and never against a conflict.

    Whatever else there is under the reference, the answer is the same.
    """
    enquiry = _to_open(reference, by, now)
    area = enquiry.area
    with unhindered():
        glass = Glass.objects.create(
            enquiry=enquiry,
            user=by,
            reason=reason,
            because=because,
            at=now,
            until=now + GLASS_LASTS,
            review_due_at=area.working_time.add_days(now, 1),
        )
        note_step(enquiry, "glass-broken", f"Opened in an emergency by {by.name}", by=by, now=now)
    raise_urgent(area, now=now, report=emergencies.REPORT.key, found=emergencies.found(glass))
    for colleague in _who_is_told(enquiry, by):
        write(
            to=colleague.email,
            about=enquiry.reference,
            subject=f"{enquiry.reference} was opened in an emergency",
            line="It is restricted, or has sealed answers. The governance lead reviews why one colleague opened it.",
            link="/emergency/reviews/" if colleague.areas_where(Permission.REVIEW_RESTRICTED) else "",
            key=f"glass-{glass.pk}-{colleague.pk}",
            now=now,
        )
    _tell_whose_is_sealed(glass, by, now)
    return glass


def _tell_whose_is_sealed(glass: Glass, by: User, now: datetime) -> None:
    """The leads of each agency that sealed something. A letter names no enquiry: it may be kept from them."""
    owners = _agencies_with_sealed(glass.enquiry, by, now)
    for lead in _leads_of(owners, glass.enquiry):
        hub = f"{glass.enquiry.area.hub_name} on {glass.enquiry.area.telephone}"
        write(
            to=lead.email,
            user=lead,
            about="Sealed answers and events",
            subject="Something that your agency sealed was opened in an emergency",
            line=f"One colleague in the hub can read it for an hour. The governance lead reviews why. Ask {hub}.",
            key=f"glass-{glass.pk}-sealed-{lead.pk}",
            now=now,
        )


def _agencies_with_sealed(enquiry: Enquiry, by: User, now: datetime) -> set[int]:
    """Those that sealed an answer, or something in their list."""
    answered = {count.agency for count in intelligence.count(enquiry, by=by, now=now) if count.sensitivity == "X"}
    return answered | who_sealed(enquiry, by=by, now=now).agencies


def _leads_of(agencies: Collection[int], enquiry: Enquiry) -> list[User]:
    with unhindered():
        leads = holders(Permission.CONSENT_TO_RELEASE, areas=[enquiry.area_id]).filter(agency__in=agencies)
        return [user for user in leads.order_by("pk") if has_no_conflict(user, enquiry)]


def _to_open(reference: str, by: User, now: datetime) -> Enquiry:
    """Of an area where they may do this, in which they know nobody: restricted, and they are not named on it; or with
    sealed answers that they do not read.
    """
    with unhindered():
        row = Enquiry.objects.select_related("area").filter(reference=reference.strip().upper()).first()
        conflict = has_no_conflict(by, row) if row else no(NOTHING_TO_OPEN)
        is_here = row is not None and row.area_id in by.areas_where(Permission.BREAK_GLASS)
        opens = row is not None and is_here and (not is_open_to(by, row) or _seals(row, by, now))
    if row is None or not conflict or not opens:
        if row and not conflict:
            with suppress(Http404):
                known_to(by, row, lambda *_: conflict, event="conflict.met")
        raise Refused("glass.broken", no(NOTHING_TO_OPEN))
    return row


def _seals(enquiry: Enquiry, by: User, now: datetime) -> bool:
    """Whether it has sealed answers that `by`, who reads the others, does not read, and has not opened already."""
    held = capacities(by, enquiry)
    return "triage" in held and not held & {"manager", EMERGENCY} and bool(_agencies_with_sealed(enquiry, by, now))


def _who_is_told(enquiry: Enquiry, by: User) -> list[User]:
    """Every practice manager and governance lead of the area, named or not, at once; never whoever knows somebody."""
    with unhindered():
        others = holders(Permission.RESTRICT, areas=[enquiry.area_id]).exclude(pk=by.pk).order_by("pk")
        return [user for user in others if has_no_conflict(user, enquiry)]


@action(may=may_review_glass, event="glass.reviewed", keeps=("outcome",))
def review_glass(glass: Glass, *, by: User, now: datetime, outcome: str, because: str) -> Glass:
    """Whether it was justified. While a review is overdue, whoever opened it cannot open another."""
    glass.outcome, glass.reviewed_by, glass.reviewed_at, glass.reviewed_because = outcome, by, now, because
    glass.save()
    return glass
