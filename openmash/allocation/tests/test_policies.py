"""Who takes on what was handed on: every role, for what a team owns and for what an agency owns."""

import pytest

from openmash.allocation import policies
from openmash.allocation.tests.test_actions import handed
from openmash.decisions.given import GivenOutcome

pytestmark = pytest.mark.django_db
RECEIVERS = (
    policies.may_receive,
    policies.may_acknowledge,
    policies.may_step_up,
    policies.may_pass_on,
    policies.may_record_what_became,
)


@pytest.mark.parametrize("may", RECEIVERS, ids=lambda may: may.__name__)
@pytest.mark.parametrize("is_done", [False, True], ids=["waiting", "acknowledged"])
def test_only_the_team_and_only_in_its_turn(world, may, is_done):
    _, handover = handed(world)
    if is_done:
        handover.acknowledged_at = handover.handed_at
    allowed = {name for name, user in world.hub.staff.items() if may(user, handover)}
    when = {
        policies.may_acknowledge: not is_done,
        policies.may_pass_on: is_done,
        policies.may_record_what_became: is_done,
    }
    assert allowed == ({"amit"} if when.get(may, True) else set())


def test_what_an_agency_owns_is_for_its_people_in_the_area_and_nobody_elses(world):
    health = world.hub.agencies["health"]
    _, handover = handed(world, GivenOutcome("single_agency", "Monitor.", agency=health.pk))
    allowed = {name for name, user in world.hub.staff.items() if policies.may_receive(user, handover)}
    assert allowed == {"mary", "anjali", "kate"}  # not the health visitor who only refers


def test_only_the_decision_maker_of_the_area_answers_a_step_up(world):
    _, handover = handed(world)
    handover.stepped_up_at, handover.stepped_up_because = handover.handed_at, "More."
    allowed = {name for name, user in world.hub.staff.items() if policies.may_decline_step_up(user, handover)}
    assert allowed == {"ruth", "martin"}
    handover.step_up_did = "declined"
    assert not policies.may_decline_step_up(world.ruth, handover)


def test_nobody_signed_out_receives(world):
    from openmash.audit.actors import PUBLIC

    _, handover = handed(world)
    assert not policies.may_receive(PUBLIC, handover)
