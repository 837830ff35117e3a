"""Search: an enquiry by its reference; a person by name with another detail, by number, address or telephone.

Only what the searcher may know exists; what is restricted, or of another area, looks like nothing (security 3.4).
That somebody searched is on the ledger; what they typed is not.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from openmash.agencies.doors import holding
from openmash.agencies.models import Area, User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.action import reading
from openmash.audit.actors import Actor
from openmash.design.page import page
from openmash.enquiries.codes import REFERENCE
from openmash.enquiries.kept_from import enquiries_kept_from, unhindered
from openmash.enquiries.models import Enquiry, Party
from openmash.enquiries.workflow import STATUS_WORDS
from openmash.kit.verdict import Verdict
from openmash.people.finding import NOBODY
from openmash.people.queries import PersonLine, find_people, records_of

_MARKS = re.compile(r"([A-Z]{1,4})??([0-9A-Z]{8})")
_REFERENCE = re.compile(REFERENCE)
NO_REFERENCE = "No enquiry has this reference. Check each letter and digit"
_EACH = 5


class SearchForm(forms.Form):
    """One field for whatever is known."""

    q = forms.CharField(
        label="What do you know?",
        help_text="A reference. A name with a date or year of birth, or with a postcode. Or one of these alone: an NHS "
        "number or another number, a telephone number, an e-mail address, a whole address.",
        required=False,
        max_length=200,
        error_messages={"max_length": "What you search for must be 200 characters or fewer"},
    )


@dataclass(frozen=True)
class FoundEnquiry:
    reference: str
    received_at: datetime
    status_words: str
    is_open: bool
    rating: str


@dataclass(frozen=True)
class FoundPerson:
    """One person, with their newest enquiries that the searcher may know of; `more` of them are not shown."""

    line: PersonLine
    enquiries: tuple[FoundEnquiry, ...]
    more: int


@dataclass(frozen=True)
class Found:
    enquiries: tuple[FoundEnquiry, ...] = ()
    people: tuple[FoundPerson, ...] = ()
    is_more: bool = False
    advice: str = ""

    @property
    def is_too_little(self) -> bool:
        return self.advice not in ("", NOBODY, NO_REFERENCE)


@dataclass(frozen=True)
class SearchPage:
    form: SearchForm
    asked: str
    found: Found


def may_search(by: Actor, _: object) -> Verdict:
    return holds(by, Permission.SEE_ENQUIRIES)


@holding(Permission.SEE_ENQUIRIES)
def search(request: HttpRequest) -> HttpResponse:
    """What the one search box of every page leads to."""
    form = SearchForm({"q": request.GET.get("q", "")})
    asked = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = run(None, by=request.user, text=asked) if asked else Found()
    if found.is_too_little:
        form.add_error("q", found.advice)
    response = page(request, "desk/search.html", SearchPage(form, asked, found))
    response["Cache-Control"] = "no-store"
    return response


@reading(may=may_search, event="search.run")
def run(_: None, *, by: User, now: datetime, text: str) -> Found:
    """Search the enquiries and the people of the searcher's areas. The same few queries, whatever is found."""
    kept = enquiries_kept_from(by)
    enquiries = _by_reference(text, by)
    if _REFERENCE.fullmatch(text.strip().upper()):
        return Found(tuple(map(_line, enquiries)), advice="" if enquiries else NO_REFERENCE)
    found = find_people(text, by=by)
    lead_of = {record: lead for lead, group in records_of(one.lead for one in found.people).items() for record in group}
    about: dict[int, list[Enquiry]] = {}
    with unhindered():
        for row in _about(lead_of, by):
            about.setdefault(lead_of[row.person_id], []).append(row.enquiry)
    people = (_person(line, about.get(line.lead, []), kept) for line in found.people)
    shown = tuple(person for person in people if person)
    advice = "" if enquiries or shown else found.advice or NOBODY
    return Found(tuple(map(_line, enquiries)), shown, found.is_more, advice)


def _by_reference(text: str, by: User) -> list[Enquiry]:
    """With or without the area's letters, spaces and dashes."""
    marks = _MARKS.fullmatch(re.sub(r"[\s-]", "", text).upper())
    if not marks:
        return []
    areas = by.areas_where(Permission.SEE_ENQUIRIES)
    letters = [marks[1]] if marks[1] else Area.objects.filter(pk__in=areas).values_list("letters", flat=True)
    references = [f"{area}-{marks[2][:4]}-{marks[2][4:]}" for area in letters]
    return list(Enquiry.objects.filter(reference__in=references, area__in=areas))


def _about(records: Iterable[int], by: User) -> QuerySet[Party]:
    """Every enquiry of the searcher's areas about these records, newest first."""
    rows = Party.objects.filter(person__in=records, enquiry__area__in=by.areas_where(Permission.SEE_ENQUIRIES))
    return rows.select_related("enquiry").order_by("-enquiry__received_at", "-enquiry_id")


def _person(line: PersonLine, about: list[Enquiry], kept: frozenset[int]) -> FoundPerson | None:
    """None for somebody who is known from enquiries alone that do not exist for this searcher: nor do they."""
    enquiries = [one for one in dict.fromkeys(about) if one.pk not in kept]
    if about and not enquiries:
        return None
    return FoundPerson(line, tuple(map(_line, enquiries[:_EACH])), max(0, len(enquiries) - _EACH))


def _line(row: Enquiry) -> FoundEnquiry:
    return FoundEnquiry(row.reference, row.received_at, STATUS_WORDS[row.status], row.is_open, row.rating)
