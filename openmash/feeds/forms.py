"""What is asked of whoever sends a file, and of whoever notes that an agency will."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

MODES = {
    "delta": "Only people who are new or have changed",
    "full": "Everybody whom the agency knows",
}


class SendForm(forms.Form):
    """One file, and whether it names everybody."""

    file = forms.FileField(
        label="The file",
        help_text="It is read in the background. You can leave the page",
        error_messages={
            "required": "Select a file",
            "empty": "The file is empty. Select another",
            "missing": "Select a file",
        },
    )
    mode = forms.ChoiceField(
        label="Who is in it?",
        choices=list(MODES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select who is in the file"},
    )
    may_withdraw_many = forms.BooleanField(
        label="It is right that more than half of those sent before are withdrawn", required=False
    )


class AgreeForm(forms.Form):
    """Which agency will send whom it knows, about which area, and whether events come too."""

    agency = forms.ChoiceField(label="Agency", error_messages={"required": "Select an agency"})
    area = forms.ChoiceField(label="Area", error_messages={"required": "Select an area"})
    sends_events = forms.BooleanField(
        label="The agreement covers dated events too", help_text="Without it only who is known is kept", required=False
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, agencies: Iterable[tuple[str, str]], areas: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["agency"].choices = [("", "Select an agency"), *agencies]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", "Select an area"), *areas]  # type: ignore[attr-defined]
