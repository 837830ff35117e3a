"""Asking, withdrawing, going on without asking, and asking without a signature."""

from datetime import timedelta

import pytest

from openmash.agencies.models import Agreement, Letter, Signature
from openmash.audit.action import Refused, Stale
from openmash.enquiries.models import Need
from openmash.gathering import actions
from openmash.gathering.given import Asked
from openmash.gathering.models import Override, Request
from openmash.gathering.tests.conftest import AGREED, HARM, LATER, nothing_known
from openmash.triage import actions as triage

pytestmark = pytest.mark.django_db


def to(hub, *keys):
    return [Asked(hub.agencies[key], "It would know.") for key in keys]


def ask(hub, enquiry, *keys, **more):
    return actions.ask(enquiry, by=hub.staff["hannah"], now=LATER, agencies=to(hub, *keys), **more)


def test_asking_makes_requests_on_the_latest_basis_and_goes_to_gathering(hub, ready):
    enquiry = ready()
    triage.record_basis(enquiry, by=hub.staff["hannah"], now=LATER, **HARM)
    police, health = ask(hub, enquiry, "police", "health")
    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.desk) == ("gathering", "gathering")
    assert {police.basis.number, health.basis.number} == {2}
    assert police.people == [party.person_id for party in enquiry.parties.all()]
    assert police.proportionate_because == "It would know."
    assert "Address: 12 Elm Road" in police.wording
    assert police.wording != health.wording


def test_each_agency_gets_a_need_and_a_letter_with_a_link_that_says_nothing(hub, ready):
    enquiry = ready()
    (police,) = ask(hub, enquiry, "police")
    need = Need.objects.get(enquiry=enquiry, kind="answer")
    assert (need.agency.key, need.path, need.due_at) == ("police", f"/request/{police.token}/", police.due_at)
    letters = Letter.objects.filter(about=enquiry.reference, link=f"/request/{police.token}/")
    assert {letter.user.name for letter in letters} == {"PC Lewis Tarn", "PC Beth Oram", "Insp Karen Holt"} & {
        letter.user.name for letter in letters
    }
    assert len(letters) == 3
    assert {letter.line for letter in letters} == {"A request to answer"}


def test_the_family_is_told_of_in_the_wording_as_the_basis_says(hub, ready):
    (police,) = ask(hub, ready(basis=AGREED), "police")
    assert "Significant harm is not suspected; the family agrees to a service." in police.wording


def test_nobody_is_asked_without_a_basis(hub, triaged):
    enquiry = triaged()
    with pytest.raises(Refused, match="Record the basis for asking first"):
        ask(hub, enquiry, "police")
    assert not Request.objects.exists()


def test_nobody_is_asked_before_triage_or_after_the_decision(hub, received, ready):
    with pytest.raises(Refused, match="after triage and before the decision"):
        ask(hub, received(), "police")


@pytest.mark.parametrize(
    ("agencies", "why"),
    [
        ([], "Choose at least one agency"),
        ([("police", " ")], "Say why asking Wendmark Constabulary is proportionate"),
        ([("police", "x"), ("police", "y")], "Each agency is asked once"),
        ([("cafcass", "x")], "Cafcass has not joined the hub"),
        ([("police", "x"), ("cafcass", "x")], "Cafcass has not signed a sharing agreement"),
    ],
)
def test_one_that_may_not_be_asked_stops_them_all(hub, ready, agencies, why):
    enquiry = ready()
    wanted = [Asked(hub.agencies[key], because) for key, because in agencies]
    with pytest.raises(Refused, match=why):
        actions.ask(enquiry, by=hub.staff["hannah"], now=LATER, agencies=wanted)
    enquiry.refresh_from_db()
    assert (enquiry.status, Request.objects.count()) == ("triaged", 0)


def test_an_agency_is_not_asked_twice_at_a_time_but_may_be_asked_again(hub, ready):
    enquiry = ready()
    (police, _) = ask(hub, enquiry, "police", "health")
    with pytest.raises(Refused, match="has been asked already"):
        ask(hub, enquiry, "police")
    actions.answer(police, by=hub.staff["lewis"], now=LATER, **nothing_known(police))
    ask(hub, enquiry, "police")
    assert Request.objects.filter(agency=hub.agencies["police"]).count() == 2


def test_more_are_asked_from_review_and_the_decision_waits(hub, asked):
    (police,) = asked("police")
    actions.answer(police, by=hub.staff["lewis"], now=LATER, **nothing_known(police))
    enquiry = police.enquiry
    enquiry.refresh_from_db()
    assert enquiry.status == "review"
    assert Need.objects.filter(enquiry=enquiry, kind="decide", met_at=None).exists()
    ask(hub, enquiry, "health")
    enquiry.refresh_from_db()
    assert enquiry.status == "gathering"
    assert not Need.objects.filter(enquiry=enquiry, kind="decide", met_at=None).exists()


def test_two_workers_asking_at_once_the_second_is_told(hub, ready):
    enquiry = ready()
    seen = enquiry.version
    ask(hub, enquiry, "police", seen=seen)
    with pytest.raises(Stale):
        ask(hub, enquiry, "health", seen=seen)


def test_a_coordinator_may_send_and_an_agency_may_not(hub, ready):
    enquiry = ready()
    for outsider in ("lewis", "siobhan", "gwen", "grace"):
        with pytest.raises(Refused):
            actions.ask(enquiry, by=hub.staff[outsider], now=LATER, agencies=to(hub, "police"))
    actions.ask(enquiry, by=hub.staff["joanna"], now=LATER, agencies=to(hub, "police"))


