"""The shortlist leaves out no pair that the score finds likely, whatever two records say."""

from datetime import date

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from openmash.people.matching.described import Described, Home
from openmash.people.matching.keys import keys_of
from openmash.people.matching.score import POSSIBLE, UNCOUNTED, Commonness, score
from openmash.people.matching.shortlist import Shortlist, is_hopeless, telling_kinds
from openmash.people.matching.stored import described_by, facts_of, numbered
from openmash.people.matching.whole import likely

ALIKE = (
    "Amira",
    "Ameera",
    "Zara",
    "Samira",
    "A",
    "Mohammed Imran",
    "Md",
    "Muhammad",
    "Baby",
    "",
    "Jan",
    "Żaneta",
    "Joanna",
    "Jaan",
)
GIVEN, FAMILY = (
    st.sampled_from(ALIKE),
    st.sampled_from((*ALIKE, "Bell", "Belle", "Khan", "Al", "Kowalska", "O", "Ким", "Ли")),
)
DAYS = st.builds(
    date, st.sampled_from((1986, 2010, 2011, 2019)), st.sampled_from((1, 3, 4, 11)), st.sampled_from((1, 3, 4, 12))
)
PEOPLE = st.builds(
    Described,
    names=st.lists(st.tuples(GIVEN, FAMILY).filter(any), max_size=3, unique=True).map(tuple),
    born=st.frozensets(DAYS, max_size=2),
    is_birth_date_estimated=st.booleans(),
    due=st.frozensets(DAYS, max_size=1),
    sexes=st.frozensets(st.sampled_from("FM"), max_size=1),
    homes=st.lists(
        st.sampled_from((Home("wv12ab 12", "WV1 2AB", "", "12 elm road"), Home("", "WV1 2AB"))), max_size=2
    ).map(tuple),
    telephones=st.frozensets(st.sampled_from(("+441632960123", "+441632960124")), max_size=2),
    emails=st.frozensets(st.sampled_from(("a@bell.example", "z@bell.example")), max_size=1),
    identifiers=st.frozensets(st.sampled_from((("nhs", "9990000018"), ("pnc", "2019/1A"), ("upn", "A1"))), max_size=2),
)
RARE = Commonness(people=1.0, shares={})


@settings(max_examples=60, deadline=None)
@given(st.lists(PEOPLE, min_size=2, max_size=14), st.sampled_from((UNCOUNTED, RARE)))
def test_no_likely_pair_is_left_out_and_each_has_the_score_of_the_search(people, known):
    found = {(one, other): it for one, other, it, _ in shortlisted(people, known)}
    for one, first in enumerate(people):
        for other, second in enumerate(people[one + 1 :], one + 1):
            if set(keys_of(first)) & set(keys_of(second)):
                it = score(described_by(facts_of(first)), described_by(facts_of(second)), known).score
                assert found.pop((one, other), 0.0) == (it if it >= POSSIBLE else 0.0)
    assert not found, "none that share no key"


def shortlisted(people, known):
    with duckdb.connect() as base:
        base.execute("CREATE TABLE entries (id BIGINT, facts VARCHAR, keys VARCHAR)").fetchall()
        rows = [(n, facts_of(one), f"{{{','.join(map(str, numbered(keys_of(one))))}}}") for n, one in enumerate(people)]
        base.executemany("INSERT INTO entries VALUES (?, ?, ?)", rows)
        shortlist = Shortlist(base)
        shortlist.make([])
        return [pair for batch in shortlist.batches() for pair in likely(batch, known)]


def test_the_model_allows_to_leave_out_other_birth_dates_and_other_first_names():
    assert telling_kinds(), "else every pair that shares a key is scored, which takes hours"


def test_who_shares_a_number_is_never_hopeless():
    assert not is_hopeless({"born": ("other",), "number": ("same",)}, is_swapped=False)
    assert is_hopeless({"born": ("other",), "number": ("other",), "email": ("other",)}, is_swapped=False)
