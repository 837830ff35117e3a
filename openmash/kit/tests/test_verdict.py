"""A verdict carries every reason, and is true only when there is none."""

import pytest

from openmash.kit.verdict import YES, Verdict, need, no


def test_yes_is_true_and_has_nothing_to_explain() -> None:
    assert YES
    assert YES.why == ""
    assert Verdict() == YES


def test_no_is_false_and_says_why() -> None:
    refusal = no("only a practice manager can decide")
    assert not refusal
    assert refusal.why == "Only a practice manager can decide."


def test_need_is_yes_when_the_condition_holds() -> None:
    assert need(True, "the enquiry has not been rated") is YES
    assert not need(False, "the enquiry has not been rated")


def test_and_collects_the_reasons_of_both_in_order() -> None:
    both = no("it is closed") & YES & no("you proposed it") & no("it is closed")
    assert both.reasons == ("it is closed", "you proposed it")
    assert both.why == "It is closed. You proposed it."
    assert not both


def test_and_of_two_yeses_is_yes() -> None:
    assert (YES & YES) == YES


def test_a_reason_that_ends_a_sentence_is_not_ended_twice() -> None:
    assert no("Is anyone at risk now?").why == "Is anyone at risk now?"


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_refusal_without_words_is_not_possible(reason: str) -> None:
    with pytest.raises(ValueError, match="has to say why"):
        no(reason)


def test_a_verdict_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        YES.reasons = ("changed",)  # type: ignore[misc]
