"""What a browser sends for a number is a number that the database holds, or 0."""

import pytest

from openmash.kit.number import number_in


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("0", 0), ("9" * 18, 10**18 - 1)])
def test_a_number_is_itself(text, number):
    assert number_in(text) == number


@pytest.mark.parametrize("text", ["", "x", "-1", "²", "٣", "1.5", " 7", "9" * 19, "9" * 5000, "\x00"])
def test_everything_else_is_nothing(text):
    assert number_in(text) == 0
