"""The doors of this room, for the hub and for agencies."""

import pytest
from django.utils import timezone

from openmash.agencies.models import Signature
from openmash.enquiries.models import Enquiry
from openmash.gathering import actions
from openmash.gathering.models import Answer, AnswerDraft, Override, RatingAlert, Request
from openmash.gathering.shelf import RETURNS
from openmash.gathering.tests.conftest import LATER, item, known, nothing_known
from openmash.intelligence import actions as intelligence
from openmash.triage import actions as triage

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def version(enquiry) -> int:
    return Enquiry.objects.get(pk=enquiry.pk).version


class TestAsking:
    def send(self, client, enquiry, *keys, **more):
        fields = {"version": version(enquiry), "agencies": keys}
        return client.post(
            f"/enquiry/{enquiry.reference}/ask/", fields | {f"because_{key}": "It would know." for key in keys} | more
        )

    def test_the_usual_agencies_are_ticked_with_reason_and_wording(self, hub, ready, client):
        enquiry = ready()
        client.force_login(hub.staff["hannah"])
        page = text(client.get(f"/enquiry/{enquiry.reference}/ask/"))
        assert 'value="police" checked' in page
        assert 'value="housing" checked' not in page
        assert "received an enquiry about the welfare of a child" in page
        assert "Cafcass has not joined the hub" in page

    def test_the_requests_are_sent(self, hub, ready, client):
        enquiry = ready()
        client.force_login(hub.staff["hannah"])
        answer = self.send(client, enquiry, "police", "health")
        assert answer.url == f"/enquiry/{enquiry.reference}/requests/"
        assert Request.objects.count() == 2

    def test_each_needs_its_reason_and_what_was_typed_is_kept(self, hub, ready, client):
        enquiry = ready()
        client.force_login(hub.staff["hannah"])
        page = text(self.send(client, enquiry, "police", "health", because_police="", because_health="Kept words."))
        assert "Enter why asking Wendmark Constabulary is proportionate" in page
        assert "Kept words." in page
        assert not Request.objects.exists()

    def test_nobody_ticked_is_a_mistake_that_is_said(self, hub, ready, client):
        enquiry = ready()
        client.force_login(hub.staff["hannah"])
        assert "Select at least one agency to ask" in text(self.send(client, enquiry))

    def test_a_green_that_asks_everybody_warns_once_and_does_not_block(self, hub, ready, client):
        enquiry = ready("green")
        everybody = [key for key, agency in hub.agencies.items() if agency.mode != "proposed"]
        client.force_login(hub.staff["hannah"])
        page = text(self.send(client, enquiry, *everybody))
        assert "This enquiry is green and every agency is to be asked" in page
        assert not Request.objects.exists()
        assert 'name="warned" value="yes"' in page
        self.send(client, enquiry, *everybody, warned="yes")
        assert Request.objects.count() == len(everybody)

    def test_without_a_basis_the_page_says_what_comes_first(self, hub, triaged, client):
        enquiry = triaged()
        client.force_login(hub.staff["hannah"])
        page = text(client.get(f"/enquiry/{enquiry.reference}/ask/"))
        assert "Record the basis for asking first" in page
        assert "Send the requests" not in page

    def test_somebody_else_asked_meanwhile(self, hub, ready, client):
        enquiry = ready()
        client.force_login(hub.staff["hannah"])
        old = version(enquiry)
        triage.rerate(enquiry, by=hub.staff["tomasz"], rating="red", because="A weapon.")
        page = text(self.send(client, enquiry, "police", version=old))
        assert "Tomasz Zielak changed this while you were typing" in page
        assert not Request.objects.exists()

    def test_no_agency_needs_asking(self, hub, triaged, client):
        enquiry = triaged("red")
        client.force_login(hub.staff["hannah"])
        path = f"/enquiry/{enquiry.reference}/review/"
        assert "This enquiry is red and no agency is asked" in text(client.get(path))
        client.post(path, {"version": version(enquiry), "because": "All known already."})
        assert Enquiry.objects.get(pk=enquiry.pk).status == "review"

    def test_withdraw_and_remind(self, hub, asked, client):
        police, health = asked("police", "health")
        path = f"/enquiry/{police.enquiry.reference}/request"
        client.force_login(hub.staff["joanna"])
        client.post(f"{path}/{police.token}/chase/")
        client.post(f"{path}/{health.token}/withdraw/", {"because": "Not needed."})
        police.refresh_from_db()
        health.refresh_from_db()
        assert (police.chased, health.withdrawn_because) == (1, "Not needed.")

    def test_a_request_about_another_enquiry_is_not_found_here(self, hub, asked, client):
        one, other = asked("police")[0], asked("health")[0]
        client.force_login(hub.staff["joanna"])
        assert client.get(f"/enquiry/{one.enquiry.reference}/request/{other.token}/withdraw/").status_code == 404


