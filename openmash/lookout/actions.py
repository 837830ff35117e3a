"""What is done to find people: looking out, comparing what comes in, answering a sighting, and stopping."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from openmash.agencies.models import Agency, Area, User
from openmash.agencies.roles import Permission
from openmash.audit.action import action
from openmash.audit.actors import System
from openmash.enquiries.models import Enquiry, Party, Restriction
from openmash.enquiries.steps import meet_need, note_step, raise_need
from openmash.enquiries.workflow import CLOSED
from openmash.lookout.likeness import described, known_in_other_areas, likeness
from openmash.lookout.models import Elsewhere, MissingFamily, Sighting
from openmash.lookout.policies import (
    may_answer_sighting,
    may_compare,
    may_look_for,
    may_see_elsewhere,
    may_stop_looking,
)
from openmash.people import actions as people
from openmash.people.models import Marker, Person
from openmash.people.queries import leads_of, records_of

LOOKING = System("The hub's lookout", frozenset({"look_out", "match_people"}))
ANSWER_WITHIN = timedelta(hours=1)
SEEN, NAMED_THERE, KNOWN_THERE = "missing_seen", "missing_here", "known_elsewhere"
LIKE_RESTRICTED = "like_restricted"


@action(may=may_look_for, event="missing-family.looked-for", lock=False)
def look_for(enquiry: Enquiry, *, by: User, now: datetime, who: Iterable[int], because: str) -> MissingFamily:
    """These people of an enquiry (person records) cannot be found. Each carries it wherever they turn up."""
    missing = MissingFamily.objects.create(enquiry=enquiry, people=sorted(who), because=because, by=by, since=now)
    for person in Person.objects.filter(pk__in=missing.people):
        people.mark(person, by=by, now=now, kind="missing", agency=by.agency, since=now.date())
    note_step(enquiry, "missing", "The family cannot be found: looked for in every area", by=by, now=now,
              because=because)  # fmt: skip
    return missing


@action(may=may_compare, event="enquiry.compared", lock=False)
def compare(enquiry: Enquiry, *, by: System, now: datetime) -> Enquiry:
    """Compare the people of a new enquiry with every missing family, with whom the other areas' hubs know, and with
    those of restricted enquiries, whom nobody is offered as a match who is not named there.
    """
    records = list(Party.objects.filter(enquiry=enquiry).values_list("person", flat=True))
    seen = described(set(leads_of(records).values()))
    for missing in MissingFamily.objects.filter(ended_at=None).exclude(enquiry=enquiry).select_related("enquiry__area"):
        because = likeness(described(set(leads_of(missing.people).values())), seen.values())
        if because:
            _sight(missing, f"enquiry-{enquiry.pk}", because, now=now, area=enquiry.area, enquiry=enquiry)
    for area, leads in known_in_other_areas(seen, enquiry.area_id).items():
        _name_area(enquiry, Area.objects.get(pk=area), leads, now)
    for row in Restriction.objects.filter(lifted_at=None, enquiry__area=enquiry.area_id).exclude(enquiry=enquiry):
        there = row.enquiry.parties.values_list("person", flat=True)
        if because := likeness(described(set(leads_of(there).values())), seen.values()):
            _tell_those_named(row, enquiry, because, now)
    return enquiry


def _tell_those_named(row: Restriction, enquiry: Enquiry, because: str, now: datetime) -> None:
    """Whoever works on the new one learns nothing: to them the restricted one does not exist."""
    says = f"{enquiry.reference} may be about somebody in this restricted enquiry"
    if row.enquiry.steps.filter(what="like-restricted", says=says).exists():
        return  # the comparing was begun again
    path, due = f"/restrictions/{row.pk}/", now + ANSWER_WITHIN
    raise_need(row.enquiry, LIKE_RESTRICTED, says, path=path, due_at=due, now=now, permission=Permission.RESTRICT,
               about=enquiry.reference)  # fmt: skip
    note_step(row.enquiry, "like-restricted", says, by=LOOKING, now=now, because=because)


def sighted(missing: MissingFamily, because: str, *, now: datetime, area: Area, agency: Agency, number: str) -> None:
    """An agency's list names somebody like them. Called by what reads the list, within its own act."""
    _sight(missing, f"{agency.key}-{number}"[:60], because, now=now, area=area, agency=agency)


