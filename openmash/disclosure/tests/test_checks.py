"""The checks of the final text, without a database."""

from dataclasses import replace

import pytest

from openmash.disclosure.checks import CHECKS, FinalText, check, leave_out
from openmash.disclosure.mentions import Outsider

DALE = Outsider(7, "Dale Thorne", frozenset({"dale thorne"}), frozenset({"dale", "thorne"}))
PLAIN = FinalText(
    text="The text.", said="The text.", let_out=(), kept_in=(), left_out=(), outsiders=(DALE,), about=frozenset(),
    justified=frozenset(),
)  # fmt: skip


def saying(words: str, **more) -> FinalText:
    return replace(PLAIN, text=words, said=words, **more)


@pytest.mark.parametrize(
    "words", ["Dale came.", "It was Thorne’s car.", "THORNE was there", "with dale   thorne", "Dale's mother"]
)
def test_a_name_is_found(words):
    assert "Dale Thorne" in check(saying(words)).why


@pytest.mark.parametrize("words", ["the dale below", "thorned", "Dalek", "a thorne in the side"])
def test_an_ordinary_word_is_no_name(words):
    assert check(saying(words))


def test_who_is_justified_may_be_named():
    assert check(saying("Dale came.", justified=frozenset({7})))


def test_an_item_about_somebody_counts_without_the_name():
    assert not check(replace(PLAIN, about=frozenset({7})))


KEPT = "The mother takes tablets for her mood every single day now"


@pytest.mark.parametrize("words", [KEPT, "Well: the mother, takes TABLETS for her mood every other day"])
def test_a_quotation_of_what_stays_is_found(words):
    assert "quote" in check(saying(words, kept_in=(KEPT,))).why


def test_a_short_item_counts_as_a_whole_and_a_shorter_one_not_at_all():
    assert not check(saying("Note that he keeps a knife", kept_in=("He keeps a knife",)))
    assert check(saying("He is well", kept_in=("He is",)))


def test_words_that_leave_anyway_are_no_quotation():
    assert check(saying(KEPT, kept_in=(KEPT,), let_out=(KEPT,)))


def test_what_is_left_out_may_stand_nowhere():
    assert "“the blue car”" in check(saying("In The  Blue car", left_out=("the blue car",))).why
    assert check(saying("In the bluest car", left_out=("blue",)))


def test_all_reasons_come_together():
    final = saying(f"Dale. {KEPT}. The blue car.", kept_in=(KEPT,), left_out=("the blue car",))
    assert len(check(final).reasons) == len(CHECKS) == 3


def test_leaving_out_takes_whole_words_in_any_case():
    assert leave_out("Dale, DALE and Daleside", ("dale",)) == "[left out], [left out] and Daleside"
