"""The one page that tells where a protected person is; protecting somebody, and ending that with a second person."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.desk.person import Place, Surroundings, places_of, surroundings
from openmash.feeds.known import Known, known_openly
from openmash.people import protecting
from openmash.people.actions import look_at
from openmash.people.queries import load_person


def _words(label: str, missing: str, *, least: int = 0, hint: str = "") -> forms.CharField:
    too_short = f"Give a reason of at least {least} characters, so that who looks back understands it"
    return forms.CharField(
        label=label,
        help_text=hint,
        min_length=least or None,
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": missing, "min_length": too_short},
    )


class OpenForm(forms.Form):
    because = _words(
        "Why do you need to know where they are?",
        "Enter why you need to know where they are",
        least=protecting.LEAST,
        hint="The governance lead reads every reason.",
    )


class ProtectForm(forms.Form):
    because = _words("From whom are they protected, and why?", "Enter from whom they are protected, and why")


class EndForm(forms.Form):
    because = _words("Why is no protection needed any more?", "Enter why no protection is needed any more")
    their_view = _words(
        "What does the protected person say?",
        "Enter what the protected person says, or why nobody could ask them",
        hint="If nobody could ask them, say why.",
    )


class DeclineForm(forms.Form):
    because = _words("Why not?", "Enter why the protection has to stay")


@dataclass(frozen=True)
class WhereaboutsPage:
    around: Surroundings
    guard: protecting.Guard
    form: forms.Form
    opened: protecting.Whereabouts | None = None
    known: tuple[Known, ...] = ()
    places: tuple[Place, ...] = ()


@holding(Permission.OPEN_WHEREABOUTS)
def whereabouts(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the reason; with it, and who they are just proved, show it this once."""
    person, form = load_person(number, by=request.user), OpenForm(request.POST or None)
    opened = None
    if form.is_valid():
        need_fresh_proof()
        opened = protecting.open_whereabouts(person, by=request.user, **form.cleaned_data)
    return _page(request, number, "desk/whereabouts.html", form, opened)


@holding(Permission.MATCH_PEOPLE)
def protect(request: HttpRequest, number: int) -> HttpResponse:
    form = ProtectForm(request.POST or None)
    if form.is_valid():
        protecting.protect(load_person(number, by=request.user), by=request.user, **form.cleaned_data)
        messages.success(request, "From now on nobody is told where they are.")
        return redirect("desk:person", number)
    return _page(request, number, "desk/protect.html", form)


@holding(Permission.OPEN_WHEREABOUTS)
def unprotect(request: HttpRequest, number: int) -> HttpResponse:
    """The first of two people."""
    form = EndForm(request.POST or None)
    if form.is_valid():
        protecting.propose_unprotecting(load_person(number, by=request.user), by=request.user, **form.cleaned_data)
        messages.success(request, "Proposed. They stay protected until somebody else agrees.")
        return redirect("desk:whereabouts", number)
    return _page(request, number, "desk/unprotect.html", form)


@require_POST
@holding(Permission.OPEN_WHEREABOUTS)
def agree(request: HttpRequest, number: int) -> HttpResponse:
    row = protecting.load_unprotecting(number, by=request.user)
    need_fresh_proof()
    protecting.agree_unprotecting(row, by=request.user)
    messages.success(request, "They are not protected any more.")
    return redirect("desk:person", row.person_id)


@holding(Permission.OPEN_WHEREABOUTS)
def decline(request: HttpRequest, number: int) -> HttpResponse:
    row, form = protecting.load_unprotecting(number, by=request.user), DeclineForm(request.POST or None)
    if form.is_valid():
        protecting.decline_unprotecting(row, by=request.user, **form.cleaned_data)
        messages.success(request, "They stay protected.")
        return redirect("desk:person", row.person_id)
    return _page(request, row.person_id, "desk/unprotect_declined.html", form)


def _page(
    request: HttpRequest,
    number: int,
    template: str,
    form: forms.Form,
    opened: protecting.Whereabouts | None = None,
) -> HttpResponse:
    person = load_person(number, by=request.user)
    around = surroundings(request, look_at(person, by=request.user), "whereabouts/")
    guard = protecting.guard_of(person, by=request.user)
    known = known_openly(opened.lead, by=request.user) if opened else ()
    places = places_of(around.person.records, is_protected=False) if opened else ()
    return page(request, template, WhereaboutsPage(around, guard, form, opened, known, places))
