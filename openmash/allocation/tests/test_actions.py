from datetime import timedelta

import pytest

from openmash.agencies.models import Letter
from openmash.allocation import actions
from openmash.allocation.models import Handover
from openmash.audit.action import Refused
from openmash.decisions import actions as decisions
from openmash.decisions.given import GivenOutcome
from openmash.decisions.tests.conftest import MONDAY
from openmash.enquiries.models import Need, Step

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)


def handed(world, outcome=None):
    """A decided enquiry and its one handover."""
    enquiry = world.review()
    outcomes = (outcome or GivenOutcome("assessment", "Assess.", team=world.team.pk),)
    decisions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision(outcomes=outcomes))
    return world.fresh(enquiry), Handover.objects.get(enquiry=enquiry)


def test_the_team_has_one_working_day_and_a_letter_that_says_nothing(world):
    _, handover = handed(world)
    assert handover.due_at == world.area.working_time.add_days(LATER, 1)
    letter = Letter.objects.get(user=world.hub.staff["amit"])
    assert letter.link == f"/received/{handover.pk}/"
    assert "Bell" not in letter.subject + letter.line


def test_what_is_immediate_is_acknowledged_within_the_hour_by_day_or_night(world):
    _, handover = handed(world, GivenOutcome("s47", "Visit today.", team=world.team.pk))
    assert handover.due_at == LATER + timedelta(hours=1)


def test_what_the_hub_does_itself_is_not_handed_on(world):
    enquiry = world.review()
    decisions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision(outcomes=(GivenOutcome("advice"),)))
    assert not Handover.objects.exists()


def test_outcomes_are_handed_on_only_by_whoever_signed(world):
    _, handover = handed(world)
    with pytest.raises(Refused):
        actions.hand_on(handover.outcome.decision, by=world.martin, now=LATER)


def test_the_team_acknowledges_and_names_who_takes_it_on(world):
    enquiry, handover = handed(world)
    before = world.fresh(enquiry).version
    actions.acknowledge(handover, by=world.hub.staff["amit"], now=LATER, worker="Priya Sand")
    handover.refresh_from_db()
    assert (handover.worker, handover.acknowledged_by) == ("Priya Sand", world.hub.staff["amit"])
    assert not Need.objects.filter(kind="handover", met_at=None).exists()
    assert world.fresh(enquiry).version == before + 1
    with pytest.raises(Refused, match="already"):
        actions.acknowledge(handover, by=world.hub.staff["amit"], now=LATER, worker="Again")


@pytest.mark.parametrize("name", ["lucy", "fay", "ruth", "joanna", "lewis", "rosa"])
def test_nobody_else_acknowledges(world, name):
    _, handover = handed(world)
    with pytest.raises(Refused, match="handed to somebody else"):
        actions.acknowledge(handover, by=world.hub.staff[name], now=LATER, worker="Me")


def test_what_an_agency_owns_is_taken_on_by_its_people_in_the_hub(world):
    probation = world.hub.agencies["probation"]
    _, handover = handed(world, GivenOutcome("mappa", "Tell the MAPPA co-ordinator.", agency=probation.pk))
    assert Need.objects.get(kind="handover").agency == probation
    with pytest.raises(Refused):
        actions.acknowledge(handover, by=world.hub.staff["lewis"], now=LATER, worker="Me")
    actions.acknowledge(handover, by=world.hub.staff["marcus"], now=LATER, worker="Marcus Dean")


def test_stepped_up_and_reopened(world):
    enquiry, handover = handed(world)
    actions.acknowledge(handover, by=world.hub.staff["amit"], now=LATER, worker="Priya Sand")
    actions.step_up(handover, by=world.hub.staff["amit"], now=LATER, because="A fracture was found.")
    assert Need.objects.get(kind="step_up", met_at=None).permission == "decide"
    with pytest.raises(Refused, match="asked already"):
        actions.step_up(world.fresh(handover), by=world.hub.staff["amit"], now=LATER, because="Again.")
    with pytest.raises(Refused, match="stepped it back up"):
        decisions.close(world.fresh(enquiry), by=world.ruth, now=LATER)
    decisions.reopen(world.fresh(enquiry), by=world.ruth, now=LATER, because="More serious.")
    handover.refresh_from_db()
    assert handover.step_up_did == "reopened"
    assert not Need.objects.filter(kind="step_up", met_at=None).exists()
    assert world.fresh(enquiry).status == "review"


