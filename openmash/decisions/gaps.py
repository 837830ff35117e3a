"""What is not known: counted from the record in plain words, so that no decision is signed as if it were known (D1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from openmash.agencies.models import Agency
from openmash.design.moments import moment
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import PartyLine, parties
from openmash.gathering.clocks import due_of
from openmash.gathering.models import Request, SystemCheck

_SCHOOL_FROM = 5


@dataclass(frozen=True)
class Gap:
    """One thing that is not known, as a sentence; the agency that could say, and its name when it was not asked."""

    says: str
    agency: int | None = None
    not_asked: str = ""


def is_early(enquiry: Enquiry) -> bool:
    """Whether answers are still outstanding."""
    return _open_requests(enquiry).exists()


def is_late(enquiry: Enquiry, now: datetime) -> bool:
    """Whether the clock that runs has passed."""
    return enquiry.due_at is not None and enquiry.due_at < now


def gaps(enquiry: Enquiry, *, now: datetime) -> tuple[Gap, ...]:
    """What is not known now: answers outstanding, agencies not asked, systems not looked at, people's details."""
    asked = frozenset(Request.objects.filter(enquiry=enquiry, withdrawn_at=None).values_list("agency_id", flat=True))
    people = [gap for line in parties(enquiry.pk) for gap in _of_person(line)]
    return (
        *_unanswered(enquiry, now),
        *_not_asked(enquiry, asked),
        *_not_checked(enquiry),
        *people,
        *_of_the_referral(enquiry),
    )


def in_short(found: Iterable[Gap]) -> tuple[str, ...]:
    """The same to read: the agencies that were not asked stand in one sentence."""
    lines = list(found)
    names = [gap.not_asked for gap in lines if gap.not_asked]
    one = (f"Not asked: {', '.join(names)}.",) if names else ()
    return (*(gap.says for gap in lines if not gap.not_asked), *one)


def _open_requests(enquiry: Enquiry) -> QuerySet[Request]:
    return Request.objects.filter(enquiry=enquiry, answered_at=None, withdrawn_at=None)


def _unanswered(enquiry: Enquiry, now: datetime) -> list[Gap]:
    found = []
    for row in _open_requests(enquiry).select_related("agency").order_by("due_at", "id"):
        due_at = due_of(row.asked_at, row.due_at, enquiry.research_due_at)
        is_over = "was" if due_at <= now else "is"
        found.append(Gap(f"{row.agency.name} has not answered. It {is_over} due {moment(due_at)}.", row.agency_id))
    return found


def _not_asked(enquiry: Enquiry, asked: frozenset[int]) -> list[Gap]:
    if not asked:
        return [Gap("No agency was asked.")]
    rows = Agency.objects.filter(areas=enquiry.area_id, left_on=None).exclude(Q(pk__in=asked) | Q(mode=Agency.PROPOSED))
    return [Gap(f"{row.name} was not asked.", row.pk, row.name) for row in rows.order_by("name")]


def _not_checked(enquiry: Enquiry) -> list[Gap]:
    rows = SystemCheck.objects.filter(answer__enquiry=enquiry, result="not_checked").select_related("answer__agency")
    return [
        Gap(f"{row.answer.agency.name} did not look at {row.name}.", row.answer.agency_id)
        for row in rows.order_by("id")
    ]


def _of_person(line: PartyLine) -> list[Gap]:
    found = []
    if line.role == "child":
        if not line.gp:
            found.append(Gap(f"No GP is recorded for {line.name}."))
        years = line.age.removeprefix("about ")  # "6"; below two years old it is in months or days
        if not line.school and years.isdigit() and int(years) >= _SCHOOL_FROM:
            found.append(Gap(f"No school is recorded for {line.name}."))
    if line.role != "unborn" and not line.age:
        found.append(Gap(f"The date of birth of {line.name} is not known."))
    return found


def _of_the_referral(enquiry: Enquiry) -> list[Gap]:
    found = []
    if enquiry.source_of_words != "seen":
        told = enquiry.source_of_words in ("told", "opinion")
        found.append(Gap("The referrer did not see it." if told else "It is not recorded whether the referrer saw it."))
    is_adult = enquiry.kind == "adult"
    if is_adult and not enquiry.adults_wishes:
        found.append(Gap("The referrer did not say what the adult wants."))
    if not is_adult and not enquiry.childs_words:
        found.append(Gap("What the child says is not recorded."))
    if not enquiry.where_now:
        found.append(Gap(f"Where the {'adult' if is_adult else 'child'} is now is not recorded."))
    if enquiry.told_family is None:
        found.append(Gap("It is not recorded whether the family knows of the enquiry."))
    return found
