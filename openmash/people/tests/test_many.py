"""Over sets every pair has the score of the search, to the last bit, whatever two records say."""

from datetime import date, timedelta
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from openmash.people.matching.columns import Births, Column
from openmash.people.matching.compare import births
from openmash.people.matching.described import Described, Home
from openmash.people.matching.many import Many
from openmash.people.matching.score import MODEL, POSSIBLE, UNCOUNTED, Commonness, score
from openmash.people.matching.stored import facts_of
from openmash.people.matching.whole import sharing

ALIKE = ("Amira", "Ameera", "Zara", "Samira", "A", "Mohammed Imran", "Md", "Muhammad", "Baby", "", "Jan", "Żaneta",
         "Joanna", "Jaan", "Imran", "Singh", "Kaur Amrit")  # fmt: skip
GIVEN, FAMILY = (
    st.sampled_from(ALIKE),
    st.sampled_from((*ALIKE, "Bell", "Belle", "Khan", "Al", "Kowalska", "O", "Ким", "Ли")),
)
DAYS = st.builds(
    date, st.sampled_from((1986, 1988, 2010, 2011, 2019, 2091)), st.sampled_from((1, 3, 4, 10, 11, 12)),
    st.sampled_from((1, 3, 4, 10, 12, 21)),
)  # fmt: skip
HOMES = (
    Home("wv12ab 12", "WV1 2AB", "", "12 elm road"), Home("", "WV1 2AB"), Home("", ""),
    Home("elm", "", "", "12 elms road"),
    Home("wv12ab 14", "WV1 2AB", "", "14 elm road"), Home("wv13ab 12", "WV1 3AB", "", "12 elmtree avenue"),
    Home("", "", "", "12 elmtree avenoe"), Home("", "WV1 3AB", "", "12"),
)  # fmt: skip
NUMBERS = (
    ("nhs", "9990000018"), ("nhs", "9990000026"), ("pnc", "2019/1A"), ("upn", "A1"), ("la_child_id", "C1"),
    ("la_child_id", "C2"), ("uprn", "1"),
)  # fmt: skip
PEOPLE = st.builds(
    Described,
    names=st.lists(st.tuples(GIVEN, FAMILY).filter(any), max_size=3, unique=True).map(tuple),
    born=st.frozensets(DAYS, max_size=2),
    is_birth_date_estimated=st.booleans(),
    due=st.frozensets(DAYS, max_size=1),
    sexes=st.frozensets(st.sampled_from("FM"), max_size=2),
    homes=st.lists(st.sampled_from(HOMES), max_size=2).map(tuple),
    telephones=st.frozensets(st.sampled_from(("+441632960123", "+441632960124")), max_size=2),
    emails=st.frozensets(st.sampled_from(("a@bell.example", "z@bell.example")), max_size=1),
    identifiers=st.frozensets(st.sampled_from(NUMBERS), max_size=3),
)
RARE, COMMON = Commonness(people=1.0), Commonness(people=400_000.0, shares={"amr": 0.004, "bl": 0.001, "mhmt": 0.05})


@settings(max_examples=300, deadline=None)
@given(st.lists(PEOPLE, min_size=2, max_size=14), st.sampled_from((UNCOUNTED, RARE, COMMON)))
def test_each_pair_has_the_score_of_the_search_and_the_unlikely_are_left_out(people, known):
    many = Many(map(facts_of, people))
    ones, others = np.triu_indices(len(people), 1)
    likely = many.likely(ones, others, known)
    found = zip(
        likely.ones.tolist(), likely.others.tolist(), likely.scores.tolist(), likely.are_matches.tolist(), strict=True
    )
    expected = [
        (one, other, it.score, it.band == "match")
        for one, other in zip(ones.tolist(), others.tolist(), strict=True)
        if (it := score(people[one], people[other], known)).score >= POSSIBLE
    ]
    assert list(found) == expected


@given(st.lists(PEOPLE, min_size=1, max_size=4))
def test_what_is_kept_of_each_is_what_was_told(people):
    many = Many(map(facts_of, people))
    assert [facts_of(many.described(place)) for place in range(len(people))] == list(map(facts_of, people))


def test_entries_of_long_ago_have_no_street_and_are_compared_by_the_rest_of_their_home():
    old, new = (
        '[[["Amira","Bell"]],["2019-04-03"],0,[],"F",[["k","WV1 2AB"]],[],[],[]]',
        Described(
            names=(("Amira", "Bell"),),
            born=frozenset({date(2019, 4, 3)}),
            homes=(Home("k", "WV1 2AB", "", "12 elm road"),),
        ),
    )
    likely = Many([old, facts_of(new)]).likely(np.array([0]), np.array([1]), UNCOUNTED)
    assert likely.scores.tolist() == [score(Many([old]).described(0), new).score]


@given(st.lists(st.sets(st.integers(0, 12), max_size=5), max_size=12), st.integers(1, 5))
def test_all_who_share_a_key_are_paired_once(holders, together):
    postings = sorted((key, place) for place, keys in enumerate(holders) for key in keys)
    keys, places = np.array(postings, np.int64).reshape(-1, 2).T
    parts = sharing(keys, places, len(holders), together)
    found = [pair for ones, others in parts for pair in zip(ones.tolist(), others.tolist(), strict=True)]
    expected = [
        (one, other)
        for one in range(len(holders))
        for other in range(one + 1, len(holders))
        if holders[one] & holders[other]
    ]
    assert sorted(found) == expected


def test_two_birth_dates_compare_as_one_by_one():
    days = [
        date(2010, 1, 1) + timedelta(days=each) for each in (*range(0, 400, 7), 3653, 3660, 3744, 9, 10, 11, 365, 730)
    ]
    people = [Described(born=frozenset({day}), is_birth_date_estimated=each) for day in days for each in (False, True)]
    column = Column(lambda kept: people[kept[-1]])
    column.add(((day.isoformat(),), each, (), place) for place, (day, each) in enumerate(product(days, (False, True))))
    column.close()
    part = Births(column, ("", *MODEL["born"]))
    ones, others = np.indices((len(people), len(people))).reshape(2, -1)
    words = list(part.number)
    told = [words[number] for number in part.compared(ones, others).tolist()]
    assert told == [
        births(people[one], people[other]) for one, other in zip(ones.tolist(), others.tolist(), strict=True)
    ]
