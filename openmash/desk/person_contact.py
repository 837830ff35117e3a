"""Which numbers and addresses of somebody are safe to use, and saying it anew with a reason."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.audit.action import Stale
from openmash.design.page import page
from openmash.desk.person import Surroundings, surroundings
from openmash.desk.person_review import Meanwhile, meanwhile_changed
from openmash.enquiries.forms.fields import Line
from openmash.people.actions import look_at
from openmash.people.models import Person
from openmash.people.queries import load_person
from openmash.people.safe_contact import MOST, SAYS, ContactLine, contact_line, contact_lines, say_safe


class SafetyForm(forms.Form):
    """How safe it is, how anybody knows, and the version of the record that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    says = forms.ChoiceField(
        label="Is it safe to use?",
        choices=list(SAYS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is safe to use"},
    )
    hours = Line(
        label="If it is safe: when, and how? (optional)",
        help_text="For example: weekdays 9:30am to 2:30pm, say that you ring from the surgery. Whoever rings sees it.",
    )
    because = forms.CharField(
        label="How do you know?",
        help_text="Who said so, and when. It stands in the history of the record.",
        max_length=MOST,
        widget=forms.Textarea,
        error_messages={"required": "Enter how you know: who said so, and when"},
    )


@dataclass(frozen=True)
class ContactsPage:
    around: Surroundings
    lines: tuple[ContactLine, ...]
    says: dict[str, str]
    may_open: bool


@dataclass(frozen=True)
class SafetyPage:
    around: Surroundings
    line: ContactLine
    says: str
    form: SafetyForm
    meanwhile: Meanwhile | None


@holding(Permission.MATCH_PEOPLE)
def contacts(request: HttpRequest, number: int) -> HttpResponse:
    """All of them, each with the way to say anew how safe it is."""
    person, by = load_person(number, by=request.user), request.user
    around, may_open = _around(request, person), bool(by.areas_where(Permission.OPEN_WHEREABOUTS))
    return page(request, "desk/contacts.html", ContactsPage(around, contact_lines(person, by=by), SAYS, may_open))


@holding(Permission.MATCH_PEOPLE)
def safety(request: HttpRequest, number: int, contact: int) -> HttpResponse:
    """One of them. Who was slower is shown what the other said, and keeps their own words."""
    person, by = load_person(number, by=request.user), request.user
    line = contact_line(person, contact, by=by)
    form = SafetyForm(request.POST or None, initial={"version": person.version, "hours": line.hours})
    meanwhile = None
    if form.is_valid():
        said = form.cleaned_data
        try:
            say_safe(
                person, by=by, contact=contact, says=said["says"], because=said["because"], hours=said["hours"],
                seen=said["version"],
            )  # fmt: skip
        except Stale as stale:
            meanwhile, typed = meanwhile_changed(person.pk, by), request.POST.copy()
            typed["version"] = str(stale.thing.version)  # type: ignore[attr-defined]
            form = SafetyForm(typed)
        else:
            messages.success(request, "From now on the record says so, and everybody who is to ring or write sees it.")
            return redirect("desk:contacts", person.pk)
    shown = SafetyPage(_around(request, person), line, SAYS[line.says], form, meanwhile)
    return page(request, "desk/contact_safety.html", shown)


def _around(request: HttpRequest, person: Person) -> Surroundings:
    return surroundings(request, look_at(person, by=request.user), "contact/")
