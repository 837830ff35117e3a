"""The county uses every door: calls for advice in every state, and a night of police notifications."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from openmash.audit.actors import PUBLIC
from openmash.consultations import queries as advice
from openmash.consultations.models import Consultation
from openmash.county.doors import tell_checks, tell_doors, tell_guarded, tell_night
from openmash.county.kept import tell_kept
from openmash.enquiries.actions import receive
from openmash.enquiries.given import GivenParty
from openmash.enquiries.models import Conflict, Restriction
from openmash.enquiries.tests.test_actions import given as enquiry_given
from openmash.notifications import queries as police
from openmash.notifications.models import Notification, Repair
from openmash.people.given import GivenPerson
from openmash.people.models import Proposal
from openmash.statutory_checks.models import StatutoryCheck

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 16, 15, tzinfo=ZoneInfo("Europe/London"))


def test_the_doors_are_used_and_used_once(hub, settings, tmp_path):
    settings.FEEDS_FOLDER = tmp_path
    child = GivenPerson("Mia", "Bell", born_on=date(2019, 4, 3), address_lines="12 Elm Road", postcode="WX1 2AB")
    facts = replace(enquiry_given(), parties=(GivenParty(child, "child"),))
    receive(hub.areas["wend-valley"], by=PUBLIC, now=NOW, given=facts, key="known")
    for _ in range(2):
        tell_doors(hub, NOW)
        tell_night(hub, NOW)
    assert set(Consultation.objects.values_list("state", flat=True)) == {"waiting", "ended"}
    assert Consultation.objects.count() == 11
    alike = advice.consistency(by=hub.staff["peter"], since=NOW - timedelta(days=365))
    assert [(one.adviser, one.is_few) for one in alike] == [("Peter Lund", False), ("Moira Teal", False)]
    assert {"waiting", "retained", "forwarded"} == set(Notification.objects.values_list("state", flat=True))
    assert Notification.objects.count() == 23 and Repair.objects.count() == 3
    assert not Notification.objects.filter(happened_on__gt=NOW.date()).exists()
    then_the_desk_shows_what_it_can_show(hub)


def then_the_desk_shows_what_it_can_show(hub):
    """Somebody is open to the worker whom it is forwarded to, some have earlier incidents, one waits for a second."""
    alan, greta = hub.staff["alan"], hub.staff["greta"]
    lines, _ = police.queue(by=alan)
    assert any(line.logs for line in lines) and any(line.incidents for line in lines)
    forwarded = Notification.objects.select_related("source").get(state="forwarded")
    (line,) = police.lines([forwarded], by=alan)
    assert (line.people[0].is_open, line.people[0].team, line.people[0].worker) == (
        True, forwarded.team.name, forwarded.worker)  # fmt: skip
    assert len(police.to_second(by=greta)) == 1 and police.agreement(by=greta).looked == 1


def test_children_whom_the_hub_knows_wait_for_a_second_person_and_are_asked_about(hub):
    given = GivenPerson("Mia", "Bell", born_on=date(2019, 4, 3), address_lines="12 Elm Road", postcode="WV1 2AB")
    for number in range(4):
        facts = replace(enquiry_given(), parties=(GivenParty(given, "child"),))
        receive(hub.areas["wend-valley"], by=PUBLIC, now=NOW, given=facts, key=f"guarded {number}")
    for _ in range(2):
        tell_guarded(hub, NOW)
        tell_checks(hub, NOW)
    proposal = Proposal.objects.get()
    assert (proposal.by.name, proposal.answered_at) == ("Joanna Vale", None)
    assert sorted(StatutoryCheck.objects.values_list("state", flat=True)) == ["answered", "open", "open", "proposed"]
    assert set(StatutoryCheck.objects.values_list("family", flat=True)) == {"Bell"}, "of a family whom the hub knows"


def test_one_enquiry_is_restricted_and_one_of_the_staff_knows_a_family(hub):
    adult = GivenPerson("Ann", "Bell", born_on=date(1991, 4, 3))
    for number in range(2):
        facts = replace(enquiry_given(), parties=(GivenParty(adult, "adult"),))
        receive(hub.areas["wend-valley"], by=PUBLIC, now=NOW, given=facts, key=f"kept {number}")
    for _ in range(2):
        tell_kept(hub, NOW)
    assert Restriction.objects.get().enquiry.is_restricted
    assert Conflict.objects.get().user == hub.staff["joanna"]
