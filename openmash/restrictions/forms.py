"""What is asked to restrict, to look after who sees what, and to open something in an emergency."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from openmash.design.fields import GovDateField
from openmash.enquiries.codes import GLASS_OUTCOMES, GLASS_REASONS, RESTRICTED_AS
from openmash.enquiries.forms.fields import Choose, Line, Pick, Several, Words
from openmash.restrictions.filler import SHORTEST, is_filler

Choices = Iterable[tuple[int, str]]


def why(label: str, missing: str, help_text: str = "") -> Words:
    return Words(label=label, required=True, help_text=help_text, error_messages={"required": missing})


class RestrictForm(forms.Form):
    """Why, and who keeps seeing it."""

    category = Choose(
        label="Why is it restricted?",
        choices=list(RESTRICTED_AS.items()),
        required=True,
        error_messages={"required": "Select why it is restricted"},
    )
    because = why(
        "What is the reason?", "Enter the reason", "Only those who are named, and the governance lead, read it"
    )
    names = Several(
        label="Who keeps seeing it?",
        choices=[],
        required=True,
        error_messages={"required": "Select at least one person who keeps seeing it"},
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].choices = [(str(number), name) for number, name in people]  # type: ignore[attr-defined]


class NameForm(forms.Form):
    user = Pick(
        label="Who else sees it?",
        choices=[],
        required=True,
        first="Select a person",
        error_messages={"required": "Select a person"},
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Sequence[tuple[str, str]] = [(str(number), name) for number, name in people]
        self.fields["user"].choices = [("", "Select a person"), *choices]  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    because = why("Why does it still have to be restricted?", "Enter why it still has to be restricted")


class LikeForm(forms.Form):
    """Of a new enquiry that may be about the same people."""

    reference = forms.CharField(widget=forms.HiddenInput, max_length=16)
    words = why(
        "What comes of it?",
        "Enter what comes of it",
        "For example, the same child: joined, and restricted too. Or other people",
    )


class LiftForm(forms.Form):
    because = why("Why can it be open again?", "Enter why it can be open again")


class DeclareForm(forms.Form):
    because = Line(
        label="How do you know them?",
        required=True,
        max_length=300,
        help_text="For example, my sister’s family, or my neighbours. The governance lead reads it",
        error_messages={"required": "Enter how you know them"},
    )


class EnterForm(forms.Form):
    """Whom a colleague knows. By name and date of birth, so that whoever enters it need see no case."""

    user = Pick(
        label="Which colleague?", choices=[], required=True, error_messages={"required": "Select the colleague"}
    )
    given = Line(
        label="First name of whom they know", required=True, error_messages={"required": "Enter the first name"}
    )
    family = Line(
        label="Last name of whom they know", required=True, error_messages={"required": "Enter the last name"}
    )
    born_on = GovDateField(
        label="Their date of birth", subject="The date of birth", help_text="For example, 27 3 1986", side="past"
    )
    because = Line(
        label="How do they know them?",
        required=True,
        max_length=300,
        error_messages={"required": "Enter how they know them"},
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Sequence[tuple[str, str]] = [(str(number), name) for number, name in people]
        self.fields["user"].choices = [("", "Select a colleague"), *choices]  # type: ignore[attr-defined]


class RemovalForm(forms.Form):
    because = Line(
        label="Why was it a mistake?",
        required=True,
        max_length=300,
        error_messages={"required": "Enter why it was a mistake"},
    )


class EmergencyForm(forms.Form):
    """The exact reference, a reason that is one of three, and what happened."""

    reference = Line(
        label="The enquiry’s reference",
        required=True,
        max_length=16,
        error_messages={"required": "Enter the enquiry’s reference"},
    )
    reason = Choose(
        label="What is the emergency?",
        choices=list(GLASS_REASONS.items()),
        required=True,
        error_messages={"required": "Select what the emergency is"},
    )
    because = why("What has happened, and what will you do?", "Enter what has happened, and what you will do")

    def clean_because(self) -> str:
        said = str(self.cleaned_data["because"])
        if is_filler(said):
            raise forms.ValidationError(
                f"Say in at least {SHORTEST} characters what has happened, so that somebody else can judge it"
            )
        return said


class GlassForm(forms.Form):
    outcome = Choose(
        label="Was it justified?",
        choices=list(GLASS_OUTCOMES.items()),
        required=True,
        error_messages={"required": "Select whether it was justified"},
    )
    because = why("How do you know?", "Enter how you know", "Whom you asked, and what they said")


class ReferenceForm(forms.Form):
    reference = Line(
        label="The enquiry’s reference",
        required=True,
        max_length=16,
        error_messages={"required": "Enter the enquiry’s reference"},
    )
