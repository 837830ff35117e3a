"""What somebody has typed so far, page by page, exactly as it was typed."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from openmash.design.fields import BOXES, GovDateWidget
from openmash.design.repeated import Repeated
from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.places import district_of, places

Sent = Mapping[str, list[str]]
_NO_COLUMN_HOLDS = "\x00"


class Typed:
    """A reader of a draft's answers: `{"worry": {"worry": ["Shouting at night"]}, "children": {…}}`."""

    def __init__(self, pages: Mapping[str, Sent]) -> None:
        self.pages = pages

    def has(self, key: str) -> bool:
        return key in self.pages

    def page(self, key: str) -> MultiValueDict[str, str]:
        return MultiValueDict({name: list(values) for name, values in self.pages.get(key, {}).items()})

    def answers(self, field: str) -> list[str]:
        """The answers to a field, on whichever page it is asked."""
        return next((sent[field] for sent in self.pages.values() if field in sent), [])

    def answer(self, field: str) -> str:
        return next(iter(self.answers(field)), "").strip()

    @cached_property
    def is_place_unknown(self) -> bool:
        """The postcode does not say which hub it is, and there is more than one place to choose from."""
        known, district = places(), district_of(self.answer("area_postcode"))
        return len(known) > 1 and not any(district in place.districts for place in known)


def sent_with(asked: Asking | Repeated[Asking], data: QueryDict) -> dict[str, list[str]]:
    """What a page sent for the fields that it asks, and nothing else of it."""
    forms = list(asked) if isinstance(asked, Repeated) else [asked]
    names = {name for form in forms for field in form for name in _names(field)}
    if isinstance(asked, Repeated):
        names.add(asked.index_name)
    sent = {name: _kept(data.getlist(name)) for name in names if name in data}
    if isinstance(asked, Repeated):
        sent[asked.index_name] = [str(number) for number in asked.numbers]
    return sent


def is_empty(form: Asking, sent: Mapping[str, Iterable[str]]) -> bool:
    """Whether nothing at all was typed in this one of several."""
    return not any(value.strip() for field in form for name in _names(field) for value in sent.get(name, ()))


def _names(field: BoundField) -> list[str]:
    if isinstance(field.field.widget, GovDateWidget):
        return [f"{field.html_name}-{box}" for box in BOXES]
    return [field.html_name]


def _kept(values: list[str]) -> list[str]:
    """PostgreSQL keeps every character but one, which no form accepts anyway."""
    return [value.replace(_NO_COLUMN_HOLDS, "") for value in values]
