"""No hidden figure can be worked out from the others and the total."""

from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from openmash.insight.suppression import FEW, FEWER, NOT_SHOWN, share, suppressed, suppressed_table, total_of

counts = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=1)


@given(counts)
def test_no_small_figure_is_shown_and_none_follows_from_the_total(found):
    shown = suppressed(found)
    assert list(shown) == list(found)
    hidden = [name for name, says in shown.items() if not says.isdigit()]
    assert all(name in hidden for name, count in found.items() if 0 < count < FEW)
    assert all(shown[name] == str(found[name]) for name in found if name not in hidden)
    if hidden and total_of(found).isdigit():
        left = int(total_of(found)) - sum(int(says) for says in shown.values() if says.isdigit())
        assert len(hidden) > 1 and left >= FEW, "what is hidden is several, and together not small"


def could_be(shown: list[str], total: int) -> list[set[int]]:
    """What each figure may be for somebody who reads the words and the total: every possibility tried."""
    ranges = [
        [int(says)] if says.isdigit() else range(1, FEW) if says == FEWER else range(FEW, total) for says in shown
    ]
    fitting = [figures for figures in product(*ranges) if sum(figures) == total]
    return [set(one) for one in zip(*fitting, strict=True)]


@given(st.lists(st.integers(0, 11), min_size=1, max_size=4))
@example([4, 4, 0])
@example([4, 4, 6])
@example([1, 1, 1, 11])
def test_nobody_works_a_hidden_figure_out_of_the_words_and_the_total(figures):
    found = dict(zip("abcd", figures, strict=False))
    shown, total = suppressed(found), total_of(found)
    if total.isdigit():
        possible = could_be(list(shown.values()), int(total))
        assert [says.isdigit() for says in shown.values()] == [len(values) == 1 for values in possible]


@given(counts)
def test_nothing_is_hidden_without_need(found):
    if all(count == 0 or count >= FEW for count in found.values()):
        assert suppressed(found) == {name: str(count) for name, count in found.items()}


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_share_is_given_only_of_enough(part, rest):
    says = share(part, part + rest)
    assert says.endswith("%") is (part + rest >= FEW and not 0 < part < FEW and not 0 < rest < FEW)


def test_a_small_total_is_not_shown():
    assert total_of({"a": 3}) == FEWER and total_of({"a": 0}) == "0" and total_of({"a": 12, "b": 0}) == "12"


lines = st.fixed_dictionaries({column: st.integers(0, 12) for column in "abc"})


@given(st.dictionaries(st.sampled_from("wxyz"), lines, min_size=1))
def test_nothing_hidden_in_a_table_follows_from_the_total_of_its_row_or_its_column(rows):
    table = suppressed_table(rows)
    across = [([(row, column) for column in "abc"], table.across[row]) for row in rows]
    down = [([(row, column) for row in rows], table.down[column]) for column in "abc"]
    for line, total in across + down:
        counts = {cell: rows[cell[0]][cell[1]] for cell in line}
        hidden = [cell for cell in line if not table.cells[cell[0]][cell[1]].isdigit()]
        assert all(cell in hidden for cell, count in counts.items() if 0 < count < FEW)
        if total.isdigit():
            assert int(total) == sum(counts.values()) and not 0 < int(total) < FEW
            assert not hidden or (len(hidden) > 1 and sum(counts[cell] for cell in hidden) >= FEW)


def test_two_hidden_figures_that_can_only_be_fours_do_not_stand_beside_their_total():
    table = suppressed_table({"a": {"x": 4, "y": 4, "z": 0}, "b": {"x": 9, "y": 9, "z": 9}})
    assert (table.cells["a"], table.across["a"]) == ({"x": FEWER, "y": FEWER, "z": "0"}, NOT_SHOWN)


def test_a_table_of_enough_hides_nothing():
    table = suppressed_table({"a": {"x": 5, "y": 0}})
    assert (table.cells, table.across, table.down) == ({"a": {"x": "5", "y": "0"}}, {"a": "5"}, {"x": "5", "y": "0"})
