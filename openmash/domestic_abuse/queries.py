"""What is seen of domestic abuse in an enquiry. Everything returned is a finished, frozen value."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from openmash.audit.actors import Actor
from openmash.domestic_abuse.actions import bands_of
from openmash.domestic_abuse.codes import AGGRAVATING, GRADES, STANDARD
from openmash.domestic_abuse.criteria import Bands, Criterion, Facts, band_of, criteria
from openmash.domestic_abuse.models import Grade
from openmash.domestic_abuse.policies import may_grade
from openmash.enquiries.models import Enquiry, Party
from openmash.kit.verdict import Verdict
from openmash.people.chronology import Look, lines, year_before
from openmash.people.models import Marker
from openmash.people.queries import leads_of, records_of

INCIDENTS = "incident"


@dataclass(frozen=True)
class GradeLine:
    """One grade, for the history: what it was before, and what changed it."""

    grade: str
    words: str
    before: str
    score: int | None
    aggravating: tuple[str, ...]
    because: str
    caused_by: str
    agency: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Graded:
    """Every grade, the latest first. `given` is the grade that the referrer's score makes by itself."""

    grades: tuple[GradeLine, ...]
    given_score: int | None
    given: str
    may_grade: Verdict

    @property
    def score(self) -> int | None:
        return self.grades[0].score if self.grades else self.given_score


@dataclass(frozen=True)
class Criteria:
    """The area's numbers, and the four MARAC criteria on what the reader may know."""

    bands: Bands
    found: tuple[Criterion, ...]


def is_domestic_abuse(enquiry: Enquiry) -> bool:
    """Whether it was said to be, or somebody has graded it."""
    return any(one.startswith("da_") for one in enquiry.concerns) or enquiry.domestic_abuse_score is not None


def graded(enquiry: Enquiry, *, by: Actor) -> Graded:
    """One query. Nothing sealed is read."""
    rows = Grade.objects.filter(enquiry=enquiry).select_related("agency", "by").order_by("-id")
    score = enquiry.domestic_abuse_score
    given = "" if score is None else GRADES[band_of(score, bands_of(enquiry.area))]
    return Graded(tuple(_line(row) for row in rows), score, given, may_grade(by, enquiry))


def criteria_for(enquiry: Enquiry, so_far: Graded, *, by: Actor, today: date) -> Criteria:
    """The four criteria on the latest grade and on what `by` may read of the chronology: a look at sealed material."""
    last, bands, known = next(iter(so_far.grades), None), bands_of(enquiry.area), _people(enquiry)
    facts = Facts(
        grade=last.grade if last else STANDARD,
        score=so_far.score,
        because=last.because if last else "",
        is_escalating=bool(last and AGGRAVATING["escalation"] in last.aggravating),
        incidents_in_12_months=_incidents(enquiry, known, by, today),
        heard_before=_was_heard(known, today),
    )
    return Criteria(bands, criteria(facts, bands))


def _line(row: Grade) -> GradeLine:
    return GradeLine(
        grade=row.grade,
        words=GRADES[row.grade],
        before=GRADES.get(row.before, ""),
        score=row.score,
        aggravating=tuple(AGGRAVATING.get(key, key) for key in row.aggravating),
        because=row.because,
        caused_by=row.caused_by,
        agency=row.agency.name,
        by=row.by.name,
        at=row.at,
    )


def _people(enquiry: Enquiry) -> frozenset[int]:
    named = Party.objects.filter(enquiry=enquiry).values_list("person", flat=True)
    return frozenset(record for records in records_of(set(leads_of(named).values())).values() for record in records)


def _incidents(enquiry: Enquiry, people: frozenset[int], by: Actor, today: date) -> int:
    """Incidents of the last 12 months on the chronology, as far as `by` may read it; each day counts once."""
    found = lines(Look(by, enquiry.pk, people))
    return len({line.on for line in found if line.kind == INCIDENTS and line.on and line.on >= year_before(today)})


def _was_heard(people: Iterable[int], today: date) -> bool:
    return Marker.objects.filter(person__in=people, kind="marac", since__gte=year_before(today)).exists()
