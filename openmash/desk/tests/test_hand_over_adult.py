"""Of an adult at risk too nothing is typed twice: from another system through the Care Act test to the hand-over."""

import csv
import io
import json

import pytest
from django.utils import timezone

from openmash.adults import actions as adults
from openmash.api.tests.conftest import let_in  # noqa: F401 - a fixture
from openmash.decisions import actions as decisions
from openmash.decisions.given import GivenDecision, GivenOutcome
from openmash.desk.tests.test_hand_over import Empty, reader, values_of
from openmash.enquiries.models import Enquiry, Party
from openmash.triage import actions as triage

pytestmark = pytest.mark.django_db
ADULT = {
    "given": "Edna", "family": "Orrell", "sex": "F", "born_on": "1941-04-02", "nhs": "9434765919",
    "gp": "Quay Surgery", "disability": "Dementia", "communication": "Speaks slowly", "telephone": "01632 960775",
    "risk_factors": ["illness"], "note": "Lives on the ground floor",
}  # fmt: skip
SENT = {
    "kind": "adult", "worry": "Her son keeps her bank card and she has no food.",
    "concerns": ["adult_financial", "adult_neglect"], "care_needs": "A carer twice a day.",
    "cannot_protect": "She does not remember what he takes.", "adults_wishes": "I want my card back.",
    "capacity_doubt": "yes", "spoken_for_by": "Her sister Ivy, 01632 960776", "told_family": True,
    "family_agrees": "yes", "agreed_by": "She herself, on 3 May", "address_lines": "7 Quarry Lane",
    "postcode": "WX1 2AB", "adults": [ADULT],
    "others": [{"given": "Karl", "family": "Orrell", "sex": "M", "lives_in_household": False,
                "risk_factors": ["drugs"], "note": "Her son"}],
    "referrer": {"name": "Una Pell", "job_title": "District nurse", "telephone": "01632 960773"},
}  # fmt: skip
# What the test asks besides: only a social worker can say it.
JUDGED = {
    "has_needs": "yes", "is_at_risk": "yes", "cannot_protect": "yes", "capacity": "lacks",
    "decision_about": "Who keeps the card", "assessed_by": "Dr Rao, GP", "assessed_on-day": "1",
    "assessed_on-month": "5", "assessed_on-year": "2026", "best_interests": "The bank keeps it.",
}  # fmt: skip
# Given by the referrer, and what it is called where the test begins with it.
BEGINS = {"concerns": "categories", "care_needs": "needs_because", "worry": "risk_because",
          "cannot_protect": "protect_because", "adults_wishes": "wishes", "family_agrees": "consent",
          "spoken_for_by": "spoken_for_by"}  # fmt: skip


@pytest.fixture
def sent(let_in, hub) -> Enquiry:  # noqa: F811
    answer = let_in("health", "enquiries").post("/enquiries", SENT, "k-1")
    assert answer.status_code == 201, answer.content
    return Enquiry.objects.get(reference=answer.json()["reference"])


@pytest.fixture
def tested(sent, hub) -> Enquiry:
    """With the Care Act test recorded on its own page, where a social worker typed only what they judged."""
    triage.screen(sent, by=hub.staff["joanna"], now=timezone.now(), outcome="research", considered="Looked.")
    page = reader(hub, "hannah").get(f"/enquiry/{sent.reference}/care-act/")
    begun = _shown(page.content.decode())
    answer = reader(hub, "hannah").post(f"/enquiry/{sent.reference}/care-act/", begun | JUDGED)
    assert answer.status_code == 302, answer.content.decode()
    return Enquiry.objects.get(pk=sent.pk)


