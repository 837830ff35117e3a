"""What has been answered, to be checked before it is sent: in the order of the pages, each with a way to change it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from openmash.design.fields import GovDateField
from openmash.design.moments import day
from openmash.design.repeated import Repeated
from openmash.enquiries.eform.pages import EForm, Stop
from openmash.enquiries.eform.saying import is_said
from openmash.enquiries.eform.typed import Typed
from openmash.enquiries.forms.asking import Asking

Row = tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """One page of several questions and one link to change it. `parts` are the people on it, or one without a name."""

    title: str
    change_url: str
    parts: tuple[tuple[str, tuple[Row, ...]], ...]


@dataclass(frozen=True)
class Rows:
    """Pages with one answer each, in a row: (question, answer, address to change it)."""

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Section:
    title: str
    blocks: tuple[Card | Rows, ...]


def answers(form: EForm, typed: Typed) -> tuple[Section, ...]:
    """Every page that asks something, under its section, in order."""
    asking = [stop for stop in form.stops(typed) if stop.page.form.base_fields]
    sections: dict[str, list[Card | Rows]] = {}
    for stop in asking:
        blocks = sections.setdefault(stop.page.section, [])
        block = _answered(form, stop, typed)
        if blocks and isinstance(block, Rows) and isinstance(blocks[-1], Rows):
            blocks[-1] = Rows(blocks[-1].rows + block.rows)
        else:
            blocks.append(block)
    return tuple(Section(title, tuple(blocks)) for title, blocks in sections.items())


def _answered(form: EForm, stop: Stop, typed: Typed) -> Card | Rows:
    asked = stop.ask(typed.page(stop.key))
    asked.is_valid()
    change_url = f"{form.path}{stop.key}/?change=yes"
    if isinstance(asked, Repeated):
        said = [one for one in asked if is_said(one.cleaned_data)]
        one = stop.page.one.capitalize()
        return Card(
            stop.title, change_url, tuple((f"{one} {number}", rows_of(each)) for number, each in enumerate(said, 1))
        )
    if len(asked.fields) == 1:
        field = next(iter(asked))
        return Rows(((_label(field), in_words(field) or "Not answered", change_url),))
    rows = rows_of(asked) or ((stop.title, "Nothing given"),)
    return Rows(((*rows[0], change_url),)) if len(rows) == 1 else Card(stop.title, change_url, (("", rows),))


def rows_of(form: Asking) -> tuple[Row, ...]:
    """The label and the answer of each field that was answered."""
    pairs = ((_label(field), in_words(field)) for field in form)
    return tuple((label, words) for label, words in pairs if words)


def in_words(field: BoundField) -> str:
    """An answer as people read it: the words of a choice, a date in full, text as it was typed."""
    value, asked = field.value(), field.field
    if isinstance(asked, forms.BooleanField):
        return "Yes" if value else ""
    if isinstance(asked, forms.MultipleChoiceField):
        words = _words(asked)
        return "\n".join(words[key] for key in value or () if key in words)
    if isinstance(asked, forms.ChoiceField):
        return _words(asked).get(str(value or ""), "") if value else ""
    if isinstance(asked, GovDateField):
        found = getattr(field.form, "cleaned_data", {}).get(field.name)
        return day(found) if value and found else str(value or "")
    return str(value or "").strip()


def _label(field: BoundField) -> str:
    return str(field.label).removesuffix(" (optional)")


def _words(asked: forms.ChoiceField) -> dict[str, str]:
    """The words of each choice, out of its groups."""
    pairs: list[tuple[Any, Any]] = []
    for key, words in asked.choices:
        pairs += words if isinstance(words, (list, tuple)) else [(key, words)]
    return {str(key): str(words) for key, words in pairs}
