"""What is asked to answer what was added up, and to set a rule."""

from django import forms

from openmash.enquiries.forms.fields import Words
from openmash.enquiries.forms.settable import NumbersForm


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


class RuleForm(NumbersForm):
    def reason(self) -> Words:
        return Words(label="Why?", required=False, help_text="Needed to save it. Trying it out needs no reason")
