from datetime import timedelta

import pytest

from openmash.decisions import actions, queries
from openmash.decisions.chronology import lines
from openmash.decisions.given import GivenDecision
from openmash.decisions.tests.conftest import MONDAY
from openmash.people.chronology import Look

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)


def decided(world):
    enquiry = world.review()
    actions.propose(enquiry, by=world.hannah, now=MONDAY, given=world.decision(rationale="Her own reasons."))
    actions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision())
    return world.fresh(enquiry)


def test_the_manager_reads_all_of_it(world):
    (line,) = queries.summary(decided(world), by=world.ruth, now=LATER).decisions
    assert not line.is_coded
    assert ("Why this was decided", "The threshold for an assessment is met.") in line.words
    assert [one.is_contrary for one in line.pins] == [False, True]
    assert line.advice[0].agency == "Wendmark Constabulary"
    assert "No GP is recorded for Mia Bell." in line.gaps
    assert line.looks_like == ("A parent hurts, neglects or cannot protect the child; earlier children were removed.",)


def test_the_social_worker_reads_the_outcome_and_what_was_proposed(world):
    (line,) = queries.summary(decided(world), by=world.hannah, now=LATER).decisions
    assert line.is_coded
    assert line.words == line.pins == line.advice == line.gaps == ()
    assert line.outcomes[0].what == ""
    assert line.proposal.rationale == "Her own reasons."


def test_the_coordinator_reads_the_outcome_and_nothing_else(world):
    (line,) = queries.summary(decided(world), by=world.joanna, now=LATER).decisions
    assert (line.is_coded, line.proposal, line.words) == (True, None, ())
    assert line.outcomes[0].label.startswith("Referral to children's social care")


def test_a_managers_proposal_keeps_its_reasons_from_the_social_worker(world):
    enquiry = world.review()
    actions.propose(enquiry, by=world.martin, now=MONDAY, given=world.decision(rationale="From a sealed item."))
    assert queries.summary(enquiry, by=world.hannah, now=LATER).proposal.rationale == ""
    assert queries.summary(enquiry, by=world.ruth, now=LATER).proposal.rationale == "From a sealed item."


def test_a_draft_shows_who_writes_and_never_what(world):
    enquiry = world.review()
    actions.draft(enquiry, by=world.ruth, now=MONDAY, given=GivenDecision(facts="Secret."))
    summary = queries.summary(enquiry, by=world.joanna, now=LATER)
    assert summary.draft.by == "Ruth Okafor"
    assert "Secret" not in str(summary)


def test_earlier_decisions_stay_below_the_last(world):
    enquiry = decided(world)
    actions.reopen(enquiry, by=world.ruth, now=LATER, because="Again.")
    actions.sign(world.fresh(enquiry), by=world.martin, now=LATER, given=world.decision(rationale="Now so."))
    summary = queries.summary(world.fresh(enquiry), by=world.ruth, now=LATER)
    assert [(line.number, line.by) for line in summary.decisions] == [(2, "Martin Pell"), (1, "Ruth Okafor")]


def test_the_professional_reads_the_words_for_their_own_enquiry_only(world):
    enquiry = decided(world)
    siobhan = world.hub.staff["siobhan"]
    assert queries.told([enquiry.reference], by=siobhan) == {}
    actions.give_feedback(enquiry, by=world.ruth, now=LATER, how="email")
    assert queries.told([enquiry.reference], by=siobhan) == {enquiry.reference: "A social worker will meet the family."}
    assert queries.told([enquiry.reference], by=world.hub.staff["amit"]) == {}


def test_whoever_rings_back_is_on_the_ledger_before_the_name_is_shown(world):
    from openmash.audit.models import LedgerEvent

    enquiry = decided(world)
    assert queries.feedback_begins(enquiry, by=world.joanna).referrer.name == ""
    assert actions.reveal_referrer(enquiry, by=world.joanna, now=LATER).name == "Siobhan Daly"
    assert LedgerEvent.objects.get(event="referrer.revealed").actor == world.joanna.pk


def test_a_decision_is_a_line_of_the_familys_chronology_without_its_reasons(world):
    enquiry = decided(world)
    people = frozenset(enquiry.parties.values_list("person_id", flat=True))
    (line,) = lines(Look(world.joanna, enquiry.pk, people))
    assert line.what.startswith("Decided: Level 4: specialist or statutory; Referral to children's social care")
    assert line.on == LATER.date()
    assert list(lines(Look(world.hub.staff["lewis"], enquiry.pk, people))) == []
