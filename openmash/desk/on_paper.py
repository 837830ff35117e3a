"""The hub on paper: what is open and when it is due, and a form to write calls on until the service is back (M144)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.models import Area, User
from openmash.agencies.policies import holds
from openmash.agencies.queries import areas_of
from openmash.agencies.roles import Permission
from openmash.audit.action import reading
from openmash.audit.actors import Actor, System
from openmash.design.document import Block, Document, Grid, Section, Words, pdf
from openmash.design.moments import moment, short_moment
from openmash.design.page import page
from openmash.enquiries.calls import CallForms, call_forms
from openmash.enquiries.forms.telephone import SECTIONS
from openmash.enquiries.forms.telephone import Section as Part
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import whom
from openmash.enquiries.workflow import CLOSED, DESK_WORDS, STATUS_WORDS
from openmash.gathering.queries import outstanding
from openmash.kit.verdict import Verdict

MARKING = "OFFICIAL-SENSITIVE"
PRINTER = System("The list that is kept on paper", frozenset({Permission.SEE_ENQUIRIES}))
TICK, LINE, ROOM = "[   ] ", " \n ", " \n \n \n \n \n "
BLANKS = {"children": 2, "adults": 2, "workers": 1}
FIRST = ("given", "family", "relation", "born_on", "age", "sex")  # as the screen asks of a person


@dataclass(frozen=True)
class Papers:
    hubs: tuple[str, ...]


def may_print(by: Actor, area: Area) -> Verdict:
    """Whoever sees the queue of an area may take it along on paper."""
    return holds(by, Permission.SEE_ENQUIRIES, area.pk)


@holding(Permission.SEE_ENQUIRIES)
def on_paper(request: HttpRequest) -> HttpResponse:
    """What to print, when, and what to do with it."""
    return page(request, "desk/on_paper.html", Papers(tuple(area.hub_name for area in _areas(request.user))))


@holding(Permission.SEE_ENQUIRIES)
def open_enquiries_pdf(request: HttpRequest) -> HttpResponse:
    """Every open enquiry of the user's areas with its due times."""
    need_fresh_proof()
    now = timezone.now()
    sections = tuple(open_enquiries(area, by=request.user, now=now) for area in _areas(request.user))
    return _pdf(the_list(sections, f"Made for {request.user.name}, {moment(now)}", now), "open-enquiries")


@holding(Permission.SEE_ENQUIRIES)
def call_form_pdf(request: HttpRequest) -> HttpResponse:
    """The paper form, for the telephone screen."""
    return _pdf(call_form(timezone.now()), "enquiry-on-paper")


@reading(may=may_print, event="list.printed")
def open_enquiries(area: Area, *, by: Actor, now: datetime) -> Section:
    """One area's open enquiries, in the order of the queue: child protection first, then first due first."""
    found = Enquiry.objects.filter(area=area).exclude(status=CLOSED).select_related("owner")
    rows = sorted(found, key=lambda row: (row.fast_track_at is None, row.due_at, row.pk))
    numbers = [row.pk for row in rows]
    children, waiting = whom(numbers), outstanding(numbers)
    lines = tuple(_line(row, children.get(row.pk, "Nobody named"), waiting.get(row.pk, ())) for row in rows)
    heads = ("Reference", "About", "Stage and rating", "Due", "Who has it", "Done on paper")
    count = f"{len(lines)} open at {moment(now)}"
    return Section(f"{area.hub_name}, {area.telephone}", (Grid(count, heads, lines, (4, 6, 5, 6, 4, 5)),))


def the_list(sections: tuple[Section, ...], made: str, now: datetime) -> Document:
    return Document("Open enquiries", MARKING, "Shred it when the next is printed", made, now, sections)


def call_form(now: datetime) -> Document:
    """Everything that the telephone screen asks, by the same numbers and in the same order."""
    forms_of = call_forms(None)
    sections = tuple(Section(f"{part.key}  {part.title}", tuple(_blanks(forms_of, part))) for part in SECTIONS)
    how = Words(
        "Use one form for each enquiry. Nothing on it is received by the hub before it is keyed: key it under New "
        "enquiry as soon as the service is back, with the day and time at which it came, so that its clock runs from "
        "then. Write the reference here, then shred the form.\n\nReference: ____________   Keyed by: ____________"
    )
    return Document(
        "Enquiry on paper",
        f"{MARKING} when filled in",
        "Keyed in one screen: New enquiry",
        f"Made {moment(now)}",
        now,
        (Section("How to use this form", (how,)), *sections),
    )


def _line(row: Enquiry, children: str, waiting: Iterable[str]) -> tuple[str, ...]:
    names = "Restricted: ask a practice manager" if row.is_restricted else children
    first = "Fast track\n" if row.fast_track_at else ""
    rating = row.rating.capitalize() or ("Urgent" if row.is_urgent else "Not rated")
    due = [short_moment(row.due_at)]
    if row.decided_at is None and row.statutory_due_at != row.due_at:
        due.append(f"Decide {short_moment(row.statutory_due_at)}")
    stage = [STATUS_WORDS[row.status], rating, *(f"Waiting for {agency}" for agency in waiting)]
    owner = row.owner.name if isinstance(row.owner, User) else DESK_WORDS[row.desk]
    return (row.reference, names, first + "\n".join(stage), "\n".join(due), owner, "")


def _blanks(forms_of: CallForms, part: Part) -> Iterable[Block]:
    """Room for what this part asks: of several people, a blank for each."""
    if part.group:
        people = forms_of.groups[part.group]
        form = people.forms[0]
        names = sorted(form.fields, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
        for number in range(1, BLANKS[part.group] + 1):
            yield _blank(f"{people.one.capitalize()} {number}", form, names)
    if part.fields:
        yield _blank(part.title, forms_of.call, part.fields)


def _blank(caption: str, form: forms.BaseForm, names: Iterable[str]) -> Grid:
    rows = tuple((str(form.fields[name].label), _room(form.fields[name])) for name in names)
    return Grid(caption, ("Question", "Answer"), rows, (2, 5))


def _room(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return f"{TICK}Yes"
    choices = [label for key, label in _flat(getattr(field, "choices", ())) if key]
    if 0 < len(choices) <= 12:
        offered = [f"{TICK}{label}" for label in choices]
        return ("    " if sum(map(len, offered)) < 60 else "\n").join(offered)
    return ROOM if isinstance(field.widget, forms.Textarea) else LINE


def _flat(choices: Iterable[tuple[object, object]]) -> Iterable[tuple[object, object]]:
    """Choices without their groups."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def _areas(by: User) -> list[Area]:
    return list(areas_of(by.areas_where(Permission.SEE_ENQUIRIES)))


def _pdf(document: Document, name: str) -> HttpResponse:
    response = HttpResponse(pdf(document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
