"""Names, addresses and telephone numbers made comparable."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.people import telephones
from openmash.people.addresses import address_key, find_postcode, tidy_postcode
from openmash.people.names import classes, fold, name_class, tokens
from openmash.people.telephones import looks_like_telephone, telephone_key, tidy_telephone


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("O'Brien-Żak", "obrien zak"),
        ("  NÚÑEZ ", "nunez"),
        ("Łukasz", "lukasz"),
        ("Straße", "strasse"),
        ("Søren", "soren"),
    ],
)
def test_folded(typed, folded):
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Mrs Ann Bell", ("ann", "bell")),
        ("Mc Donald", ("mcdonald",)),
        ("O'Brien", ("obrien",)),
        ("Al-Hassan", ("hassan",)),
        ("van der Berg", ("berg",)),
        ("de", ("de",)),
        ("Unborn baby", ()),
        ("Not known", ()),
    ],
)
def test_the_parts_of_a_name(typed, parts):
    assert tokens(typed) == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed", "Muhammad"), ("Mohammed", "Md"), ("Mohamud", "Mohammed"), ("Hussain", "Hossein"),
        ("Yusuf", "Youssef"), ("Chowdhury", "Choudhary"), ("Kowalski", "Kovalska"), ("Catherine", "Kathryn"),
        ("Stephen", "Steven"), ("Phillips", "Filips"), ("Sean", "Shaun"), ("Lee", "Leigh"), ("Robert", "Bob"),
        ("Patrick", "Paddy"), ("Olivia", "Livvy"), ("Zofia", "Zosia"),
        ("Hannah", "Hana"), ("Matthew", "Mathew"), ("Xavier", "Zavier"), ("Christine", "Kristin"),
    ],
)  # fmt: skip
def test_one_class(one, other):
    assert name_class(fold(one)) == name_class(fold(other))


@pytest.mark.parametrize(
    ("one", "other"), [("Bell", "Novak"), ("Amira", "Sofia"), ("Khan", "Ahmed"), ("Hassan", "Imran")]
)
def test_two_classes(one, other):
    assert name_class(fold(one)) != name_class(fold(other))


@given(st.text(max_size=40))
def test_any_text_can_be_folded_and_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert all(classes(text))


ELM = "wv12ab 12"


@pytest.mark.parametrize(
    ("lines", "postcode", "key"),
    [
        ("12 Elm Road, Wendmark", "WV1 2AB", ELM),
        ("12, Elm Rd.", "wv12ab", ELM),
        ("No. 12 Elm Road\nWendmark", "WV1 2AB", ELM),
        ("Flat 2, 12 Elm Road", "WV1 2AB", "wv12ab 12-2"),
        ("12 Elm Road, Apartment 2", "WV1 2AB", "wv12ab 12-2"),
        ("12 A Elm Road", "WV1 2AB", "wv12ab 12a"),
        ("Rose Cottage, Elm Lane", "WV5 1AA", "wv51aa rose cottage"),
        ("12 Elm Rd, Harrowmouth", "", "12 elm road harrowmouth"),
        ("Wendmark", "", ""),
        ("12", "", ""),
        ("", "WV1 2AB", ""),
        ("", "", ""),
    ],
)
def test_the_key_of_a_home(lines, postcode, key):
    assert address_key(lines, postcode) == key


def test_postcodes():
    assert tidy_postcode(" wv12ab ") == "WV1 2AB"
    assert tidy_postcode("not known") == "NOT KNOW"
    assert find_postcode("12 Elm Road wv1 2ab, England") == "WV1 2AB"
    assert find_postcode("12 Elm Road") == ""


@pytest.mark.parametrize("typed", ["01632 960123", "(01632) 960 123", "+44 1632 960123", "01632-960-123"])
def test_one_telephone_number(typed):
    assert telephone_key(typed) == "+441632960123"
    assert tidy_telephone(typed) == "01632 960123"
    assert looks_like_telephone(typed)


def test_what_is_no_telephone_number_is_kept_as_typed():
    assert telephone_key("ask at school") == ""
    assert tidy_telephone(" ask  at school ") == "ask at school"
    assert not looks_like_telephone("ring 01632 960123")


@given(st.from_regex(r"\A(0|\+44 ?)[1-357-9]([ -]?[0-9]){6,10}\Z") | st.text("+04412 -()", min_size=9, max_size=16))
def test_a_plain_number_is_read_as_the_library_reads_it(text):
    number = telephones._parsed(text)
    slowly = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if number else ""
    assert telephone_key(text) == slowly