class TestTheGovernanceLead:
    def test_sees_the_reference_and_the_reason_and_nothing_of_the_case(self, hub, ready, client):
        Signature.objects.filter(agency=hub.agencies["housing"]).update(ended_on="2025-01-01")
        enquiry = ready(worry="CANARY worry")
        client.force_login(hub.staff["hannah"])
        assert "Ask the governance lead" in text(client.get(f"/enquiry/{enquiry.reference}/ask/"))
        client.post(
            f"/enquiry/{enquiry.reference}/ask/housing/override/",
            {"version": version(enquiry), "because": "The only landlord."},
        )
        wanted = Override.objects.get()
        assert client.get(f"/override/{wanted.pk}/").status_code == 404
        client.force_login(hub.staff["gwen"])
        page = text(client.get(f"/override/{wanted.pk}/"))
        assert enquiry.reference in page
        assert "The only landlord." in page
        for kept in ("CANARY", "Mia", "Bell", "Domestic abuse"):
            assert kept not in page
        client.post(f"/override/{wanted.pk}/", {"did": "granted", "because": "Serious harm."})
        wanted.refresh_from_db()
        assert (wanted.did, wanted.because) == ("granted", "Serious harm.")


class TestTheAlert:
    @pytest.fixture
    def alert(self, hub, asked):
        police, _ = asked("police", "health")
        given = known(police, item("A weapon was seen.", people=(police.people[0],), sensitivity="X"), rating="red")
        actions.answer(police, by=hub.staff["lewis"], now=LATER, **given)
        return RatingAlert.objects.get()

    def path(self, alert):
        return f"/enquiry/{alert.enquiry.reference}/alert/{alert.answer.token}/"

    def test_the_practice_manager_reads_what_was_said_and_confirms(self, hub, alert, client):
        client.force_login(hub.staff["ruth"])
        assert "A weapon was seen." in text(client.get(self.path(alert)))
        client.post(self.path(alert), {"did": "red", "because": "A weapon."})
        assert Enquiry.objects.get().rating == "red"

    def test_or_declines(self, hub, alert, client):
        client.force_login(hub.staff["ruth"])
        assert "Enter why" in text(client.post(self.path(alert), {"did": "declined"}))
        client.post(self.path(alert), {"did": "declined", "because": "Years ago."})
        alert.refresh_from_db()
        assert (alert.did, Enquiry.objects.get().rating) == ("declined", "amber")

    def test_a_rating_that_the_agency_did_not_give_cannot_be_chosen(self, hub, alert, client):
        client.force_login(hub.staff["ruth"])
        client.post(self.path(alert), {"did": "green", "because": "x"})
        alert.refresh_from_db()
        assert (alert.did, Enquiry.objects.get().rating) == ("", "amber")

    @pytest.mark.parametrize("other", ["hannah", "joanna", "lewis", "gwen"])
    def test_it_is_nobody_elses(self, hub, alert, client, other):
        client.force_login(hub.staff[other])
        assert client.get(self.path(alert)).status_code == 404


class TestACoordinatorIsABlindCourier:
    PAGES = ("", "requests/", "ask/", "history/", "request/{token}/withdraw/")

    def test_no_byte_of_an_answer_reaches_them(self, hub, asked, client):
        police, health, _ = asked("police", "health", "education")
        child = (police.people[0],)
        items = [item(f"CANARY-{grade}", people=child, sensitivity=grade) for grade in "GSXL"]
        actions.answer(police, by=hub.staff["lewis"], now=LATER, **known(police, *items, rating="red"))
        actions.answer(health, by=hub.staff["mary"], now=LATER, **nothing_known(health))
        client.force_login(hub.staff["joanna"])
        answered = 0
        for part in self.PAGES:
            response = client.get(f"/enquiry/{police.enquiry.reference}/{part.format(token=health.token)}")
            answered += response.status_code == 200
            for told in ("CANARY", "Nothing known", "sealed item", "systems checked"):
                assert told not in text(response), part
        assert answered >= 3
        path = f"/enquiry/{police.enquiry.reference}/alert/{Answer.objects.first().token}/"
        assert client.get(path).status_code == 404
        client.force_login(hub.staff["ruth"])
        page = text(client.get(f"/enquiry/{police.enquiry.reference}/requests/"))
        assert "Nothing known" in page
        assert "sealed item" in page
        assert "CANARY" not in page