def test_stepped_up_and_not_reopened_whoever_asked_is_told(world):
    _, handover = handed(world)
    amit = world.hub.staff["amit"]
    actions.step_up(handover, by=amit, now=LATER, because="Not ours.")
    with pytest.raises(Refused):
        actions.decline_step_up(handover, by=world.hannah, now=LATER, because="It is.")
    actions.decline_step_up(handover, by=world.ruth, now=LATER, because="The mother lives in North Wend.")
    letter = Letter.objects.get(key__startswith="step-up-declined")
    assert letter.user == amit
    assert "North Wend" not in letter.line
    actions.step_up(world.fresh(handover), by=amit, now=LATER, because="She moved yesterday.")


def test_a_closed_enquiry_can_still_be_stepped_up(world):
    from openmash.disclosure.models import NoRelease

    enquiry, handover = handed(world)
    actions.acknowledge(handover, by=world.hub.staff["amit"], now=LATER, worker="Priya Sand")
    decisions.give_feedback(enquiry, by=world.joanna, now=LATER, how="email")
    NoRelease.objects.create(enquiry=enquiry, to_whom="The team", because="They know.", by=world.ruth, at=LATER)
    decisions.close(world.fresh(enquiry), by=world.joanna, now=LATER)
    actions.step_up(world.fresh(handover), by=world.hub.staff["amit"], now=LATER, because="A fracture was found.")
    decisions.reopen(world.fresh(enquiry), by=world.ruth, now=LATER, because="A fracture.")
    assert world.fresh(enquiry).status == "review"


def test_stepped_down_to_early_help_which_acknowledges_in_its_turn(world):
    enquiry, handover = handed(world)
    amit, fay = world.hub.staff["amit"], world.hub.staff["fay"]
    early = world.hub.teams["wend-early-response"]
    with pytest.raises(Refused, match="Acknowledge it before"):
        actions.pass_on(handover, by=amit, now=LATER, team=early, because="Early help fits.")
    actions.acknowledge(handover, by=amit, now=LATER, worker="Priya Sand")
    new = actions.pass_on(world.fresh(handover), by=amit, now=LATER, team=early, because="Early help fits.")
    assert (new.team, new.passed_from, new.acknowledged_at) == (early, handover, None)
    with pytest.raises(Refused, match="passed on"):
        actions.record_what_became(world.fresh(handover), by=amit, now=LATER, became="closed")
    with pytest.raises(Refused, match="early-response hub has not acknowledged"):
        decisions.close(world.fresh(enquiry), by=world.ruth, now=LATER)
    actions.acknowledge(new, by=fay, now=LATER, worker="Fay Dunmore")
    actions.record_what_became(world.fresh(new), by=fay, now=LATER, became="early_help_plan")
    assert Step.objects.filter(enquiry=enquiry, what="followed-up", says="Early help plan").exists()


def test_it_is_not_passed_to_itself_or_out_of_the_area(world):
    _, handover = handed(world)
    amit = world.hub.staff["amit"]
    actions.acknowledge(handover, by=amit, now=LATER, worker="Priya Sand")
    for key in ("north-wend-assessment", "docks-assessment"):
        with pytest.raises(Refused, match="Choose another team"):
            actions.pass_on(world.fresh(handover), by=amit, now=LATER, team=world.hub.teams[key], because="x")


def test_a_team_around_the_family_has_a_lead_and_a_first_meeting(world):
    team = world.hub.teams["wend-early-response"]
    _, handover = handed(world, GivenOutcome("team_around_family", "Bring them together.", team=team.pk))
    day = (LATER + timedelta(days=7)).date()
    actions.acknowledge(handover, by=world.hub.staff["fay"], now=LATER, worker="Paula Birch", first_meeting_on=day)
    assert world.fresh(handover).first_meeting_on == day
