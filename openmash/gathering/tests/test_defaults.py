"""Which agencies are suggested, and how much each is told."""

import pytest

from openmash.enquiries.codes import CONCERNS, RATINGS
from openmash.gathering.defaults import USUALLY, proportion
from openmash.gathering.shelf import RETURNS
from openmash.people.identifiers import KINDS


def usual(rating: str, *concerns: str, ages: tuple[int, ...] = (7,)) -> set[str]:
    return {key for key, line in USUALLY.items() if line.is_suggested(rating, concerns, ages)}


def test_every_return_has_its_line_and_every_line_its_return():
    assert set(USUALLY) == {form.key for form in RETURNS.all()}


@pytest.mark.parametrize("line", USUALLY.values(), ids=lambda line: line.return_key)
def test_a_line_uses_known_codes_and_gives_a_reason_that_can_stand_in_the_record(line):
    assert line.concerns <= set(CONCERNS)
    assert line.ratings <= set(RATINGS)
    assert set(line.identifiers) <= set(KINDS)
    assert line.because.endswith(".")
    assert 40 <= len(line.because) <= 200


def test_a_higher_rating_never_asks_fewer():
    for concern in CONCERNS:
        for ages in ((-1,), (2,), (7,), (15,), ()):
            assert usual("green", concern, ages=ages) <= usual("amber", concern, ages=ages)
            assert usual("amber", concern, ages=ages) <= usual("red", concern, ages=ages)


def test_no_concern_suggests_everybody_at_green_and_none_suggests_nobody_at_red():
    for concern in CONCERNS:
        assert len(usual("green", concern)) < len(USUALLY) / 2
        assert len(usual("red", concern)) >= 3


@pytest.mark.parametrize(
    ("rating", "concern", "age", "asked", "not_asked"),
    [
        ("amber", "da_parent", 7, {"police", "health", "education", "idva", "probation"}, {"housing", "camhs"}),
        ("green", "housing", 7, {"housing", "childrens_social_care"}, {"police", "camhs", "probation"}),
        ("amber", "self_harm", 14, {"camhs", "health", "education"}, {"housing", "idva"}),
        ("amber", "unborn", -1, {"health", "police", "early_years_and_families"}, {"education", "camhs"}),
        ("amber", "cce", 15, {"youth_offending", "police", "education"}, {"idva"}),
        ("amber", "mh_parent", 4, {"adult_mental_health"}, {"youth_offending"}),
        ("green", "contact_dispute", 7, {"cafcass"}, {"police"}),
    ],
)
def test_who_is_usually_asked(rating, concern, age, asked, not_asked):
    found = usual(rating, concern, ages=(age,))
    assert asked <= found
    assert not not_asked & found


def test_a_child_whose_age_is_not_known_may_be_of_any_age():
    assert "education" in usual("amber", "neglect", ages=())


def test_an_agency_is_told_only_the_concerns_that_it_needs_in_the_order_given():
    assert USUALLY["housing"].told(["sexual_adult", "money", "housing"]) == ("money", "housing")
    assert USUALLY["housing"].told(["sexual_adult"]) == ()


@pytest.mark.parametrize(
    ("rating", "asked", "could", "warns"),
    [
        ("green", 12, 12, True),
        ("green", 11, 12, False),
        ("green", 0, 12, False),
        ("green", 0, 0, False),
        ("amber", 12, 12, False),
        ("red", 0, 12, True),
        ("red", 1, 12, False),
    ],
)
def test_warnings_of_proportion(rating, asked, could, warns):
    assert bool(proportion(rating, asked, could)) is warns
