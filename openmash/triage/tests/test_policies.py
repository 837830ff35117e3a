"""Who screens and rates, and the gate as a table."""

import pytest

from openmash.agencies.models import User
from openmash.audit.actors import PUBLIC
from openmash.enquiries import actions as enquiries
from openmash.triage import actions
from openmash.triage.policies import (
    gate,
    is_complete,
    may_open_fast_track,
    may_rate,
    may_record_basis,
    may_rerate,
    may_screen,
)
from openmash.triage.tests.conftest import BASIS, MONDAY

SCREENERS = {"ruth", "martin", "hannah", "tomasz", "joanna", "dev"}
RATERS = {"ruth", "martin", "hannah", "tomasz"}


@pytest.mark.parametrize(
    ("suspects", "agrees", "gateway", "opens"),
    [
        (True, "yes", "ca1989_s47", True),
        (True, "no", "ca1989_s47", True),
        (True, "not_asked", "ca1989_s47", True),
        (True, "no", "ca1989_s17", True),
        (False, "yes", "ca1989_s17", True),
        (False, "no", "ca1989_s17", False),
        (False, "not_asked", "ca1989_s17", False),
        (False, "", "ca1989_s17", False),
        (False, "yes", "ca1989_s47", False),
        (False, "no", "ca1989_s47", False),
    ],
)
def test_the_gate(suspects, agrees, gateway, opens):
    verdict = gate(suspects_significant_harm=suspects, agrees_to_service=agrees, gateway=gateway)
    assert bool(verdict) is opens


def test_a_closed_gate_says_what_can_be_done_instead():
    why = gate(suspects_significant_harm=False, agrees_to_service="no").why
    for way in ("Ask the family", "decide without research", "record why significant harm is suspected"):
        assert way in why


@pytest.mark.parametrize(
    ("change", "complains_of"),
    [
        ({}, ""),
        ({"harm_because": "  "}, "Say why significant harm"),
        ({"thought_level": 5}, "level of need"),
        ({"told_family": False, "why_not_told": ""}, "why the family has not been told"),
        ({"told_family": False, "why_not_told": "because"}, "why the family has not been told"),
        ({"told_family": False, "why_not_told": "delay"}, ""),
        ({"agrees_to_service": "perhaps"}, "whether the family agrees"),
        ({"told_family": False, "why_not_told": "delay", "agrees_to_service": "yes"}, "cannot have agreed"),
        ({"told_family": True, "agrees_to_service": "yes"}, ""),
        ({"lawful_basis": "consent"}, "lawful basis"),
        ({"gateway": ""}, "gateway"),
    ],
)
def test_a_basis_says_everything_and_does_not_contradict_itself(change, complains_of):
    verdict = is_complete(BASIS | change)
    assert bool(verdict) is (complains_of == "")
    assert complains_of in verdict.why


@pytest.mark.django_db
def test_who_screens_and_who_rates(hub, received):
    enquiry = received()
    here = hub.staff
    assert {name for name, user in here.items() if may_screen(user, enquiry)} == SCREENERS
    actions.screen(enquiry, by=hub.staff["joanna"], now=MONDAY, outcome="research", considered="Not known.")
    enquiry.refresh_from_db()
    assert not may_screen(hub.staff["joanna"], enquiry), "only once"
    assert {name for name, user in here.items() if may_rate(user, enquiry)} == RATERS
    assert not may_rate(PUBLIC, enquiry)


@pytest.mark.django_db
def test_a_rating_needs_a_qualified_social_worker(hub, received):
    enquiry = received()
    actions.screen(enquiry, by=hub.staff["joanna"], now=MONDAY, outcome="research", considered="Not known.")
    enquiry.refresh_from_db()
    User.objects.filter(pk=hub.staff["hannah"].pk).update(is_qualified_social_worker=False)
    unqualified = User.objects.get(pk=hub.staff["hannah"].pk)
    assert "qualified social worker" in may_rate(unqualified, enquiry).why
    enquiry.rating = "red"
    assert "qualified social worker" in may_rerate(unqualified, enquiry).why


@pytest.mark.django_db
def test_nothing_is_rated_again_or_based_before_the_rating_or_after_the_decision(hub, received):
    enquiry, hannah = received(), hub.staff["hannah"]
    assert not may_rerate(hannah, enquiry)
    assert not may_record_basis(hannah, enquiry)
    enquiry.rating = "amber"
    assert may_rerate(hannah, enquiry)
    assert may_record_basis(hannah, enquiry)
    assert not may_record_basis(hub.staff["joanna"], enquiry), "a coordinator does not answer for the basis"
    for status in ("decided", "closed"):
        enquiry.status = status
        assert not may_rerate(hannah, enquiry)
        assert not may_record_basis(hannah, enquiry)


@pytest.mark.django_db
def test_the_fast_track_is_open_to_the_agency_that_is_needed_while_it_is_needed(hub, received):
    enquiry = received()
    staff = hub.staff
    assert not [name for name, user in staff.items() if may_open_fast_track(user, enquiry)]
    enquiries.fast_track(enquiry, by=hub.staff["hannah"], now=MONDAY, because="A broken arm.")
    may = {name for name, user in staff.items() if may_open_fast_track(user, enquiry)}
    assert may == {"alan", "greta", "lewis", "beth", "karen"}, "Wend Valley's police; nobody posted only to Harrowmouth"
    enquiries.discuss(enquiry, by=hub.staff["ruth"], now=MONDAY, says="Spoke to Sgt Firth.")
    assert not may_open_fast_track(hub.staff["lewis"], enquiry)
