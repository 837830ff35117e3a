"""The checks of the final text, without a database."""

from dataclasses import replace

import pytest

from openmash.disclosure.checks import FinalText, check, leave_out
from openmash.disclosure.mentions import Outsider
from openmash.people.whereabouts import Locator

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


# What text from elsewhere has in its words, and nobody sees: a soft hyphen, zero-width marks, a turn of the writing, a
# filler, a variation selector, a tag.
UNSEEN = (
    "\u00ad",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\u202e",
    "\u061c",
    "\u034f",
    "\u3164",
    "\ufe0f",
    "\U000e0061",
)


@pytest.mark.parametrize("mark", UNSEEN)
def test_what_nobody_sees_hides_nothing(mark):
    words = f"He met Da{mark}le, and the bl{mark}ue car"
    assert "Dale Thorne" in check(saying(words)).why
    assert "“the blue car”" in check(saying(words, left_out=("the blue car",))).why
    assert "who brought" in check(saying(words, referrer=("Dale",))).why
    kept = "The mother takes tablets for her mood"
    assert "quote" in check(saying(kept.replace("tab", f"ta{mark}b"), kept_in=(kept,))).why
    assert leave_out(words, ("the blue car",)) == "He met Dale, and [left out]"
    assert leave_out("The blue car", (f"the bl{mark}ue car",)) == "[left out]"


@pytest.mark.parametrize(
    "words", ["Zoe\u0308 came", "Zo\u00eb came", "Zoe came", "Mrs Griffiths", "Mrs Gri\ufb03ths", "\uff3aoe"]
)
def test_a_name_is_found_however_its_letters_are_written(words):
    zoe = Outsider(8, "Zoë Griffiths", frozenset({"zoe griffiths"}), frozenset({"zoe", "griffiths"}))
    assert "Zoë Griffiths" in check(saying(words, outsiders=(zoe,))).why


def test_what_is_left_out_is_left_out_however_its_accents_are_written():
    assert leave_out("Zoe\u0308 and Zo\u00eb", ("Zo\u00eb",)) == "[left out] and [left out]"


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


HIDDEN = tuple(
    Locator(7, kind, key)
    for kind, key in (
        ("a postcode", "WX14QT"),
        ("an address", "14 high street"),
        ("a telephone number", "+441632960123"),
        ("an e-mail address", "amy@home.example"),
        ("a school", "weir street primary"),
    )
)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("She lives in wx1  4qt now", "a postcode"),
        ("at WX14QT.", "a postcode"),
        ("Flat 3, 14 High St, by the shop", "an address"),
        ("seen near 14 high street yesterday", "an address"),
        ("rings from (01632) 960 123", "a telephone number"),
        ("+44 1632 960123 is hers", "a telephone number"),
        ("write to Amy@Home.example.", "an e-mail address"),
        ("the boy goes to Weir Street Primary", "a school"),
        ("the boy goes to Weir\u200b Street Primary", "a school"),
    ],
)
def test_what_tells_where_a_protected_person_is_never_leaves_and_is_not_repeated(words, kind):
    found = check(saying(words, whereabouts=HIDDEN))
    assert f"holds {kind} that tells where" in found.why
    assert words not in found.why


@pytest.mark.parametrize("words", ["At 41 High Street, WX1 4QA", "Ring 01632 960124", "Weir Street is closed"])
def test_what_is_somewhere_else_leaves(words):
    assert check(saying(words, whereabouts=HIDDEN))


def test_who_told_is_said_only_for_a_reason():
    told = saying("Mrs Lane of number 9 heard it", referrer=("Ida Lane", "Mrs Lane"))
    assert "who brought the enquiry" in check(told).why
    assert check(replace(told, referrer_because="She asked that he be told."))


def test_nobody_of_the_family_receives_it():
    found = check(
        replace(PLAIN, recipient="Ann Bell", kin_of_recipient=("has the name of somebody whom this is about",))
    )
    assert found.why == "Ann Bell has the name of somebody whom this is about. Choose another recipient."


def test_all_reasons_come_together():
    final = saying(f"Dale. {KEPT}. The blue car.", kept_in=(KEPT,), left_out=("the blue car",))
    assert len(check(final).reasons) == 3


def test_leaving_out_takes_whole_words_in_any_case():
    assert leave_out("Dale, DALE and Daleside", ("dale",)) == "[left out], [left out] and Daleside"
