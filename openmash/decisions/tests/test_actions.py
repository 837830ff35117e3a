from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from openmash.agencies.models import Letter
from openmash.allocation.models import Handover
from openmash.audit.action import Refused, Stale
from openmash.audit.models import LedgerEvent
from openmash.decisions import actions
from openmash.decisions.given import GivenDecision, GivenOutcome, GivenPin
from openmash.decisions.models import Decision, Evidence, NotKnown
from openmash.decisions.tests.conftest import MONDAY
from openmash.disclosure.models import NoRelease
from openmash.enquiries.models import Need

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)


def test_a_signed_decision_moves_the_enquiry_and_hands_every_outcome_on(world):
    enquiry = world.review()
    decision = actions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision(), seen=enquiry.version)
    enquiry = world.fresh(enquiry)
    assert enquiry.status == "decided"
    assert enquiry.decided_at == LATER
    assert (decision.signed_by, decision.number) == (world.ruth, 1)
    assert decision.evidence.count() == 2
    handover = Handover.objects.get()
    assert handover.team == world.team
    assert Need.objects.get(kind="handover", met_at=None).team == world.team
    assert Need.objects.get(kind="feedback", met_at=None).permission == "give_feedback"
    assert LedgerEvent.objects.filter(event="decision.signed", outcome="allowed").count() == 1


def test_what_was_not_known_is_frozen_with_it(world):
    enquiry = world.gathering()
    world.answer(enquiry, "police")
    given = world.decision(early_or_late_because="The child cannot wait for health.")
    decision = actions.sign(enquiry, by=world.ruth, now=LATER, given=given)
    says = list(decision.gaps.values_list("says", flat=True))
    assert any(s.startswith("Wendmark Community Health has not answered. It is due 17 November 2026") for s in says)
    assert "No GP is recorded for Mia Bell." in says
    assert "Probation Service, Wendmark was not asked." in says
    world.answer(enquiry, "health", now=MONDAY)
    assert list(decision.gaps.values_list("says", flat=True)) == says


def test_everything_that_is_missing_is_said_at_once(world):
    enquiry = world.gathering()
    with pytest.raises(Refused) as refused:
        actions.sign(enquiry, by=world.ruth, now=LATER, given=GivenDecision())
    reasons = refused.value.verdict.reasons
    assert "Pin at least one line that the decision rests on" in reasons
    assert "Enter what is not known" in reasons
    assert "Add at least one outcome" in reasons
    assert "Enter why you decide now, although answers are outstanding" in reasons
    assert world.fresh(enquiry).status == "gathering"
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("is_safeguarding_concern", None),
        ("level", None),
        ("level", 5),
        ("domains", ()),
        ("facts", ""),
        ("analysis", ""),
        ("rationale", ""),
        ("not_known", ""),
        ("for_referrer", ""),
        ("for_child", ""),
        ("outcomes", ()),
        ("outcomes", (GivenOutcome("assessment", "Assess."),)),
        ("outcomes", (GivenOutcome("nothing-of-the-kind"),)),
        ("pins", ()),
        ("pins", (GivenPin("x", is_contrary=True),)),
        ("contrary", ""),
    ],
)
def test_a_decision_is_not_signed_with_a_part_missing(world, field, value):
    enquiry = world.review()
    with pytest.raises(Refused):
        actions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision(**{field: value}))
    assert world.fresh(enquiry).status == "review"


def test_the_database_refuses_an_empty_signature_whatever_the_code_does(world):
    enquiry = world.review()
    draft = actions.draft(enquiry, by=world.ruth, now=LATER, given=GivenDecision())
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=draft.pk).update(signed_by=world.ruth, signed_at=LATER)


