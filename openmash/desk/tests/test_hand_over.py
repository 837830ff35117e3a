"""Nothing is typed twice from the enquiry to the council's own system: a test counts the fields."""

import csv
import io
import json
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone

from openmash.allocation.census import FACTORS, NEEDS, factors_of, primary_need_of
from openmash.api.tests.conftest import let_in  # noqa: F401 - a fixture
from openmash.audit.models import LedgerEvent
from openmash.decisions import actions as decisions
from openmash.decisions.given import GivenDecision, GivenOutcome
from openmash.enquiries.codes import ADULT_ABUSE, CONCERNS
from openmash.enquiries.models import Enquiry
from openmash.people.models import Marker, Person, Professional
from openmash.triage import actions as triage

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PERSON = {
    "given": "Perrin", "family": "Oldacre", "other_names": "Perry Stamp", "sex": "M", "born_on": "2017-04-09",
    "ethnicity": "MWBC", "language": "Welsh", "needs_interpreter": True, "religion": "Quaker",
    "nationality": "British", "disability": "Hearing loss", "communication": "Signs", "nhs": "9434765919",
    "upn": "P207000016049", "la_child_id": "CH00771", "school": "Weir Street Primary", "gp": "Moorland Surgery",
    "legal_status": "Supervision order", "note": "Has a scar on his left hand", "own_telephone": "07700 900982",
}  # fmt: skip
WHOLE = {
    "worry": "A cut lip that he would not explain.", "kind": "child", "happened": "He said that he fell.",
    "impact": "He flinches.", "strengths": "An aunt nearby.", "history": "A broken arm in March.",
    "childs_words": "I walked into it.", "source_of_words": "seen", "alleged": "Karl, we think.",
    "injury": "The lip was glued.", "risk_to_staff": "A large dog.", "help_tried": "Two visits.",
    "wants": "A visit today.", "thinks_level": 4, "concerns": ["physical_adult", "da_parent"],
    "early_help_done": True, "early_help_lead": "Ivy Tremlow", "domestic_abuse_score": 11, "told_family": False,
    "family_agrees": "not_asked", "agreed_by": "Nobody yet", "why_not_told": "raises_risk",
    "why_not_told_words": "He has threatened her.", "child_told": True, "keep_from_family": "That the aunt rang.",
    "parents_words": "An accident.", "address_lines": "14 Tannery Row", "postcode": "WX1 4QT",
    "where_now": "At the aunt's.", "earlier_homes": "Two years in Harrowmouth.", "follows_call": "Call of 3 May",
    "children": [PERSON],
    "adults": [{"given": "Dawn", "family": "Oldacre", "relation": "mother", "telephone": "01632 960772",
                "risk_factors": ["hurt_by_partner"], "lives_in_household": True}],
    "workers": [{"agency": "School nursing", "role": "Nurse", "name": "Una Pell", "contact": "01632 960773"}],
    "referrer": {"name": "Ines Coyle", "job_title": "Custody sergeant", "telephone": "01632 960771",
                 "email": "ines.coyle@wendmark.example", "relationship": "Arrested the father",
                 "manager_told": "Insp Holt"},
}  # fmt: skip
# What has another form there: a code of the census, or no value of its own.
RECODED = {"concerns"}


@pytest.fixture
def sent(let_in, hub) -> Enquiry:  # noqa: F811
    answer = let_in("police", "enquiries").post("/enquiries", WHOLE, "k-1")
    assert answer.status_code == 201, answer.content
    return Enquiry.objects.get(reference=answer.json()["reference"])


@pytest.fixture
def decided(sent, hub) -> Enquiry:
    now = timezone.now()
    triage.screen(sent, by=hub.staff["joanna"], now=now, outcome="research", considered="Looked.")
    outcome = GivenOutcome("assessment", team=hub.teams["north-wend-assessment"].pk, what="Visit today.")
    given = GivenDecision(
        is_safeguarding_concern=True, level=4, domains=("parenting",), facts="A cut lip.", analysis="Not an accident.",
        contrary="He is clumsy.", rationale="The words do not fit.", not_known="Where the father is.",
        for_referrer="A visit.", for_child="We came.", outcomes=(outcome,),
    )  # fmt: skip
    decisions.decide_directly(
        Enquiry.objects.get(pk=sent.pk), by=hub.staff["ruth"], now=now, given=given, reason="routed"
    )
    return Enquiry.objects.get(pk=sent.pk)


def reader(hub, name: str = "ruth") -> Client:
    client = Client()
    client.force_login(hub.staff[name], backend=BACKEND)
    return client


def values_of(thing) -> list[str]:
    if isinstance(thing, dict):
        return [value for one in thing.values() for value in values_of(one)]
    if isinstance(thing, list):
        return [value for one in thing for value in values_of(one)]
    return [str(thing)]


