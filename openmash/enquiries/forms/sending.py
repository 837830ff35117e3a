"""The last page: a declaration."""

from django import forms

from openmash.enquiries.forms.asking import Asking


class DeclarationForm(Asking):
    is_true = forms.BooleanField(
        label="What I have told you is true, as far as I know",
        error_messages={"required": "Confirm that what you have told us is true, as far as you know"},
    )
