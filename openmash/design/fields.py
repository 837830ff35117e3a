"""Form fields for dates and times as people write them: three boxes for a date, one box for a time."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from openmash.design.moments import LONDON, day

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BOXES = ("day", "month", "year")
Side = Literal["", "past", "future"]


@dataclass(frozen=True)
class DateParts:
    """A date exactly as it was typed, so that a mistake can be shown again."""

    day: str = ""
    month: str = ""
    year: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.day, self.month, self.year) if part)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(box for box in BOXES if not getattr(self, box))

    @classmethod
    def of(cls, value: Any) -> "DateParts":
        """From a date, from what was typed, from its saved form (`3 4 2026` or ISO), or from nothing."""
        if isinstance(value, DateParts):
            return value
        if isinstance(value, date):
            return cls(str(value.day), str(value.month), str(value.year))
        if isinstance(value, Mapping):
            return cls(*(str(value.get(box, "")) for box in BOXES))
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return cls.of(date.fromisoformat(value))
        return cls(*str(value or "").split()[:3])


class GovDateWidget(forms.Widget):
    """Reads `<name>-day`, `<name>-month` and `<name>-year`."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DateParts | None:
        if name in data:
            return DateParts.of(data[name])
        parts = DateParts(*(str(data.get(f"{name}-{box}", "")).strip() for box in BOXES))
        return None if len(parts.missing) == 3 else parts

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and all(f"{name}-{box}" not in data for box in BOXES)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}-day" if id_ else id_


class GovDateField(forms.Field):
    """A date in three boxes; the month may be a name.

    `subject` begins the messages ("Date of birth must include a year"); it is the label unless given.
    `side="past"` allows today and before, `side="future"` today and after. Every message says what to do, and `boxes`
    in the error's params names the boxes that it is about.
    """

    widget = GovDateWidget

    def __init__(
        self, *, subject: str = "", side: Side = "", today: Callable[[], date] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.subject = subject
        self.side = side
        self.today = today or (lambda: timezone.now().astimezone(LONDON).date())

    def clean(self, value: Any) -> date | None:
        if value is None or not str(value):
            if self.required:
                raise ValidationError(self._required_message(), code="required")
            return None
        found = self._read(DateParts.of(value))
        self._check_side(found)
        self.run_validators(found)
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return DateParts.of(initial) != DateParts.of(data)

    def _read(self, parts: DateParts) -> date:
        if parts.missing:
            self._fail(f"must include a {' and '.join(parts.missing)}", parts.missing)
        if not re.fullmatch(r"\d{4}", parts.year):
            self._fail("must have a year of 4 numbers, like 2019", ("year",))
        month = _month(parts.month)
        if not parts.day.isascii() or not parts.day.isdigit() or not 1 <= int(parts.day) <= 31:
            self._fail("must have a day between 1 and 31", ("day",))
        if month is None:
            self._fail("must have a month between 1 and 12, or its name", ("month",))
        try:
            return date(int(parts.year), month or 0, int(parts.day))
        except ValueError:
            self._fail("must be a real date", BOXES)
            raise

    def _check_side(self, found: date) -> None:
        if found.year < 1900:
            self._fail("must have a year after 1899", ("year",))
        if self.side == "past" and found > self.today():
            self._fail(f"must be today or in the past, not {day(found)}", BOXES)
        if self.side == "future" and found < self.today():
            self._fail(f"must be today or in the future, not {day(found)}", BOXES)

    def _fail(self, words: str, boxes: tuple[str, ...]) -> None:
        subject = self.subject or str(self.label or "Date")
        raise ValidationError(f"{subject} {words}", code="date", params={"boxes": boxes})

    def _required_message(self) -> str:
        if "required" in self.error_messages and str(self.error_messages["required"]) != str(_DJANGO_REQUIRED):
            return str(self.error_messages["required"])
        subject = self.subject or str(self.label or "date")
        return f"Enter {subject[:1].lower()}{subject[1:]}"


class GovTimeField(forms.CharField):
    """A time of day as people write it: `5:30pm`, `5.30 pm`, `9am`, `17:30`, `midday`."""

    def __init__(self, *, subject: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.subject = subject

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, (time, datetime)) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return read_time(text, self.subject or str(self.label or "Time")) if text else None

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """A time has no length in characters, so the text validators do not apply."""


def read_time(text: str, subject: str = "Time") -> time:
    """The time of day that `text` says; `ValidationError` with an example when it says none."""
    words = re.sub(r"\s", "", text.lower()).replace("a.m.", "am").replace("p.m.", "pm").replace(".", ":")
    if words in ("midday", "noon", "midnight"):
        return time(0 if words == "midnight" else 12)
    found = re.fullmatch(r"(\d{1,2})(?::?(\d{2}))?(am|pm)?", words)
    if found and (found[2] or found[3]):
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3]:
            hour = hour % 12 + (12 if found[3] == "pm" else 0) if 1 <= hour <= 12 else 99
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise ValidationError(f"{subject} must be a time, like 9:30am or 17:30", code="time")


def _month(text: str) -> int | None:
    if text.isascii() and text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    short = text.lower()[:3]
    return MONTHS.index(short) + 1 if len(text) >= 3 and short in MONTHS else None


_DJANGO_REQUIRED = forms.Field.default_error_messages["required"]