def test_withdrawing_the_last_request_goes_to_the_decision(hub, asked):
    police, health = asked("police", "health")
    hannah = hub.staff["hannah"]
    actions.withdraw(police, by=hannah, now=LATER, because="Asked by mistake.")
    police.enquiry.refresh_from_db()
    assert police.enquiry.status == "gathering"
    assert not Need.objects.filter(kind="answer", agency=hub.agencies["police"], met_at=None).exists()
    actions.withdraw(health, by=hannah, now=LATER, because="Asked by mistake.")
    police.enquiry.refresh_from_db()
    assert police.enquiry.status == "review"
    with pytest.raises(Refused, match="withdrawn already"):
        actions.withdraw(health, by=hannah, now=LATER, because="Again.")


def test_no_agency_needs_asking_because(hub, triaged):
    enquiry = triaged("green")
    actions.take_to_review(enquiry, by=hub.staff["hannah"], now=LATER, because="Known and well supported.")
    enquiry.refresh_from_db()
    assert enquiry.status == "review"
    assert enquiry.steps.latest("id").because == "Known and well supported."
    assert Need.objects.filter(enquiry=enquiry, kind="decide", permission="decide").exists()


def test_a_coordinator_does_not_go_on_without_asking(hub, triaged):
    with pytest.raises(Refused):
        actions.take_to_review(triaged(), by=hub.staff["joanna"], now=LATER, because="x")


class TestWithoutASignature:
    @pytest.fixture
    def unsigned(self, hub):
        Signature.objects.filter(agency=hub.agencies["housing"]).update(ended_on="2025-01-01")
        return hub.agencies["housing"]

    def test_it_is_not_asked(self, hub, ready, unsigned):
        with pytest.raises(Refused, match="has not signed a sharing agreement that is in force"):
            ask(hub, ready(), "housing")

    def test_nor_when_the_agreement_has_ended(self, hub, ready):
        Agreement.objects.update(counts_until="2025-01-01")
        with pytest.raises(Refused, match="has not signed"):
            ask(hub, ready(), "housing")

    def test_the_governance_lead_lets_it_be_asked_about_this_one_enquiry(self, hub, ready, unsigned):
        enquiry, other = ready(), ready()
        wanted = actions.want_override(
            enquiry, by=hub.staff["hannah"], now=LATER, agency=unsigned, because="The only landlord."
        )
        need = Need.objects.get(kind="override")
        assert (need.permission, need.path) == ("override_agreement", f"/override/{wanted.pk}/")
        with pytest.raises(Refused):
            ask(hub, enquiry, "housing")
        actions.override_agreement(wanted, by=hub.staff["gwen"], now=LATER, because="Serious harm.")
        (request,) = ask(hub, enquiry, "housing")
        assert (request.overridden_by, request.overridden_because) == (hub.staff["gwen"], "Serious harm.")
        with pytest.raises(Refused):
            ask(hub, other, "housing")
        assert Need.objects.filter(kind="override_answered", user=hub.staff["hannah"]).exists()

    def test_a_refusal_stays_a_refusal_until_it_is_asked_for_again(self, hub, ready, unsigned):
        enquiry, hannah = ready(), hub.staff["hannah"]
        wanted = actions.want_override(enquiry, by=hannah, now=LATER, agency=unsigned, because="x")
        with pytest.raises(Refused, match="has been asked already"):
            actions.want_override(enquiry, by=hannah, now=LATER, agency=unsigned, because="x")
        actions.refuse_override(wanted, by=hub.staff["gwen"], now=LATER, because="They can sign today.")
        with pytest.raises(Refused):
            ask(hub, enquiry, "housing")
        with pytest.raises(Refused, match="answered already"):
            actions.override_agreement(wanted, by=hub.staff["gwen"], now=LATER, because="x")
        again = actions.want_override(enquiry, by=hannah, now=LATER, agency=unsigned, because="x")
        actions.override_agreement(again, by=hub.staff["gwen"], now=LATER, because="x")
        ask(hub, enquiry, "housing")

    def test_only_the_governance_lead_of_the_area_says_so_and_never_to_their_own_wish(self, hub, ready, unsigned):
        enquiry = ready()
        wanted = actions.want_override(enquiry, by=hub.staff["hannah"], now=LATER, agency=unsigned, because="x")
        for other in ("hannah", "ruth", "joanna", "nina"):
            with pytest.raises(Refused):
                actions.override_agreement(wanted, by=hub.staff[other], now=LATER, because="x")
        Override.objects.filter(pk=wanted.pk).update(wanted_by=hub.staff["gwen"])
        wanted.refresh_from_db()
        with pytest.raises(Refused, match="Nobody answers their own request"):
            actions.override_agreement(wanted, by=hub.staff["gwen"], now=LATER, because="x")

    def test_one_that_has_signed_or_has_not_joined_needs_no_override(self, hub, ready):
        enquiry, hannah = ready(), hub.staff["hannah"]
        with pytest.raises(Refused, match="can be asked without"):
            actions.want_override(enquiry, by=hannah, now=LATER, agency=hub.agencies["police"], because="x")
        with pytest.raises(Refused, match="has not joined"):
            actions.want_override(enquiry, by=hannah, now=LATER, agency=hub.agencies["cafcass"], because="x")


def test_chasing_is_for_the_hub_and_for_what_is_open(hub, asked):
    (police,) = asked("police")
    with pytest.raises(Refused):
        actions.chase(police, by=hub.staff["lewis"], now=LATER)
    actions.chase(police, by=hub.staff["joanna"], now=LATER + timedelta(minutes=5))
    police.refresh_from_db()
    assert police.chased == 1
    actions.answer(police, by=hub.staff["lewis"], now=LATER, **nothing_known(police))
    with pytest.raises(Refused, match="nothing to chase"):
        actions.chase(police, by=hub.staff["joanna"], now=LATER)
