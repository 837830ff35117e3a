"""Screening, rating and the basis, as they are done."""

from datetime import timedelta

import pytest

from openmash.audit.action import Refused, Stale
from openmash.audit.models import LedgerEvent
from openmash.enquiries.models import Need
from openmash.triage import actions
from openmash.triage.models import Basis, Rating, Screening
from openmash.triage.queries import ratings
from openmash.triage.tests.conftest import BASIS, MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def screened(hub, received):
    enquiry = received()
    actions.screen(enquiry, by=hub.staff["joanna"], now=MONDAY, outcome="research", considered="Not known.")
    enquiry.refresh_from_db()
    return enquiry


def test_screening_passes_the_enquiry_to_triage(hub, screened):
    assert (screened.status, screened.desk) == ("screened", "triage")
    assert Screening.objects.get(enquiry=screened).considered == "Not known."
    assert not Need.objects.filter(enquiry=screened, kind="decide").exists()


@pytest.mark.parametrize("outcome", ["direct", "already_open", "information_only", "duplicate", "advice"])
def test_without_research_a_practice_manager_is_asked_to_decide(hub, received, outcome):
    enquiry = received()
    actions.screen(enquiry, by=hub.staff["joanna"], now=MONDAY, outcome=outcome, considered="Open to a worker.")
    need = Need.objects.get(enquiry=enquiry, kind="decide")
    assert (need.permission, need.path) == ("decide", f"/enquiry/{enquiry.reference}/decide/directly/")


def test_a_rating_sets_the_research_clock_and_its_changes_are_kept_with_reasons(hub, screened):
    hannah = hub.staff["hannah"]
    actions.rate(screened, by=hannah, now=MONDAY, rating="green", because="Tired parents.")
    screened.refresh_from_db()
    green = screened.research_due_at
    later = MONDAY + timedelta(hours=2)
    police = hub.agencies["police"]
    actions.rerate(screened, by=hannah, now=later, rating="red", because="A weapon.", raised_by_agency=police)
    screened.refresh_from_db()
    assert (screened.status, screened.rating) == ("triaged", "red")
    assert screened.research_due_at == MONDAY + timedelta(hours=4) < green
    newest, first = ratings(screened.pk)
    assert (newest.before, newest.rating, newest.because, newest.raised_by) == (
        "green",
        "red",
        "A weapon.",
        "Wendmark Constabulary",
    )
    assert (first.before, first.rating) == ("", "green")


def test_a_stale_form_does_not_rate(hub, screened):
    seen = screened.version
    actions.rate(screened, by=hub.staff["hannah"], now=MONDAY, rating="green", because="Tired parents.", seen=seen)
    with pytest.raises(Stale):
        actions.rerate(screened, by=hub.staff["tomasz"], now=MONDAY, rating="red", because="A weapon.", seen=seen)
    assert Rating.objects.filter(enquiry=screened).count() == 1


def test_a_basis_that_the_gate_refuses_is_not_recorded_and_the_refusal_is(hub, screened):
    hannah = hub.staff["hannah"]
    actions.rate(screened, by=hannah, now=MONDAY, rating="green", because="Tired parents.")
    said = BASIS | {"suspects_significant_harm": False, "agrees_to_service": "no", "gateway": "ca1989_s17"}
    with pytest.raises(Refused, match="no agency may be asked"):
        actions.record_basis(screened, by=hannah, now=MONDAY, **said)
    assert not Basis.objects.filter(enquiry=screened).exists()
    assert LedgerEvent.objects.filter(event="basis.recorded", outcome="refused", enquiry=screened.pk).exists()


def test_a_basis_that_is_not_complete_is_not_recorded(hub, screened):
    hannah = hub.staff["hannah"]
    actions.rate(screened, by=hannah, now=MONDAY, rating="green", because="Tired parents.")
    with pytest.raises(Refused, match="why the family has not been told"):
        actions.record_basis(screened, by=hannah, now=MONDAY, **BASIS | {"told_family": False})


def test_a_later_basis_is_another_row(hub, screened):
    hannah = hub.staff["hannah"]
    actions.rate(screened, by=hannah, now=MONDAY, rating="amber", because="A bruise.")
    for _ in range(2):
        actions.record_basis(screened, by=hannah, now=MONDAY, **BASIS)
    assert list(Basis.objects.filter(enquiry=screened).values_list("number", flat=True)) == [1, 2]
