"""What is asked of the worker who asks, and of the agency that answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from openmash.enquiries.codes import RATINGS
from openmash.gathering.choices import Choice
from openmash.triage.attempts import VersionedForm

WORDS = 4000


def why(label: str, enter: str, **more: Any) -> forms.CharField:
    """A reason in the worker's own words, always needed."""
    return forms.CharField(
        label=label,
        max_length=WORDS,
        widget=forms.Textarea,
        error_messages={"required": enter, "max_length": f"{label} must be {WORDS:,} characters or fewer"},
        **more,
    )


class AskForm(VersionedForm):
    """Which agencies, and why each. `warned` remembers which warnings were on the page, so that each is shown once."""

    warned = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, among: Sequence[Choice], version: int) -> None:
        super().__init__(data, initial={"version": version})
        self.among = {choice.key: choice for choice in among}
        self.fields["agencies"] = forms.MultipleChoiceField(
            label="Which agencies do you ask?",
            help_text="The usual ones for this concern and rating are ticked. Ask only those who are needed",
            choices=[(choice.key, choice.name) for choice in among],
            initial=[choice.key for choice in among if choice.is_usual],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Select at least one agency to ask"},
        )
        for choice in among:
            self.fields[f"because_{choice.key}"] = forms.CharField(
                label=f"Why asking {choice.name} is proportionate",
                initial=choice.because,
                required=False,
                max_length=WORDS,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """Each agency that is ticked has its reason."""
        said = super().clean() or {}
        for key in said.get("agencies", ()):
            if not said.get(f"because_{key}"):
                self.add_error(f"because_{key}", f"Enter why asking {self.among[key].name} is proportionate")
        return said

    @property
    def chosen(self) -> tuple[tuple[Choice, str], ...]:
        """The agencies that are ticked, each with its reason. Ask only once the form is right."""
        said = self.cleaned_data
        return tuple((self.among[key], said[f"because_{key}"]) for key in said["agencies"])


class ReviewForm(VersionedForm):
    because = why(
        "Why does no agency need asking, or no answer need waiting for?",
        "Enter why no agency needs asking, or no answer needs waiting for",
    )


class WantOverrideForm(VersionedForm):
    because = why("Why can it not wait for a signature?", "Enter why it cannot wait for a signature")


class OverrideForm(forms.Form):
    did = forms.ChoiceField(
        label="May this agency be sent this enquiry?",
        choices=[("granted", "Yes, for this enquiry"), ("refused", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select yes or no"},
    )
    because = why("Why?", "Enter why")


class WithdrawForm(forms.Form):
    because = why("Why is the request withdrawn?", "Enter why the request is withdrawn")


class AlertForm(forms.Form):
    """Confirm the agency's higher rating, or leave the enquiry's as it is."""

    did = forms.ChoiceField(label="Do you change the rating?", choices=[], widget=forms.RadioSelect)
    because = why(
        "Why?", "Enter why", help_text="Everyone in the hub can read this. Do not repeat what the agency said"
    )

    def __init__(self, data: Mapping[str, Any] | None, *, rating: str, may_rerate: bool) -> None:
        super().__init__(data)
        did = self.fields["did"]
        did.error_messages["required"] = "Select whether you change the rating"
        yes = [(rating, f"Yes, to {RATINGS[rating].lower()}")] if may_rerate else []
        did.choices = [*yes, ("declined", "No, leave it as it is")]  # type: ignore[attr-defined]
