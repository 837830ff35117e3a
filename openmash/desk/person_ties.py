"""Who is what to whom: a tie is entered, ends, or turns out never to have been so."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from openmash.agencies.doors import holding
from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, Stale
from openmash.design.fields import GovDateField
from openmash.design.page import page
from openmash.desk.person import Surroundings, surroundings
from openmash.desk.person_review import Change, Meanwhile
from openmash.desk.search import SearchForm, run
from openmash.enquiries.forms.fields import Choose, Line, Pick, YesNo
from openmash.enquiries.models import Party
from openmash.people.actions import look_at
from openmash.people.kept import kept_from
from openmash.people.models import Person, Relationship
from openmash.people.portrait import PersonView
from openmash.people.queries import NameLine, leads_of, load_person, names_of
from openmash.people.relations import RELATIONS
from openmash.people.ties import WHAT, Amended, Tie
from openmash.people.tying import MOST, GivenRelation, end_tie, load_tie, newest_tie, relate, take_back_tie

_TURNED = "-turned"
ENDED, MISTAKEN, ELSE = "ended", "mistaken", "else"


def in_words(one: str, other: str) -> list[tuple[str, str]]:
    """Every tie of two people as a sentence, from the first of them and from the other."""
    first = [(kind.key, f"{one} is {kind.says} {other}") for kind in RELATIONS.values()]
    turned = [
        (kind.key + _TURNED, f"{other} is {kind.says} {one}") for kind in RELATIONS.values() if not kind.is_mutual
    ]
    return [*first[:-1], *turned, first[-1]]


def given(says: str, **more: Any) -> GivenRelation:
    return GivenRelation(says.removesuffix(_TURNED), says.endswith(_TURNED), **more)


class _Says(forms.Form):
    since = GovDateField(label="Since when? (optional)", subject="The day it began", side="past", required=False)
    has_parental_responsibility = YesNo(label="If a parent: do they have parental responsibility? (optional)")

    def __init__(self, *args: Any, names: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["says"] = Pick(
            label="Who is what to whom?",
            choices=in_words(*names),
            required=self.is_asked,
            first="Select one",
            error_messages={"required": "Select who is what to whom"},
        )

    is_asked = True

    def relation(self) -> GivenRelation:
        said = self.cleaned_data
        return given(said["says"], since=said["since"], has_parental_responsibility=said["has_parental_responsibility"])


class TieForm(_Says):
    """Who is what to whom, since when, and who says so; with the newest tie of the two that was shown."""

    newest = forms.IntegerField(widget=forms.HiddenInput)
    source = Line(
        label="Who says so?",
        help_text="It stands beside the tie.",
        max_length=MOST,
        required=True,
        error_messages={"required": "Enter who says so"},
    )


class EndForm(forms.Form):
    """It has ended, or never was, with the version that was shown; and who says so."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    did = Choose(
        label="What has changed?", choices=(), required=True, error_messages={"required": "Select what has changed"}
    )
    until = GovDateField(label="Until when?", subject="The day it ended", side="past", required=False)
    because = Line(
        label="Who says so, and why?",
        max_length=MOST,
        required=True,
        error_messages={"required": "Enter who says so, and why"},
    )

    changes: tuple[tuple[str, str], ...]
    stays: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["did"].choices = self.changes
        self.fields["because"].help_text = self.stays

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("did") == ENDED and "until" not in self.errors and not said.get("until"):
            self.add_error("until", "Enter the day on which it ended")
        return said


class ChangeTieForm(EndForm, _Says):
    """The same, and what it is instead."""

    is_asked = False
    changes = ((ENDED, "It has ended"), (MISTAKEN, "It was never so"), (ELSE, "It was never so: it is another tie"))
    stays = "It stands in the history of both records."

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("did") == ELSE and not said.get("says"):
            self.add_error("says", "Select who is what to whom")
        return said


@dataclass(frozen=True)
class WhomPage:
    """Whom a tie is with: those who are named or live with them first, and whoever is searched for."""

    around: Surroundings
    form: SearchForm
    near: tuple[NameLine, ...]
    found: tuple[NameLine, ...]
    advice: str


@dataclass(frozen=True)
class TiePage:
    around: Surroundings
    other: NameLine
    standing: tuple[Tie, ...]
    form: TieForm
    meanwhile: Meanwhile | None


@dataclass(frozen=True)
class ChangeTiePage:
    around: Surroundings
    words: str
    line: Tie | None
    is_gone: bool
    form: ChangeTieForm
    meanwhile: Meanwhile | None