def test_what_is_signed_stays_as_it_was(world):
    enquiry = world.review()
    decision = actions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision())
    for change in (
        lambda: Decision.objects.filter(pk=decision.pk).update(rationale="Something else."),
        lambda: Evidence.objects.filter(decision=decision).delete(),
        lambda: decision.outcomes.update(what="Something else."),
        lambda: NotKnown.objects.create(decision=decision, says="We knew nothing."),
        lambda: decision.advice.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_late_decision_says_why(world):
    enquiry = world.review()
    overdue = enquiry.due_at + timedelta(minutes=1)
    with pytest.raises(Refused, match="the decision was due earlier"):
        actions.sign(enquiry, by=world.ruth, now=overdue, given=world.decision())
    given = world.decision(early_or_late_because="Waited for the school.")
    assert actions.sign(enquiry, by=world.ruth, now=overdue, given=given).early_or_late_because


def test_only_the_statutory_decision_maker_signs(world):
    enquiry = world.review()
    for name in ("hannah", "joanna", "lewis", "amit", "nina", "shabana"):
        with pytest.raises(Refused):
            actions.sign(enquiry, by=world.hub.staff[name], now=LATER, given=world.decision())
    assert LedgerEvent.objects.filter(event="decision.signed", outcome="refused").count() == 6


def test_the_second_to_sign_is_refused_and_nothing_of_theirs_is_kept(world):
    enquiry = world.review()
    actions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision())
    with pytest.raises(Refused):
        actions.sign(enquiry, by=world.martin, now=LATER, given=world.decision(rationale="Mine."))
    assert Decision.objects.get().signed_by == world.ruth


def test_whoever_opened_the_form_before_an_answer_came_is_shown_that_it_came(world):
    enquiry = world.review()
    with pytest.raises(Stale):
        actions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision(), seen=enquiry.version - 1)


def test_a_draft_is_kept_by_the_page_that_writes_it_and_by_nobody_over_another(world):
    enquiry = world.review()
    first = actions.draft(enquiry, by=world.ruth, now=LATER, given=GivenDecision(facts="One."), draft_seen=0, pen="a")
    again = actions.draft(enquiry, by=world.ruth, now=LATER, given=GivenDecision(facts="Two."), draft_seen=0, pen="a")
    assert (again.pk, again.facts, again.version) == (first.pk, "Two.", 2)
    with pytest.raises(Stale):
        actions.draft(enquiry, by=world.martin, now=LATER, given=GivenDecision(facts="Mine."), draft_seen=1, pen="b")
    kept = actions.draft(enquiry, by=world.martin, now=LATER, given=GivenDecision(facts="Mine."), draft_seen=2, pen="b")
    assert kept.facts == "Mine."
    with pytest.raises(Stale):
        actions.draft(enquiry, by=world.ruth, now=LATER, given=GivenDecision(facts="Three."), draft_seen=0, pen="a")


def test_a_draft_does_not_make_anybody_elses_form_stale(world):
    enquiry = world.review()
    actions.draft(enquiry, by=world.ruth, now=LATER, given=GivenDecision())
    assert world.fresh(enquiry).version == enquiry.version


def test_a_proposal_reaches_the_managers_and_is_kept_beside_what_was_decided(world):
    enquiry = world.review()
    proposed = world.decision(level=3, outcomes=(GivenOutcome("nfa"),))
    actions.propose(enquiry, by=world.hannah, now=MONDAY, given=proposed)
    assert Need.objects.get(kind="decide").permission == "decide"
    with pytest.raises(Refused, match="something else than was proposed"):
        actions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision())
    given = world.decision(differs_because="The injuries are not explained.")
    decision = actions.sign(enquiry, by=world.ruth, now=LATER, given=given)
    assert (decision.level, decision.proposal["level"], decision.proposed_by) == (4, 3, world.hannah)
    assert not Need.objects.filter(kind="decide", met_at=None).exists()


def test_signing_what_was_proposed_needs_no_reason_for_differing(world):
    enquiry = world.review()
    actions.propose(enquiry, by=world.hannah, now=MONDAY, given=world.decision())
    assert actions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision()).pk


def test_once_a_manager_writes_the_social_worker_writes_no_more(world):
    enquiry = world.review()
    actions.draft(enquiry, by=world.hannah, now=MONDAY, given=GivenDecision())
    actions.draft(enquiry, by=world.ruth, now=MONDAY, given=GivenDecision(facts="From a sealed item."))
    with pytest.raises(Refused, match="practice manager is writing"):
        actions.propose(enquiry, by=world.hannah, now=LATER, given=world.decision())


def test_dissent_is_kept_with_its_reason(world):
    from openmash.decisions.given import GivenAdvice

    enquiry = world.review()
    police = world.hub.agencies["police"].pk
    silent = world.decision(advice=(GivenAdvice(police, "disagrees"),))
    with pytest.raises(Refused, match="each agency that disagrees"):
        actions.sign(enquiry, by=world.ruth, now=LATER, given=silent)
    given = world.decision(advice=(GivenAdvice(police, "disagrees", "They would visit tonight."),))
    decision = actions.sign(enquiry, by=world.ruth, now=LATER, given=given)
    assert decision.advice.get().because == "They would visit tonight."


