"""What is asked during a call for advice, and to follow it up."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from openmash.consultations.codes import AGREED, PROMISED, TRAINING
from openmash.design.fields import GovDateField, GovTimeField
from openmash.design.moments import LONDON
from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.fields import Choose, Email, Line, Telephone, Words, born_about
from openmash.triage.codes import LEVELS


class CallForm(Asking):
    """One screen during a call. Only the outline, the advice, the level and what was agreed are compulsory."""

    organisation = Line(label="Organisation")
    caller = Line(label="Caller's name", help_text="Leave it empty when they do not want to say")
    job_title = Line(label="Job title")
    telephone = Telephone(label="Telephone")
    email = Email(label="E-mail")
    child_age = Line(label="Age of the child", help_text="Like 7 or 18 months", max_length=30)
    others = Line(label="Who else lives there", max_length=200)
    outline = Words(
        label="What they are worried about",
        help_text="Without names, when the family is not to be named",
        required=True,
        error_messages={"required": "Enter what they are worried about"},
    )
    history = Words(label="Earlier concerns")
    tried = Words(label="What was tried")
    is_harm_plain = forms.BooleanField(
        label="Significant harm is plain",
        help_text="Then the enquiry is due within 4 hours, and the family must be named",
        required=False,
    )
    advice = Words(label="What you advised", required=True, error_messages={"required": "Enter what you advised"})
    level = forms.TypedChoiceField(
        label="Level of need that this points to",
        choices=[("", "Select a level"), *LEVELS.items()],
        coerce=int,
        error_messages={"required": "Select the level of need that this points to"},
    )
    agreed = Choose(
        label="What you agreed",
        choices=list(AGREED.items()),
        required=True,
        error_messages={"required": "Select what you agreed"},
    )
    agreed_words = Line(label="Who does it, in words", max_length=300)
    due_on = GovDateField(label="Enquiry due on", subject="The day the enquiry is due", required=False)
    due_time = GovTimeField(label="At", subject="The time the enquiry is due", required=False)
    training = forms.MultipleChoiceField(
        label="Would training have helped?",
        choices=list(TRAINING.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean_child_age(self) -> str:
        """In words that the enquiry takes too: nobody types it again."""
        age = str(self.cleaned_data["child_age"])
        if age:
            born_about(age.casefold())
        return age

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("is_harm_plain") and found.get("agreed") not in (None, PROMISED):
            self.add_error(
                "agreed", "When significant harm is plain, an enquiry is made. Select that the caller makes one"
            )
        on, at = found.pop("due_on", None), found.pop("due_time", None)
        if on and not at:
            self.add_error("due_time", "Enter the time too, like 5pm")
        if at and not on:
            self.add_error("due_on", "Enter the day too")
        due_at = datetime.combine(on, at, tzinfo=LONDON) if on and at else None
        if due_at and due_at <= timezone.now():
            self.add_error("due_on" if due_at.date() < timezone.localdate() else "due_time", "Enter a time to come")
        return found | {"due_at": due_at}


class CloseForm(forms.Form):
    because = Words(
        label="Why is no enquiry waited for any more?",
        required=True,
        error_messages={"required": "Enter why no enquiry is waited for any more"},
    )


class NoteForm(forms.Form):
    """Ten seconds: who, about what, the gist."""

    whom = Line(label="Who", required=True, error_messages={"required": "Enter whom you spoke with"})
    reference = Line(label="Enquiry", help_text="Its reference, or leave it empty", max_length=16)
    gist = Line(label="Gist", max_length=300, required=True, error_messages={"required": "Enter the gist in one line"})
