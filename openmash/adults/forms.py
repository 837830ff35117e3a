"""What is asked of an adult at risk, and of the children around them."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from openmash.adults.around import ChildLine
from openmash.adults.codes import CAPACITY, CONSENT, CONSIDERED, ENQUIRY, LACKS, LONGEST
from openmash.design.fields import GovDateField
from openmash.enquiries.codes import ADULT_ABUSE
from openmash.triage.attempts import VersionedForm

_WORDS = LONGEST


def _words(label: str, hint: str = "", enter: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=_WORDS,
        required=bool(enter),
        widget=forms.Textarea,
        error_messages={"required": enter, "max_length": f"{label} must be {_WORDS:,} characters or fewer"},
    )


def _line(label: str, hint: str = "", most: int = 160) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=most, required=False)


def _part(label: str, enter: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": enter},
    )


class CareActForm(VersionedForm):
    """The three-part test, each part with its reason; capacity, consent, and what the adult wants."""

    categories = forms.MultipleChoiceField(
        label="Which kinds of abuse or neglect is it?",
        choices=list(ADULT_ABUSE.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one kind of abuse or neglect"},
    )
    has_needs = _part("Do they have needs for care and support?", "Select yes if they have needs for care and support")
    needs_because = _words("What are the needs, or why are there none?", "", "Enter what the needs are, or why none")
    is_at_risk = _part(
        "Are they experiencing, or at risk of, abuse or neglect?", "Select yes if they experience or risk abuse"
    )
    risk_because = _words("What puts them at risk, or why are they not?", "", "Enter why they are, or are not, at risk")
    cannot_protect = _part(
        "Because of those needs, are they unable to protect themself?", "Select yes if they cannot protect themself"
    )
    protect_because = _words(
        "Why can they, or can they not, protect themself?", "", "Enter why they can, or cannot, protect themself"
    )
    capacity = forms.ChoiceField(
        label="Can they decide about this for themself?",
        choices=list(CAPACITY.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether they can decide about this"},
    )
    decision_about = _line("Which decision was it about?", "For example, whether to report what her son took", 300)
    assessed_by = _line("Who assessed it?", "Name and job")
    assessed_on = GovDateField(label="When?", subject="The day it was assessed", side="past", required=False)
    best_interests = _words("What is in their best interests, and who was asked?", "Needed when they cannot decide")
    consent = forms.ChoiceField(
        label="Do they agree to this enquiry?",
        choices=list(CONSENT.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the adult agrees"},
    )
    without_consent_because = _words(
        "Why do you go on without their agreement?", "Others at risk, a crime, duress, or they cannot decide"
    )
    wishes = _words("What do they want to come of it?", "In their own words")
    why_no_wishes = _words("If nobody could ask them: why not?")
    spoken_for_by = _line("Who speaks for them?", "A representative or an advocate, and how to reach them", 200)

    def clean(self) -> dict[str, Any]:
        """Who assessed and when; best interests; a reason without consent; wishes or why they are not known."""
        said = super().clean() or {}
        wanted = (
            (said.get("capacity") not in (None, "not_assessed"), "assessed_by", "Enter who assessed it"),
            (said.get("capacity") not in (None, "not_assessed"), "assessed_on", "Enter when it was assessed"),
            (said.get("capacity") == LACKS, "best_interests", "Enter what is in their best interests"),
            (said.get("consent") not in (None, "yes"), "without_consent_because", "Enter why you go on without it"),
            (not said.get("why_no_wishes"), "wishes", "Enter what they want, or below why nobody could ask them"),
        )
        for is_wanted, name, says in wanted:
            if is_wanted and not said.get(name) and name not in self.errors:
                self.add_error(name, says)
        return said


class ChildForm(VersionedForm):
    """Was a child considered? Never skipped in silence."""

    answer = forms.ChoiceField(
        label="Was a child considered?",
        choices=list(CONSIDERED.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you found about the children around this adult"},
    )
    about = forms.TypedMultipleChoiceField(
        label="Which children is the enquiry about?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Select the children again: they have changed"},
    )
    because = _words("Why?", "What you looked at, and what you know of each child", "Enter why")

    def __init__(self, *args: Any, children: Iterable[ChildLine], **more: Any) -> None:
        super().__init__(*args, **more)
        about = cast("forms.TypedMultipleChoiceField", self.fields["about"])
        about.choices = [(one.lead, ", ".join(filter(None, (one.name, one.age)))) for one in children]

    def clean(self) -> dict[str, Any]:
        """An enquiry is about somebody."""
        said = super().clean() or {}
        is_needed = said.get("answer") == ENQUIRY and "about" not in self.errors
        if is_needed and cast("forms.TypedMultipleChoiceField", self.fields["about"]).choices and not said.get("about"):
            self.add_error("about", "Select at least one child")
        return said
