"""The doors to conflicts: whoever knows somebody says so; the governance lead enters one; two people remove it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.factors import need_fresh_proof
from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.people.queries import load_person, names_of
from openmash.restrictions import actions, queries
from openmash.restrictions.forms import DeclareForm, EnterForm, RemovalForm
from openmash.restrictions.queries import ConflictLine
from openmash.restrictions.views import tried


@dataclass(frozen=True)
class DeclarePage:
    name: str
    number: int
    form: DeclareForm


@dataclass(frozen=True)
class ConflictsPage:
    lines: tuple[ConflictLine, ...]
    may_enter: bool


@dataclass(frozen=True)
class RemovalPage:
    user: str
    form: RemovalForm


@holding(Permission.MATCH_PEOPLE)
def declare(request: HttpRequest, number: int) -> HttpResponse:
    """ "I know this person, or it is me or my family": nothing of them is shown any more."""
    by = request.user
    person = load_person(number, by=by)
    form = DeclareForm(request.POST or None)
    if form.is_valid():
        actions.declare(person, by=by, **form.cleaned_data)
        messages.success(request, "Thank you for saying so. Nothing about them is shown to you from now on.")
        return redirect("/work/")
    return page(request, "restrictions/declare.html", DeclarePage(names_of([person.pk])[person.pk].name, number, form))


@holding(Permission.RESTRICT)
def conflicts(request: HttpRequest) -> HttpResponse:
    """Who knows whom, and what waits for a second person."""
    by = request.user
    may_enter = bool(by.areas_where(Permission.REVIEW_RESTRICTED))
    return page(request, "restrictions/conflicts.html", ConflictsPage(queries.conflicts(by=by), may_enter))


@holding(Permission.REVIEW_RESTRICTED)
def enter(request: HttpRequest) -> HttpResponse:
    """What a colleague did not say themself."""
    by = request.user
    form = EnterForm(request.POST or None, people=queries.colleagues(by=by))
    if form.is_valid():
        said = dict(form.cleaned_data)
        user = User.objects.get(pk=said.pop("user"))
        if tried(form, lambda: actions.enter(user, by=by, **said)):
            messages.success(request, f"Nothing about them is shown to {user.name} from now on.")
            return redirect("restrictions:conflicts")
    return page(request, "restrictions/enter.html", form)


@holding(Permission.RESTRICT)
def ask_removal(request: HttpRequest, number: int) -> HttpResponse:
    """The first of two people says why it was a mistake."""
    row = queries.load_conflict(number, by=request.user)
    form = RemovalForm(request.POST or None)
    if form.is_valid() and tried(form, lambda: actions.ask_removal(row, by=request.user, **form.cleaned_data)):
        messages.success(request, "It stays until somebody else agrees.")
        return redirect("restrictions:conflicts")
    return page(request, "restrictions/removal.html", RemovalPage(row.user.name, form))


@require_POST
@holding(Permission.RESTRICT)
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """The second of two people."""
    row = queries.load_conflict(number, by=request.user)
    need_fresh_proof()
    actions.remove(row, by=request.user)
    messages.success(request, "The conflict is removed.")
    return redirect("restrictions:conflicts")
