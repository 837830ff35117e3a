"""A spreadsheet calculates no cell that we write."""

from hypothesis import given
from hypothesis import strategies as st

from openmash.kit.cells import harmless

ODD = st.builds(
    str.__add__, st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff20", "'", "a"]), st.text()
)


@given(ODD)
def test_no_cell_begins_as_a_formula_does_and_no_word_is_lost(text):
    cell = harmless(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff20"))
    assert cell in (text, f"'{text}")
