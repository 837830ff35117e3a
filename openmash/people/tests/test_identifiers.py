"""Numbers: written one way, checked by their own rule, with a message that says what to do."""

import nhs_number
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from openmash.people.identifiers import looks_like, normalise, problem, show

# The examples are the tested ones of reference formats 3; HMPPS's own for PNC and CRO.
RIGHT = [
    ("nhs", "943 476 5919", "9434765919", "943 476 5919"),
    ("nhs", "9000000009", "9000000009", "900 000 0009"),
    ("upn", "p207000016049", "P207000016049", "P207000016049"),
    ("former_upn", "A123456789012", "A123456789012", "A123456789012"),
    ("uln", "9276308686", "9276308686", "9276308686"),
    ("pnc", "2012/394773H", "2012/0394773H", "2012/0394773H"),
    ("pnc", "2003/0062845E", "2003/0062845E", "2003/0062845E"),
    ("pnc", "20/9N", "2020/0000009N", "2020/0000009N"),
    ("pnc", "1999/1234567B", "1999/1234567B", "1999/1234567B"),
    ("cro", "29906/12J", "29906/12J", "29906/12J"),
    ("noms", "A1234AA", "A1234AA", "A1234AA"),
    ("crn", "x123456", "X123456", "X123456"),
    ("la_child_id", "CH-00001", "CH00001", "CH00001"),
    ("uprn", "100012345678", "100012345678", "100012345678"),
]
WRONG = [
    ("nhs", "943476591", "An NHS number has 10 digits"),
    ("nhs", "9434765910", "Check the NHS number: one of its digits is wrong"),
    ("nhs", "9276308686", "or it is a unique learner number"),
    ("upn", "Q207000016049", "Check the unique pupil number"),
    ("upn", "12", "has a letter and 12 digits"),
    ("uln", "9276308687", "Check the unique learner number"),
    ("pnc", "2012/394773J", "Check the PNC number"),
    ("cro", "29906/12K", "Check the CRO number"),
    ("noms", "A1234A", "a letter, 4 digits and 2 letters"),
    ("crn", "123456", "a letter and 6 digits"),
    ("la_child_id", "x" * 21, "at most 20 letters and digits"),
]


@pytest.mark.parametrize(("kind", "typed", "kept", "shown"), RIGHT)
def test_right(kind, typed, kept, shown):
    assert problem(kind, typed) == ""
    assert normalise(kind, typed) == kept
    assert show(kind, typed) == shown
    assert normalise(kind, kept) == kept


@pytest.mark.parametrize(("kind", "typed", "says"), WRONG)
def test_wrong_and_what_to_do(kind, typed, says):
    assert says in problem(kind, typed)
    assert show(kind, typed) == typed


def test_an_unknown_kind_is_a_mistake_in_the_program():
    with pytest.raises(ValueError, match="no identifier nino"):
        problem("nino", "QQ123456C")


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [("943 476 5919", ("nhs",)), ("P207000016049", ("upn",)), ("9276308686", ("uln",)), ("hello", ())],
)
def test_what_a_number_looks_like(typed, kinds):
    assert looks_like(typed) == kinds


@given(st.from_regex(r"\A[0-9]{9,11}\Z") | st.integers(1, 10**9 - 1).map(lambda it: nhs_of(f"{it:09}")))
@example("0000000000")
@example("١" * 10)
def test_a_plain_nhs_number_is_right_as_the_library_says(value):
    assert (problem("nhs", value) == "") == nhs_number.is_valid(value)


def nhs_of(digits: str) -> str:
    return digits + str(nhs_number.calculate_checksum(digits) % 10)
