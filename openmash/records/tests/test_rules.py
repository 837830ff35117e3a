"""The longest rule that applies holds."""

from datetime import date

import pytest

from openmash.records.rules import RULES, Facts, kept, later

CLOSED = date(2020, 2, 29)
BORN = date(2018, 6, 1)


@pytest.mark.parametrize(
    ("more", "rule", "until"),
    [
        ({}, "contact", date(2026, 2, 28)),
        ({"outcomes": {"assessment"}}, "social_care", date(2043, 6, 1)),
        ({"outcomes": {"assessment"}, "youngest": None}, "social_care", date(2045, 2, 28)),
        ({"outcomes": {"strategy", "assessment"}}, "child_protection", date(2055, 2, 28)),
        ({"markers": {"cp_plan"}}, "child_protection", date(2055, 2, 28)),
        ({"markers": {"looked_after", "cp_plan"}}, "looked_after", date(2093, 6, 1)),
        ({"outcomes": {"lado"}}, "allegation", date(2030, 2, 28)),
        ({"outcomes": {"lado"}, "findings": {"lado_proven": date(1971, 5, 2)}}, "lado_proven", date(2071, 5, 2)),
        ({"outcomes": {"lado"}, "findings": {"lado_unfounded": None}}, "lado_unfounded", date(2030, 2, 28)),
        (
            {"outcomes": {"lado"}, "findings": {"lado_no_action": None}, "received_on": date(2020, 2, 3)},
            "lado_no_action",
            date(2030, 2, 3),
        ),
        ({"findings": {"police_1": date(1990, 5, 2)}}, "police_1", date(2090, 5, 2)),
        ({"mappa_born": date(1985, 5, 2)}, "police_1", date(2085, 5, 2)),
        ({"findings": {"police_2": None}}, "police_2", date(2030, 2, 28)),
        ({"outcomes": {"marac"}, "heard_on": date(2020, 3, 9)}, "marac", date(2030, 3, 9)),
        ({"outcomes": {"marac"}}, "marac", date(2030, 2, 28)),
        ({"kind": "adult", "outcomes": {"adult_care"}}, "adult", date(2030, 2, 28)),
    ],
)
def test_each_class_is_kept_as_long_as_its_rule_says(more, rule, until):
    found = kept(Facts(closed_on=CLOSED, **{"youngest": BORN, **more}), {})
    assert (found.rule, found.until) == (rule, until)


@pytest.mark.parametrize("finding", ["lado_advice", "police_3"])
def test_what_is_kept_six_years_is_kept_no_shorter_than_a_contact_without_action(finding):
    facts = Facts(
        closed_on=CLOSED, outcomes=frozenset({"lado"} if finding == "lado_advice" else ()), findings={finding: None}
    )
    found = kept(facts, {"contact": 1})
    assert (found.rule, found.until) == (finding, date(2026, 2, 28))


def test_an_areas_own_number_holds():
    assert kept(Facts(closed_on=CLOSED), {"contact": 2}).until == date(2022, 2, 28)


def test_every_rule_has_its_source_and_a_usual_number_within_its_bounds():
    for rule in RULES.values():
        assert rule.source and rule.problem(rule.usual()) == "", rule.key
    assert later(date(2024, 2, 29), 4) == date(2028, 2, 28)
