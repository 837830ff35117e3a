"""What is asked of whoever handles the post, and of the governance lead who keeps the addresses."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from openmash.agencies.addresses import domain_of, live_address
from openmash.agencies.models import Agency, Domain
from openmash.gathering.forms import why

MOST_TEXT = 200_000
MOST_BYTES = 40 * 1024 * 1024
_DOMAIN = re.compile(r"(?=.{4,120}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


class PasteForm(forms.Form):
    text = forms.CharField(
        label="The reply",
        help_text="All of it, as it is: the lines that are filled in are found by themselves",
        max_length=MOST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        error_messages={"required": "Paste the reply"},
    )


class EmailFileForm(forms.Form):
    """An e-mail as a file, for one of the areas in which the user works."""

    area = forms.TypedChoiceField(label="Area", coerce=int, error_messages={"required": "Select the area"})
    file = forms.FileField(
        label="The e-mail as a file",
        help_text="A file that ends in .eml. In most e-mail programs: save as, or drag it to a folder. "
        "Where yours saves .msg, paste the reply instead: on the enquiry, under Requests and answers",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another"},
    )

    def __init__(self, *args: Any, areas: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        area.choices = choices = list(areas)  # type: ignore[attr-defined]
        if len(choices) == 1:
            area.initial, area.widget = choices[0][0], forms.HiddenInput()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 40 MB. Paste the words of the e-mail instead")
        if not file.name.lower().endswith(".eml"):
            raise forms.ValidationError(
                "Choose a file that ends in .eml, or paste the words of the e-mail instead: on the enquiry, under "
                "Requests and answers"
            )
        return file


class TelephoneForm(forms.Form):
    who = forms.CharField(
        label="Who told you?",
        help_text="Name and job",
        max_length=120,
        error_messages={"required": "Enter who told you"},
    )


class AsideForm(forms.Form):
    because = why("Why is it put aside?", "Enter why it is put aside", help_text="Do not repeat what it says")


class AssignForm(forms.Form):
    """Which request a reply answers."""

    request = forms.ChoiceField(
        label="Which request does it answer?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the request that it answers"},
    )

    def __init__(self, *args: Any, among: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["request"].choices = list(among)  # type: ignore[attr-defined]


class DomainForm(forms.Form):
    area = forms.TypedChoiceField(
        label="For which area?", coerce=int, widget=forms.RadioSelect, error_messages={"required": "Select the area"}
    )
    name = forms.CharField(
        label="Domain",
        help_text="What stands after the @, such as nhs.net",
        max_length=120,
        error_messages={"required": "Enter the domain"},
    )
    because = why("How do you know that it is secure?", "Enter how you know that it is secure")

    def __init__(self, *args: Any, areas: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = list(areas)  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip().lower().removeprefix("@")
        if not _DOMAIN.fullmatch(name):
            raise forms.ValidationError("Enter a domain, like nhs.net")
        return str(name)

    def clean(self) -> Mapping[str, Any]:
        said = super().clean() or {}
        if Domain.objects.filter(area=said.get("area"), name=said.get("name"), withdrawn_at=None).exists():
            self.add_error("name", "This domain is allowed in this area already")
        return said


class AddressForm(forms.Form):
    agency = forms.TypedChoiceField(
        label="Agency", coerce=int, widget=forms.RadioSelect, error_messages={"required": "Select the agency"}
    )
    email = forms.EmailField(
        label="E-mail address", error_messages={"required": "Enter the address", "invalid": "Enter an e-mail address"}
    )
    is_written_to = forms.BooleanField(label="Requests are sent to this address", required=False, initial=True)

    def __init__(self, *args: Any, agencies: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = list(agencies)  # type: ignore[attr-defined]

    def clean(self) -> Mapping[str, Any]:
        """An address is of one agency, and requests go only where a domain is allowed."""
        said = super().clean() or {}
        email, agency = said.get("email"), said.get("agency")
        if not email or not agency:
            return said
        held = live_address(email)
        if held and held.agency_id != agency:
            self.add_error("email", f"This is an address of {held.agency.name}")
        areas = Agency.objects.get(pk=agency).areas.all()
        is_allowed = Domain.objects.filter(area__in=areas, name=domain_of(email), withdrawn_at=None).exists()
        if said.get("is_written_to") and not is_allowed:
            self.add_error("email", f"Allow the domain {domain_of(email)} first")
        return said