def _sight(
    missing: MissingFamily,
    key: str,
    because: str,
    *,
    now: datetime,
    area: Area,
    enquiry: Enquiry | None = None,
    agency: Agency | None = None,
) -> None:
    """Once a place. Those who look for the family are alerted; so is the hub whose enquiry it is."""
    facts = {"area": area, "enquiry": enquiry, "agency": agency, "because": because[:300], "at": now}
    sighting, is_new = Sighting.objects.get_or_create(missing=missing, key=key, defaults=facts)
    if not is_new:
        return
    due, looks = now + ANSWER_WITHIN, missing.enquiry
    says = f"A missing family may have turned up in {area.name}"
    path = f"/missing/{missing.pk}/"
    raise_need(looks, SEEN, says, path=path, due_at=due, now=now, permission=Permission.RATE, about=str(sighting.pk))
    note_step(looks, "sighted", says, by=LOOKING, now=now)
    if enquiry and enquiry.area_id != looks.area_id:
        says = f"{looks.area.name} looks for somebody in this enquiry: ring {looks.area.telephone}"
        path = f"/enquiry/{enquiry.reference}/elsewhere/"
        raise_need(enquiry, NAMED_THERE, says, path=path, due_at=due, now=now, permission=Permission.RATE)


def _name_area(enquiry: Enquiry, area: Area, leads: frozenset[int], now: datetime) -> None:
    """Both hubs are told that they may know the same people, each about its own enquiry; neither reads the other's."""
    facts = {"people": len(leads), "at": now}
    _, is_new = Elsewhere.objects.get_or_create(enquiry=enquiry, area=area, defaults=facts)
    if not is_new:
        return
    due = now + ANSWER_WITHIN
    records = {record for kept in records_of(leads).values() for record in kept}
    open_there = Enquiry.objects.filter(area=area, parties__person__in=records).exclude(status=CLOSED).distinct()
    for mine, theirs in ((enquiry, area), *((other, enquiry.area) for other in open_there)):
        says = f"{theirs.name} may know somebody in this enquiry: ring {theirs.telephone}"
        Elsewhere.objects.get_or_create(enquiry=mine, area=theirs, defaults=facts)
        raise_need(mine, KNOWN_THERE, says, path=f"/enquiry/{mine.reference}/elsewhere/", due_at=due, now=now,
                   permission=Permission.RATE, about=theirs.key)  # fmt: skip


@action(may=may_answer_sighting, event="sighting.answered")
def answer_sighting(sighting: Sighting, *, by: User, now: datetime, is_them: bool, words: str) -> Sighting:
    """Somebody looked: it is them, or it is others. When it is them, the family is found; the rest is for people."""
    sighting.answer = Sighting.THEM if is_them else Sighting.OTHERS
    sighting.answered_by, sighting.answered_at, sighting.words = by, now, words
    sighting.save()
    enquiry = sighting.missing.enquiry
    says = "The missing family was found" if is_them else "Looked at a sighting: others, not the missing family"
    note_step(enquiry, "sighting-answered", says, by=by, now=now, because=words)
    meet_need(enquiry, SEEN, by=by, now=now, about=str(sighting.pk))
    return sighting


@action(may=may_stop_looking, event="missing-family.looked-for-no-more")
def stop_looking(missing: MissingFamily, *, by: User, now: datetime, because: str) -> MissingFamily:
    """They are found, or nobody needs to look any more. What they carried ends today."""
    missing.ended_by, missing.ended_at, missing.ended_because = by, now, because
    missing.save()
    live = Marker.objects.filter(person__in=missing.people, kind="missing", until=None).select_related("person")
    for marker in live:
        people.unmark(marker.person, by=by, now=now, marker=marker, until=now.date())
    note_step(missing.enquiry, "missing-ended", "Nobody looks for the family any more", by=by, now=now,
              because=because)  # fmt: skip
    meet_need(missing.enquiry, SEEN, by=by, now=now)
    return missing


@action(may=may_see_elsewhere, event="elsewhere.spoken-to", lock=False)
def speak(enquiry: Enquiry, *, by: User, now: datetime, words: str) -> Enquiry:
    """The other hub was rung: what was said. Nothing of this hub is theirs to read, so people speak."""
    note_step(enquiry, "spoken", "Spoke with the other area's hub", by=by, now=now, because=words)
    meet_need(enquiry, KNOWN_THERE, by=by, now=now)
    meet_need(enquiry, NAMED_THERE, by=by, now=now)
    return enquiry
