"""What a receiving team says: we have it, it is more than that, it goes to another team, this became of it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from openmash.allocation.codes import BECAME
from openmash.design.fields import GovDateField
from openmash.triage.attempts import VersionedForm


def _why(label: str, hint: str, enter: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": enter, "max_length": f"{label} must be 2,000 characters or fewer"},
    )


class AcknowledgeForm(forms.Form):
    """We have it, and who takes it on."""

    worker = forms.CharField(
        label="Who takes it on?",
        help_text="Their name, so that the hub and the family know whom to ask",
        max_length=120,
        error_messages={"required": "Enter who takes it on", "max_length": "The name must be 120 characters or fewer"},
    )


class TeamAroundFamilyForm(AcknowledgeForm):
    """The lead professional and the first meeting (M22)."""

    first_meeting_on = GovDateField(label="First meeting (optional)", subject="First meeting", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].label = "Who is the lead professional?"


class StepUpForm(forms.Form):
    because = _why(
        "Why does the practice manager need to look again?",
        "More serious than it looked, or not for your team. Only the practice managers read this",
        "Enter why the practice manager needs to look again",
    )


class PassOnForm(forms.Form):
    """To another team of the area: stepped down to early help, or moved."""

    team = forms.ChoiceField(label="Which team?", error_messages={"required": "Select a team"})
    because = _why("Why?", "The other team reads this", "Enter why it goes to them")

    def __init__(self, *args: Any, teams: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", "Select a team"), *teams]  # type: ignore[attr-defined]


class BecameForm(forms.Form):
    """What came of it (M13)."""

    became = forms.ChoiceField(
        label="What became of it?",
        choices=list(BECAME.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select what became of it"},
    )


class AnswerStepUpForm(VersionedForm):
    """Reopen, or say why not."""

    did = forms.ChoiceField(
        label="What do you do?",
        choices=[("reopened", "Reopen the enquiry and decide again"), ("declined", "Leave it as it was decided")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you reopen it"},
    )
    because = _why("Why?", "The team reads this. If you reopen, so does everyone in the hub", "Enter why")
