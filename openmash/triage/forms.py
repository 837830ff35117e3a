"""What is asked at screening, at rating and at the gate."""

from typing import Any

from django import forms

from openmash.enquiries.codes import RATINGS, WHY_NOT_TOLD
from openmash.triage.attempts import VersionedForm
from openmash.triage.codes import AGREEMENT, GATEWAYS, LAWFUL_BASES, LEVELS, SCREENING_OUTCOMES

WORDS = 4000
YES_OR_NO = [("yes", "Yes"), ("no", "No")]


def _says_yes(value: str) -> bool:
    return value == "yes"


def _why(label: str, enter: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=WORDS,
        widget=forms.Textarea,
        error_messages={"required": enter, "max_length": f"{label} must be {WORDS:,} characters or fewer"},
        **more,
    )


class ScreenForm(VersionedForm):
    """Whether research is needed, and what was considered (M2)."""

    outcome = forms.ChoiceField(
        label="Does the hub need to do research?",
        choices=list(SCREENING_OUTCOMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select what happens to this enquiry"},
    )
    considered = _why(
        "What did you consider?",
        "Enter what you considered",
        help_text="What you looked at, what is already known, and why this is the right way on",
    )


class RateForm(VersionedForm):
    """Red, amber or green, with the reason (M96)."""

    rating = forms.ChoiceField(
        label="How urgent is it?",
        choices=list(RATINGS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select red, amber or green"},
    )
    because = _why(
        "Why this rating?",
        "Enter why you rate it so",
        help_text="Everyone in the hub can read this. Do not repeat what an agency said",
    )


class BasisForm(VersionedForm):
    """The gate: everything that must be on record before an agency is asked."""

    suspects_significant_harm = forms.TypedChoiceField(
        label="Do you suspect significant harm?",
        help_text="That a child is suffering, or is likely to suffer, significant harm",
        choices=YES_OR_NO,
        coerce=_says_yes,
        widget=forms.RadioSelect,
        error_messages={"required": "Select yes if you suspect significant harm"},
    )
    harm_because = _why("Why do you suspect it, or why not?", "Enter why you suspect significant harm, or why not")
    thought_level = forms.TypedChoiceField(
        label="What level of need do you think it is?",
        choices=[("", "Select a level"), *LEVELS.items()],
        coerce=int,
        error_messages={"required": "Select the level of need that you think it is"},
    )
    told_family = forms.TypedChoiceField(
        label="Has the family been asked or told?",
        help_text="That an enquiry has come in and that agencies may be asked",
        choices=YES_OR_NO,
        coerce=_says_yes,
        widget=forms.RadioSelect,
        error_messages={"required": "Select yes if the family has been asked or told"},
    )
    why_not_told = forms.ChoiceField(
        label="Why not?", choices=list(WHY_NOT_TOLD.items()), widget=forms.RadioSelect, required=False
    )
    why_not_told_words = forms.CharField(label="In your words (optional)", required=False, max_length=WORDS)
    agrees_to_service = forms.ChoiceField(
        label="Does the family agree to a service?",
        help_text="To being offered help. This is not what makes sharing lawful",
        choices=list(AGREEMENT.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the family agrees to a service"},
    )
    lawful_basis = forms.ChoiceField(
        label="Lawful basis for sharing",
        choices=list(LAWFUL_BASES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select the lawful basis for sharing"},
    )
    gateway = forms.ChoiceField(
        label="Gateway in law",
        choices=list(GATEWAYS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select the gateway in law"},
    )

    def speak_of_an_adult(self) -> None:
        """The same questions, in an enquiry that is about an adult."""
        self.fields[
            "suspects_significant_harm"
        ].help_text = (
            "That an adult with needs for care and support is experiencing, or is at risk of, abuse or neglect"
        )
        self.fields["told_family"].label = "Has the adult been asked or told?"
        self.fields["agrees_to_service"].label = "Does the adult agree to a service?"

    def clean(self) -> dict[str, Any]:
        """A family that was not told has a reason on record; one that was told has none."""
        said = super().clean() or {}
        if said.get("told_family") is False and not said.get("why_not_told"):
            self.add_error("why_not_told", "Select why the family has not been told")
        if said.get("told_family"):
            said["why_not_told"] = said["why_not_told_words"] = ""
        return said


class FastTrackForm(VersionedForm):
    because = _why("Why does this need child protection now?", "Enter why this needs child protection now")


class DiscussForm(VersionedForm):
    says = _why(
        "Who spoke to whom, and what was agreed?",
        "Enter who spoke to whom and what was agreed",
        help_text="Once it is saved, nobody who was alerted is asked for it any more",
    )


class PauseForm(VersionedForm):
    because = _why(
        "Why is the clock paused?",
        "Enter why the clock is paused",
        help_text="The time without the pause stays beside it everywhere",
    )
