"""Agencies' records of a person: which are linked with them, which may be, and what somebody says of each."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.desk.onward import onward
from openmash.feeds.known import Known, guarded, known_by_record
from openmash.kit.number import number_in
from openmash.people import actions
from openmash.people.matching import Answer
from openmash.people.matching.links import records_of
from openmash.people.models import Person, RecordJudgement
from openmash.people.queries import (
    AgencyRecords,
    RecordSaid,
    load_pair,
    load_record,
    load_record_judgement,
    not_judged,
    said_of_records,
)
from openmash.people.whereabouts import protection

MOST_RECORDS = 50


@dataclass(frozen=True)
class Linked:
    """An agency's record that is linked with the person, and what its agency says of how it knows them."""

    record: int
    known: Known


@dataclass(frozen=True)
class RecordsView:
    """`open` may be them, `linked` are taken to be them, `said` is what somebody has said of any."""

    open: tuple[AgencyRecords, ...]
    linked: tuple[Linked, ...]
    said: tuple[RecordSaid, ...]


def records_view(record: Person, records: tuple[int, ...], found: Answer, *, by: User) -> RecordsView:
    """Agencies' records of the person whose records these are."""
    said = tuple(one for lines in said_of_records(records, by=by).values() for one in lines)
    judged = {one.record for one in said}
    lead = record.lead_id_or_own
    known = known_by_record(records_of([lead]).get(lead, ()), by=by)
    if lead in protection().leads:
        known = {number: guarded(one) for number, one in known.items()}
    linked = tuple(Linked(number, one) for number, one in sorted(known.items()) if number not in judged)
    return RecordsView(not_judged(found.elsewhere, said), linked, said)


@require_POST
@holding(Permission.MATCH_PEOPLE)
def say_of_records(request: HttpRequest, number: int) -> HttpResponse:
    """Whom one or several agencies know is, or is not, this person. Nothing that was typed changes."""
    by, says = request.user, request.POST.get("says", "")
    person = load_record(number, by=by)
    records = [number_in(one) for one in request.POST.get("records", "").split(",")[:MOST_RECORDS]]
    if says not in (RecordJudgement.SAME, RecordJudgement.DIFFERENT) or not all(records):
        raise Http404
    for record in records:
        actions.judge_record(load_pair(record, by=by, person=person), by=by, says=says)
    messages.success(request, "Said. Who knows them is brought up to date within a minute; you can undo it.")
    return redirect(onward(request.POST) or f"/person/{number}/matches/")


@require_POST
@holding(Permission.MATCH_PEOPLE)
def undo_of_records(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what was said of an agency's record."""
    judgement = actions.undo_record(load_record_judgement(number, by=request.user), by=request.user)
    messages.success(request, "Taken back. The agency's record is linked as if nobody had said anything.")
    return redirect(onward(request.POST) or f"/person/{judgement.person_id}/matches/")