class TestMyChecks:
    def test_nothing_known_is_one_press_and_says_beforehand_what_it_records(self, hub, asked, client):
        (police,) = asked("police")
        client.force_login(hub.staff["lewis"])
        page = text(client.get("/checks/"))
        assert "Damon Kerr" in page
        for system in RETURNS.get("police").systems:
            assert system.name in page
        assert 'data-key="1"' in page
        page = text(client.post(f"/request/{police.token}/nothing-known/", follow=True))
        assert "“Nothing known” is sent" in page
        assert Answer.objects.get().is_nothing_known

    def test_a_mistake_is_undone_by_a_fuller_answer(self, hub, asked, client):
        police, _ = asked("police", "health", now=timezone.now())
        client.force_login(hub.staff["lewis"])
        page = text(client.post(f"/request/{police.token}/nothing-known/", follow=True))
        assert "That was a mistake: send a fuller answer" in page
        assert client.get(f"/request/{police.token}/").status_code == 200

    def test_a_responder_gets_no_names_on_the_list(self, hub, asked, client):
        asked("probation")
        client.force_login(hub.staff["marcus"])
        page = text(client.get("/checks/"))
        assert "WV-" in page
        for name in ("Mia", "Bell", "Damon", "Kerr", "3 April 2019"):
            assert name not in page

    @pytest.mark.parametrize("other", ["hannah", "joanna", "ruth", "siobhan", "gwen", "alan"])
    def test_it_is_for_those_who_answer(self, hub, client, other):
        client.force_login(hub.staff[other])
        assert client.get("/checks/").status_code == 404


def filled(request, **more):
    """An answer as the browser sends it: every system, one item, the rating."""
    systems = {f"system_{system.key}": "not_known" for system in RETURNS.get(request.agency.return_key).systems}
    one = {
        "words": "Four calls to the address.",
        "prompt": RETURNS.get(request.agency.return_key).prompts[0].key,
        "happened_on-day": "3",
        "happened_on-month": "5",
        "happened_on-year": "2026",
        "people": [request.people[0]],
        "nature": "fact",
        "dependable": "1",
        "known_how": "A",
        "handling": "P",
        "sensitivity": "G",
    }
    fields = systems | {"system_custody": "known"} if "system_custody" in systems else systems
    fields |= {f"items-0-{name}": value for name, value in one.items()}
    return fields | {"items-number": ["0"], "rating": "amber", "send": "answer"} | more


ENDS_BEFORE_IT_BEGINS = {
    f"items-0-happened_until-{box}": value for box, value in (("day", "1"), ("month", "1"), ("year", "2020"))
}