@pytest.fixture
def decided(tested, hub) -> Enquiry:
    now = timezone.now()
    adults.consider_children(tested, by=hub.staff["joanna"], now=now, answer="none", because="She lives alone")
    given = GivenDecision(
        is_safeguarding_concern=True, level=4, facts="No food.", analysis="He takes it.", contrary="He shops for her.",
        rationale="Her needs.", not_known="What he owes.", for_referrer="A visit.", for_child="We came.",
        outcomes=(GivenOutcome("adult_safeguarding", what="Visit today.",
                               agency=hub.agencies["adult-social-care"].pk),),
    )  # fmt: skip
    decisions.decide_directly(
        Enquiry.objects.get(pk=tested.pk), by=hub.staff["ruth"], now=now, given=given, reason="routed"
    )
    return Enquiry.objects.get(pk=tested.pk)


def _shown(page: str) -> dict[str, list[str]]:
    """What stands in the fields of the page already."""
    return Filled(page).values


class Filled(Empty):
    def __init__(self, page: str) -> None:
        self.values: dict[str, list[str]] = {}
        self.inside = ""
        super().__init__(page)

    def handle_starttag(self, tag, attrs):
        super().handle_starttag(tag, attrs)
        facts = dict(attrs)
        self.inside = facts.get("name", "") if tag == "textarea" else ""
        is_choice = facts.get("type") in ("radio", "checkbox")
        if tag == "input" and facts.get("name") and facts.get("value") and (not is_choice or "checked" in facts):
            self.values.setdefault(facts["name"], []).append(facts["value"])

    def handle_data(self, data):
        if self.inside and data.strip():
            self.values.setdefault(self.inside, []).append(data.strip())

    def handle_endtag(self, tag):
        self.inside = ""


def test_the_adult_and_those_around_them_come_in_as_they_are_sent(sent):
    assert (sent.kind, sent.source_code) == ("adult", "3B")
    roles = Party.objects.filter(enquiry=sent).values_list("role", "lives_in_household")
    assert list(roles) == [("adult", True), ("other", False)]


def test_the_care_act_test_begins_with_what_was_sent_and_asks_only_what_is_judged(hub, sent):
    page = reader(hub, "hannah").get(f"/enquiry/{sent.reference}/care-act/").content.decode()
    shown = _shown(page)
    given = {BEGINS[name]: [SENT[name]] if isinstance(SENT[name], str) else SENT[name] for name in BEGINS}
    assert {name: shown.get(name) for name in given} == given


def test_every_field_is_handed_over_and_none_was_typed_twice(hub, decided):
    whole = json.loads(reader(hub).get(f"/enquiry/{decided.reference}/hand-over.json").content)
    there = set(values_of(whole))
    given = values_of(SENT)
    missing = [value for value in given if value not in there and value.replace(" ", "") not in there]
    assert (len(given), missing) == (34, [])
    test = whole["care_act"]
    judged = {name: test[name] for name in ("has_needs", "is_at_risk", "cannot_protect", "capacity", "decision_about",
                                            "assessed_by", "assessed_on", "best_interests", "is_duty")}  # fmt: skip
    assert judged == {"has_needs": True, "is_at_risk": True, "cannot_protect": True, "capacity": "lacks",
                      "decision_about": "Who keeps the card", "assessed_by": "Dr Rao, GP",
                      "assessed_on": "2026-05-01", "best_interests": "The bank keeps it.", "is_duty": True}  # fmt: skip
    assert {BEGINS[name]: test[BEGINS[name]] for name in BEGINS} == {BEGINS[name]: SENT[name] for name in BEGINS}


def test_the_table_and_the_summary_hold_the_test_too(hub, decided):
    text = reader(hub).get(f"/enquiry/{decided.reference}/hand-over.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["care_act_categories"] == "adult_financial; adult_neglect"
    assert (rows[0]["care_act_is_duty"], rows[0]["cannot_protect"]) == ("1", SENT["cannot_protect"])
    page = reader(hub).get(f"/enquiry/{decided.reference}/hand-over/").content.decode()
    assert "Has needs for care and support: yes. A carer twice a day." in page
    assert "The adult wants: I want my card back." in page
