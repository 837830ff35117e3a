"""What is asked of the governance lead who keeps the sharing agreements."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from openmash.agencies.agreements import LONGEST_OVERRIDE
from openmash.agencies.sharing import BASES, SHARES
from openmash.design.fields import GovDateField
from openmash.design.moments import day


def _line(label: str, enter: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, error_messages={"required": enter}, **more)


class _Form(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, label_suffix="", **kwargs)


class _VersionForm(_Form):
    """What every version says of itself."""

    version = _line("Version", "Enter the version", max_length=20, help_text="Such as 2.0")
    shares = forms.MultipleChoiceField(
        label="What does it let agencies share?",
        choices=list(SHARES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what it lets agencies share"},
    )
    lawful_bases = forms.MultipleChoiceField(
        label="On which lawful bases?",
        choices=list(BASES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the lawful bases"},
    )
    kept_at = _line("Where is the signed document kept?", "Enter where the signed document is kept", max_length=300)
    in_force_from = GovDateField(label="In force from", subject="The day it comes into force")
    review_on = GovDateField(label="Next review", subject="The day of the next review")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        begins, review = said.get("in_force_from"), said.get("review_on")
        if begins and review and review <= begins:
            self.add_error("review_on", "The day of the next review must be after it comes into force")
        return said


class AgreementForm(_VersionForm):
    title = _line("Title", "Enter the title", max_length=160)
    areas = forms.TypedMultipleChoiceField(
        label="Which areas does it cover?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the areas that it covers"},
    )
    field_order = ("title", "version", "areas")

    def __init__(self, *args: Any, areas: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = list(areas)  # type: ignore[attr-defined]


class NextVersionForm(_VersionForm):
    counts_until = GovDateField(
        label="Until when do the signatures on the old version count?",
        help_text="Everybody signs the new one by then. Whoever has not is sent nothing from the day after",
        subject="The last day of the old signatures",
        side="future",
    )

    def __init__(self, *args: Any, before: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before

    def clean_version(self) -> str:
        version = str(self.cleaned_data["version"])
        if version == self.before:
            raise forms.ValidationError(f"Enter another version than {version}, which this one follows")
        return version

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        begins, until = said.get("in_force_from"), said.get("counts_until")
        if begins and until and until < begins:
            self.add_error("counts_until", "The old signatures must count until the new version is in force or longer")
        return said


class SignForm(_Form):
    agency = forms.TypedChoiceField(
        label="Which agency has signed?", coerce=int, error_messages={"required": "Select the agency"}
    )
    signed_by = _line("Who signed?", "Enter who signed", max_length=120)
    role = _line("In which office?", "Enter the office", max_length=120, help_text="Such as Chief Constable")
    on = GovDateField(label="When?", subject="The day it was signed", side="past")

    def __init__(self, *args: Any, agencies: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Select an agency"), *agencies]  # type: ignore[attr-defined]


class ReviewedForm(_Form):
    review_on = GovDateField(label="Next review", subject="The day of the next review", side="future")

    def clean_review_on(self) -> date:
        on: date = self.cleaned_data["review_on"]
        if on <= timezone.localdate():
            raise forms.ValidationError("The day of the next review must be after today")
        return on


class EndSignatureForm(_Form):
    on = GovDateField(label="From which day does it no longer count?", subject="The day from which it no longer counts")
    because = _line("Why?", "Enter why it ends", max_length=300)

    def __init__(self, *args: Any, signed_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signed_on = signed_on

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < self.signed_on:
            raise forms.ValidationError(f"It was signed on {day(self.signed_on)}. Enter that day or a later one")
        return on


class SharingOverrideForm(_Form):
    agency = forms.ChoiceField(label="Which agency, and where?", error_messages={"required": "Select the agency"})
    until = GovDateField(
        label="Until when?",
        help_text=f"The last day, at most {LONGEST_OVERRIDE.days} days from today",
        subject="The last day",
        side="future",
    )
    because = _line(
        "Why can it not wait for a signature?",
        "Enter why it cannot wait for a signature",
        max_length=300,
        help_text="Everybody who asks this agency reads it. Name no child and no adult at risk",
    )

    def __init__(self, *args: Any, agencies: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Select an agency"), *agencies]  # type: ignore[attr-defined]

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        last = timezone.localdate() + LONGEST_OVERRIDE
        if until > last:
            raise forms.ValidationError(f"The last day must be {day(last)} or before")
        return until
