"""What is asked on the evaluators' desk."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.fields import Line, Words
from openmash.notifications.codes import FORWARDED, GRADES, OUTCOMES, USUAL_KINDS
from openmash.notifications.rows import FIELDS, NEEDED

MOST_BYTES = 50 * 1024 * 1024


class FileForm(Asking):
    """A file, and where it comes from."""

    file = forms.FileField(
        label="File",
        help_text="CSV or XLSX, with one line of headings and a row for each person",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another"},
    )
    source = Line(
        label="Where it comes from",
        help_text="Such as Nightly extract. What its headings mean is remembered under this name",
        max_length=80,
        required=True,
        error_messages={"required": "Enter where it comes from"},
    )
    kind = Line(
        label="What the force calls its notices",
        help_text=f"Such as {', '.join(USUAL_KINDS)}",
        max_length=40,
        required=True,
        error_messages={"required": "Enter what the force calls its notices"},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 50 MB. Send it in parts")
        return file


class MappingForm(forms.Form):
    """Which heading says what."""

    def __init__(self, *args: Any, headings: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Not in this file"), *((head, head) for head in headings)]
        for field in FIELDS:
            self.fields[field.key] = forms.ChoiceField(
                label=field.label,
                choices=choices,
                required=field.is_needed,
                error_messages={"required": f"Select the heading for “{field.label}”"},
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        chosen = [head for head in found.values() if head]
        for head in {head for head in chosen if chosen.count(head) > 1}:
            second = [key for key, value in found.items() if value == head][1]
            self.add_error(second, f"“{head}” is chosen twice. Select another heading here")
        return found

    @property
    def columns(self) -> dict[str, str]:
        return {key: head for key, head in self.cleaned_data.items() if head}


class RepairForm(forms.Form):
    """One row by hand: its values as they came, to be put right."""

    def __init__(self, *args: Any, columns: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed = {field.key for field in NEEDED}
        for field in FIELDS:
            if field.key in columns or field.key in needed:
                widget = forms.Textarea if field.key == "words" else forms.TextInput
                self.fields[field.key] = forms.CharField(label=field.label, required=False, widget=widget)


class EvaluateForm(Asking):
    """What becomes of a notification, with the evaluator's own grade and reason."""

    risk = forms.ChoiceField(
        label="Your grade",
        choices=list(GRADES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select your grade"},
    )
    outcome = forms.ChoiceField(
        label="What becomes of it?",
        choices=list(OUTCOMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select what becomes of it"},
    )
    team = forms.TypedChoiceField(label="Team", coerce=int, empty_value=None, required=False)
    worker = Line(label="Allocated worker")
    because = Words(label="Why?", required=True, error_messages={"required": "Enter why"})
    reveals = {"outcome": {FORWARDED: ("team", "worker")}}

    def __init__(self, *args: Any, teams: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", "Select a team"), *teams]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("outcome") == FORWARDED and not found.get("team"):
            self.add_error("team", "Select the team that it is forwarded to")
        return found


class SecondForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What would you have done?",
        choices=list(OUTCOMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you would have done"},
    )
    because = Words(label="Why?", required=True, error_messages={"required": "Enter why"})
