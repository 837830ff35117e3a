"""What is asked to grade domestic abuse."""

from typing import Any

from django import forms

from openmash.domestic_abuse.codes import AGGRAVATING, GRADES, MOST_YES
from openmash.triage.attempts import VersionedForm

_WORDS = 2000


def _words(label: str, hint: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=_WORDS, widget=forms.Textarea, **more)


class GradeForm(VersionedForm):
    """The grade, the score if there is one, what makes it graver, and why."""

    score = forms.IntegerField(
        label="DASH score",
        help_text="How many questions were answered yes. Leave it empty when nobody filled in a DASH",
        required=False,
        min_value=0,
        max_value=MOST_YES,
        error_messages={
            "invalid": f"The score must be a number from 0 to {MOST_YES}",
            "min_value": f"The score must be a number from 0 to {MOST_YES}",
            "max_value": f"The score must be a number from 0 to {MOST_YES}",
        },
    )
    aggravating = forms.MultipleChoiceField(
        label="What makes it graver?",
        choices=list(AGGRAVATING.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    grade = forms.ChoiceField(
        label="What is the grade?",
        help_text="Your judgement can raise what the score says. It cannot lower it",
        choices=list(GRADES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select standard, medium or high"},
    )
    because = _words("Why this grade?", "", error_messages={"required": "Enter why you grade it so"})
    caused_by = _words("What information changed it?", "Needed when the grade is not the one before", required=False)
