"""The combined chronology of an enquiry's family, as a picture with the list under it (M5, M29, M55)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.design.pictures import Picture
from openmash.design.pictures.swimlanes import Lane, LaneEvent, swimlanes
from openmash.design.pictures.years import bars_by_year
from openmash.desk.enquiry import area_of
from openmash.desk.lists import Choice
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import parties
from openmash.gathering.shelf import KINDS
from openmash.intelligence.codes import SENSITIVITIES, grade_words
from openmash.kit.number import number_in
from openmash.people.chronology import Line, Look, about, before_last_12_months, by_year, lines, year_before
from openmash.people.queries import names_of, records_of

KIND_WORDS = {
    **KINDS,
    "enquiry": "Enquiry",
    "move": "Move",
    "marker": "Status or risk",
    "marac": "MARAC",
    "decision": "Decision",
}


@dataclass(frozen=True)
class Row:
    """One line of the list, its people named, its grade in words, and the reference of the other enquiry it is from."""

    key: str
    on: date | None
    until: date | None
    what: str
    kind: str
    source: str
    sensitivity: str
    sensitivity_words: str
    grade: str
    grade_words: str
    rating: str
    people: str
    reference: str
    is_old: bool


@dataclass(frozen=True)
class Chronology:
    rows: tuple[Row, ...]
    shown: int
    whole: int
    before: int
    year_ago: date
    lanes: Picture | None
    years: Picture | None
    choices: dict[str, tuple[Choice, ...]]
    is_filtered: bool


@dataclass(frozen=True)
class Chosen:
    person: str = ""
    agency: str = ""
    kind: str = ""

    def url(self, **changed: str) -> str:
        return "?" + urlencode({key: value for key, value in vars(replace(self, **changed)).items() if value})


@holding(Permission.SEE_ENQUIRIES)
def chronology(request: HttpRequest, reference: str) -> HttpResponse:
    """Every dated fact about everyone in the enquiry, of every agency and every earlier enquiry. No date window."""
    chosen = Chosen(**{key: request.GET.get(key, "") for key in ("person", "agency", "kind")})
    by, today = request.user, timezone.localdate()
    return area_of(
        request,
        reference,
        "chronology/",
        "desk/chronology.html",
        lambda enquiry, _: _chronology(enquiry, by, chosen, today),
    )


def family_lines(enquiry: Enquiry, by: User) -> tuple[tuple[Line, ...], dict[int, frozenset[int]]]:
    """The whole chronology of an enquiry's people, and the records of each of them by lead."""
    records = records_of({party.lead for party in parties(enquiry.pk)})
    everyone = frozenset(number for numbers in records.values() for number in numbers)
    return lines(Look(by, enquiry.pk, everyone)), records


def _chronology(enquiry: Enquiry, by: User, chosen: Chosen, today: date) -> Chronology:
    whole, records = family_lines(enquiry, by)
    names = {lead: line.name for lead, line in names_of(records).items()}
    kept = _narrowed(whole, chosen, records)
    year_ago = year_before(today)
    return Chronology(
        rows=tuple(_row(line, records, names, year_ago, enquiry) for line in reversed(kept)),
        shown=len(kept),
        whole=len(whole),
        before=before_last_12_months(whole, today),
        year_ago=year_ago,
        lanes=_lanes(kept, today, year_ago),
        years=_years(kept, year_ago),
        choices=_choices(whole, chosen, names),
        is_filtered=len(kept) != len(whole),
    )


def _narrowed(whole: tuple[Line, ...], chosen: Chosen, records: Mapping[int, frozenset[int]]) -> tuple[Line, ...]:
    kept = whole
    if number_in(chosen.person) in records:
        kept = about(kept, records[number_in(chosen.person)])
    if chosen.agency:
        kept = tuple(line for line in kept if line.agency_key == chosen.agency)
    if chosen.kind:
        kept = tuple(line for line in kept if line.kind == chosen.kind)
    return kept


def _row(
    line: Line, records: Mapping[int, frozenset[int]], names: Mapping[int, str], year_ago: date, enquiry: Enquiry
) -> Row:
    whom = [names.get(lead, "") for lead, numbers in records.items() if numbers & set(line.people)]
    return Row(
        key=line.key,
        on=line.on,
        until=line.until,
        what=line.what,
        kind=KIND_WORDS.get(line.kind, line.kind.capitalize()),
        source=line.source,
        sensitivity=line.sensitivity,
        sensitivity_words=SENSITIVITIES.get(line.sensitivity, ""),
        grade=line.grade,
        grade_words=grade_words(line.grade),
        rating=line.rating,
        people=", ".join(filter(None, whom)),
        reference=line.enquiry_reference if line.enquiry_reference != enquiry.reference else "",
        is_old=line.on is not None and (line.until or line.on) < year_ago,
    )


def _lanes(kept: tuple[Line, ...], today: date, year_ago: date) -> Picture | None:
    """Births and deaths stand in the list; in the picture a grandmother's birth would push the rest into a corner."""
    dated = [line for line in kept if line.on and line.kind != "life"]
    if not dated:
        return None
    lanes = {line.agency_key or line.source: line.source for line in dated}
    events = tuple(
        LaneEvent(
            key=line.key,
            lane=line.agency_key or line.source,
            at=line.on,
            until=line.until,
            label=line.what[:120],
            kind=KIND_WORDS.get(line.kind, line.kind),
            level=line.rating or None,
        )
        for line in dated
        if line.on
    )
    ordered = tuple(Lane(key, label) for key, label in sorted(lanes.items(), key=lambda lane: lane[1]))
    return swimlanes(ordered, events, today=today, marked_line=year_ago, marked_label="12 months ago")


def _years(kept: tuple[Line, ...], year_ago: date) -> Picture | None:
    counts = by_year(kept, "incident")
    return bars_by_year(counts, marked_from=year_ago, label="Incidents by year") if sum(counts.values()) > 1 else None


def _choices(whole: tuple[Line, ...], chosen: Chosen, names: Mapping[int, str]) -> dict[str, tuple[Choice, ...]]:
    agencies = {line.agency_key: line.source for line in whole if line.agency_key}
    kinds = {line.kind: KIND_WORDS.get(line.kind, line.kind.capitalize()) for line in whole}

    def offer(name: str, options: Mapping[str, str]) -> tuple[Choice, ...]:
        now = getattr(chosen, name)
        return tuple(
            Choice(label, chosen.url(**{name: key}), key == now) for key, label in {"": "All", **options}.items()
        )

    return {
        "Person": offer("person", {str(lead): name for lead, name in names.items()}),
        "Agency": offer("agency", dict(sorted(agencies.items(), key=lambda pair: pair[1]))),
        "Kind": offer("kind", dict(sorted(kinds.items(), key=lambda pair: pair[1]))),
    }
