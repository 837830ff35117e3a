"""What is asked to close an alert."""

from django import forms

from openmash.enquiries.forms.fields import Words
from openmash.oversight.codes import OUTCOMES


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
