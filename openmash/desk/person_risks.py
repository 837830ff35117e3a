"""Who is at risk from whom: said on the page of the one at risk, ended or taken back there, shown nowhere else."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, Stale
from openmash.design.fields import GovDateField
from openmash.design.page import page
from openmash.desk.person import Surroundings, surroundings
from openmash.desk.person_review import Meanwhile
from openmash.desk.person_ties import ENDED, MISTAKEN, EndForm, changed_last
from openmash.enquiries.forms.fields import Line
from openmash.people.actions import look_at
from openmash.people.queries import NameLine, load_person, names_of
from openmash.people.risks import WHAT, RiskLine, end_risk, load_risk, say_risk


class RiskForm(forms.Form):
    """Why, since when, and who says so."""

    because = Line(
        label="Why?",
        help_text="What happened, or what was threatened. It is shown on this person's page and never on the other's.",
        max_length=300,
        required=True,
        error_messages={"required": "Enter why they are at risk"},
    )
    source = Line(label="Who says so?", max_length=120, required=True, error_messages={"required": "Enter who says so"})
    since = GovDateField(label="Since when? (optional)", subject="The day it began", side="past", required=False)


class EndRiskForm(EndForm):
    changes = ((ENDED, "The risk has ended"), (MISTAKEN, "It was never so: recorded by mistake"))
    stays = "It stays in the history of the record. What is sent from now on can reach the other person."


@dataclass(frozen=True)
class RiskPage:
    around: Surroundings
    other: NameLine
    standing: tuple[RiskLine, ...]
    form: RiskForm


@dataclass(frozen=True)
class EndRiskPage:
    around: Surroundings
    name: str
    line: RiskLine | None
    form: EndRiskForm
    meanwhile: Meanwhile | None


@holding(Permission.MATCH_PEOPLE)
def risk(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """Say that this person is at risk from the other. What somebody else said already stands above the form."""
    by = request.user
    person, whom = load_person(number, by=by), load_person(other, by=by)
    form = RiskForm(request.POST or None)
    if form.is_valid():
        try:
            say_risk(person, by=by, whom=whom, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, "From now on every page says so, and nothing is sent where the other would find it."
            )
            return redirect("desk:person", person.pk)
    view = look_at(person, by=by)
    standing = tuple(line for line in view.risks_from if line.lead == whom.lead_id_or_own)
    shown = RiskPage(surroundings(request, view, ""), names_of([whom.pk])[whom.pk], standing, form)
    return page(request, "desk/risk.html", shown)


@holding(Permission.MATCH_PEOPLE)
def end(request: HttpRequest, number: int, risk: int) -> HttpResponse:
    """There is no such risk any more, or there never was. Nothing is deleted."""
    by = request.user
    person, row = load_person(number, by=by), load_risk(risk, by=by)
    form = EndRiskForm(request.POST or None, initial={"version": row.version})
    meanwhile = None
    if form.is_valid():
        said = form.cleaned_data
        told: dict[str, Any] = {"because": said["because"], "version": said["version"]}
        told |= {"until": said["until"]} if said["did"] == ENDED else {"is_mistaken": True}
        try:
            end_risk(row, by=by, **told)
        except Stale:
            meanwhile, typed = changed_last(person, by, WHAT), request.POST.copy()
            typed["version"] = str(row.version)
            form = EndRiskForm(typed)
        except Refused as refused:
            form.add_error("until", str(refused))
        else:
            messages.success(request, "The record says so, and keeps what it said before.")
            return redirect("desk:person", person.pk)
    view = look_at(person, by=by)
    line = next((line for line in view.risks_from if line.number == row.pk), None)
    name = names_of([row.whom_id])[row.whom_id].name
    return page(
        request, "desk/risk_ended.html", EndRiskPage(surroundings(request, view, ""), name, line, form, meanwhile)
    )
