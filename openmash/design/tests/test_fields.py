from datetime import date, time

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from openmash.design.fields import BOXES, DateParts, GovDateField, GovTimeField

TODAY = date(2026, 4, 3)


class BirthForm(forms.Form):
    dob = GovDateField(label="Date of birth", side="past", today=lambda: TODAY)
    at = GovTimeField(label="Time", required=False)


def sent(day: str = "", month: str = "", year: str = "", at: str = "") -> BirthForm:
    return BirthForm({"dob-day": day, "dob-month": month, "dob-year": year, "at": at})


@pytest.mark.parametrize(
    "typed",
    [("3", "4", "2019"), ("03", "04", "2019"), ("3", "April", "2019"), (" 3 ", "APR", "2019")],
)
def test_a_date_is_read_as_people_write_it(typed: tuple[str, str, str]) -> None:
    form = sent(*typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["dob"] == date(2019, 4, 3)


@pytest.mark.parametrize(
    ("typed", "message", "boxes"),
    [
        (("", "", ""), "Enter date of birth", BOXES),
        (("3", "", "2019"), "Date of birth must include a month", ("month",)),
        (("", "", "2019"), "Date of birth must include a day and month", ("day", "month")),
        (("3", "4", "19"), "Date of birth must have a year of 4 numbers, like 2019", ("year",)),
        (("32", "4", "2019"), "Date of birth must have a day between 1 and 31", ("day",)),
        (("three", "4", "2019"), "Date of birth must have a day between 1 and 31", ("day",)),
        (("²", "4", "2019"), "Date of birth must have a day between 1 and 31", ("day",)),
        (("3", "13", "2019"), "Date of birth must have a month between 1 and 12, or its name", ("month",)),
        (("3", "a", "2019"), "Date of birth must have a month between 1 and 12, or its name", ("month",)),
        (("31", "2", "2019"), "Date of birth must be a real date", BOXES),
        (("4", "4", "2026"), "Date of birth must be today or in the past, not 4 April 2026", BOXES),
        (("4", "4", "0919"), "Date of birth must have a year after 1899", ("year",)),
    ],
)
def test_a_mistake_says_what_to_do_and_what_was_typed_is_kept(
    typed: tuple[str, str, str], message: str, boxes: tuple[str, ...]
) -> None:
    form = sent(*typed)
    assert form.errors["dob"] == [message]
    error = form.errors["dob"].as_data()[0]
    assert (error.params or {}).get("boxes", BOXES) == boxes
    assert DateParts.of(form["dob"].value()) == DateParts(*typed)


def test_today_is_allowed_on_both_sides() -> None:
    assert sent("3", "4", "2026").is_valid()
    future = GovDateField(label="Due", side="future", today=lambda: TODAY)
    assert future.clean(DateParts("3", "4", "2026")) == TODAY
    with pytest.raises(forms.ValidationError, match="today or in the future"):
        future.clean(DateParts("2", "4", "2026"))


@given(st.dates(min_value=date(1900, 1, 1)))
def test_every_real_date_comes_back(on: date) -> None:
    assert GovDateField(label="Date").clean(DateParts.of(on)) == on
    assert DateParts.of(str(DateParts.of(on))) == DateParts.of(on)
    assert DateParts.of(on.isoformat()) == DateParts.of(on)


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_nothing_that_can_be_typed_breaks_a_date(day: str, month: str, year: str) -> None:
    form = sent(day, month, year)
    assert form.is_valid() or form.errors["dob"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5:30pm", time(17, 30)),
        ("5.30 pm", time(17, 30)),
        ("5:30 p.m.", time(17, 30)),
        ("9am", time(9)),
        ("09:05", time(9, 5)),
        ("1730", time(17, 30)),
        ("midday", time(12)),
        ("12am", time(0)),
        ("12pm", time(12)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, meant: time) -> None:
    form = sent("3", "4", "2019", typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == meant


@pytest.mark.parametrize("typed", ["9", "25:00", "13pm", "0am", "9:60", "late"])
def test_what_is_no_time_is_refused_with_an_example(typed: str) -> None:
    assert sent("3", "4", "2019", typed).errors["at"] == ["Time must be a time, like 9:30am or 17:30"]


@given(st.text(max_size=10))
def test_nothing_that_can_be_typed_breaks_a_time(typed: str) -> None:
    form = sent("3", "4", "2019", typed)
    assert form.is_valid() or form.errors["at"]