def test_one_decision_several_owners(world):
    enquiry = world.review()
    both = (
        GivenOutcome("assessment", "Assess.", team=world.team.pk),
        GivenOutcome("single_agency", "Monitor the pregnancy closely.", team=world.hub.teams["health-visiting"].pk),
        GivenOutcome("signpost", "The food bank."),
    )
    actions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision(outcomes=both))
    assert set(Handover.objects.values_list("team__key", flat=True)) == {"north-wend-assessment", "health-visiting"}


def test_an_owner_of_another_area_or_without_a_signature_is_refused(world):
    enquiry = world.review()
    docks = world.hub.teams["docks-assessment"]
    cafcass = world.hub.agencies["cafcass"]
    for outcome in (
        GivenOutcome("assessment", "Assess.", team=docks.pk),
        GivenOutcome("housing", "Help.", agency=cafcass.pk),
    ):
        with pytest.raises(Refused):
            actions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision(outcomes=(outcome,)))


@pytest.mark.parametrize("stage", ["receive", "screened", "triaged"])
def test_what_needs_no_research_is_decided_from_any_early_stage(world, stage):
    enquiry = getattr(world, stage)()
    given = GivenDecision(
        is_safeguarding_concern=False,
        rationale="The school already knows.",
        not_known="Whether it happened before.",
        for_referrer="Ring the school.",
        outcomes=(GivenOutcome("advice"),),
    )
    decision = actions.decide_directly(enquiry, by=world.ruth, now=LATER, reason="advice", given=given)
    assert (decision.is_direct, decision.direct_because) == (True, "advice")
    assert "No agency was asked." in decision.gaps.values_list("says", flat=True)
    assert world.fresh(enquiry).status == "decided"


def test_a_direct_outcome_fits_its_reason(world):
    enquiry = world.receive()
    given = world.decision()
    with pytest.raises(Refused, match="fits the reason"):
        actions.decide_directly(enquiry, by=world.ruth, now=LATER, reason="duplicate", given=given)
    with pytest.raises(Refused, match="Select why"):
        actions.decide_directly(enquiry, by=world.ruth, now=LATER, reason="", given=given)


def test_after_research_it_is_too_late_to_decide_directly(world):
    with pytest.raises(Refused):
        actions.decide_directly(world.review(), by=world.ruth, now=LATER, reason="routed", given=world.decision())


def test_spam_is_put_away_by_whoever_screens_and_stays(world):
    enquiry = world.receive(is_held=True)
    actions.put_away(enquiry, by=world.joanna, now=LATER, because="An advertisement.")
    enquiry = world.fresh(enquiry)
    assert enquiry.status == "closed"
    assert Decision.objects.get().outcomes.get().kind == "not_an_enquiry"
    with pytest.raises(Refused):
        actions.put_away(world.receive(), by=world.joanna, now=LATER, because="I do not like it.")


def test_green_research_continues_past_the_statutory_clock(world):
    enquiry = world.gathering(rating="green")
    assert enquiry.due_at == enquiry.statutory_due_at
    actions.continue_research(
        enquiry, by=world.ruth, now=LATER, no_immediate_risk_because="Seen at school.", next_step="Health answers."
    )
    enquiry = world.fresh(enquiry)
    assert (enquiry.clock, enquiry.due_at) == ("research", enquiry.research_due_at)
    with pytest.raises(Refused, match="recorded already"):
        actions.continue_research(enquiry, by=world.ruth, now=LATER, no_immediate_risk_because="x", next_step="y")
    amber = world.gathering(rating="amber")
    with pytest.raises(Refused, match="nothing to continue"):
        actions.continue_research(amber, by=world.ruth, now=LATER, no_immediate_risk_because="x", next_step="y")


def decided(world, **changes):
    enquiry = world.review()
    actions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision(**changes))
    return world.fresh(enquiry)