def test_every_field_that_was_given_once_is_handed_over(hub, decided):
    answer = reader(hub).get(f"/enquiry/{decided.reference}/hand-over.json")
    whole = json.loads(answer.content)
    there = set(values_of(whole))
    given = values_of({name: value for name, value in WHOLE.items() if name not in RECODED})
    missing = [value for value in given if value not in there and value.replace(" ", "") not in there]
    assert (len(given), missing) == (66, [])
    assert whole["AssessmentFactors"] == ["3B", "18C"] and whole["PrimaryNeedCode"] == "N1"
    assert (whole["ReferralSource"], whole["LEA"], whole["decision"]["ReferralNFA"]) == ("6", "E10999001", 0)
    child = whole["people"][0]
    assert (child["PersonBirthDate"], child["Sex"], child["Ethnicity"], child["UPN"]) == (
        "2017-04-09", "M", "MWBC", "P207000016049")  # fmt: skip


class Empty(HTMLParser):
    """The names of the fields of a page in which nothing stands yet, words and choices alike."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        is_asked = tag in ("input", "textarea", "select") and facts.get("type") not in ("hidden", "submit")
        if is_asked and facts.get("name") and not facts.get("value"):
            self.names.add(facts["name"])


@pytest.mark.parametrize(("who", "path"), [("joanna", "screen/"), ("hannah", "rate/"), ("ruth", "decide/")])
def test_no_page_on_the_way_asks_for_what_was_given(hub, sent, who, path):
    if path != "screen/":
        triage.screen(sent, by=hub.staff["joanna"], now=timezone.now(), outcome="research", considered="Looked.")
    answer = reader(hub, who).get(f"/enquiry/{sent.reference}/{path}")
    assert answer.status_code == 200
    asked = Empty(answer.content.decode()).names
    assert asked, "the page asks something"
    assert asked & (WHOLE.keys() | PERSON.keys()) == set()


def test_the_table_has_a_line_for_each_person_and_calculates_nothing(hub, decided):
    Enquiry.objects.filter(pk=decided.pk).update(happened="=1+1")
    Professional.objects.update(agency="=2+2")
    text = reader(hub, "joanna").get(f"/enquiry/{decided.reference}/hand-over.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Forename"] for row in rows] == ["Perrin", "Dawn"]
    assert rows[0]["LAchildID"] == "CH00771" and rows[0]["happened"] == "'=1+1"
    assert rows[0]["workers"].startswith("'=2+2")
    assert rows[0]["AssessmentFactors"] == "3B; 18C" and rows[1]["Ethnicity"] == "NOBT"
    assert "Ines Coyle" not in text, "a coordinator does not read who brought it"


def test_it_is_for_decided_enquiries_and_on_the_ledger(hub, decided, sent, let_in):  # noqa: F811
    page = reader(hub).get(f"/enquiry/{decided.reference}/hand-over/").content.decode()
    assert "A cut lip" in page and "primary need N1" in page and "Perrin Oldacre: Child" in page
    kept = LedgerEvent.objects.get(event="enquiry.carried-over")
    assert (kept.actor_name, kept.kept) == ("Ruth Okafor", {"form": "summary"})
    other = let_in("health", "enquiries").post("/enquiries", WHOLE, "k-2").json()["reference"]
    assert reader(hub).get(f"/enquiry/{other}/hand-over.json").status_code == 403
    assert reader(hub, "shabana").get(f"/enquiry/{decided.reference}/hand-over.json").status_code == 404
    assert reader(hub).get(f"/enquiry/{decided.reference}/hand-over.xml").status_code == 404


def test_where_a_guarded_person_is_is_not_carried_over(hub, decided):
    child = Person.objects.filter(names__given="Perrin").get()
    Marker.objects.create(person=child, kind="do_not_disclose", agency=hub.agencies["police"], source="Police",
                          recorded_at=timezone.now())  # fmt: skip
    files = {form: reader(hub).get(f"/enquiry/{decided.reference}/hand-over{form}") for form in (".json", ".csv", "/")}
    one = json.loads(files[".json"].content)["people"][0]
    assert (one["address_lines"], one["telephone"], one["is_address_withheld"]) == ("", "", True)
    for form, answer in files.items():  # nor who helps them there
        assert answer.status_code == 200 and b"Una Pell" not in answer.content and b"960773" not in answer.content, form


def test_every_concern_about_a_child_has_its_codes():
    of_children = CONCERNS.keys() - ADULT_ABUSE.keys()
    assert FACTORS.keys() == of_children, "the children in need census has no code for what is done to an adult"
    assert NEEDS.keys() <= CONCERNS.keys()
    assert factors_of(["none", "neglect"]) == ("16A",) and factors_of(["none"]) == ("21",)
    assert primary_need_of([]) == "N0" and primary_need_of(["money", "neglect"]) == "N1"
