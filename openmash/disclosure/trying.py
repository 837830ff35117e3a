"""Trying an act with a form that was sent: what the act refuses, or somebody changed meanwhile, stands on the form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from openmash.audit.action import Refused, Stale
from openmash.disclosure.models import Release
from openmash.disclosure.workflow import STATUS_WORDS
from openmash.enquiries.models import Step


@dataclass(frozen=True)
class Change:
    what: str
    was: str
    now: str


@dataclass(frozen=True)
class Conflict:
    """What somebody else did to a release while this form was open."""

    who: str
    when: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Tried:
    """How it went: what the act returned, or what somebody else did meanwhile. Nothing typed is ever lost."""

    made: Release | None = None
    conflict: Conflict | None = None


def tried(form: forms.Form, act: Callable[..., Release], **given: Any) -> Tried:
    """Call `act(seen=version, **given)` for a form that is right; its reasons for refusing stand on the form."""
    seen = form.cleaned_data.get("version")
    try:
        return Tried(made=act(**given, **({} if seen is None else {"seen": seen})))
    except Refused as refused:
        for reason in refused.verdict.reasons:
            form.add_error(None, reason)
    except Stale as stale:
        row = Release.objects.get(pk=stale.thing.pk)
        form.data = form.data.copy()
        form.data[form.add_prefix("version")] = str(row.version)
        return Tried(conflict=_what_happened(row))
    return Tried()


def _what_happened(release: Release) -> Conflict:
    """The last step of the enquiry that was about a release."""
    step = Step.objects.filter(enquiry=release.enquiry_id, what__startswith="release-").order_by("-id").first()
    if step is None:
        return Conflict("Somebody", release.drafted_at, ())
    says = f"{step.says}. It is now: {STATUS_WORDS[release.status].lower()}"
    return Conflict(step.by_name, step.at, (Change("This release", "", says),))
