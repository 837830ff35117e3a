"""An enquiry that another system sent and that could not be taken, as the telephone screen has it half filled.

Whatever can be read of it stands in its field, right or wrong; what cannot is in the original beside the form.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from openmash.agencies.models import HeldBack
from openmash.design.fields import BOXES, GovDateField
from openmash.design.moments import local
from openmash.enquiries.calls import MOST, Typing
from openmash.enquiries.forms.telephone import (
    OTHER_SYSTEM,
    TelephoneAdultForm,
    TelephoneChildForm,
    TelephoneForm,
    TelephoneWorkerForm,
)

_SHOWN = 50_000
_OF_REFERRER = {"name": "referrer_name", "telephone": "referrer_telephone", "email": "referrer_email"}
_GROUPS: dict[str, tuple[type[forms.Form], tuple[str, ...]]] = {
    "children": (TelephoneChildForm, ("children",)),
    "adults": (TelephoneAdultForm, ("adults", "others")),
    "workers": (TelephoneWorkerForm, ("workers",)),
}


def half_filled(held: HeldBack, body: bytes) -> Typing:
    """What the screen begins with: field by field, as somebody would have typed it."""
    sent = _read(body)
    facts, came = sent if isinstance(sent, dict) else {}, local(held.received_at)
    who = facts.get("referrer") if isinstance(facts.get("referrer"), dict) else {}
    said = {_OF_REFERRER.get(name, name): value for name, value in who.items()} | facts
    said |= {
        "channel": OTHER_SYSTEM,
        "received_on": came.date().isoformat(),
        "received_time": f"{came:%H:%M}",
        "danger": facts.get("is_danger_now") is True,
        "referrer_kind": "professional",
        "referrer_name": said.get("referrer_name") or held.system.name,
        "source_code": held.system.agency.source_code,
        "organisation": held.system.agency.name,
    }
    typed = _typed(TelephoneForm(), said, "")
    for kind, (form_class, names) in _GROUPS.items():
        given = [facts[name] for name in names if isinstance(facts.get(name), list)]
        people = [one for several in given for one in several if isinstance(one, dict)][:MOST]
        for number, one in enumerate(people):
            typed |= _typed(form_class(), one, f"{kind}-{number}-")
        typed[f"{kind}-number"] = [str(number) for number in range(len(people))]
    return MultiValueDict(typed)


def in_full(body: bytes) -> str:
    """The original to read: laid out when it is JSON, and otherwise as it came."""
    sent = _read(body)
    text = body.decode("utf-8", "replace") if sent is None else json.dumps(sent, indent=2, ensure_ascii=False)
    return _plain(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}\n… and {len(text) - _SHOWN:,} characters more")


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _typed(form: forms.Form, said: Mapping[str, Any], before: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, field in form.fields.items():
        for part, values in _parts(field, said.get(name)).items():
            found[f"{before}{name}{part}"] = [_plain(value) for value in values]
    return found


def _parts(field: forms.Field, value: Any) -> dict[str, list[str]]:
    """The inputs of one field, by the end of their names, and what stands in them. Nothing for what has no form."""
    if isinstance(field, forms.BooleanField):
        return {"": ["on"]} if value is True else {}
    if isinstance(value, bool):
        return {"": ["yes" if value else "no"]}
    if isinstance(value, list):
        return {"": [one for one in value if isinstance(one, str)]} if value else {}
    if not isinstance(value, str | int) or value in ("", "U"):
        return {}
    if isinstance(field, GovDateField):
        day, month, year = _day(str(value))
        return {f"-{box}": [part] for box, part in zip(BOXES, (day, month, year), strict=True)}
    return {"": [str(value)]}


def _day(text: str) -> tuple[str, str, str]:
    """Day, month and year as other systems write a day; all of it in the first when it is written otherwise."""
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*)?", text):
        year, month, day = found.groups()
        return day, month, year
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    return (found[1], found[2], found[3]) if found else (text, "", "")


def _plain(text: str) -> str:
    """What a page and a column can hold: half a character and the empty one are neither."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")
