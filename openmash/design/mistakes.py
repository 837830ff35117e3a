"""Django's own messages about a field, in the words of the GOV.UK style guide. What a form says itself stands."""

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError

CHOSEN = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)


def in_words(error: ValidationError, asked: forms.Field, label: str) -> str:
    """What to do about `error`, beginning from the label; for a label that is a question, from the question."""
    text = str(error.messages[0])
    if not _is_djangos(error, asked):
        return text
    subject = f"Your answer to “{label}”" if label.endswith("?") else label
    limit = (error.params or {}).get("limit_value")
    return {
        "required": _required(asked, label),
        "max_length": f"{subject} must be {limit} characters or less",
        "min_length": f"{subject} must be {limit} characters or more",
        "max_value": f"{subject} must be {limit} or less",
        "min_value": f"{subject} must be {limit} or more",
        "invalid_choice": f"{subject} must be one of the choices shown",
        "null_characters_not_allowed": f"{subject} must not include invisible characters",
    }.get(error.code or "", _invalid(asked, subject) if error.code == "invalid" else text)


def _required(asked: forms.Field, label: str) -> str:
    name = label[:1].lower() + label[1:] if label[1:2].islower() else label
    if isinstance(asked.widget, forms.CheckboxInput):
        return f"Confirm: {name}"
    if label.endswith("?"):
        return f"Answer “{label}”"
    return f"{'Select' if isinstance(asked.widget, CHOSEN) else 'Enter'} {name}"


def _invalid(asked: forms.Field, subject: str) -> str:
    if isinstance(asked, forms.EmailField):
        return f"{subject} must be in the form name@example.com"
    if isinstance(asked, forms.IntegerField):
        return f"{subject} must be a number"
    return f"{subject} is not in the right form"


def _is_djangos(error: ValidationError, asked: forms.Field) -> bool:
    own = [parent.__dict__.get("default_error_messages", {}).get(error.code) for parent in type(asked).__mro__]
    checked = (
        validators.MaxLengthValidator.message,
        validators.MinLengthValidator.message,
        validators.MaxValueValidator.message,
        validators.MinValueValidator.message,
        validators.EmailValidator.message,
        validators.ProhibitNullCharactersValidator.message,
    )
    return any(error.message is message for message in (*own, *checked) if message is not None)
