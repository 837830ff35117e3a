"""The stories of many enquiries at once, in a fixed number of queries; for any moment of the past, too."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from openmash.cumulative.story import Carried, Contact, Story
from openmash.decisions.codes import OUTCOMES
from openmash.decisions.models import Outcome
from openmash.design.moments import day
from openmash.enquiries.codes import SOURCES
from openmash.enquiries.models import Enquiry, Party
from openmash.enquiries.workflow import CLOSED, DECIDED
from openmash.lookout.models import Sighting
from openmash.notifications.codes import RETAINED
from openmash.notifications.models import Subject
from openmash.people.markers import marker_says
from openmash.people.models import Marker, Relationship, Residence
from openmash.people.queries import leads_of, names_of

_CHILDREN = ("child", "unborn")
_PARENTS = frozenset({"mother", "father", "parent"})
_IN_CARE = "looked_after"


@dataclass(frozen=True)
class _People:
    """Who is in which enquiry, by lead."""

    of: Mapping[int, frozenset[int]]
    role: Mapping[tuple[int, int], str]
    lives: Mapping[tuple[int, int], bool | None]
    lead: Mapping[int, int]


def stories(enquiries: Iterable[Enquiry], *, today: date | None = None) -> dict[int, Story]:
    """By enquiry: its story as of `today`, or of the day when it came when none is given (for looking back)."""
    asked = list(enquiries)
    mine = _people(asked)
    everyone = {lead for leads in mine.of.values() for lead in leads}
    others = _about(everyone)
    theirs = _people(others)
    contacts = _contacts(others)
    with_person: dict[int, set[int]] = defaultdict(set)
    for number, leads in theirs.of.items():
        for lead in leads:
            with_person[lead].add(number)
    for lead, notice in _retained(everyone):
        contacts[notice.number] = notice
        with_person[lead].add(notice.number)
    carried, removed, seen = _carried(everyone), _removed(everyone), _sightings(asked)
    found = {}
    for enquiry in asked:
        leads = mine.of.get(enquiry.pk, frozenset())
        near = {number for lead in leads for number in with_person[lead]} | {enquiry.pk}
        as_of = today or timezone.localdate(enquiry.received_at)
        story = Story(
            number=enquiry.pk,
            today=as_of,
            contacts=tuple(sorted((contacts[one] for one in near if one in contacts), key=lambda c: (c.on, c.number))),
            has_child=any(mine.role[enquiry.pk, lead] == "child" for lead in leads),
            is_unborn=any(mine.role[enquiry.pk, lead] == "unborn" for lead in leads),
            adults=tuple(
                one for lead in sorted(leads) for one in carried[lead]
                if mine.role[enquiry.pk, lead] not in _CHILDREN and mine.lives[enquiry.pk, lead] is not False
            ),
            removed=tuple(line for lead in sorted(leads) for line in removed[lead]),
            sightings=seen[enquiry.pk],
        )  # fmt: skip
        found[enquiry.pk] = replace(story, contacts=tuple(one for one in story.contacts if one.on <= as_of))
    return found


def _people(enquiries: Iterable[Enquiry]) -> _People:
    rows = list(Party.objects.filter(enquiry__in=[one.pk for one in enquiries]).values_list(
        "enquiry_id", "person_id", "role", "lives_in_household"))  # fmt: skip
    lead = leads_of(person for _, person, _, _ in rows)
    of: dict[int, set[int]] = defaultdict(set)
    role, lives = {}, {}
    for enquiry, person, what, home in rows:
        of[enquiry].add(lead[person])
        role[enquiry, lead[person]], lives[enquiry, lead[person]] = what, home
    return _People({number: frozenset(leads) for number, leads in of.items()}, role, lives, lead)


def _about(leads: set[int]) -> list[Enquiry]:
    """Every enquiry about any of these people, in any area: small concerns do not stop at a border."""
    columns = ("pk", "reference", "received_at", "rating", "concerns", "source_code", "status")
    from_record = Party.objects.filter(person__in=leads).values("enquiry")
    from_joined = Party.objects.filter(person__lead__in=leads).values("enquiry")
    return list(Enquiry.objects.filter(pk__in=from_record.union(from_joined)).only(*columns))


def _contacts(enquiries: list[Enquiry]) -> dict[int, Contact]:
    acting = {kind for kind, outcome in OUTCOMES.items() if outcome.sends_work}
    acted = Outcome.objects.filter(decision__enquiry__in=[one.pk for one in enquiries], kind__in=acting)
    numbers = set(acted.exclude(decision__signed_at=None).values_list("decision__enquiry_id", flat=True))
    return {
        one.pk: Contact(
            number=one.pk,
            reference=one.reference,
            on=timezone.localdate(one.received_at),
            rating=one.rating,
            is_domestic_abuse=any(concern.startswith("da_") for concern in one.concerns),
            source=SOURCES.get(one.source_code, one.source_code),
            is_decided=one.status in (DECIDED, CLOSED),
            was_acted_on=one.pk in numbers,
        )
        for one in enquiries
    }


def _retained(leads: set[int]) -> list[tuple[int, Contact]]:
    """What the police retained about these people counts too (M90). Its numbers are below zero: no enquiry has them."""
    rows = Subject.objects.filter(lead__in=leads, notification__state=RETAINED).select_related("notification")
    return [
        (
            row.lead or 0,
            Contact(
                number=-row.notification_id,
                reference=f"Police notification {row.notification.reference}",
                on=row.notification.happened_on,
                rating=row.notification.grade,
                is_domestic_abuse=row.notification.is_domestic_abuse,
                source="Police",
                is_decided=True,
                was_acted_on=False,
            ),
        )
        for row in rows
    ]


def _carried(leads: set[int]) -> dict[int, tuple[Carried, ...]]:
    """Live and past markers by lead, with the latest day on which somebody moved to where they live now."""
    found: dict[int, list[Carried]] = defaultdict(list)
    rows = list(Marker.objects.filter(person__in=leads) | Marker.objects.filter(person__lead__in=leads))
    lead, names = leads_of(row.person_id for row in rows), names_of(leads)
    homes = Residence.objects.filter(person__in=[row.person_id for row in rows], until=None).order_by("since")
    joined = {lead[person]: since for person, since in homes.values_list("person_id", "since") if since}
    for row in rows:
        who = lead[row.person_id]
        if who in names:
            found[who].append(Carried(who, names[who].name, row.kind, marker_says(row.kind), row.since, row.until,
                                      joined.get(who)))  # fmt: skip
    return defaultdict(tuple, {who: tuple(carried) for who, carried in found.items()})


def _removed(leads: set[int]) -> dict[int, tuple[str, ...]]:
    """By parent: their children who are or were looked after, each in a line."""
    ties = Relationship.objects.filter(kind__in=_PARENTS, is_mistaken=False)
    rows = list((ties.filter(person__in=leads) | ties.filter(person__lead__in=leads)).values_list("person", "other"))
    lead = leads_of(record for row in rows for record in row)
    children = {lead[child] for _, child in rows}
    in_care = Marker.objects.filter(kind=_IN_CARE)
    marked = list(in_care.filter(person__in=children) | in_care.filter(person__lead__in=children))
    whose, names = leads_of(row.person_id for row in marked), names_of(children)
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for parent, child in rows:
        for row in marked:
            if whose[row.person_id] == lead[child] and lead[child] in names:
                since = f" from {day(row.since)}" if row.since else ""
                found[lead[parent]][f"{names[lead[child]].name} was looked after{since}"] = None
    return defaultdict(tuple, {parent: tuple(lines) for parent, lines in found.items()})


def _sightings(enquiries: list[Enquiry]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Sighting.objects.filter(enquiry__in=[one.pk for one in enquiries]).exclude(answer=Sighting.OTHERS)
    for enquiry, area in rows.values_list("enquiry_id", "missing__enquiry__area__name"):
        found[enquiry].append(f"A family that {area} looks for")
    return defaultdict(tuple, {number: tuple(lines) for number, lines in found.items()})
