"""The kinds of answer, each with its rule and a message that says what to do."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from openmash.people.addresses import is_postcode
from openmash.people.identifiers import problem
from openmash.people.telephones import looks_like_telephone

LONGEST = 20_000
LONG = 5_000
YES_NO = (("yes", "Yes"), ("no", "No"))
NOT_KNOWN = ("not_known", "Not known")
_IN_WORDS = "\n\r\t"
# Marks that turn the direction of all the text after them, so that a page would show it back to front.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?", re.IGNORECASE)
_EXTENSION = re.compile(r"\s*(?:ext|extension|x)\.?\s*\d{1,6}$", re.IGNORECASE)
_AGE = re.compile(r"(?:about |around |approx\.? )?(\d{1,3})\s*([a-z]*)\.?(?: old)?")
_DAYS_IN = {"y": 365.25, "m": 30.44, "w": 7.0, "d": 1.0}
_OLDEST = 120 * 365.25


class Words(forms.CharField):
    """Free text, kept exactly as typed but for spaces at the ends. Control characters are refused, with their place."""

    widget = forms.Textarea
    allowed = _IN_WORDS
    refused: frozenset[str] = frozenset()

    def __init__(self, *, label: str, max_length: int = LONG, required: bool = False, **options: Any) -> None:
        super().__init__(label=label, max_length=max_length, required=required, **options)

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        self.refuse_unseen(text)
        return text if any(unicodedata.category(letter)[0] in "LNPSM" for letter in text) else ""

    def refuse_unseen(self, text: str) -> None:
        for place, letter in enumerate(text):
            is_control = unicodedata.category(letter) == "Cc" and letter not in self.allowed
            if is_control or letter in self.refused:
                before = text[max(0, place - 20) : place].splitlines()
                where = f"after “{before[-1].strip()}”" if before and before[-1].strip() else "at the start of a line"
                raise ValidationError(
                    f"{subject_of(self)} has a character in it that cannot be seen, {where}. Delete it there, or type "
                    "those words again",
                    code="unseen",
                )


class Line(Words):
    """One line of text, such as a name, in any alphabet."""

    widget = forms.TextInput
    allowed = ""
    refused = _TURNING

    def __init__(self, *, label: str, max_length: int = 120, **options: Any) -> None:
        super().__init__(label=label, max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        return super().to_python(re.sub(r"[\t\r\n]+", " ", value) if isinstance(value, str) else value)


class Telephone(Line):
    """A number that somebody can ring, with an extension or without, kept as it was typed."""

    widget = forms.widgets.TelInput(attrs={"autocomplete": "off"})

    def __init__(self, *, label: str, **options: Any) -> None:
        super().__init__(label=label, max_length=30, **options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if text and not looks_like_telephone(_EXTENSION.sub("", text)):
            raise ValidationError("Enter a telephone number, like 01632 960 001 or 07700 900 982", code="telephone")
        return text


class Postcode(Line):
    """A whole postcode; with `or_district`, its first half will do."""

    def __init__(self, *, label: str, or_district: bool = False, **options: Any) -> None:
        self.or_district = or_district
        super().__init__(label=label, max_length=10, **options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text or is_postcode(text) or (self.or_district and _DISTRICT.fullmatch(text)):
            return text.upper()
        if self.or_district:
            raise ValidationError("Enter a postcode, like WX1 2AB, or its first half, like WX1", code="postcode")
        raise ValidationError("Enter a full postcode, like WX1 2AB, or leave it empty", code="postcode")


class Number(Line):
    """An identifier of a scheme, with its check digit. `kind` is a key of `people.identifiers`."""

    def __init__(self, kind: str, *, label: str, **options: Any) -> None:
        self.kind = kind
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
        super().__init__(label=label, max_length=40, **options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        wrong = problem(self.kind, text) if text else ""
        if wrong:
            raise ValidationError(f"{wrong}. If you cannot, leave it empty", code="number")
        return text


class Email(forms.EmailField):
    def __init__(self, *, label: str, required: bool = False, **options: Any) -> None:
        options.setdefault("error_messages", {})
        options["error_messages"].setdefault("invalid", "Enter an e-mail address, like name@example.com")
        widget = forms.EmailInput(attrs={"spellcheck": "false"})
        super().__init__(label=label, required=required, max_length=254, widget=widget, **options)


class Choose(forms.ChoiceField):
    """One of several, as radio buttons; nothing is chosen beforehand."""

    widget = forms.RadioSelect

    def __init__(self, *, label: str, choices: Any, required: bool = False, **options: Any) -> None:
        super().__init__(label=label, choices=choices, required=required, **options)


class Pick(forms.ChoiceField):
    """One of many, from a list that begins empty."""

    def __init__(self, *, label: str, choices: Any, required: bool = False, first: str = "", **options: Any) -> None:
        super().__init__(label=label, choices=[("", first), *choices], required=required, **options)


class YesNo(forms.TypedChoiceField):
    """True, False, or None when it is not known or not answered."""

    widget = forms.RadioSelect

    def __init__(self, *, label: str, unknown: bool = True, required: bool = False, **options: Any) -> None:
        choices = [*YES_NO, NOT_KNOWN] if unknown else list(YES_NO)
        coerce: Callable[[str], bool | None] = {"yes": True, "no": False}.get
        super().__init__(label=label, choices=choices, coerce=coerce, empty_value=None, required=required, **options)


class Several(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, label: str, choices: Any, required: bool = False, **options: Any) -> None:
        super().__init__(label=label, choices=choices, required=required, **options)


class Age(Line):
    """An age as people say it, "7" or "18 months"; the answer is a day of birth near the middle of that age."""

    def __init__(self, *, label: str, **options: Any) -> None:
        super().__init__(label=label, max_length=30, **options)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value).casefold()
        return born_about(text) if text else None

    def run_validators(self, value: Any) -> None:
        """A day has no length in characters, so the text validators do not apply."""


def born_about(age: str, today: date | None = None) -> date:
    """A day of birth in the middle of an age in words; `ValidationError` when it is no age."""
    found = _AGE.fullmatch(age.strip())
    unit = (found[2] or "years")[:1] if found else ""
    days = (int(found[1]) + 0.5) * _DAYS_IN[unit] if found and unit in _DAYS_IN else _OLDEST + 1
    if days > _OLDEST:
        raise ValidationError("Enter an age, like 7 or 18 months", code="age")
    return (today or timezone.localdate()) - timedelta(days=round(days))


def subject_of(field: forms.Field) -> str:
    """How a message about the field begins: its label, or its question in quotation marks."""
    label = str(field.label or "This").removesuffix(" (optional)")
    return f"Your answer to “{label}”" if label.endswith("?") else label
