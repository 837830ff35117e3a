"""What is asked to answer a request: whom it is about, who asks, and what is given of each thing."""

from typing import Any

from django import forms

from openmash.design.fields import GovDateField
from openmash.enquiries.forms.fields import Line, Words
from openmash.records.codes import ASKERS, FULL, GIVEN, GROUNDS


class FindForm(forms.Form):
    given = Line(label="First name")
    family = Line(label="Last name", required=True, error_messages={"required": "Enter a last name"})
    born_on = GovDateField(label="Date of birth", required=False)


class OpenForm(forms.Form):
    asker = forms.ChoiceField(
        label="Who asks?",
        choices=list(ASKERS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select who asks"},
    )
    asker_name = Line(label="Their name", required=True, error_messages={"required": "Enter the name of whoever asks"})
    asker_right = Words(
        label="What shows that they may ask for somebody else?",
        help_text="The birth certificate, the signed authority. Leave it empty when they ask for themself",
    )
    received_on = GovDateField(
        label="When did it come?", side="past", error_messages={"required": "Enter when it came"}
    )
    identity_how = Line(
        label="How do you know that it is them?",
        max_length=200,
        required=True,
        help_text="The document that you saw, and where",
        error_messages={"required": "Enter how you know that it is them"},
    )
    identity_on = GovDateField(
        label="Since when do you know?",
        side="past",
        error_messages={"required": "Enter since when you know that it is them"},
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("asker") not in (None, "self") and not said.get("asker_right") and "asker_right" not in self.errors:
            self.add_error("asker_right", "Enter what shows that they may ask for somebody else")
        return said


class DecideForm(forms.Form):
    """`digest` is of the words that were read: others are not decided."""

    digest = forms.CharField(widget=forms.HiddenInput)
    given = forms.ChoiceField(
        label="What is given of it?",
        choices=list(GIVEN.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select what is given of it"},
    )
    ground = forms.ChoiceField(
        label="Why is it not given in full?",
        choices=[("", "It is given in full"), *GROUNDS.items()],
        required=False,
    )
    left_out = Words(label="Words to leave out", help_text="As they stand, one phrase on a line")
    because = Words(label="Your reason", help_text="Needed to give something that was pointed out. It is not given out")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("given") not in (None, FULL) and not said.get("ground"):
            self.add_error("ground", "Select why it is not given in full")
        return said
