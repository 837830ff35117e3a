"""What is seen of domestic abuse in an enquiry. Everything returned is a finished, frozen value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.utils import timezone

from openmash.audit.actors import Actor
from openmash.domestic_abuse.actions import bands_of
from openmash.domestic_abuse.codes import AGGRAVATING, CRITERIA, GRADES, STANDARD, VICTIM_KNOWS
from openmash.domestic_abuse.criteria import Bands, Criterion, Facts, band_of, criteria
from openmash.domestic_abuse.models import Grade, MaracMeeting, MaracReferral
from openmash.domestic_abuse.policies import may_grade, may_read_marac, may_refer
from openmash.domestic_abuse.rows import referrals
from openmash.enquiries.models import Enquiry, Party
from openmash.kit.verdict import Verdict
from openmash.people.chronology import Look, lines, year_before
from openmash.people.models import Marker
from openmash.people.named import NameLine, names_of
from openmash.people.queries import leads_of, records_of

INCIDENTS, ENQUIRY = "incident", "enquiry"


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
    """Every grade, the latest first. `given` is what the referrer's score makes by itself, `judged` their own view."""

    grades: tuple[GradeLine, ...]
    given_score: int | None
    given: str
    judged: str
    may_grade: Verdict

    @property
    def score(self) -> int | None:
        return self.grades[0].score if self.grades else self.given_score


@dataclass(frozen=True)
class Criteria:
    """The area's numbers, and the four MARAC criteria on what the reader may know."""

    bands: Bands
    found: tuple[Criterion, ...]


@dataclass(frozen=True)
class ActionLine:
    what: str
    owner: str
    due_on: date | None


@dataclass(frozen=True)
class MeetingLine:
    """What one meeting decided, whom it was about, who does what and who was told."""

    met_on: date
    decided: str
    about: tuple[str, ...]
    actions: tuple[ActionLine, ...]
    told: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ReferralLine:
    """One look at the criteria: referred on these, or not and why; and what MARAC decided."""

    number: int
    is_referred: bool
    criteria: tuple[str, ...]
    because: str
    victim_knows: str
    safe_contact: str
    referred_on: date | None
    meets_on: date | None
    agency: str
    by: str
    at: datetime
    meetings: tuple[MeetingLine, ...]


@dataclass(frozen=True)
class Marac:
    """The latest referral first."""

    referrals: tuple[ReferralLine, ...]
    may_refer: Verdict


def is_domestic_abuse(enquiry: Enquiry) -> bool:
    """Whether it was said to be, or somebody has graded it."""
    is_told = enquiry.domestic_abuse_score is not None or bool(enquiry.abuse_risks or enquiry.abuse_grade)
    return is_told or any(one.startswith("da_") for one in enquiry.concerns)


def graded(enquiry: Enquiry, *, by: Actor) -> Graded:
    """One query. Nothing sealed is read."""
    rows = Grade.objects.filter(enquiry=enquiry).select_related("agency", "by").order_by("-id")
    score, judged = enquiry.domestic_abuse_score, GRADES.get(enquiry.abuse_grade, "")
    given = "" if score is None else GRADES[band_of(score, bands_of(enquiry.area))]
    return Graded(tuple(_line(row) for row in rows), score, given, judged, may_grade(by, enquiry))


def grade_begins(enquiry: Enquiry, so_far: Graded) -> dict[str, Any]:
    """What the form begins with: the grade before, or else what the referrer said. Nothing is typed twice."""
    last = Grade.objects.filter(enquiry=enquiry).order_by("-id").first()
    return {
        "score": so_far.score,
        "aggravating": last.aggravating if last else enquiry.abuse_risks,
        "grade": last.grade if last else enquiry.abuse_grade,
    }


def criteria_for(enquiry: Enquiry, so_far: Graded, *, by: Actor, today: date) -> Criteria:
    """The four criteria on the latest grade and on what `by` may read of the chronology: a look at sealed material."""
    last, bands, known = next(iter(so_far.grades), None), bands_of(enquiry.area), _people(enquiry)
    year = [line for line in lines(Look(by, enquiry.pk, known)) if line.on and line.on >= year_before(today)]
    facts = Facts(
        grade=last.grade if last else STANDARD,
        score=so_far.score,
        because=last.because if last else "",
        is_escalating=bool(last and AGGRAVATING["escalation"] in last.aggravating),
        incidents_in_12_months=len({line.on for line in year if line.kind == INCIDENTS}),  # each day counts once
        heard_before=_was_heard(known, enquiry, today),
        enquiries_in_12_months=_about_abuse(line.enquiry_reference for line in year if line.kind == ENQUIRY),
    )
    return Criteria(bands, criteria(facts, bands))


def marac(enquiry: Enquiry, *, by: Actor) -> Marac:
    """What stands on record of MARAC. Five queries."""
    rows = referrals([enquiry.pk], by) if may_read_marac(by, enquiry) else []
    names = names_of(person for row in rows for one in row.meetings.all() for person in one.people)
    return Marac(tuple(_referral(row, names) for row in rows), may_refer(by, enquiry))


def load_referral(enquiry: Enquiry, number: int, *, by: Actor) -> MaracReferral:
    """One referral of this enquiry, for an act on it; otherwise 404."""
    found = next((row for row in referrals([enquiry.pk], by) if row.pk == number and row.is_referred), None)
    if found is None:
        raise Http404
    return found


def _referral(row: MaracReferral, names: Mapping[int, NameLine]) -> ReferralLine:
    knows = VICTIM_KNOWS.get(row.victim_knows, "")
    return ReferralLine(
        number=row.pk,
        is_referred=row.is_referred,
        criteria=tuple(CRITERIA[key] for key in CRITERIA if key in row.criteria),
        because=row.because,
        victim_knows=". ".join(filter(None, (knows, row.without_agreement_because))),
        safe_contact=row.safe_contact,
        referred_on=row.referred_on,
        meets_on=row.meets_on,
        agency=row.agency.name,
        by=row.by.name,
        at=row.at,
        meetings=tuple(_meeting(one, names) for one in row.meetings.all()),
    )


def _meeting(row: MaracMeeting, names: Mapping[int, NameLine]) -> MeetingLine:
    return MeetingLine(
        met_on=row.met_on,
        decided=row.decided,
        about=tuple(names[person].name for person in row.people if person in names),
        actions=tuple(
            ActionLine(one.what, ", ".join(filter(None, (one.agency.name, one.owner))), one.due_on)
            for one in row.actions.all()
        ),
        told=row.told,
        by=row.by.name,
        at=row.at,
    )


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


def _about_abuse(references: Iterable[str]) -> int:
    """How many of these enquiries are about domestic abuse."""
    return sum(is_domestic_abuse(one) for one in Enquiry.objects.filter(reference__in=list(references)))


def _was_heard(people: Iterable[int], enquiry: Enquiry, today: date) -> bool:
    """Before this enquiry came: what MARAC decided on it is no repeat of itself."""
    came = timezone.localdate(enquiry.received_at)
    heard = Marker.objects.filter(person__in=people, kind="marac", since__gte=year_before(today), since__lte=came)
    return heard.exists()
