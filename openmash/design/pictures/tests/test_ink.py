"""The strokes: escaped always, wrapped within the room there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from openmash.design.pictures import ink


def test_a_tag_escapes_what_it_is_given_and_keeps_markup() -> None:
    made = ink.tag("text", "<b>", Markup("<tspan/>"), x=1.26, stroke_width=2, class_='"x"', fill=None)
    assert made == '<text x="1.3" stroke-width="2" class="&#34;x&#34;">&lt;b&gt;<tspan/></text>'


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//elsewhere.example", "data:text/html,x", "", None, " /x"])
def test_an_address_that_could_run_or_lead_astray_is_no_link(url: str | None) -> None:
    assert ink.named("x", Markup("<circle/>"), url) == "<g><title>x</title><circle/></g>"


@given(st.text(max_size=400), st.integers(30, 300), st.integers(1, 4))
def test_wrapped_lines_fit_and_lose_nothing_silently(text: str, room: int, most: int) -> None:
    lines = ink.wrap(text, room, 14, most)
    assert len(lines) <= most
    assert all(ink.length(line, 14) <= room for line in lines)
    kept = "".join(lines).replace(" ", "")
    whole = ink.clean(text).replace(" ", "")
    assert kept == whole or "…" in kept or len(whole) >= ink.LONGEST - 50


def test_words_break_at_spaces_and_hyphens_first() -> None:
    assert ink.wrap("Oluwaseun Adebayo-Smythe", 112, 14, 3, bold=True) == ("Oluwaseun", "Adebayo-", "Smythe")
    assert ink.wrap("Amara Bell", 112, 14, 3) == ("Amara Bell",)


def test_control_characters_are_taken_out() -> None:
    assert ink.clean("a\x00b\n c\ud800\ufffe") == "a b c"


def test_lists_read_as_english() -> None:
    assert [ink.listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]
