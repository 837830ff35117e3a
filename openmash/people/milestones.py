"""What this room adds to the combined chronology: births, moves and markers, as far as their dates are known."""

from collections.abc import Iterable, Iterator

from openmash.people.chronology import Line, Look
from openmash.people.markers import marker_says
from openmash.people.matching.search import areas_known_to
from openmash.people.models import Marker, Person, Residence
from openmash.people.whereabouts import protection

HUB = "Hub record"


def lines(look: Look) -> Iterable[Line]:
    """Six queries at most. Nothing for those who do not match people: they may not know the person at all."""
    areas = areas_known_to(look.by)
    if not areas or not look.people:
        return []
    people = list(Person.objects.filter(pk__in=look.people, area__in=areas))
    records = [person.pk for person in people]
    return [*_lives(people), *_moves(records), *_markers(records)]


def _lives(people: list[Person]) -> Iterator[Line]:
    """Births and deaths as the leads say them; a record that was joined repeats them."""
    there = {person.pk for person in people}
    for person in people:
        if person.lead_id in there:
            continue
        if person.born_on and not person.is_birth_date_estimated:
            yield Line(f"born-{person.pk}", person.born_on, "Born", "life", HUB, people=(person.pk,))
        if person.died_on:
            yield Line(f"died-{person.pk}", person.died_on, "Died", "life", HUB, people=(person.pk,))


def _moves(people: list[int]) -> Iterator[Line]:
    rows = Residence.objects.filter(person__in=people, since__isnull=False).select_related("address", "person")
    guard = protection()
    for row in rows:
        what = f"Lived at {row.address}" if row.until else f"Moved to {row.address}"
        if guard.hides(row.person.lead_id_or_own, row.address):
            what = "Moved. The address is protected"
        yield Line(f"home-{row.pk}", row.since, what, "move", row.source, until=row.until, people=(row.person_id,))


def _markers(people: list[int]) -> Iterator[Line]:
    rows = Marker.objects.filter(person__in=people, since__isnull=False).select_related("agency")
    for row in rows:
        yield Line(
            key=f"marker-{row.pk}",
            on=row.since,
            until=row.until,
            what=marker_says(row.kind),
            kind="marker",
            source=row.agency.name,
            agency_key=row.agency.key,
            people=(row.person_id,),
        )
