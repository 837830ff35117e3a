"""What may stand in what a machine sends: the kinds of text and of day, checked as the forms check them.

A name that is not known here is refused: a misspelt field is told of, not lost.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from ninja import Header, Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from openmash.enquiries.forms.fields import LONG, LONGEST, Email, Line, Postcode, Telephone, Words
from openmash.enquiries.forms.people import LATEST_DUE, LONGEST_OVERDUE
from openmash.feeds.values import EARLIEST, clean


def _by(field: forms.Field) -> AfterValidator:
    """Checked, and tidied, by a field of the forms."""

    def check(value: str) -> str:
        try:
            return str(field.clean(value))
        except ValidationError as wrong:
            raise ValueError("; ".join(wrong.messages)) from None

    return AfterValidator(check)


def line(most: int = 120) -> Any:
    return Annotated[str, StringConstraints(max_length=most), _by(Line(label="This", max_length=most))]


def words(most: int = LONG) -> Any:
    return Annotated[str, StringConstraints(max_length=most), _by(Words(label="This", max_length=most))]


def one_of(codes: Any) -> Any:
    """One of the codes of a set; empty for "not said"."""
    return Literal[tuple(codes)]


def _within(earliest: Callable[[], date], latest: Callable[[], date], says: str) -> AfterValidator:
    def check(day: date) -> date:
        if not earliest() <= day <= latest():
            raise ValueError(says)
        return day

    return AfterValidator(check)


PastDay = Annotated[
    date, _within(lambda: EARLIEST, timezone.localdate, "The day must be after 1900 and not in the future")
]
Day = Annotated[date, _within(lambda: EARLIEST, lambda: date(2200, 1, 1), "The day must be after 1900 and before 2200")]
DueDay = Annotated[
    date,
    _within(
        lambda: timezone.localdate() - LONGEST_OVERDUE,
        lambda: timezone.localdate() + LATEST_DUE,
        f"The due date must be within the next {LATEST_DUE // timedelta(days=30)} months",
    ),
]
PostcodeText = Annotated[str, StringConstraints(max_length=10), _by(Postcode(label="The postcode"))]
TelephoneText = Annotated[str, StringConstraints(max_length=30), _by(Telephone(label="The number"))]
EmailText = Annotated[str, StringConstraints(max_length=254), _by(Email(label="The address"))]
Worry = Annotated[words(LONGEST), StringConstraints(min_length=1)]


def raw(most: int, **more: Any) -> Any:
    """A text that an importer reads: whatever cannot be kept of it is dropped, and nothing is refused for it."""
    return Annotated[str, Field(max_length=most, **more), AfterValidator(clean)]


Number = Annotated[int, Field(ge=1, le=2**53)]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=64,
        pattern=r"^[!-~]+$",
        description="A key of your own for this one thing. Sent again, it is done once, and answered as the first time",
    ),
]


class Sent(Schema):
    """Whatever a machine sends."""

    model_config = ConfigDict(extra="forbid")
