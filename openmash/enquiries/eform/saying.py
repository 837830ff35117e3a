"""From a finished form to what it says: everything checked, people together with their details."""

from dataclasses import dataclass, field
from typing import Any

from openmash.design.repeated import Repeated
from openmash.enquiries.eform.pages import EForm
from openmash.enquiries.eform.typed import Typed


@dataclass(frozen=True)
class Said:
    """What a form says: `facts` by field, and the several people of each kind ("children", "adults", "workers")."""

    facts: dict[str, Any] = field(default_factory=dict)
    people: dict[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)

    def several(self, kind: str) -> tuple[dict[str, Any], ...]:
        return self.people.get(kind, ())


def what_is_said(form: EForm, typed: Typed) -> Said:
    """The answers of every page that applies. Ask `form.unfinished` first: an answer that is wrong is left out."""
    facts: dict[str, Any] = {}
    people: dict[str, dict[int, dict[str, Any]]] = {}
    for stop in form.stops(typed):
        asked = stop.ask(typed.page(stop.key))
        asked.is_valid()
        if isinstance(asked, Repeated):
            pairs = zip(asked.numbers, asked.forms, strict=True)
            people[stop.page.key] = {number: one.cleaned_data for number, one in pairs if is_said(one.cleaned_data)}
        elif stop.number is not None:
            people.get(stop.page.each, {}).get(stop.number, {}).update(asked.cleaned_data)
        else:
            facts |= asked.cleaned_data
    return Said(facts, {kind: tuple(several.values()) for kind, several in people.items()})


def is_said(answers: dict[str, Any]) -> bool:
    """Whether anything is said of one of several: an untouched form says nothing."""
    return any(value not in (None, "", [], False) for value in answers.values())
