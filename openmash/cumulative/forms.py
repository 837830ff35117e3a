"""What is asked to answer what was added up, and to set a rule."""

from typing import Any

from django import forms

from openmash.cumulative.shelf import Rule
from openmash.enquiries.forms.fields import Words


class AnswerForm(forms.Form):
    agrees = forms.TypedChoiceField(
        label="Do you act on it?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Select yes if you act on it"},
    )
    because = Words(
        label="What do you do, or why not?",
        required=True,
        error_messages={"required": "Enter what you do, or why you do not act on it"},
    )


class RuleForm(forms.Form):
    """The numbers of one rule, whether it is on, and why it is changed."""

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        for number in rule.numbers:
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
            label="Why?", required=False, help_text="Needed to save it. Trying it out needs no reason"
        )

    @property
    def numbers(self) -> dict[str, int]:
        return {number.key: self.cleaned_data[number.key] for number in self.rule.numbers}
