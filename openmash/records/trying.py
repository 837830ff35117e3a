"""Trying an act with a form that was sent: what the act refuses stands on the form, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

from django import forms

from openmash.audit.action import Refused


def done(form: forms.Form, act: Callable[..., Any]) -> bool:
    """Whether the form was right and the act done."""
    if not form.is_valid():
        return False
    try:
        act(**form.cleaned_data)
    except Refused as refused:
        for reason in refused.verdict.reasons:
            form.add_error(None, reason)
        return False
    return True
