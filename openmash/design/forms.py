"""From a Django form to what the form macros draw: one finished description per field, and the error summary."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from openmash.design.fields import BOXES, DateParts, GovDateWidget
from openmash.design.mistakes import in_words
from openmash.design.repeated import Repeated

DRAWN = {"type", "rows", "cols", "autocomplete", "inputmode", "spellcheck"}
LEFT_OUT = {"class", "maxlength", "required", "placeholder"}  # GOV.UK forms do without these


@dataclass(frozen=True)
class Choice:
    """One radio, checkbox or option; the first of a group has the group's own id, so that an error can link to it."""

    id: str
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class Box:
    """One of the three boxes of a date."""

    id: str
    name: str
    label: str
    value: str
    wrong: bool


@dataclass(frozen=True)
class Control:
    """All that a macro needs to draw one field; `link` is the id that an error summary points at."""

    kind: str
    id: str
    name: str
    label: str
    hint: str
    errors: tuple[str, ...]
    value: Any
    link: str
    type: str = "text"
    autocomplete: str = ""
    inputmode: str = ""
    spellcheck: str = ""
    most: int | None = None
    attrs: tuple[tuple[str, str], ...] = ()
    choices: tuple[Choice, ...] = ()
    boxes: tuple[Box, ...] = ()
    groups: tuple[tuple[str, tuple[Choice, ...]], ...] = field(default=())


@dataclass(frozen=True)
class Problem:
    """One line of the error summary; without a `link` it is about the whole form."""

    text: str
    link: str = ""


def describe(form: forms.BaseForm, name: str) -> Control:
    """The field `name` of `form`, ready to draw. A name that the form does not have is a `KeyError`."""
    bound = form[name]
    widget, errors = bound.field.widget, _errors(form, name)
    kind = _kind(widget)
    choices, groups = _choices(bound) if kind in ("select", "radios", "checkboxes") else ((), ())
    boxes = _boxes(form, name, bound) if kind == "date" else ()
    attrs = {str(key): value for key, value in widget.attrs.items() if key not in DRAWN | LEFT_OUT}
    return Control(
        kind=kind,
        id=bound.auto_id,
        name=bound.html_name,
        label=str(bound.label or ""),
        hint=str(bound.help_text or ""),
        errors=errors,
        value=_value(bound, kind),
        link=_link(form, name),
        type=str(widget.attrs.get("type") or getattr(widget, "input_type", "") or "text"),
        autocomplete=str(widget.attrs.get("autocomplete", "")),
        inputmode=str(widget.attrs.get("inputmode", "numeric" if isinstance(widget, forms.NumberInput) else "")),
        spellcheck=str(widget.attrs.get("spellcheck", "")).lower(),
        most=getattr(bound.field, "max_length", None),
        attrs=tuple((key, "" if value is True else str(value)) for key, value in attrs.items() if value is not False),
        choices=choices,
        boxes=boxes,
        groups=groups,
    )


def problems(*asked: forms.BaseForm | Repeated[Any] | None) -> tuple[Problem, ...]:
    """Every error of the given forms, in the order of their fields, those about a whole form first."""
    found: list[Problem] = []
    for form in asked:
        if isinstance(form, Repeated):
            found += [Problem(text, form.add_id) for text in form.errors]
            found += problems(*form.forms)
        elif form is not None and form.is_bound:
            found += [Problem(str(text)) for text in form.non_field_errors()]
            found += [Problem(text, _link(form, name)) for name in form.fields for text in _errors(form, name)]
    return tuple(found)


def _kind(widget: forms.Widget) -> str:
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (GovDateWidget, "date"),
        (forms.HiddenInput, "hidden"),
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "tick"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
        (forms.PasswordInput, "password"),
        (forms.FileInput, "file"),
        (forms.widgets.Input, "input"),
    )
    for widget_class, kind in kinds:
        if isinstance(widget, widget_class):
            return kind
    raise TypeError(f"no macro draws a {type(widget).__name__}")


def _value(bound: BoundField, kind: str) -> Any:
    value = bound.value()
    if kind == "tick":
        return bool(value) and value not in ("False", "false", "0")
    if kind in ("password", "file") or value is None:
        return ""
    return value if isinstance(value, (list, tuple)) else str(value)


def _choices(bound: BoundField) -> tuple[tuple[Choice, ...], tuple[tuple[str, tuple[Choice, ...]], ...]]:
    value = bound.value()
    chosen = {str(item) for item in value} if isinstance(value, (list, tuple, set)) else {_plain(value)}
    groups: list[tuple[str, tuple[Choice, ...]]] = []
    flat: list[Choice] = []
    for key, text in bound.field.choices:  # type: ignore[attr-defined]
        inner: Iterable[Any] = text if isinstance(text, (list, tuple)) else [(key, text)]
        drawn = []
        for item, words in inner:
            number = len(flat) + 1
            id_ = bound.auto_id if number == 1 else f"{bound.auto_id}-{number}"
            drawn.append(Choice(id_, _plain(item), str(words), _plain(item) in chosen))
            flat.append(drawn[-1])
        groups.append((str(key) if isinstance(text, (list, tuple)) else "", tuple(drawn)))
    return tuple(flat), tuple(groups)


def _boxes(form: forms.BaseForm, name: str, bound: BoundField) -> tuple[Box, ...]:
    parts, wrong = DateParts.of(bound.value()), _wrong_boxes(form, name)
    return tuple(
        Box(f"{bound.auto_id}-{box}", f"{bound.html_name}-{box}", box.capitalize(), getattr(parts, box), box in wrong)
        for box in BOXES
    )


def _wrong_boxes(form: forms.BaseForm, name: str) -> tuple[str, ...]:
    if not form.is_bound or name not in form.errors:
        return ()
    for error in form.errors[name].as_data():
        if error.params and "boxes" in error.params:
            return tuple(error.params["boxes"])
    return BOXES


def _errors(form: forms.BaseForm, name: str) -> tuple[str, ...]:
    if not form.is_bound or name not in form.errors:
        return ()
    bound = form[name]
    return tuple(
        in_words(part, bound.field, str(bound.label))
        for error in form.errors[name].as_data()
        for part in error.error_list
    )


def _link(form: forms.BaseForm, name: str) -> str:
    bound = form[name]
    if bound.is_hidden:
        return ""
    if isinstance(bound.field.widget, GovDateWidget):
        return f"{bound.auto_id}-{(_wrong_boxes(form, name) or BOXES)[0]}"
    return bound.auto_id


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
