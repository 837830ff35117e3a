"""The last page: a declaration. And what is put away instead of being sent."""

from django import forms

from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.fields import Words


class DeclarationForm(Asking):
    is_true = forms.BooleanField(
        label="What I have told you is true, as far as I know",
        error_messages={"required": "Confirm that what you have told us is true, as far as you know"},
    )


class PutAwayForm(Asking):
    because = Words(
        label="Why is it put away?",
        help_text="Do not repeat what it says",
        required=True,
        max_length=300,
        error_messages={"required": "Enter why it is put away"},
    )
