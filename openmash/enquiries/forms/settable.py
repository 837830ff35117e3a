"""What is asked to set the numbers of something on a shelf."""

from typing import Any

from django import forms

from openmash.enquiries.forms.fields import Words
from openmash.kit.settable import Settable


class NumbersForm(forms.Form):
    """Its numbers, whether it is on, and why it is changed."""

    def __init__(self, *args: Any, of: Settable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        for number in of.numbers:
            self.fields[number.key] = forms.IntegerField(
                label=number.label,
                min_value=number.least,
                max_value=number.most,
                error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), number.bounds),
            )
        self.fields["is_on"] = forms.TypedChoiceField(
            label="Is it on?",
            choices=[("yes", "On"), ("no", "Off")],
            coerce=lambda value: value == "yes",
            widget=forms.RadioSelect,
            error_messages={"required": "Select on or off"},
        )
        self.fields["because"] = self.reason()

    def reason(self) -> Words:
        return Words(label="Why?", required=True, error_messages={"required": "Enter why it is changed"})

    @property
    def numbers(self) -> dict[str, int]:
        return {number.key: self.cleaned_data[number.key] for number in self.of.numbers}
