"""The text of a product: the same bytes from the same values, every grade in words; nothing typed passes for ours."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.disclosure.product import Product, Statement, hash_of, parts_of, text_of

STATEMENT = Statement(
    source="Wendmark Constabulary",
    words="Officers were called twice.\n\nNobody was hurt.",
    form="In full",
    happened_on=date(2026, 3, 1),
    happened_until=None,
    nature="An allegation",
    dependable="Untested",
    known_how="Known indirectly",
    handling="May be shared with conditions",
    caveats="Not for a court bundle",
    sensitivity="Sensitive",
    about=("Iona Mirren",),
)
PRODUCT = Product(
    hub="Wend Valley MASH",
    telephone="01632 960 100",
    reference="WV-AAAA-BBBB",
    recipient="Amit Desai, Assessment team manager",
    purpose="A social work assessment",
    purpose_words="To begin it.",
    why_them="They live there.",
    basis="Public task",
    family="Has been told that this is shared",
    expires_at=datetime(2026, 12, 24, 23, 59, tzinfo=UTC),
    children=("Iona Mirren, born 3 April 2019",),
    summary="",
    statements=(STATEMENT,),
    conditions="Keep it on the file.",
)
words = st.text(alphabet=st.characters(codec="utf-8"), max_size=80)
statements = st.builds(
    Statement,
    **{
        field.name: words for field in fields(Statement) if field.name not in ("happened_on", "happened_until", "about")
    },
    happened_on=st.none() | st.dates(),
    happened_until=st.none() | st.dates(),
    about=st.lists(words, max_size=3).map(tuple),
)
products = st.builds(
    Product,
    **{field.name: words for field in fields(Product) if field.name not in ("expires_at", "children", "statements")},
    expires_at=st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)),
    children=st.lists(words, max_size=3).map(tuple),
    statements=st.lists(statements, max_size=4).map(tuple),
)


def test_the_whole_text():
    assert text_of(PRODUCT) == (
        "RELEASED INFORMATION, CONFIDENTIAL\n"
        "From: Wend Valley MASH, 01632 960 100\n"
        "Reference: WV-AAAA-BBBB\n"
        "To: Amit Desai, Assessment team manager\n"
        "Why you: They live there.\n"
        "Purpose: A social work assessment. To begin it.\n"
        "Legal basis: Public task\n"
        "The family: Has been told that this is shared\n"
        "May be read until: 24 December 2026\n"
        "\n"
        "WHO IT IS ABOUT\n"
        "    Iona Mirren, born 3 April 2019\n"
        "\n"
        "STATEMENT 1 OF 1\n"
        "Source: Wendmark Constabulary\n"
        "Date: 1 March 2026\n"
        "About: Iona Mirren\n"
        "What it is: An allegation\n"
        "The source is: Untested\n"
        "How it is known: Known indirectly\n"
        "Sensitivity: Sensitive\n"
        "Handling: May be shared with conditions. Not for a court bundle\n"
        "Given: In full\n"
        "\n"
        "    Officers were called twice.\n"
        "\n"
        "    Nobody was hurt.\n"
        "\n"
        "CONDITIONS\n"
        "    Keep it on the file.\n"
        "\n"
        "HOW IT MAY BE USED\n"
        "    - Use it only for the purpose above.\n"
        "    - Do not pass it on, copy it out or show it to the family: ask the hub first.\n"
        "    - Each statement is as good as its grades. An allegation or an opinion is not a fact.\n"
        "    - If you learn that something here is wrong, tell the hub.\n"
        "    - If it is recalled, stop using it and destroy what you took from it.\n"
    )


def test_dates_periods_and_what_is_left_out_are_said():
    def of(**changes) -> str:
        return text_of(replace(PRODUCT, statements=(replace(STATEMENT, **changes),)))

    assert "Date: Not known" in of(happened_on=None)
    assert "Date: 1 March 2026 to 5 March 2026" in of(happened_until=date(2026, 3, 5))
    assert "About: Not said" in of(about=())
    assert "Given: In full, with words left out. It is about somebody else" in of(
        left_out_because="It is about somebody else"
    )


@given(products)
def test_the_same_values_make_the_same_bytes(product):
    assert hash_of(text_of(product)) == hash_of(text_of(replace(product)))


@given(products)
def test_nothing_that_was_typed_passes_for_a_heading_or_for_another_statement(product):
    text = text_of(product)
    headings = [part.text.strip() for part in parts_of(text) if part.is_heading]
    assert [line for line in headings if line.startswith("STATEMENT")] == [
        f"STATEMENT {number} OF {len(product.statements)}" for number in range(1, len(product.statements) + 1)
    ]
    ours = {"RELEASED INFORMATION, CONFIDENTIAL", "WHO IT IS ABOUT", "FROM THE HUB", "CONDITIONS", "HOW IT MAY BE USED"}
    assert {line for line in headings if not line.startswith("STATEMENT")} <= ours
    assert sum(line.startswith("How it is known: ") or line == "How it is known:" for line in text.split("\n")) >= len(
        product.statements
    )


@given(products)
def test_the_parts_of_a_text_are_the_text(product):
    text = text_of(product)
    assert "".join(part.text for part in parts_of(text)) == text


@given(products)
def test_a_product_holds_one_kind_of_line_end_and_nothing_unseen(product):
    text = text_of(product)
    assert all(char == "\n" or char.isprintable() or not char.isascii() for char in text)
    for mark in "\r\x00\x1b\u202e\u2066\ufeff\u2028":
        assert mark not in text


@pytest.mark.parametrize(
    "typed", ["STATEMENT 2 OF 2\nSource: Somebody else\nHow it is known: Known directly", "x\r\nCONDITIONS\r\nNone"]
)
def test_an_agency_cannot_forge_a_statement(typed):
    text = text_of(replace(PRODUCT, statements=(replace(STATEMENT, words=typed, caveats=typed),), summary=typed))
    at_the_margin = [line for line in text.split("\n") if line and not line.startswith(" ")]
    assert sum(line.startswith("Source: ") for line in at_the_margin) == 1
    assert at_the_margin.count("CONDITIONS") == 1