class TestTheAnswerPage:
    @pytest.fixture
    def police(self, hub, asked, client):
        client.force_login(hub.staff["lewis"])
        return asked("police", "health")[0]

    def test_a_link_carries_no_authority(self, hub, police, client):
        path = f"/request/{police.token}/"
        for other in ("mary", "ruth", "hannah", "marcus", "alan"):
            client.force_login(hub.staff[other])
            assert client.get(path).status_code == 404, other
            assert client.post(f"{path}nothing-known/").status_code == 404
            assert client.post(f"{path}draft/").status_code == 404
        client.logout()
        assert client.get(path).url.startswith("/account/login/")

    def test_it_shows_the_request_and_the_agencys_own_form(self, police, client):
        page = text(client.get(f"/request/{police.token}/"))
        assert "received an enquiry about the welfare of a child" in page
        for prompt in RETURNS.get("police").prompts:
            assert prompt.label in page
        assert "Immunisations" not in page
        assert "How dependable is this source?" in page
        assert "How do you know this?" in page

    def test_nobody_is_taken_to_have_looked_who_does_not_say_so(self, police, client):
        page = text(client.get(f"/request/{police.token}/"))
        assert page.count('value="not_checked" checked') == len(RETURNS.get("police").systems)
        assert 'value="known" checked' not in page
        assert 'value="not_known" checked' not in page

    def test_an_answer_is_sent_item_by_item(self, hub, police, client):
        second = {
            name.replace("items-0", "items-1"): value for name, value in filled(police).items() if "items-0" in name
        }
        second |= {"items-1-words": "A second thing.", "items-1-sensitivity": "X", "items-1-handling": "C"}
        second |= {"items-1-conditions": "Ring us first.", "items-number": ["0", "1"]}
        answer = client.post(f"/request/{police.token}/", filled(police, **second))
        assert answer.url == "/checks/"
        first, other = intelligence.read(police.enquiry, by=hub.staff["ruth"])
        assert (first.words, first.kind, str(first.happened_on)) == (
            "Four calls to the address.",
            "incident",
            "2026-05-03",
        )
        assert (other.sensitivity, other.conditions) == ("X", "Ring us first.")

    def test_what_is_missing_is_said_beside_it_and_everything_typed_is_kept(self, police, client):
        page = text(client.post(f"/request/{police.token}/", filled(police, rating="", **{"items-0-nature": ""})))
        assert "Select how urgent what you know makes it" in page
        assert "Select whether it is a fact" in page
        assert "Four calls to the address." in page
        assert not Answer.objects.exists()

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"items-0-handling": "C"}, "Enter the conditions on which it may be shared"),
            ({"items-0-sensitivity": "L"}, "Select the people who may read it"),
            ({"items-0-people": []}, "Select who it is about"),
            (ENDS_BEFORE_IT_BEGINS, "The end of the period must be after its beginning"),
            ({"system_pnc": ""}, "Select what you found in Police National Computer"),
        ],
    )
    def test_rules_of_an_item(self, police, client, change, says):
        assert says in text(client.post(f"/request/{police.token}/", filled(police, **change)))

    def test_a_locked_item_is_read_by_the_named_alone(self, hub, police, client):
        locked = {"items-0-sensitivity": "L", "items-0-named": [hub.staff["karen"].pk, hub.staff["martin"].pk]}
        client.post(f"/request/{police.token}/", filled(police, **locked))
        read = {
            name: len(intelligence.read(police.enquiry, by=hub.staff[name])) for name in ("karen", "martin", "ruth")
        }
        assert read == {"karen": 1, "martin": 1, "ruth": 0}

    def test_only_colleagues_and_practice_managers_can_be_named(self, hub, police, client):
        locked = {"items-0-sensitivity": "L", "items-0-named": [hub.staff["joanna"].pk]}
        client.post(f"/request/{police.token}/", filled(police, **locked))
        assert not Answer.objects.exists()

    def test_adding_an_item_keeps_what_is_typed_and_complains_of_nothing(self, police, client):
        typed = filled(police, rating="") | {"send": "", "add": "items"}
        page = text(client.post(f"/request/{police.token}/", typed))
        assert "Item 2" in page
        assert "Four calls to the address." in page
        assert "There is a problem" not in page

    def test_a_draft_is_kept_quietly_and_comes_back(self, hub, police, client):
        assert client.post(f"/request/{police.token}/draft/", filled(police)).status_code == 204
        page = text(client.get(f"/request/{police.token}/"))
        assert "Four calls to the address." in page
        assert "This is your draft" in page
        assert "There is a problem" not in page
        client.force_login(hub.staff["karen"])
        assert "Four calls" not in text(client.get(f"/request/{police.token}/"))

    def test_keeping_a_draft_by_hand_sends_nothing(self, police, client):
        assert client.post(f"/request/{police.token}/", filled(police, send="draft")).url == "/checks/"
        assert not Answer.objects.exists()

    def test_sending_ends_the_draft(self, hub, police, client):
        client.post(f"/request/{police.token}/draft/", filled(police))
        client.post(f"/request/{police.token}/", filled(police))
        assert actions.open_request(police, by=hub.staff["lewis"]) == {}
        assert not AnswerDraft.objects.exists()

    def test_a_withdrawn_request_says_so_and_shows_nobody(self, hub, police, client):
        actions.withdraw(police, by=hub.staff["hannah"], because="Not needed.")
        page = text(client.get(f"/request/{police.token}/"))
        assert "The request was withdrawn" in page
        assert "Mia" not in page

    def test_looking_changes_nothing(self, police, client):
        before = Request.objects.filter(pk=police.pk).values().get()
        client.get(f"/request/{police.token}/")
        assert Request.objects.filter(pk=police.pk).values().get() == before
