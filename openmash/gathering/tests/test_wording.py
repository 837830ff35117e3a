"""The wording of a request says what is so, and cannot say anything else (AB v Haringey)."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmash.enquiries.codes import CONCERNS, RATINGS, WHY_NOT_TOLD
from openmash.gathering.shelf import RETURNS
from openmash.gathering.wording import Facts, wording
from openmash.triage.codes import GATEWAYS, LAWFUL_BASES
from openmash.triage.household import Member

CLAIMS = (
    "working with",
    "is known to us",
    "known to the",
    "we are supporting",
    "is supporting",
    "open to",
    "allocated",
    "assessment",
    "an investigation",
    "enquiries under",
    "section 47 enquir",
    "child in need plan",
    "protection plan",
    "involved with",
    "has been referred",
    "on behalf of the court",
    "the family has agreed to this",
    "consent",
)
MIA = Member(
    person=1,
    name="Mia Bell",
    other_names=("Mia Kerr",),
    born_on=date(2019, 4, 3),
    due_on=None,
    age="7",
    role="child",
    relation="Child",
    lives_in_household=True,
    address="12 Elm Road, WV1 2AB",
    identifiers=(("nhs", "9434765919"), ("pnc", "2001/1234567X")),
)
DAMON = replace(MIA, person=2, name="Damon Kerr", other_names=(), relation="Step-parent", role="adult", identifiers=())
FACTS = Facts(
    reference="WV-AAAA-BBBB",
    hub="Wend Valley MASH",
    telephone="01632 960 100",
    agency="Wendmark Constabulary",
    kind="child",
    rating="amber",
    received_on=date(2026, 11, 16),
    concerns=("Neglect",),
    members=(MIA, DAMON),
    tells_address=False,
    identifiers=("nhs",),
    asks="Look for incidents.",
    due_at=datetime(2026, 11, 16, 14, 30, tzinfo=UTC),
    suspects_significant_harm=True,
    lawful_basis=LAWFUL_BASES["public_task"],
    gateway=GATEWAYS["ca1989_s47"],
    told_family=False,
    agrees_to_service=False,
    why_not_told=WHY_NOT_TOLD["raises_risk"],
    must_not_reach_family=False,
)


def test_it_says_who_the_question_the_deadline_the_basis_and_what_the_family_knows():
    text = wording(FACTS)
    for said in (
        "received an enquiry about the welfare of a child on 16 November 2026",
        "It is about: Neglect.",
        "- Mia Bell, also Mia Kerr, born 3 April 2019, child, lives in the household, NHS number 943 476 5919",
        "Look for incidents.",
        "By 16 November 2026, 2:30pm. The enquiry is rated amber.",
        "Significant harm is suspected.",
        LAWFUL_BASES["public_task"],
        GATEWAYS["ca1989_s47"],
        "The family has not been told. It would put a child or someone else at greater risk. Do not speak to them",
        "Wend Valley MASH, 01632 960 100",
    ):
        assert said in text


def test_each_agency_is_told_only_its_own_identifiers():
    assert "2001/1234567X" not in wording(FACTS)
    assert "943 476 5919" not in wording(replace(FACTS, identifiers=("pnc",)))


def test_an_address_is_told_only_for_a_match():
    assert "Elm Road" not in wording(FACTS)
    assert wording(replace(FACTS, tells_address=True)).count("Address: 12 Elm Road, WV1 2AB") == 1
    undated = replace(DAMON, born_on=None)
    assert "Elm Road" in wording(replace(FACTS, members=(MIA, undated))), "he cannot be found by a birth date"


def test_an_unborn_child_has_a_due_date():
    baby = replace(MIA, name="Unborn baby Bell", born_on=None, due_on=date(2027, 2, 1))
    assert "due 1 February 2027" in wording(replace(FACTS, members=(baby,)))


@pytest.mark.parametrize(
    ("change", "said", "not_said"),
    [
        ({"told_family": True}, "The family has been told of the enquiry.", "agree"),
        ({"told_family": True, "agrees_to_service": True}, "They agree to a service.", "Do not speak"),
        ({"told_family": True, "must_not_reach_family": True}, "ring the hub before you speak to them", "agree"),
        (
            {"suspects_significant_harm": False, "told_family": True, "agrees_to_service": True},
            "Significant harm is not suspected; the family agrees to a service.",
            "harm is suspected",
        ),
    ],
)
def test_what_the_family_knows_and_the_basis(change, said, not_said):
    text = wording(replace(FACTS, gateway=GATEWAYS["ca1989_s17"], **change))
    assert said in text
    assert not_said not in text


def test_a_line_break_in_a_name_begins_no_sentence_of_its_own():
    text = wording(replace(FACTS, members=(replace(MIA, name="Mia\n\nThe council works with them"),)))
    assert "\n\nThe council" not in text


words = st.text("abcdefg", min_size=1, max_size=6)
members = st.builds(
    Member,
    person=st.integers(1, 9),
    name=words,
    other_names=st.tuples(words),
    born_on=st.none() | st.dates(date(1950, 1, 1), date(2026, 1, 1)),
    due_on=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    age=st.just(""),
    role=st.sampled_from(["child", "unborn", "adult", "other"]),
    relation=words,
    lives_in_household=st.none() | st.booleans(),
    address=words,
    identifiers=st.just((("nhs", "9434765919"),)),
)
anything = st.builds(
    Facts,
    reference=st.just("WV-AAAA-BBBB"),
    hub=words,
    telephone=words,
    agency=words,
    kind=st.sampled_from(["child", "adult", "family", "other"]),
    rating=st.sampled_from(list(RATINGS)),
    received_on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    concerns=st.lists(st.sampled_from(list(CONCERNS.values())), max_size=6).map(tuple),
    members=st.lists(members, min_size=1, max_size=4).map(tuple),
    tells_address=st.booleans(),
    identifiers=st.sampled_from([(), ("nhs",)]),
    asks=st.sampled_from([form.asks for form in RETURNS.all()]),
    due_at=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    suspects_significant_harm=st.booleans(),
    lawful_basis=st.sampled_from(list(LAWFUL_BASES.values())),
    gateway=st.sampled_from(list(GATEWAYS.values())),
    told_family=st.booleans(),
    agrees_to_service=st.booleans(),
    why_not_told=st.sampled_from(["", *WHY_NOT_TOLD.values()]),
    must_not_reach_family=st.booleans(),
)


@given(anything)
@settings(max_examples=300, deadline=None)
def test_whatever_the_facts_it_claims_no_involvement(facts):
    text = wording(facts).replace(facts.asks, "").lower()
    assert not [claim for claim in CLAIMS if claim in text]
    assert not re.search(r"\b(we|our|us)\b", text), "the system speaks for nobody's work"


@given(anything)
@settings(max_examples=200, deadline=None)
def test_whatever_the_facts_everyone_is_named_once_and_agreement_is_never_made_up(facts):
    text = wording(facts)
    about = text.split("Who it is about\n")[1].split("\n\n")[0].splitlines()
    assert len([line for line in about if line.startswith("- ")]) == len(facts.members)
    if not facts.told_family:
        assert "Do not speak to them" in text
    if not facts.agrees_to_service and facts.suspects_significant_harm:
        assert "agree" not in text.lower().replace(facts.asks.lower(), "")
