"""What is asked to close an alert, and to set a report."""

from typing import Any

from django import forms

from openmash.enquiries.forms.fields import Words
from openmash.oversight.codes import OUTCOMES
from openmash.oversight.shelf import Report


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What was it?",
        choices=list(OUTCOMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it was"},
    )
    because = Words(
        label="How do you know?",
        required=True,
        help_text="Whom you asked, and what they said. Nothing about the family",
        error_messages={"required": "Enter how you know what it was"},
    )


class ReportForm(forms.Form):
    """The numbers of one report, whether it is on, and why it is changed."""

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        for number in report.numbers:
            says = f"{number.label} must be a number from {number.least} to {number.most}"
            self.fields[number.key] = forms.IntegerField(
                label=number.label,
                min_value=number.least,
                max_value=number.most,
                error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), says),
            )
        self.fields["is_on"] = forms.TypedChoiceField(
            label="Is it on?",
            choices=[("yes", "On"), ("no", "Off")],
            coerce=lambda value: value == "yes",
            widget=forms.RadioSelect,
            error_messages={"required": "Select on or off"},
        )
        self.fields["because"] = Words(
            label="Why?", required=True, error_messages={"required": "Enter why the report is changed"}
        )

    @property
    def numbers(self) -> dict[str, int]:
        return {number.key: self.cleaned_data[number.key] for number in self.report.numbers}
