"""Trying an act with a form that was sent: what the act refuses, or somebody changed meanwhile, stands on the form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from openmash.audit.action import Refused, Stale
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import steps_since


class VersionedForm(forms.Form):
    """A form about an enquiry: it carries the version that it was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)


@dataclass(frozen=True)
class Change:
    """One thing that somebody did after the form was opened."""

    what: str
    was: str
    now: str


@dataclass(frozen=True)
class Conflict:
    """What others did meanwhile, for the panel above a form whose text is kept."""

    who: str
    when: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Attempt:
    """How it went. `refused` holds the reasons of a policy; they stand on the form as well."""

    is_done: bool = False
    conflict: Conflict | None = None
    refused: tuple[str, ...] = ()


def attempt(form: forms.Form, enquiry: Enquiry, act: Callable[..., Any], **given: Any) -> Attempt:
    """Call `act(**answers, **given)` when the form is right; `seen` is among them when the form has a version.

    Nothing that was typed is lost: what is refused, and what somebody else did meanwhile, comes back with the form.
    """
    if not form.is_valid():
        return Attempt()
    answers = dict(form.cleaned_data)
    seen = answers.pop("version", None)
    try:
        act(**answers, **given, **({} if seen is None else {"seen": seen}))
    except Stale:
        form.data = form.data.copy()
        form.data["version"] = str(Enquiry.objects.get(pk=enquiry.pk).version)
        return Attempt(conflict=conflict_since(enquiry, seen))
    except Refused as refused:
        for reason in refused.verdict.reasons:
            form.add_error(None, reason)
        return Attempt(refused=refused.verdict.reasons)
    return Attempt(is_done=True)


def conflict_since(enquiry: Enquiry, version: int) -> Conflict | None:
    """What happened to an enquiry after `version`; none when nothing did."""
    steps = steps_since(enquiry, version)
    if not steps:
        return None
    changes = tuple(Change(step.says, "", step.because or f"by {step.by_name}") for step in steps)
    return Conflict(steps[-1].by_name, steps[-1].at, changes)
