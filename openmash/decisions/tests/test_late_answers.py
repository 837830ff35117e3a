"""No answer to a decided enquiry is ever forgotten: the decision-maker is asked, and answers (field note D1)."""

from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest
from django.db import DatabaseError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmash.agencies.models import Letter
from openmash.audit.action import Refused
from openmash.decisions import actions
from openmash.decisions.models import LateAnswer
from openmash.decisions.tests.conftest import MONDAY
from openmash.enquiries.models import Need
from openmash.gathering import actions as gathering
from openmash.gathering.models import Answer
from openmash.gathering.shelf import RETURNS

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)
WHO = {"police": "lewis", "health": "mary", "education": "femi"}


def answer(world, enquiry, agency="health", now=LATER, rating=""):
    """The agency answers through the real act, that it knows nothing."""
    request = enquiry.requests.get(agency__key=agency)
    checks = {system.key: "not_known" for system in RETURNS.get(request.agency.return_key).systems}
    by = world.hub.staff[WHO[agency]]
    return gathering.answer(request, by=by, now=now, is_nothing_known=True, rating=rating, checks=checks, items=())


def decided_early(world):
    enquiry = world.gathering()
    answer(world, enquiry, "police", now=MONDAY)
    given = world.decision(early_or_late_because="It cannot wait.")
    actions.sign(enquiry, by=world.ruth, now=LATER, given=given)
    return world.fresh(enquiry)


def test_a_late_answer_asks_the_decision_makers(world):
    enquiry = decided_early(world)
    row = answer(world, enquiry)
    late = LateAnswer.objects.get()
    assert (late.answer, late.did) == (row, "")
    need = Need.objects.get(kind="late_answer", met_at=None)
    assert need.permission == "decide"
    assert need.path == f"/enquiry/{enquiry.reference}/late/{late.pk}/"
    assert Letter.objects.filter(user=world.ruth, link=need.path).exists()


def test_the_decision_stands_because(world):
    enquiry = decided_early(world)
    answer(world, enquiry)
    late = LateAnswer.objects.get()
    actions.confirm(enquiry, by=world.martin, now=LATER, late=late.pk, because="Health knew nothing.")
    late.refresh_from_db()
    assert (late.did, late.by, late.because) == ("stands", world.martin, "Health knew nothing.")
    assert world.fresh(enquiry).status == "decided"
    assert not Need.objects.filter(kind="late_answer", met_at=None).exists()
    with pytest.raises(Refused, match="already answered"):
        actions.confirm(enquiry, by=world.ruth, now=LATER, late=late.pk, because="Again.")


def test_reopening_meets_every_late_answer_that_waits(world):
    enquiry = decided_early(world)
    answer(world, enquiry)
    answer(world, enquiry, now=LATER + timedelta(minutes=5))
    actions.reopen(enquiry, by=world.ruth, now=LATER, because="Health knows of an injury.")
    assert set(LateAnswer.objects.values_list("did", flat=True)) == {"reopened"}
    assert world.fresh(enquiry).status == "review"


def test_nothing_closes_while_a_late_answer_waits(world):
    enquiry = decided_early(world)
    answer(world, enquiry)
    with pytest.raises(Refused, match="whether the decision stands"):
        actions.close(enquiry, by=world.ruth, now=LATER)


def test_nobody_but_a_decision_maker_answers_it(world):
    enquiry = decided_early(world)
    answer(world, enquiry)
    late = LateAnswer.objects.get().pk
    for name in ("hannah", "joanna", "lewis", "shabana"):
        with pytest.raises(Refused):
            actions.confirm(enquiry, by=world.hub.staff[name], now=LATER, late=late, because="It stands.")


def test_the_database_refuses_an_answer_that_nobody_was_asked_about(world):
    enquiry = decided_early(world)
    world.answer(enquiry, "health", now=LATER + timedelta(minutes=1))
    with pytest.raises(DatabaseError, match="decision-maker was not asked"):
        _check_now()


def _check_now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


STEPS = st.lists(
    st.sampled_from(("police", "health", "education", "sign", "stands", "reopen", "close")), min_size=1, max_size=10
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_in_whatever_order_no_late_answer_is_forgotten(world, steps):
    enquiry, clock = world.gathering("police", "health", "education"), count(1)
    words = world.decision(early_or_late_because="Now.")
    for step in steps:
        now, enquiry = LATER + timedelta(minutes=next(clock)), world.fresh(enquiry)
        with suppress(Refused):
            if step in WHO:
                answer(world, enquiry, step, now=now)
            elif step == "sign":
                actions.sign(enquiry, by=world.ruth, now=now, given=words)
            elif step == "reopen":
                actions.reopen(enquiry, by=world.ruth, now=now, because="Again.")
            elif step == "close":
                actions.close(enquiry, by=world.ruth, now=now)
            else:
                late = LateAnswer.objects.filter(enquiry=enquiry, did="").first()
                actions.confirm(enquiry, by=world.ruth, now=now, late=late.pk if late else 0, because="It stands.")
        _check_now()
        _nothing_is_forgotten(enquiry)


def _nothing_is_forgotten(enquiry):
    late = Answer.objects.filter(enquiry=enquiry, is_late=True)
    assert not late.filter(late_answer=None).exists()
    waiting = {f"late_answer:{enquiry.pk}:{row.pk}" for row in LateAnswer.objects.filter(enquiry=enquiry, did="")}
    needs = Need.objects.filter(enquiry=enquiry, kind="late_answer", met_at=None)
    assert set(needs.values_list("key", flat=True)) == waiting