def test_the_e_mail_to_the_referrer_says_nothing_of_the_outcome(world):
    enquiry = decided(world)
    actions.give_feedback(enquiry, by=world.joanna, now=LATER, how="email")
    letter = Letter.objects.get(key__startswith="feedback-")
    assert "social worker" not in letter.subject + letter.line
    assert letter.link == "/my-enquiries/"
    feedback = enquiry.feedback.get()
    assert feedback.words == "A social worker will meet the family."
    assert not Need.objects.filter(kind="feedback", met_at=None).exists()


def test_a_coordinator_says_what_was_signed_and_nothing_else(world):
    enquiry = decided(world)
    feedback = actions.give_feedback(enquiry, by=world.joanna, now=LATER, how="telephone", words="My own words.")
    assert feedback.words == "A social worker will meet the family."
    feedback = actions.give_feedback(enquiry, by=world.ruth, now=LATER, how="telephone", words="Better words.")
    assert feedback.words == "Better words."


def test_feedback_is_withheld_only_with_a_reason(world):
    enquiry = decided(world)
    with pytest.raises(Refused):
        actions.give_feedback(enquiry, by=world.ruth, now=LATER, how="withheld")
    actions.give_feedback(enquiry, by=world.ruth, now=LATER, how="withheld", withheld_because="It is anonymous.")
    assert enquiry.feedback.get().words == ""


def test_nobody_without_an_address_is_written_to(world):
    enquiry = world.review(email="")
    actions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision())
    with pytest.raises(Refused, match="another way"):
        actions.give_feedback(world.fresh(enquiry), by=world.ruth, now=LATER, how="email")
    assert not enquiry.feedback.exists()


def test_closing_waits_for_everything_and_says_for_what(world):
    from openmash.allocation import actions as allocation

    enquiry = decided(world)
    with pytest.raises(Refused) as refused:
        actions.close(enquiry, by=world.joanna, now=LATER)
    assert refused.value.verdict.reasons == (
        "Tell the referrer what was decided, or record why not.",
        "Release what the receiving team needs, or record that nothing is shared and why.",
        "North Wend assessment team has not acknowledged.",
    )
    actions.give_feedback(enquiry, by=world.joanna, now=LATER, how="email")
    NoRelease.objects.create(enquiry=enquiry, to_whom="The team", because="They know it.", by=world.ruth, at=LATER)
    allocation.acknowledge(Handover.objects.get(), by=world.hub.staff["amit"], now=LATER, worker="Amit Desai")
    actions.close(world.fresh(enquiry), by=world.joanna, now=LATER)
    enquiry = world.fresh(enquiry)
    assert (enquiry.status, enquiry.desk, enquiry.due_at) == ("closed", "", None)


def test_a_decision_that_sends_nobody_work_needs_no_release(world):
    enquiry = decided(world, outcomes=(GivenOutcome("nfa"),))
    actions.give_feedback(enquiry, by=world.joanna, now=LATER, how="email")
    actions.close(world.fresh(enquiry), by=world.joanna, now=LATER)
    assert world.fresh(enquiry).status == "closed"


def test_reopened_and_decided_again_the_first_decision_stays_and_the_referrer_is_told_again(world):
    enquiry = decided(world)
    actions.give_feedback(enquiry, by=world.joanna, now=LATER, how="email")
    actions.reopen(enquiry, by=world.ruth, now=LATER, because="The school rang.")
    enquiry = world.fresh(enquiry)
    assert enquiry.status == "review"
    again = LATER + timedelta(hours=1)
    given = world.decision(outcomes=(GivenOutcome("s47", "Visit today.", team=world.team.pk),))
    second = actions.sign(enquiry, by=world.martin, now=again, given=given)
    assert second.number == 2
    assert Decision.objects.get(number=1).signed_by == world.ruth
    first, last = Handover.objects.order_by("pk")
    assert first.superseded_at == again
    assert last.due_at == again + timedelta(hours=1)
    with pytest.raises(Refused, match="Tell the referrer"):
        actions.close(world.fresh(enquiry), by=world.joanna, now=again)


def test_replacing_a_field_of_what_is_given_is_seen():
    given = GivenDecision(level=3, is_safeguarding_concern=True, outcomes=(GivenOutcome("nfa"),))
    kept = given.as_proposed()
    assert given.differs_from(kept) == ()
    assert replace(given, level=4).differs_from(kept) == ("the level of need",)
    assert replace(given, is_safeguarding_concern=False, outcomes=()).differs_from(kept) == (
        "whether it is a safeguarding concern",
        "the outcomes",
    )
