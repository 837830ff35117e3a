"""Bars by year: every year between is there, and the table says the same."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from openmash.design.pictures.tests.drawing import SVG, names, tree, written
from openmash.design.pictures.years import bars_by_year


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.integers(-5, 12000), st.integers(-3, 10**7), max_size=30),
    st.one_of(st.none(), st.dates()),
    st.text(max_size=200),
)
def test_any_counts_are_drawn(counts: dict[int, int], marked: date | None, label: str) -> None:
    picture = bars_by_year(counts, marked_from=marked, label=label)
    assert names(tree(picture)) <= {"svg", "title", "desc", "rect", "text", "polyline"}
    table = dict(picture.rows)
    assert all(table[str(year)] == str(max(number, 0)) for year, number in counts.items())


def test_years_without_any_are_shown() -> None:
    picture = bars_by_year({2022: 4, 2025: 9}, marked_from=date(2025, 4, 3), label="Incidents by year")
    assert picture.columns == ("Year", "Number")
    assert picture.rows == (("2022", "4"), ("2023", "0"), ("2024", "0"), ("2025", "9"))
    assert picture.text == (
        "Incidents by year: 13 from 2022 to 2025. Most in one year: 9 (2025). The line marks 3 April 2025.",
    )
    assert "since 3 April 2025" in written(picture)


def test_bars_stand_in_proportion() -> None:
    bars = list(tree(bars_by_year({2024: 3, 2025: 9}, label="Incidents")).iter(f"{SVG}rect"))
    low, high = (float(bar.attrib["height"]) for bar in bars)
    assert high == 3 * low


def test_nothing_to_count() -> None:
    assert bars_by_year({}, label="Incidents").text == ("Incidents: nothing to count.",)
