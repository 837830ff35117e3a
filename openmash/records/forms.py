"""What is asked about a record: why it is held, what becomes of it, and for how long a class of them is kept."""

from typing import Any

from django import forms

from openmash.design.fields import GovDateField
from openmash.enquiries.forms.fields import Line, Words
from openmash.records.codes import BY_BIRTH, FIND, FINDINGS, HOLDS, KEEP, WANTS
from openmash.records.rules import Rule


class ReferenceForm(forms.Form):
    reference = Line(
        label="Reference of an enquiry", max_length=16, required=True,
        error_messages={"required": "Enter the reference of an enquiry"},
    )  # fmt: skip


class HoldForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is it held for?",
        choices=list(HOLDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it is held for"},
    )
    because = Words(
        label="Which, and who asked for it?",
        required=True,
        help_text="The name of the inquiry or the number of the case, and the letter that asks for it",
        error_messages={"required": "Enter which, and who asked for it"},
    )


class WhyForm(forms.Form):
    """A reason, for lifting a hold and for saying no."""

    because = Words(label="Why?", required=True, error_messages={"required": "Enter why"})


class ReviewForm(forms.Form):
    wants = forms.ChoiceField(
        label="What should become of it?",
        choices=list(WANTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select what should become of it"},
    )
    keep_until = GovDateField(label="Keep it until", required=False, side="future")
    finding = forms.ChoiceField(
        label="What was it found to be?",
        choices=[("", "Choose what it was found to be"), *FINDINGS.items()],
        required=False,
        help_text="What the designated officer (LADO) found of an allegation, or the group in which the police keep it",
    )
    born_on = GovDateField(
        label="Date of birth of whom it is about", required=False, side="past",
        help_text="Where an allegation was substantiated or unsubstantiated, and for police group 1",
    )  # fmt: skip
    because = Words(label="Why?", required=True, error_messages={"required": "Enter why"})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("wants") == KEEP and not said.get("keep_until") and "keep_until" not in self.errors:
            self.add_error("keep_until", "Enter until when it is kept")
        if said.get("wants") == FIND and not said.get("finding"):
            self.add_error("finding", "Select what it was found to be")
        if said.get("finding") in BY_BIRTH and not said.get("born_on") and "born_on" not in self.errors:
            self.add_error("born_on", "Enter the date of birth of whom it is about")
        return said


class YearsForm(forms.Form):
    because = Words(label="Why?", required=True, error_messages={"required": "Enter why it is changed"})

    def __init__(self, *args: Any, of: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = forms.IntegerField(
            label="For how many years?",
            min_value=of.years.least,
            max_value=of.years.most,
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), of.years.bounds),
        )
        self.fields = {"years": years, **self.fields}
