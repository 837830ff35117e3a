"""What is asked to grade domestic abuse, to refer it to MARAC, and of what MARAC decided."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from openmash.agencies.models import Agency
from openmash.design.fields import GovDateField
from openmash.domestic_abuse.codes import AGGRAVATING, AGREES, CRITERIA, GRADES, MOST_YES, VICTIM_KNOWS
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


REFER, DECLINE = "refer", "decline"


class MaracForm(VersionedForm):
    """Whether it goes to MARAC: on which criteria, or why not."""

    goes = forms.ChoiceField(
        label="Does it go to MARAC?",
        choices=[(REFER, "Yes, refer it"), (DECLINE, "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it goes to MARAC"},
    )
    criteria = forms.MultipleChoiceField(
        label="On which criteria?",
        help_text="Those that are met are ticked. Tick what you judge, and untick what you do not",
        choices=list(CRITERIA.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    referred_on = GovDateField(label="Referred on", subject="The day it was referred", side="past", required=False)
    meets_on = GovDateField(
        label="When is it to be heard?", help_text="Leave it empty when nobody has said", subject="The day it is heard",
        required=False,
    )  # fmt: skip
    victim_knows = forms.ChoiceField(
        label="Does the person who is harmed know?", choices=list(VICTIM_KNOWS.items()), widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    without_agreement_because = _words("Why does it go without their agreement?", "", required=False)
    safe_contact = forms.CharField(
        label="How can they be reached safely?", help_text="Number, times, and what must not be said",
        max_length=300, required=False,
    )  # fmt: skip
    because = _words(
        "Why?",
        "What happened, the history, what is feared; or why it does not go",
        error_messages={"required": "Enter why"},
    )

    def clean(self) -> dict[str, Any]:
        """A referral has its day, at least one criterion, and whether the person who is harmed knows."""
        said = super().clean() or {}
        if said.get("goes") != REFER:
            return said
        wanted = (
            ("criteria", True, "Select at least one criterion"),
            ("referred_on", True, "Enter the day it was referred"),
            ("victim_knows", True, "Select whether the person who is harmed knows"),
            (
                "without_agreement_because",
                said.get("victim_knows") not in ("", None, AGREES),
                "Enter why it goes without their agreement",
            ),
        )
        for name, is_wanted, says in wanted:
            if is_wanted and not said.get(name) and name not in self.errors:
                self.add_error(name, says)
        referred, meets = said.get("referred_on"), said.get("meets_on")
        if referred and meets and meets < referred:
            self.add_error("meets_on", "The day it is heard must not be before the day it was referred")
        return said


class MeetingForm(VersionedForm):
    """What MARAC decided."""

    met_on = GovDateField(label="When did it meet?", subject="The day it met", side="past")
    people = forms.TypedMultipleChoiceField(
        label="Whom was it about?",
        help_text="They are marked as heard at MARAC for 12 months",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select whom it was about", "invalid_choice": "Select whom it was about"},
    )
    decided = _words("What did it decide?", "", error_messages={"required": "Enter what it decided"})
    told = _words(
        "Who was told what was decided?", "And by whom; or why somebody was not",
        error_messages={"required": "Enter who was told"},
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        cast("forms.TypedMultipleChoiceField", self.fields["people"]).choices = list(people)


def action_form(area: int) -> type[forms.Form]:
    """One action, whose owner is an agency of the area."""

    class ActionForm(forms.Form):
        what = forms.CharField(label="What is to be done", max_length=500, required=False)
        agency = forms.TypedChoiceField(label="Who does it", coerce=int, required=False, empty_value=None)
        owner = forms.CharField(label="Who there", max_length=160, required=False)
        due_on = GovDateField(label="By when", subject="The day it is due", required=False)

        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            known = Agency.objects.filter(areas=area, left_on=None).order_by("name").values_list("pk", "name")
            cast("forms.TypedChoiceField", self.fields["agency"]).choices = [("", "Select"), *known]

        def clean(self) -> dict[str, Any]:
            said = super().clean() or {}
            if any(said.values()):
                for name, says in (("what", "Enter what is to be done"), ("agency", "Select who does it")):
                    if not said.get(name) and name not in self.errors:
                        self.add_error(name, says)
            return said

    return ActionForm
