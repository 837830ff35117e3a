from datetime import timedelta

import pytest

from openmash.allocation import actions, queries
from openmash.allocation.tests.test_actions import LATER, handed
from openmash.decisions import actions as decisions

pytestmark = pytest.mark.django_db


def test_what_waits_stands_first_and_says_when_it_is_overdue(world):
    _, first = handed(world)
    _, second = handed(world)
    amit = world.hub.staff["amit"]
    actions.acknowledge(first, by=amit, now=LATER, worker="Priya Sand")
    found = queries.received(amit, now=LATER + timedelta(days=3))
    assert [(line.number, line.state) for line in found.waiting] == [(second.pk, "overdue")]
    (done,) = found.others
    assert (done.number, done.state, done.worker) == (first.pk, "acknowledged", "Priya Sand")
    assert done.children.startswith("Mia Bell, ")


def test_a_later_decision_replaces_what_nobody_acknowledged(world):
    enquiry, handover = handed(world)
    decisions.reopen(enquiry, by=world.ruth, now=LATER, because="Again.")
    decisions.sign(world.fresh(enquiry), by=world.ruth, now=LATER, given=world.decision())
    found = queries.received(world.hub.staff["amit"], now=LATER)
    assert [line.state for line in found.waiting] == ["waiting"]
    assert [(line.number, line.state) for line in found.others] == [(handover.pk, "replaced")]
    with pytest.raises(Exception, match="later decision"):
        actions.acknowledge(handover, by=world.hub.staff["amit"], now=LATER, worker="Late")


def test_the_list_takes_the_same_queries_however_long_it_is(world, django_assert_num_queries):
    amit = world.hub.staff["amit"]
    handed(world)
    queries.received(amit, now=LATER)  # what is read once a process is read now
    with django_assert_num_queries(9):
        queries.received(amit, now=LATER)
    for _ in range(3):
        handed(world)
    with django_assert_num_queries(9):
        assert len(queries.received(amit, now=LATER).waiting) == 4


def test_the_hub_sees_who_has_it(world):
    enquiry, handover = handed(world)
    summary = queries.summary(enquiry, by=world.joanna, now=LATER)
    assert [(line.owner, line.state) for line in summary.lines] == [("North Wend assessment team", "waiting")]
    actions.step_up(handover, by=world.hub.staff["amit"], now=LATER, because="A fracture.")
    assert queries.summary(enquiry, by=world.joanna, now=LATER).step_ups == ()
    assert queries.summary(enquiry, by=world.ruth, now=LATER).step_ups[0][1] == "A fracture."
    assert queries.summary(enquiry, by=world.hub.staff["amit"], now=LATER).lines == ()
