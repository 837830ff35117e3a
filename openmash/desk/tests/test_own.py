"""A professional reads back what they sent, whether there is a decision, and what they were told: nothing else."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from openmash.audit.models import LedgerEvent
from openmash.enquiries import actions
from openmash.enquiries.given import GivenEnquiry, GivenParty, GivenReferrer
from openmash.enquiries.models import Enquiry, Party
from openmash.people import actions as people
from openmash.people.facts import Fact
from openmash.people.given import GivenPerson
from openmash.triage import actions as triage

pytestmark = pytest.mark.django_db


def sent_by(user, key="own") -> Enquiry:
    given = GivenEnquiry(
        worry="Bruises on both arms",
        channel="professional_form",
        source_code="3B",
        referrer=GivenReferrer("professional", name=user.name, email=user.email),
        parties=(GivenParty(GivenPerson(given="Mia", family="Bell", born_on=date(2019, 4, 3)), "child"),),
        fields={"impact": "She does not sleep", "told_family": True},
    )
    area = user.postings.first().area
    return actions.receive(area, by=user, now=timezone.now(), given=given, key=key)


@pytest.fixture
def siobhan(hub) -> Client:
    browser = Client()
    browser.force_login(hub.staff["siobhan"])
    return browser


def test_one_sees_what_one_sent(siobhan, hub):
    enquiry = sent_by(hub.staff["siobhan"])
    listed = siobhan.get("/my-enquiries/").content.decode()
    assert enquiry.reference in listed
    assert "Received" in listed
    text = siobhan.get(f"/my-enquiries/{enquiry.reference}/").content.decode()
    assert "Bruises on both arms" in text
    assert "She does not sleep" in text
    assert "Mia Bell" in text
    assert LedgerEvent.objects.filter(event="submission.opened", enquiry=enquiry.pk).count() == 1


def test_nothing_that_the_hub_added_is_shown(siobhan, hub):
    enquiry = sent_by(hub.staff["siobhan"])
    party = Party.objects.select_related("person").get()
    people.adopt(party.person, by=hub.staff["joanna"], facts=(Fact("name", ("Mia", "Protected"), "Police"),))
    triage.screen(enquiry, by=hub.staff["joanna"], outcome="research", considered="Known to the hub since 2021")
    for page in ("", f"{enquiry.reference}/"):
        text = siobhan.get(f"/my-enquiries/{page}").content.decode()
        assert "Protected" not in text
        assert "2021" not in text
        assert "Screened" not in text
    assert "Mia Bell" in text


def test_the_stage_says_only_whether_there_is_a_decision(siobhan, hub):
    enquiry = sent_by(hub.staff["siobhan"])
    Enquiry.objects.filter(pk=enquiry.pk).update(decided_at=timezone.now())
    assert "Decision made" in siobhan.get("/my-enquiries/").content.decode()


def test_somebody_elses_enquiry_does_not_exist(siobhan, hub):
    theirs = sent_by(hub.staff["alan"])
    nowhere = siobhan.get("/my-enquiries/WV-2222-2222/")
    there = siobhan.get(f"/my-enquiries/{theirs.reference}/")
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content
    assert theirs.reference not in siobhan.get("/my-enquiries/").content.decode()


def test_it_is_for_those_who_make_enquiries(hub):
    for name, status in {"siobhan": 200, "alan": 200, "peter": 200, "joanna": 404, "ruth": 404, "mary": 404}.items():
        browser = Client()
        browser.force_login(hub.staff[name])
        assert browser.get("/my-enquiries/").status_code == status, name


def test_nothing_sent_yet_is_said(siobhan):
    assert "You have not sent an enquiry while you were signed in." in siobhan.get("/my-enquiries/").content.decode()
