"""Who may do what, at every status and for every role."""

import pytest

from openmash.decisions import policies
from openmash.enquiries.workflow import STATUSES

pytestmark = pytest.mark.django_db
# One of each role, and a manager of the other area.
STAFF = (
    "ruth", "shabana", "hannah", "joanna", "peter", "alan", "lewis", "marcus", "karen", "siobhan", "amit", "saul",
    "gwen", "nina",
)  # fmt: skip
ASKED = ("gathering", "review")
MAY = {
    policies.may_draft: ({"ruth", "hannah"}, ("triaged", *ASKED)),
    policies.may_propose: ({"ruth", "hannah"}, ("triaged", *ASKED)),
    policies.may_decide: ({"ruth"}, ASKED),
    policies.may_decide_directly: ({"ruth"}, ("received", "screened", "triaged")),
    policies.may_put_away: ({"ruth", "hannah", "joanna"}, ("received",)),
    policies.may_continue_research: ({"ruth"}, ("triaged", *ASKED)),
    policies.may_meet_late_answer: ({"ruth"}, STATUSES),
    policies.may_reopen: ({"ruth"}, ("decided", "closed")),
    policies.may_give_feedback: ({"ruth", "hannah", "joanna"}, ("decided",)),
}


@pytest.mark.parametrize("may", MAY, ids=lambda may: may.__name__)
def test_exactly_these_at_exactly_these_stages(world, may):
    enquiry = world.gathering(rating="green")
    enquiry.is_held = may is policies.may_put_away
    who, when = MAY[may]
    for status in STATUSES:
        enquiry.status = status  # not saved: the policy is asked of the row as it is
        allowed = {name for name in STAFF if may(world.hub.staff[name], enquiry)}
        assert allowed == (who if status in when else set()), status


def test_nobody_signed_out_and_no_part_of_the_system_decides(world):
    from openmash.audit.actors import CLOCKWORK, PUBLIC

    enquiry = world.review()
    for by in (PUBLIC, CLOCKWORK):
        for may in MAY:
            assert not may(by, enquiry)


def test_somebody_who_left_does_nothing(world):
    enquiry = world.review()
    world.ruth.is_active = False
    assert [may.__name__ for may in MAY if may(world.ruth, enquiry)] == []


def test_a_refusal_says_what_to_do(world):
    triaged = world.triaged()
    assert "Ask the agencies, or decide without research" in policies.may_decide(world.ruth, triaged).why
    received = world.receive()
    assert "Rate the enquiry first" in policies.may_decide(world.ruth, received).why


def test_red_research_has_nothing_to_continue(world):
    for rating in ("red", "amber"):
        assert "nothing to continue" in policies.may_continue_research(world.ruth, world.gathering(rating=rating)).why
