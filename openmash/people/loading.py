"""Rows for actions, loaded for somebody: what they may not know does not exist."""

from django.db.models import Q
from django.http import Http404

from openmash.audit.action import known_to
from openmash.audit.actors import Actor
from openmash.kit.verdict import YES, no
from openmash.people.kept import in_conflict, kept_from
from openmash.people.matching.search import areas_known_to
from openmash.people.models import Judgement, Person, Proposal

_CONFLICT = ("conflict.met", "You know this person.")
_KEPT = ("person.looked-up", "Every enquiry about this person is kept from you.")


def load_person(number: int, *, by: Actor) -> Person:
    """The record, or the lead it was joined to; 404 when there is none or `by` may know none of its records."""
    record = Person.objects.filter(pk=number).first()
    if record is None:
        raise Http404
    lead = record.lead_id_or_own
    known = Person.objects.filter(Q(pk=lead) | Q(lead=lead), area__in=areas_known_to(by)).order_by("pk").first()
    return _unless_kept(known, by)


def load_record(number: int, *, by: Actor) -> Person:
    """Exactly this record, whatever it has been joined to; 404 when there is none or `by` may not know it."""
    record = Person.objects.filter(pk=number, area__in=areas_known_to(by)).first()
    return _unless_kept(record, by)


def _unless_kept(person: Person | None, by: Actor) -> Person:
    """Whoever asks for somebody who is not there for them gets the 404 of nobody. Of a conflict governance is told."""
    if person is not None and person.pk in kept_from(by):
        is_conflict = person.pk in in_conflict(by)
        event, why = _CONFLICT if is_conflict else _KEPT
        return known_to(by, person, lambda *_: no(why), event=event)
    return known_to(by, person, lambda *_: YES, event="person.looked-up")


def load_judgement(number: int, *, by: Actor) -> Judgement:
    """A judgement that is still live, about two records that `by` may know; otherwise 404."""
    areas = areas_known_to(by)
    kept = kept_from(by)
    live = Judgement.objects.filter(undone_at=None, first__area__in=areas, second__area__in=areas)
    live = live.exclude(first__in=kept).exclude(second__in=kept)
    judgement = live.select_related("first", "second").filter(pk=number).first()
    if judgement is None:
        raise Http404
    return judgement


def load_proposal(number: int, *, by: Actor) -> Proposal:
    """An open proposal about two records that `by` may know; otherwise 404."""
    areas = areas_known_to(by)
    kept = kept_from(by)
    still_open = Proposal.objects.filter(answered_at=None, first__area__in=areas, second__area__in=areas)
    still_open = still_open.exclude(first__in=kept).exclude(second__in=kept)
    proposal = still_open.select_related("first", "second").filter(pk=number).first()
    if proposal is None:
        raise Http404
    return proposal


def open_proposals(*, by: Actor) -> list[Proposal]:
    """What waits for a second person, the oldest first, among the people that `by` may know."""
    areas = areas_known_to(by)
    still_open = Proposal.objects.filter(answered_at=None, first__area__in=areas, second__area__in=areas)
    kept = kept_from(by)
    return list(still_open.exclude(first__in=kept).exclude(second__in=kept).select_related("by").order_by("at"))
