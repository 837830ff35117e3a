"""The coordinator's screen: everything that the professional form asks, and the call itself, in one form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from openmash.design.fields import GovDateField, GovTimeField
from openmash.design.moments import LONDON
from openmash.enquiries.codes import CHANNELS, SOURCES
from openmash.enquiries.forms.adults import AdultDetailForm, AdultForm, WorkerForm
from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.at_risk import AnyConcernsForm, AtRiskForm
from openmash.enquiries.forms.consent import AgreeForm, ToldForm
from openmash.enquiries.forms.fields import Choose, Email, Line, Pick, Telephone
from openmash.enquiries.forms.people import ChildDetailForm, ChildForm, UnbornForm
from openmash.enquiries.forms.place import ProfessionalHomeForm
from openmash.enquiries.forms.referrer import FEEDBACK
from openmash.enquiries.forms.worry import (
    BeforeForm,
    ChildsWordsForm,
    DangerForm,
    DashForm,
    EffectForm,
    HarmForm,
    KindForm,
    LevelForm,
    WorryForm,
)

CAME_BY = ("telephone", "email", "letter", "walk_in")
OTHER_SYSTEM = "other_system"
CALLERS = (
    ("professional", "A professional"),
    ("public", "A member of the public"),
    ("family", "A relative or carer"),
    ("self", "The child or adult themself"),
    ("anonymous", "Anonymous"),
)


class CallForm(Asking):
    """How and when it came, and how fast it must go."""

    channel = Choose(
        label="How it came",
        choices=[(key, CHANNELS[key]) for key in CAME_BY],
        required=True,
        error_messages={"required": "Select how it came"},
    )
    received_on = GovDateField(label="Received on", subject="The day it was received", side="past")
    received_time = GovTimeField(
        label="At",
        subject="The time it was received",
        error_messages={"required": "Enter the time it was received, like 9:30am"},
    )
    is_fast_track = forms.BooleanField(
        label="Fast track: immediate child protection",
        help_text="Tells the practice manager and the police at once",
        required=False,
    )
    fast_track_because = Line(label="Why it cannot wait", max_length=300)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("is_fast_track") and not found.get("fast_track_because"):
            self.add_error("fast_track_because", "Enter why it cannot wait, or take the fast track off")
        received_at = self._received_at(found)
        if received_at and received_at > timezone.now():
            self.add_error("received_time", "The time it was received must not be in the future")
        return found | {"received_at": received_at}

    def _received_at(self, found: dict[str, Any]) -> datetime | None:
        on, at = found.get("received_on"), found.get("received_time")
        return datetime.combine(on, at, tzinfo=LONDON) if on and at else None


class CallerForm(Asking):
    """Who is on the line. Whoever it is, they may be anonymous unless they are a professional."""

    referrer_kind = Choose(
        label="Who is calling",
        choices=CALLERS,
        required=True,
        error_messages={"required": "Select who is calling"},
    )
    referrer_name = Line(label="Caller’s name")
    job_title = Line(label="Job title")
    source_code = Pick(
        label="Service, or source of the contact",
        choices=tuple(SOURCES.items()),
        first="As the caller is",
    )
    organisation = Line(label="Organisation")
    referrer_telephone = Telephone(label="Telephone to call back")
    referrer_email = Email(label="E-mail for the reference")
    relationship = Line(label="How they know the family", max_length=200)
    manager_told = Line(label="Manager or lead who knows")
    wants_feedback_by = Pick(label="Tell them the outcome", choices=FEEDBACK, first="Not asked")
    keep_name_from_family = forms.BooleanField(label="Keep the caller’s name from the family", required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("referrer_kind") == "professional" and not found.get("referrer_name"):
            self.add_error("referrer_name", "Enter the professional’s name: a professional cannot stay anonymous")
        if found.get("referrer_kind") == "professional" and not found.get("source_code"):
            self.add_error("source_code", "Select the service that the professional works for")
        return found


_PARTS: tuple[type[Asking], ...] = (
    CallForm,
    CallerForm,
    DangerForm,
    KindForm,
    ProfessionalHomeForm,
    UnbornForm,
    WorryForm,
    AnyConcernsForm,
    AtRiskForm,
    DashForm,
    HarmForm,
    ChildsWordsForm,
    EffectForm,
    BeforeForm,
    LevelForm,
    ToldForm,
    AgreeForm,
)
_COMPULSORY = {"channel", "received_on", "received_time", "referrer_kind", "worry"}


@dataclass(frozen=True)
class Section:
    """One part of the screen, with the key that jumps to it."""

    key: str
    id: str
    title: str
    fields: tuple[str, ...]
    group: str = ""


SECTIONS = (
    Section(
        "1", "call", "The call",
        ("channel", "received_on", "received_time", "danger", "is_fast_track", "fast_track_because"),
    ),
    Section(
        "2", "caller", "The caller",
        (
            "referrer_kind", "referrer_name", "referrer_telephone", "source_code", "job_title", "organisation",
            "referrer_email", "relationship", "manager_told", "wants_feedback_by", "keep_name_from_family",
        ),
    ),
    Section("3", "worry-part", "The worry", ("kind", "worry", "happened")),
    Section("4", "children", "Children", ("is_pregnant", "due_on", "unborn_family"), "children"),
    Section("5", "home", "Home, and where they are now", ("address_lines", "postcode", "where_now", "earlier_homes")),
    Section("6", "adults", "Adults", (), "adults"),
    Section(
        "7", "concern", "More about the concern",
        (
            "alleged", "injury", "risk_to_staff", "childs_words", "impact", "strengths", "history", "help_tried",
            "wants", "thinks_level", "source_of_words", "early_help_done", "early_help_lead",
            "concerns", "domestic_abuse_score", "abuse_risks", "abuse_grade", "abuse_because",
        ),
    ),
    Section("0", "at-risk", "If it is about an adult", (
            "care_needs", "adults_wishes", "cannot_protect", "capacity_doubt", "spoken_for_by",
        )),
    Section("8", "workers", "Professionals who know the family", (), "workers"),
    Section(
        "9", "consent", "What the family knows",
        (
            "told_family", "parents_words", "why_not_told", "why_not_told_words", "child_told", "family_agrees",
            "agreed_by", "keep_from_family",
        ),
    ),
)  # fmt: skip


class TelephoneForm(*_PARTS):  # type: ignore[misc]
    """All of it at once. Only the worry and who is calling are compulsory: a caller may know no more."""

    is_strict: ClassVar[bool] = False
    options: ClassVar[dict[str, Any]] = {name: one for part in _PARTS for name, one in part.options.items()}
    reveals: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if OTHER_SYSTEM in (self.data.get("channel"), self.initial.get("channel")):
            self.fields["channel"].choices = [(OTHER_SYSTEM, CHANNELS[OTHER_SYSTEM])]  # type: ignore[attr-defined]
        shorten(self, compulsory=_COMPULSORY)
        self.order_fields([name for section in SECTIONS for name in section.fields])


class TelephoneChildForm(ChildForm, ChildDetailForm):
    """A child with everything about them."""

    is_strict: ClassVar[bool] = False
    options: ClassVar[dict[str, Any]] = ChildForm.options | ChildDetailForm.options

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shorten(self)


class TelephoneAdultForm(AdultForm, AdultDetailForm):
    """An adult with everything about them."""

    is_strict: ClassVar[bool] = False
    options: ClassVar[dict[str, Any]] = AdultForm.options | AdultDetailForm.options

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shorten(self)


class TelephoneWorkerForm(WorkerForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shorten(self)


def shorten(form: forms.BaseForm, compulsory: set[str] | frozenset[str] = frozenset()) -> None:
    """On a dense screen hints and "(optional)" go, radio buttons become lists, and little is compulsory."""
    for name, field in form.fields.items():
        field.required = name in compulsory
        field.label = str(field.label).removesuffix(" (optional)")
        if name not in ("is_fast_track", "other_names"):
            field.help_text = ""
        if type(field.widget) is forms.RadioSelect:
            choices = list(field.choices)  # type: ignore[attr-defined]
            field.widget = forms.Select(attrs=field.widget.attrs)
            field.choices = [("", "Not asked"), *choices]  # type: ignore[attr-defined]
