"""Who keeps, holds and destroys records. Pure: reads facts, writes nothing. The database holds the same."""

from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from openmash.agencies.models import Area
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.enquiries.models import Enquiry
from openmash.enquiries.policies import is_kept
from openmash.enquiries.workflow import CLOSED
from openmash.kit.verdict import Verdict, need
from openmash.people.models import Person
from openmash.records.codes import DESTROY
from openmash.records.models import Destruction, Hold, Review

Placed = Enquiry | Person


def may_read_records(by: Actor, _: object) -> Verdict:
    return holds(by, Permission.AGREE_RECORDS)


def may_read_of(by: Actor, enquiry: Enquiry) -> Verdict:
    return holds(by, Permission.AGREE_RECORDS, enquiry.area_id)


def may_set(by: Actor, area: Area) -> Verdict:
    return holds(by, Permission.KEEP_RECORDS, area.pk)


def may_place(by: Actor, on: Placed) -> Verdict:
    """The information governance lead of the area; on what is gone there is nothing to hold."""
    verdict = holds(by, Permission.KEEP_RECORDS, on.area_id)
    return verdict & is_kept(on) if isinstance(on, Enquiry) else verdict


def may_read_hold(by: Actor, hold: Hold) -> Verdict:
    return holds(by, Permission.AGREE_RECORDS, hold.area_id)


def may_lift(by: Actor, hold: Hold) -> Verdict:
    """Never whoever placed it."""
    return (
        may_read_hold(by, hold)
        & need(hold.lifted_at is None, "This hold has been lifted already.")
        & need(hold.by_id != by.ledger_id, "Somebody else lifts a hold that you placed.")
    )


def may_propose(by: Actor, enquiry: Enquiry) -> Verdict:
    """A closed record is reviewed once at a time."""
    return (
        holds(by, Permission.KEEP_RECORDS, enquiry.area_id)
        & is_kept(enquiry)
        & need(enquiry.status == CLOSED, "An open enquiry is not reviewed.")
        & need(not enquiry.reviews.filter(is_agreed=None).exists(), "It is being reviewed already.")
    )


def may_read_review(by: Actor, review: Review) -> Verdict:
    return may_read_of(by, review.enquiry)


def may_answer(by: Actor, review: Review) -> Verdict:
    """A second person: never whoever proposed it."""
    return (
        may_read_review(by, review)
        & need(review.is_agreed is None, "Somebody has answered this already.")
        & need(review.by_id != by.ledger_id, "Somebody else answers what you propose.")
    )


def may_agree(by: Actor, review: Review) -> Verdict:
    """What is agreed to be destroyed is destroyed at once, so everything that forbids it is asked again."""
    verdict = may_answer(by, review)
    return verdict & may_be_destroyed(review.enquiry) if review.wants == DESTROY else verdict


def may_be_destroyed(enquiry: Enquiry) -> Verdict:
    """A held record never, nor one of which something was given out in an enquiry that is still kept."""
    return (
        is_kept(enquiry)
        & need(enquiry.status == CLOSED, "An open enquiry is not destroyed.")
        & need(not is_held(enquiry), "It is held. A held record is not destroyed.")
        & need(
            not _was_given_out_later(enquiry),
            "Something that an agency said in it was released from a later enquiry. It is kept as long as that one.",
        )
    )


def may_note(by: Actor, made: Destruction) -> Verdict:
    """Inside the act of the second person alone."""
    return need(made.confirmed_by_id == by.ledger_id, "Only the second person destroys.")


def is_due(was_due_on: date) -> Verdict:
    return need(was_due_on <= timezone.localdate(), "Its time is not over. Only what is due is destroyed.")


def is_held(enquiry: Enquiry) -> bool:
    """Whoever asks: a hold that the asker may not see holds too."""
    return _database_says("openmash_is_held", enquiry)


def _was_given_out_later(enquiry: Enquiry) -> bool:
    """Whoever keeps records sees no sealed item, but has to know this of them."""
    return _database_says("openmash_was_given_out_elsewhere", enquiry)


def _database_says(function: str, enquiry: Enquiry) -> bool:
    with connection.cursor() as cursor:
        cursor.callproc(function, [enquiry.pk])
        return bool(cursor.fetchone()[0])


def live_holds(enquiry: Enquiry) -> QuerySet[Hold]:
    """The holds on an enquiry, to be shown: its own, and those on any of its people. Call it bound."""
    lead = Coalesce("lead_id", "pk")
    leads = Person.objects.filter(parties__enquiry=enquiry).annotate(the_lead=lead).values("the_lead")
    people = Person.objects.annotate(the_lead=lead).filter(the_lead__in=leads).values("pk")
    return Hold.objects.filter(Q(enquiry=enquiry) | Q(person__in=people), lifted_at=None)
