"""What is asked when another system is let in."""

from collections.abc import Iterable
from typing import Any

from django import forms

from openmash.agencies.models import User
from openmash.agencies.scopes import SCOPES

LASTS = {"30": "30 days", "90": "90 days", "365": "One year"}


class TokenForm(forms.Form):
    """Which system, of which agency, where, what it may do, and until when."""

    name = forms.CharField(
        label="What is the system called?",
        help_text="For example, Case system. Everybody sees what it did under this name",
        max_length=80,
        error_messages={"required": "Enter what the system is called"},
    )
    agency = forms.TypedChoiceField(
        label="Whose system is it?",
        help_text="Agencies with a sharing agreement in force",
        coerce=int,
        error_messages={"required": "Select whose system it is"},
    )
    area = forms.TypedChoiceField(label="In which area?", coerce=int, error_messages={"required": "Select the area"})
    scopes = forms.MultipleChoiceField(
        label="What may it do?",
        choices=[(scope.key, scope.says) for scope in SCOPES.values()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what it may do"},
    )
    team = forms.TypedChoiceField(
        label="Which team does it receive releases for? (only if it may fetch releases)",
        coerce=int,
        empty_value=None,
        required=False,
    )
    lasts = forms.ChoiceField(
        label="How long may the token be used?",
        choices=list(LASTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select how long the token may be used"},
    )

    def __init__(self, *args: Any, choices: dict[str, Iterable[tuple[int, str]]], **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, label_suffix="", **kwargs)
        for name, first in (("agency", "Select an agency"), ("area", "Select an area"), ("team", "No team")):
            self.fields[name].choices = [("", first), *choices[name]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "releases" in found.get("scopes", ()) and not found.get("team"):
            self.add_error("team", "Select the team that it receives releases for")
        return found


def _why(what: str) -> forms.CharField:
    return forms.CharField(label=what, max_length=300, error_messages={"required": "Enter why"})


class RoleForm(forms.Form):
    """Which role, where, in which team, and why."""

    role = forms.ChoiceField(label="Which role?", error_messages={"required": "Select the role"})
    area = forms.TypedChoiceField(label="In which area?", coerce=int, error_messages={"required": "Select the area"})
    team = forms.TypedChoiceField(
        label="In which team? (only for those who receive work)", coerce=int, empty_value=None, required=False
    )
    because = _why("Why do they need it?")

    def __init__(self, *args: Any, choices: dict[str, Iterable[tuple[Any, str]]], **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, label_suffix="", **kwargs)
        for name, first in (("role", "Select a role"), ("area", "Select an area"), ("team", "No team")):
            self.fields[name].choices = [("", first), *choices[name]]  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    because = _why("Why?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, label_suffix="", **kwargs)


class JoinerForm(forms.Form):
    """Somebody who joins: an account without a role. It opens nothing until two people have given it one."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter their name"})
    email = forms.EmailField(
        label="Work email address",
        error_messages={"required": "Enter their work email address", "invalid": "Enter an email address"},
    )
    job_title = forms.CharField(label="Job title", max_length=120, error_messages={"required": "Enter their job title"})
    agency = forms.TypedChoiceField(
        label="Who employs them?", coerce=int, error_messages={"required": "Select who employs them"}
    )
    is_qualified_social_worker = forms.BooleanField(
        label="Their registration as a social worker was checked", required=False
    )

    def __init__(self, *args: Any, agencies: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, label_suffix="", **kwargs)
        self.fields["agency"].choices = [("", "Select an agency"), *agencies]  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError("There is an account with this address already")
        return email