@holding(Permission.MATCH_PEOPLE)
def whom(request: HttpRequest, number: int) -> HttpResponse:
    """Choose the other person. Nobody is there who does not exist for the reader."""
    person, by = load_person(number, by=request.user), request.user
    view = look_at(person, by=by)
    form = SearchForm({"q": request.GET.get("q", "")})
    asked = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = run(None, by=by, text=asked) if asked else None
    if found and found.is_too_little:
        form.add_error("q", found.advice)
    lines = names_of(one.line.lead for one in found.people) if found else {}
    others = tuple(line for lead, line in lines.items() if lead != view.lead)
    advice = found.advice if found and not found.is_too_little else ""
    shown = WhomPage(surroundings(request, view, ""), form, _near(view, by), others, advice)
    response = page(request, "desk/tie_whom.html", shown)
    response["Cache-Control"] = "no-store"
    return response


def _near(view: PersonView, by: User) -> tuple[NameLine, ...]:
    """Those who are tied to them, live with them or are in an enquiry with them."""
    at_home = {one.lead for home in view.households_now for one in home.members}
    own = Party.objects.filter(person__in=view.records).values("enquiry")
    with_them = Party.objects.filter(enquiry__in=own, person__area__in=by.areas_where(Permission.MATCH_PEOPLE))
    people = set(with_them.values_list("person", flat=True)) | at_home
    kept = kept_from(by)
    known = {lead for record, lead in leads_of(people).items() if record not in kept} | {tie.lead for tie in view.ties}
    return tuple(sorted(names_of(known - {view.lead}).values(), key=lambda line: line.name))


@holding(Permission.MATCH_PEOPLE)
def tie(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """Say who is what to whom. Who was slower is shown what somebody else entered meanwhile, and keeps their words."""
    by = request.user
    person, second = load_person(number, by=by), load_person(other, by=by)
    names = names_of([person.pk, second.pk])
    both = names[person.pk].name, names[second.pk].name
    newest = newest_tie(person, second, by=by)
    form = TieForm(request.POST or None, names=both, initial={"newest": newest})
    meanwhile = None
    if form.is_valid():
        said, told = form.cleaned_data, form.relation()
        one, two = (second, person) if told.is_turned else (person, second)
        try:
            relate(
                one, by=by, other=two, kind=told.kind, since=told.since, source=said["source"],
                has_parental_responsibility=told.has_parental_responsibility, newest=said["newest"],
            )  # fmt: skip
        except Stale:
            form, meanwhile = _again(request, TieForm, both, newest=newest), changed_last(person, by, WHAT)
        except Refused as refused:
            form.add_error("says", str(refused))
        else:
            messages.success(request, "The tie is on both records.")
            return redirect("desk:person", person.pk)
    view = look_at(person, by=by)
    standing = tuple(one for one in view.ties if one.lead == second.lead_id_or_own)
    shown = TiePage(surroundings(request, view, ""), names[second.pk], standing, form, meanwhile)
    return page(request, "desk/tie.html", shown)


@holding(Permission.MATCH_PEOPLE)
def change_tie(request: HttpRequest, number: int, tie: int) -> HttpResponse:
    """It ended, or was never so. Nothing is deleted."""
    by = request.user
    person, row = load_person(number, by=by), load_tie(tie, by=by)
    names = names_of([row.person_id, row.other_id])
    both = names[row.person_id].name, names[row.other_id].name
    form = ChangeTieForm(request.POST or None, names=both, initial={"version": row.version})
    meanwhile = None
    if form.is_valid():
        try:
            _change(row, form, by)
        except Stale:
            form, meanwhile = _again(request, ChangeTieForm, both, version=row.version), changed_last(person, by, WHAT)
        except Refused as refused:
            form.add_error("until" if form.cleaned_data["did"] == ENDED else "says", str(refused))
        else:
            messages.success(request, "Both records say so, and keep what they said before.")
            return redirect("desk:person", person.pk)
    view = look_at(person, by=by)
    line = next((one for one in view.ties if one.number == row.pk), None)
    shown = ChangeTiePage(
        around=surroundings(request, view, ""),
        words=f"{both[0]} is {RELATIONS[row.kind].says} {both[1]}",
        line=line,
        is_gone=row.is_mistaken,
        form=form,
        meanwhile=meanwhile,
    )
    return page(request, "desk/tie_changed.html", shown)


def _change(row: Relationship, form: ChangeTieForm, by: User) -> None:
    said = form.cleaned_data
    told = {"by": by, "because": said["because"], "version": said["version"]}
    if said["did"] == ENDED:
        end_tie(row, until=said["until"], **told)
    else:
        take_back_tie(row, instead=form.relation() if said["did"] == ELSE else None, **told)


def _again(request: HttpRequest, form: Any, names: tuple[str, str], **now: int) -> Any:
    """What was typed, kept, against the record as it is now."""
    typed = request.POST.copy()
    for name, value in now.items():
        typed[name] = str(value)
    return form(typed, names=names)


def changed_last(person: Person, by: User, what: str) -> Meanwhile | None:
    """The last change of this kind that somebody made to them, as far as the reader may know it."""
    changes: Iterable[Amended] = (one for one in look_at(person, by=by).amendments if one.what == what)
    last = next(iter(changes), None)
    return Meanwhile(last.by, last.at, (Change(last.what, last.before, last.after),)) if last else None
