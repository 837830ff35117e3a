"""The doors, with the real database and a real client."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from openmash.audit.action import Refused
from openmash.decisions import actions
from openmash.decisions.given import GivenDecision, GivenOutcome
from openmash.decisions.models import Continuation, Decision, Feedback, LateAnswer
from openmash.decisions.tests.conftest import MONDAY
from openmash.decisions.tests.test_late_answers import answer, decided_early
from openmash.disclosure.models import NoRelease
from openmash.enquiries.steps import note_step
from openmash.intelligence.actions import GivenItem
from openmash.people import actions as people
from openmash.people.facts import Fact
from openmash.people.protecting import protect

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def value_of(shown: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', shown)[1]


def filled(world, shown, **changes):
    """The form as the page gives it, filled in whole."""
    return {
        **{name: value_of(shown, name) for name in ("version", "draft", "pen")},
        "is_safeguarding_concern": "yes",
        "level": "4",
        "domains_4": ["parenting"],
        "facts": "Hungry at school.",
        "analysis": "It gets worse.",
        "rationale": "The threshold is met.",
        "not_known": "Where the father lives.",
        "for_referrer": "A social worker will meet the family.",
        "for_child": "A social worker met your family.",
        "early_or_late_because": "Said.",
        "outcomes-number": ["0"],
        "outcomes-0-kind": "assessment",
        "outcomes-0-owner": f"team:{world.team.pk}",
        "outcomes-0-what": "Assess.",
        "outcomes-0-within": "",
        "pins": [value_of(shown, "pins")],
        "do": "sign",
    } | changes


class TestTheDecisionPage:
    @pytest.fixture(autouse=True)
    def _open(self, world):
        self.world, self.enquiry = world, world.review()
        self.client, self.path = signed_in(world.ruth), f"/enquiry/{self.enquiry.reference}/decide/"

    def show(self):
        response = self.client.get(self.path)
        assert response.status_code == HTTPStatus.OK
        return response.content.decode()

    def post(self, shown, **changes):
        return self.client.post(self.path, filled(self.world, shown, **changes))

    def test_the_manager_opens_one_page_fills_it_in_and_signs(self):
        shown = self.show()
        pin = value_of(shown, "pins")
        response = self.post(shown, **{f"point-{pin}": "It was hunger.", "contrary_pins": []})
        assert response.status_code == HTTPStatus.FOUND
        decision = Decision.objects.get()
        assert decision.signed_by == self.world.ruth
        assert (decision.evidence.get().line, decision.evidence.get().point) == (pin, "It was hunger.")
        signed = self.client.get(f"/enquiry/{self.enquiry.reference}/decision/").content.decode()
        assert re.search(r"</strong> Mia Bell[^<]*: ", signed)  # whom the line is about that it rests on
        assert decision.domains == ["parenting"]

    def test_every_line_that_can_be_pinned_says_whom_it_is_about(self):
        lines = re.findall(r'om-pin__what">(.*?)</label>', self.show())
        assert lines
        assert [line for line in lines if not line.startswith("<strong>")] == []
        assert any("<strong>Mia Bell:</strong>" in line for line in lines)

    def test_looking_writes_nothing(self):
        before = self.enquiry.version
        self.show()
        assert not Decision.objects.exists()
        assert self.world.fresh(self.enquiry).version == before

    def test_what_is_missing_stands_beside_its_field_and_what_was_typed_is_kept(self):
        shown = self.post(self.show(), rationale="", pins=[], level="", **{"outcomes-0-owner": ""}).content.decode()
        assert "<title>Error: " in shown
        for says in (
            "Enter why you decide this",
            "Pin at least one line",
            "Select the level of need",
            "select the team",
        ):
            assert says in shown, says
        assert 'href="#id_rationale"' in shown
        assert 'href="#id_pins"' in shown
        assert 'href="#id_outcomes-add"' in shown
        assert "Hungry at school." in shown
        assert not Decision.objects.exists()

    def test_another_outcome_is_added_without_losing_a_word(self):
        shown = self.post(self.show(), add="outcomes").content.decode()
        assert "Outcome 2" in shown
        assert "The threshold is met." in shown
        assert "There is a problem" not in shown
        assert not Decision.objects.exists()

    def test_words_are_suggested_from_the_outcomes_and_never_over_what_was_typed(self):
        shown = self.post(self.show(), do="words", for_referrer="", for_child="Mine.").content.decode()
        assert "Thank you for telling us on 16 November 2026." in shown
        assert "A social worker will meet the family." in shown
        assert "Mine." in shown
        assert "None of it was your fault." not in shown

    def test_the_draft_is_saved_and_found_again(self):
        response = self.post(self.show(), do="save", rationale="", pins=[])
        assert response.status_code == HTTPStatus.FOUND
        shown = self.show()
        assert "Hungry at school." in shown
        assert f'value="team:{self.world.team.pk}" selected' in shown
        assert value_of(shown, "draft") == "1"

    def test_it_saves_by_itself_as_often_as_somebody_types(self):
        shown = self.show()
        for words in ("One.", "One. Two."):
            response = self.client.post(f"{self.path}draft/", filled(self.world, shown, facts=words))
            assert response.status_code == HTTPStatus.NO_CONTENT
        assert Decision.objects.get().facts == "One. Two."
        assert self.post(shown).status_code == HTTPStatus.FOUND

    def test_somebody_elses_draft_is_shown_and_not_overwritten(self):
        shown = self.show()
        theirs = GivenDecision(facts="What Martin wrote.")
        actions.draft(self.enquiry, by=self.world.martin, given=theirs, draft_seen=0, pen="x")
        quiet = self.client.post(f"{self.path}draft/", filled(self.world, shown))
        assert quiet.status_code == HTTPStatus.CONFLICT
        collided = self.post(shown).content.decode()
        assert "Martin Pell changed this while you were typing" in collided
        assert "What Martin wrote." in collided
        assert "Hungry at school." in collided
        assert Decision.objects.get().facts == "What Martin wrote."
        again = filled(self.world, shown, draft=value_of(collided, "draft"))
        assert self.client.post(self.path, again).status_code == HTTPStatus.FOUND
        assert Decision.objects.get().facts == "Hungry at school."

    def test_what_happened_meanwhile_is_shown_before_it_is_signed(self):
        shown = self.show()
        note_step(self.enquiry, "answered", "Education answered", by=self.world.martin, now=LATER)
        collided = self.post(shown).content.decode()
        assert "Education answered" in collided
        assert not Decision.objects.exists()
        again = filled(self.world, shown, version=value_of(collided, "version"))
        assert self.client.post(self.path, again).status_code == HTTPStatus.FOUND

    def test_signed_by_somebody_else_it_says_so(self):
        shown = self.show()
        actions.sign(self.enquiry, by=self.world.martin, now=LATER, given=self.world.decision())
        body = self.post(shown).content.decode()
        assert "Martin Pell" in body
        assert Decision.objects.get().signed_by == self.world.martin
        assert "it is decided" in self.show() or "is decided. Reopen it first." in self.show()

    def test_a_line_that_is_not_there_is_not_pinned(self):
        shown = self.post(self.show(), pins=["nothing:1"]).content.decode()
        assert "A line that you pinned is no longer there" in shown

    def test_a_decision_after_its_time_asks_why(self):
        shown = self.show()
        body = self.post(shown, early_or_late_because="").content.decode()
        assert "Enter why you decide now, although the decision was due earlier" in body

    def test_the_social_worker_proposes_and_does_not_sign(self):
        hannah = signed_in(self.world.hannah)
        shown = hannah.get(self.path).content.decode()
        assert "Propose to the practice managers" in shown
        assert "Sign the decision" not in shown
        assert hannah.post(self.path, filled(self.world, shown, do="propose")).status_code == HTTPStatus.FOUND
        assert Decision.objects.get().proposed_by == self.world.hannah
        again = hannah.get(self.path).content.decode()
        forced = hannah.post(self.path, filled(self.world, again, do="sign")).content.decode()
        assert "This is done by a practice manager." in forced
        managers = self.show()
        assert "Proposed by Hannah Brook" in managers
        assert "Hungry at school." in managers

    def test_what_a_manager_wrote_does_not_reach_the_social_worker(self):
        theirs = GivenDecision(facts="From a sealed item.", rationale="Sealed reasons.")
        actions.draft(self.enquiry, by=self.world.ruth, given=theirs)
        hannah = signed_in(self.world.hannah)
        for path in (self.path, f"/enquiry/{self.enquiry.reference}/decision/"):
            shown = hannah.get(path).content.decode()
            assert "sealed item" not in shown
            assert "Sealed reasons" not in shown

    @pytest.mark.parametrize("name", ["joanna", "lewis", "amit", "nina", "siobhan", "shabana"])
    def test_it_is_not_there_for_anybody_else(self, name):
        client = signed_in(self.world.hub.staff[name])
        assert client.get(self.path).status_code == HTTPStatus.NOT_FOUND
        assert client.post(f"{self.path}draft/", {}).status_code == HTTPStatus.NOT_FOUND


def test_without_research(world):
    enquiry = world.screened(outcome="already_open")
    client, path = signed_in(world.ruth), f"/enquiry/{enquiry.reference}/decide/directly/"
    shown = client.get(path).content.decode()
    assert "Looked at everything." in shown
    typed = {
        "version": value_of(shown, "version"),
        "reason": "already_open",
        "is_safeguarding_concern": "no",
        "rationale": "Open to the North Wend team.",
        "not_known": "No agency was asked.",
        "for_referrer": "The family's worker has it.",
        "outcomes-number": ["0"],
        "outcomes-0-kind": "assessment",
        "outcomes-0-owner": f"team:{world.team.pk}",
        "outcomes-0-what": "Tell the worker.",
        "outcomes-0-within": "",
    }
    wrong = client.post(path, typed).content.decode()
    assert "Select an outcome that fits the reason" in wrong
    assert "Open to the North Wend team." in wrong
    added = client.post(path, typed | {"add": "outcomes"}).content.decode()
    assert "Outcome 2" in added
    typed["outcomes-0-kind"] = "allocated_worker"
    assert client.post(path, typed | {"version": "1"}).status_code == HTTPStatus.OK
    assert client.post(path, typed).status_code == HTTPStatus.FOUND
    assert Decision.objects.get().direct_because == "already_open"


def test_research_continues(world):
    enquiry = world.gathering(rating="green")
    client, path = signed_in(world.ruth), f"/enquiry/{enquiry.reference}/continue/"
    assert "Enter the next step" in client.post(path, {"version": enquiry.version}).content.decode()
    typed = {"version": enquiry.version, "no_immediate_risk_because": "Seen today.", "next_step": "Health answers."}
    assert client.post(path, typed).status_code == HTTPStatus.FOUND
    assert Continuation.objects.get().next_step == "Health answers."
    assert "recorded already" in client.get(path).content.decode()


def test_the_late_answer_stands_beside_the_old_reasons(world):
    enquiry = decided_early(world)
    request = enquiry.requests.get(agency__key="health")
    from openmash.gathering import actions as gathering
    from openmash.gathering.shelf import RETURNS

    checks = {system.key: "known" for system in RETURNS.get(request.agency.return_key).systems}
    item = GivenItem("A fracture in March.", "fact", "1", "A", sensitivity="X", rating="red")
    by = world.hub.staff["mary"]
    gathering.answer(request, by=by, now=LATER, is_nothing_known=False, rating="red", checks=checks, items=(item,))
    late = LateAnswer.objects.get()
    client, path = signed_in(world.ruth), f"/enquiry/{enquiry.reference}/late/{late.pk}/"
    shown = client.get(path).content.decode()
    assert "A fracture in March." in shown
    assert "The threshold for an assessment is met." in shown
    assert client.get(f"/enquiry/{enquiry.reference}/late/{late.pk + 1}/").status_code == HTTPStatus.NOT_FOUND
    assert signed_in(world.hannah).get(path).status_code == HTTPStatus.NOT_FOUND
    version = world.fresh(enquiry).version
    assert "Enter why" in client.post(path, {"version": version, "did": "stands"}).content.decode()
    done = client.post(path, {"version": version, "did": "reopened", "because": "A new injury."})
    assert done.status_code == HTTPStatus.FOUND
    assert world.fresh(enquiry).status == "review"


def test_a_late_answer_to_a_closed_enquiry_leads_to_saying_why_one_looks(world):
    enquiry = closed(world, world.gathering())
    answer(world, enquiry, now=LATER + timedelta(days=2))
    late = LateAnswer.objects.get()
    client, path = signed_in(world.ruth), f"/enquiry/{enquiry.reference}/late/{late.pk}/"
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, f"/enquiry/{enquiry.reference}/")
    client.post(f"/enquiry/{enquiry.reference}/", {"because": "A late answer."})
    assert client.get(path).status_code == HTTPStatus.OK


def closed(world, enquiry):
    given = world.decision(early_or_late_because="Now.", outcomes=(GivenOutcome("nfa"),))
    actions.sign(enquiry, by=world.ruth, now=LATER, given=given)
    actions.give_feedback(world.fresh(enquiry), by=world.joanna, now=LATER, how="email")
    actions.close(world.fresh(enquiry), by=world.joanna, now=LATER)
    return world.fresh(enquiry)


class TestTellingAndClosing:
    @pytest.fixture(autouse=True)
    def _decide(self, world):
        self.world, enquiry = world, world.review()
        given = world.decision(outcomes=(GivenOutcome("early_response", "Help.", team=self.early(world).pk),))
        actions.sign(enquiry, by=world.ruth, now=LATER, given=given)
        self.enquiry = world.fresh(enquiry)
        self.path = f"/enquiry/{enquiry.reference}/"

    @staticmethod
    def early(world):
        return world.hub.teams["wend-early-response"]

    def test_the_coordinator_reads_the_signed_words_and_no_others(self):
        client = signed_in(self.world.joanna)
        shown = client.get(f"{self.path}feedback/").content.decode()
        assert "A social worker will meet the family." in shown
        for secret in ("threshold", "Hungry at school", "siobhan.daly", 'name="words"'):
            assert secret not in shown, secret
        typed = {"version": self.enquiry.version, "how": "telephone", "said_to": "Siobhan Daly"}
        assert client.post(f"{self.path}feedback/", typed).status_code == HTTPStatus.FOUND
        assert Feedback.objects.get().said_to == "Siobhan Daly"

    def test_withholding_asks_why(self):
        client = signed_in(self.world.ruth)
        typed = {"version": self.enquiry.version, "how": "withheld"}
        shown = client.post(f"{self.path}feedback/", typed).content.decode()
        assert "Enter why the referrer is not told" in shown
        typed["withheld_because"] = "It would put the child at risk."
        assert client.post(f"{self.path}feedback/", typed).status_code == HTTPStatus.FOUND

    def test_the_page_for_closing_says_what_it_waits_for(self):
        client = signed_in(self.world.joanna)
        shown = client.get(f"{self.path}close/").content.decode()
        assert "Tell the referrer what was decided" in shown
        assert "has not acknowledged" in shown
        assert "Close the enquiry" not in shown
        refused = client.post(f"{self.path}close/", {"version": self.enquiry.version})
        assert refused.status_code == HTTPStatus.OK
        assert self.world.fresh(self.enquiry).status == "decided"

    def test_everything_done_it_closes(self):
        from openmash.allocation import actions as allocation
        from openmash.allocation.models import Handover

        allocation.acknowledge(Handover.objects.get(), by=self.world.hub.staff["fay"], now=LATER, worker="Fay")
        actions.give_feedback(self.enquiry, by=self.world.joanna, now=LATER, how="email")
        NoRelease.objects.create(enquiry=self.enquiry, to_whom="All", because="No.", by=self.world.ruth, at=LATER)
        client, now = signed_in(self.world.joanna), self.world.fresh(self.enquiry)
        done = client.post(f"{self.path}close/", {"version": now.version})
        assert done.status_code == HTTPStatus.FOUND
        assert self.world.fresh(self.enquiry).status == "closed"

    def test_it_is_reopened_with_a_reason(self):
        client = signed_in(self.world.ruth)
        assert "Enter why" in client.post(f"{self.path}reopen/", {"version": self.enquiry.version}).content.decode()
        typed = {"version": self.enquiry.version, "because": "The school rang."}
        assert client.post(f"{self.path}reopen/", typed).status_code == HTTPStatus.FOUND
        assert signed_in(self.world.hannah).get(f"{self.path}reopen/").status_code == HTTPStatus.NOT_FOUND

    def test_who_sees_how_much_of_the_decision(self):
        secret = ("Hungry at school", "The threshold for an assessment", "Mother asked", "Care has got worse", "hunger")
        for name, sees in (("ruth", True), ("hannah", False), ("joanna", False)):
            shown = signed_in(self.world.hub.staff[name]).get(f"{self.path}decision/").content.decode()
            assert "Early-response or early help hub" in shown
            assert "Level 4" in shown
            assert [words for words in secret if words in shown] == (list(secret) if sees else []), name


def test_spam_is_put_away(world):
    enquiry = world.receive(is_held=True)
    client, path = signed_in(world.joanna), f"/enquiry/{enquiry.reference}/put-away/"
    assert "Enter why" in client.post(path, {"version": enquiry.version}).content.decode()
    done = client.post(path, {"version": enquiry.version, "because": "An advertisement."})
    assert done.status_code == HTTPStatus.FOUND
    assert world.fresh(enquiry).status == "closed"


def test_what_the_referrer_and_the_owners_read_tells_nobody_where_a_protected_person_is(world):
    enquiry = world.review("police")
    mother = enquiry.parties.get(relation_to_child="mother").person
    people.adopt(mother, by=world.joanna, facts=(Fact("address", ("3 Otter Row", "WX2 5PD"), "Told"),))
    protect(mother, by=world.joanna, because="From her husband.")
    client, path = signed_in(world.ruth), f"/enquiry/{enquiry.reference}/decide/"
    shown = client.get(path).content.decode()
    tells = {"for_referrer": "They are at WX2 5PD.", "outcomes-0-what": "Visit 3 Otter Row.", "do": "sign"}
    pins = {"pins": [value_of(shown, "pins")]}
    body = client.post(path, filled(world, shown, **pins, **tells)).content.decode()
    assert "There is a postcode in this. Nobody may be told where Ann Bell lives." in body
    assert "There is an address in this. Nobody may be told where Ann Bell lives." in body
    assert "They are at WX2 5PD." in body and not Decision.objects.exclude(signed_at=None).exists()
    with pytest.raises(Refused, match="There is a postcode"):
        actions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision(for_child="You were at WX2 5PD."))
    actions.sign(enquiry, by=world.ruth, now=LATER, given=world.decision())
    told = {"version": world.fresh(enquiry).version, "how": "telephone", "words": "They are at WX2 5PD now."}
    body = client.post(f"/enquiry/{enquiry.reference}/feedback/", told).content.decode()
    assert "There is a postcode in this." in body and not Feedback.objects.exists()
    with pytest.raises(Refused, match="There is a postcode"):
        actions.give_feedback(enquiry, by=world.ruth, how="telephone", words="They are at WX2 5PD now.")
