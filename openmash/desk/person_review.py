"""The reviewed merge: the worker ticks which of the newly given facts become what the record says now (M95)."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from openmash.agencies.doors import holding
from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.audit.action import Stale
from openmash.design.moments import day
from openmash.design.page import page
from openmash.desk.person import Surroundings, surroundings
from openmash.people import actions
from openmash.people.queries import ToReview, facts_to_review, load_person, person_view


class ReviewForm(forms.Form):
    """The ticked facts by key, and the version of the record that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    chosen = forms.MultipleChoiceField(
        label="What should the record say now?",
        help_text="What you leave stays on the record as it was given, with its source.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Select what should become current, or go back to the person",
            "invalid_choice": "Select from the list as it is now: it has changed",
        },
    )

    def __init__(self, *args: object, offered: tuple[ToReview, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(one.key, _words(one)) for one in offered]


@dataclass(frozen=True)
class Change:
    """What somebody else made current meanwhile."""

    what: str
    was: str
    now: str


@dataclass(frozen=True)
class Meanwhile:
    who: str
    when: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class ReviewPage:
    around: Surroundings
    form: ReviewForm
    hints: dict[str, str]
    is_empty: bool
    meanwhile: Meanwhile | None


@holding(Permission.MATCH_PEOPLE)
def review(request: HttpRequest, number: int) -> HttpResponse:
    """What joined records say that the lead does not. Nothing is ticked; nothing changes that was not ticked."""
    by = request.user
    record = load_person(number, by=by)
    offered = facts_to_review(record, by=by)
    form = ReviewForm(request.POST or None, offered=offered, initial={"version": record.version})
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        facts = tuple(one.fact for one in offered if one.key in form.cleaned_data["chosen"])
        try:
            actions.adopt(record, by=by, facts=facts, seen=form.cleaned_data["version"])
        except Stale:
            meanwhile = meanwhile_changed(record.pk, by)
            form = _with_version(request.POST, record.version, offered)
        else:
            messages.success(request, "The record now says what you chose.")
            return redirect(f"/person/{record.pk}/")
    view = actions.look_at(record, by=by)
    shown = ReviewPage(surroundings(request, view, "review/"), form, _hints(offered), not offered, meanwhile)
    return page(request, "desk/person_review.html", shown)


def _with_version(typed: QueryDict, version: int, offered: tuple[ToReview, ...]) -> ReviewForm:
    """What was ticked, kept, against the record as it is now."""
    kept = typed.copy()
    kept["version"] = str(version)
    return ReviewForm(kept, offered=offered)


def meanwhile_changed(number: int, by: User) -> Meanwhile | None:
    """The last change of the person's record by somebody, whole."""
    amendments = person_view(number, by=by).amendments
    last = [one for one in amendments if one.at == amendments[0].at]
    changes = tuple(Change(one.what, one.before, one.after) for one in last)
    return Meanwhile(last[0].by, last[0].at, changes) if last else None


def _hints(offered: tuple[ToReview, ...]) -> dict[str, str]:
    return {one.key: f"{one.source or 'Source not named'}, {day(one.recorded_at)}" for one in offered}


def _words(one: ToReview) -> str:
    return f"{one.label}: {one.given}" + (f" (now {one.now})" if one.now else " (nothing recorded now)")
