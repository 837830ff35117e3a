"""The bands and the four criteria: pure rules, with their laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.domestic_abuse.codes import HIGH, ORDER
from openmash.domestic_abuse.criteria import Bands, Facts, band_of, criteria, is_not_lowered

BANDS = Bands(10, 14, 3)
NOTHING = Facts("standard", None, "", is_escalating=False, incidents_in_12_months=0, heard_before=False)
scores = st.integers(0, 24)


@pytest.mark.parametrize(
    ("score", "grade"), [(0, "standard"), (9, "standard"), (10, "medium"), (13, "medium"), (14, "high"), (24, "high")]
)
def test_a_score_has_its_band(score, grade):
    assert band_of(score, BANDS) == grade


@given(scores, scores)
def test_a_higher_score_is_never_a_lower_grade(one, other):
    low, high = sorted((one, other))
    assert ORDER.index(band_of(low, BANDS)) <= ORDER.index(band_of(high, BANDS))


@given(st.sampled_from(ORDER), scores | st.none())
def test_judgement_raises_and_never_lowers(grade, score):
    least = "standard" if score is None else band_of(score, BANDS)
    assert bool(is_not_lowered(grade, score, BANDS)) == (ORDER.index(grade) >= ORDER.index(least))


def met(**changed):
    facts = Facts(**{**vars(NOTHING), **changed})
    return [one.is_met for one in criteria(facts, BANDS)]


def test_nothing_known_meets_none_and_still_says_on_what():
    found = criteria(NOTHING, BANDS)
    assert [one.is_met for one in found] == [False] * 4
    assert all(one.evidence for one in found)


@pytest.mark.parametrize(
    ("changed", "which"),
    [
        ({"score": 14, "grade": HIGH}, 0),
        ({"score": 9, "grade": HIGH, "because": "He has a key and a knife"}, 1),
        ({"incidents_in_12_months": 3}, 2),
        ({"heard_before": True}, 3),
    ],
)
def test_each_criterion_is_met_by_its_own_facts(changed, which):
    assert met(**changed) == [place == which for place in range(4)]


def test_enquiries_stand_beside_the_incidents_and_are_not_added_to_them():
    facts = Facts(**{**vars(NOTHING), "incidents_in_12_months": 1, "enquiries_in_12_months": 2})
    escalation = criteria(facts, BANDS)[2]
    assert escalation.evidence == "1 incident in the last 12 months; 2 enquiries about domestic abuse"
    assert not escalation.is_met


def test_the_numbers_are_the_areas_own():
    assert next(one.is_met for one in criteria(Facts(**{**vars(NOTHING), "score": 14}), Bands(10, 15, 3))) is False
