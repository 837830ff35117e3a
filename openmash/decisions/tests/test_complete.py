"""What signing wants, without a database where none is needed."""

from datetime import timedelta

import pytest

from openmash.decisions import actions
from openmash.decisions.codes import DIRECT, DOMAINS, LEVELS, OUTCOMES, grouped_outcomes
from openmash.decisions.complete import unsaid
from openmash.decisions.given import GivenDecision, GivenOutcome, GivenPin
from openmash.decisions.tests.conftest import MONDAY
from openmash.decisions.wording import for_child, for_referrer

LATER = MONDAY + timedelta(hours=3)


def test_every_level_says_what_it_looks_like_in_each_part_of_life():
    assert list(LEVELS) == [1, 2, 3, 4]
    for level in LEVELS.values():
        assert [domain for domain, _ in level.descriptors] == list(DOMAINS)
        assert all(words.endswith(".") for words in level.looks_like)


def test_every_outcome_stands_in_a_group_and_every_direct_reason_leads_to_outcomes():
    offered = [key for _, kinds in grouped_outcomes() for key, _ in kinds]
    assert sorted(offered) == sorted(OUTCOMES)
    for reason in DIRECT.values():
        assert set(reason.outcomes) <= set(OUTCOMES)
    assert all(kind.sends_work == (kind.owner != "hub") for kind in OUTCOMES.values())
    assert all(kind.owner != "hub" for kind in OUTCOMES.values() if kind.is_referral)


@pytest.mark.django_db
def test_what_may_not_be_so_is_not_the_only_ground_without_a_reason(world):
    enquiry = world.review()
    given = world.decision(pins=(GivenPin("item-1"), GivenPin("item-2"), GivenPin("item-3", is_contrary=True)))
    weak = {"item-1": "2D", "item-2": "3E", "item-3": "1A"}
    assert [one.field for one in unsaid(given, enquiry, by=world.ruth, grades=weak)] == ["weak_because"]
    assert unsaid(given, enquiry, by=world.ruth, grades=weak | {"item-2": "2B"}) == ()
    assert unsaid(given, enquiry, by=world.ruth, grades={"item-1": "2D"}) == ()
    said = world.decision(pins=(GivenPin("item-1"),), weak_because="It is all there is, and the risk is grave.")
    assert unsaid(said, enquiry, by=world.ruth, grades=weak) == ()


@pytest.mark.django_db
def test_the_words_for_the_child_and_the_referrer_say_what_was_decided_in_plain_words(world):
    enquiry = world.review()
    outcomes = (GivenOutcome("assessment"), GivenOutcome("signpost"), GivenOutcome("mappa"))
    given = GivenDecision(is_safeguarding_concern=True, outcomes=outcomes, facts="A secret.", rationale="A secret.")
    told, child = for_referrer(enquiry, given), for_child(enquiry, given)
    assert "A social worker will meet the family. The family can turn to services near them." in told
    assert world.area.telephone in told
    assert child.startswith("In November 2026 somebody was worried about you and told us.")
    assert child.endswith("None of it was your fault.")
    assert "secret" not in told + child


@pytest.mark.django_db
def test_a_direct_decision_that_is_routed_says_its_level(world):
    from openmash.audit.action import Refused

    enquiry = world.screened(outcome="direct")
    given = world.decision(level=None)
    with pytest.raises(Refused, match="Select the level of need"):
        actions.decide_directly(enquiry, by=world.ruth, now=LATER, reason="routed", given=given)
    actions.decide_directly(enquiry, by=world.ruth, now=LATER, reason="routed", given=world.decision())
