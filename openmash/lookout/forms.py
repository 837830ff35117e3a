"""What is asked when somebody is looked for, seen or found."""

from collections.abc import Iterable

from django import forms

from openmash.people.queries import NameLine

_WORDS = 2000


def _why(label: str, enter: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=_WORDS,
        widget=forms.Textarea,
        error_messages={"required": enter, "max_length": f"{label} must be {_WORDS:,} characters or fewer"},
    )


class LookForForm(forms.Form):
    """Who cannot be found, and why it is thought so."""

    who = forms.TypedMultipleChoiceField(
        label="Who cannot be found?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select who cannot be found"},
    )
    because = _why(
        "Why do you think that they cannot be found?",
        "Enter why you think that they cannot be found",
        "What was tried, when they were last seen, and who else looks for them",
    )

    def __init__(self, *args: object, people: Iterable[tuple[int, NameLine]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["who"].choices = [(record, _named(line)) for record, line in people]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """Whether a sighting is of the family."""

    is_them = forms.TypedChoiceField(
        label="Is it them?",
        choices=[("yes", "Yes, it is them"), ("no", "No, it is somebody else")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Select yes if it is them"},
    )
    words = _why("What did you find out, and what happens now?", "Enter what you found out, and what happens now")


class StopForm(forms.Form):
    because = _why("Why does nobody need to look for them any more?", "Enter why nobody needs to look any more")


class SpokenForm(forms.Form):
    words = _why("Whom did you speak to, and what was said?", "Enter whom you spoke to and what was said")


def _named(line: NameLine) -> str:
    return ", ".join(filter(None, [line.name, line.age and f"age {line.age}" if line.age.isdigit() else line.age]))
