"""The one way to a template: finished values in, a finished page out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.db.models import Manager, Model, QuerySet
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from openmash.design.forms import problems
from openmash.design.repeated import Repeated

PLAIN = (str, bytes, int, float, bool, type(None), date, time, timedelta, Decimal, UUID, Enum, Promise)


@dataclass(frozen=True)
class NavItem:
    """One link of the service navigation; `key` is its keyboard shortcut."""

    label: str
    url: str
    current: bool = False
    key: str = ""


@dataclass(frozen=True)
class Chrome:
    """What surrounds every page: who is signed in, where they can go, what needs them."""

    service_name: str = "openmash"
    home_url: str = "/"
    navigation: tuple[NavItem, ...] = ()
    user_name: str = ""
    role_label: str = ""
    agency_label: str = ""
    needs_you: int = 0
    needs_you_url: str = ""
    search_url: str = ""
    sign_out_url: str = ""
    demo: bool = False
    password_alone: bool = False
    hub_name: str = ""
    hub_phone: str = ""
    footer_links: tuple[NavItem, ...] = ()


def page(request: HttpRequest, template: str, value: object = None, *, status: int = 200) -> HttpResponse:
    """Render `template` now, with `value` as `page` and the surroundings as `chrome`.

    `value` is a frozen dataclass, a form, or plain values and containers of them. A database row, query set or manager
    anywhere inside it raises `TypeError`: nothing is read from the database while a template renders.
    """
    refuse_rows(value)
    return HttpResponse(render(request, template, value, chrome(request), get_messages(request)), status=status)


def chrome(request: HttpRequest) -> Chrome:
    """What the function named by `settings.OPENMASH_CHROME` says of this request."""
    path = getattr(settings, "OPENMASH_CHROME", "")
    return import_string(path)(request) if path else Chrome()


def render(request: HttpRequest, template: str, value: object, around: Chrome, messages: Iterable[Message] = ()) -> str:
    """The finished text of a page, with its surroundings and what the last action had to say given."""
    context = {
        "page": value,
        "chrome": around,
        "flashed": messages,
        "failed": _failed(value),
        "htmx": bool(getattr(request, "htmx", False)),
    }
    return render_to_string(template, context, request=request)


def refuse_rows(value: Any, where: str = "page") -> None:
    """Raise `TypeError`, naming the place, if a database row, query set or manager is anywhere inside `value`."""
    if isinstance(value, PLAIN):
        return
    if isinstance(value, (Model, QuerySet, Manager)) or hasattr(value, "__next__"):
        raise TypeError(f"{where} is a {type(value).__name__}: hand a template finished values, never a database row")
    if isinstance(value, Mapping):
        for key, item in value.items():
            refuse_rows(item, f"{where}[{key!r}]")
    elif isinstance(value, (tuple, list, set, frozenset)):
        for number, item in enumerate(value):
            refuse_rows(item, f"{where}[{number}]")
    elif isinstance(value, BaseForm):
        _refuse_rows_in_form(value, where)
    elif isinstance(value, BaseFormSet):
        refuse_rows(value.forms, f"{where}.forms")
    elif is_dataclass(value):
        for field in fields(value):
            refuse_rows(getattr(value, field.name), f"{where}.{field.name}")
    elif hasattr(value, "__dict__"):
        refuse_rows(vars(value), where)


def _refuse_rows_in_form(form: BaseForm, where: str) -> None:
    refuse_rows(getattr(form, "instance", None), f"{where}.instance")
    refuse_rows(form.initial, f"{where}.initial")
    for name, field in form.fields.items():
        refuse_rows(getattr(field, "queryset", None), f"{where}.fields[{name!r}].queryset")
        refuse_rows(field.initial if not callable(field.initial) else None, f"{where}.fields[{name!r}].initial")


def _failed(value: Any) -> bool:
    """Whether a form was sent back with mistakes, so that the title can begin with "Error:"."""
    parts: list[Any] = [value]
    if is_dataclass(value):
        parts = [getattr(value, part.name) for part in fields(value)]
    elif isinstance(value, Mapping):
        parts = list(value.values())
    return any(bool(problems(part)) for part in parts if isinstance(part, (BaseForm, Repeated)))
