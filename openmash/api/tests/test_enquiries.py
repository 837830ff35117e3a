"""A system sends an enquiry: once for each key, in the queue as its agency's, and it reads back its own alone."""

import pytest

from openmash.api.tests.conftest import WORRY
from openmash.audit.models import LedgerEvent
from openmash.enquiries.models import Enquiry, Party, Referrer

pytestmark = pytest.mark.django_db


def test_an_enquiry_is_in_the_queue_with_everything_that_was_sent(let_in, hub, client):
    police = let_in("police", "enquiries")
    answer = police.post("/enquiries", WORRY, "k-1")
    assert answer.status_code == 201, answer.content
    enquiry = Enquiry.objects.get(reference=answer.json()["reference"])
    assert (enquiry.area.key, enquiry.channel, enquiry.source_code) == ("wend-valley", "other_system", "6")
    assert enquiry.worry == WORRY["worry"] and enquiry.concerns == ["physical_adult"]
    assert [party.role for party in Party.objects.filter(enquiry=enquiry)] == ["child", "adult"]
    referrer = Referrer.objects.get(enquiry=enquiry)
    assert (referrer.agency.key, referrer.user, referrer.name) == ("police", police.user, "Sgt Ines Coyle")
    client.force_login(hub.staff["joanna"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert enquiry.reference in client.get("/queue/").content.decode()
    line = LedgerEvent.objects.get(event="enquiry.received", thing_number=enquiry.pk)
    assert (line.actor, line.actor_name, line.agency) == (police.user.pk, "Records", "police")


def test_the_same_key_and_body_give_the_first_answer_and_another_body_is_refused(let_in):
    police = let_in("police", "enquiries")
    first = police.post("/enquiries", WORRY, "k-1")
    again = police.post("/enquiries", dict(reversed(WORRY.items())), "k-1")
    assert (again.status_code, again.json()) == (201, first.json())
    other = police.post("/enquiries", WORRY | {"worry": "Something else."}, "k-1")
    assert (other.status_code, other["Content-Type"]) == (409, "application/problem+json")
    assert Enquiry.objects.filter(channel="other_system").count() == 1


def test_a_key_is_each_tokens_own(let_in):
    one, two = let_in("police", "enquiries"), let_in("health", "enquiries")
    assert one.post("/enquiries", WORRY, "same").json() != two.post("/enquiries", WORRY, "same").json()


def test_a_system_reads_back_its_own_enquiries_alone(let_in):
    police, health = let_in("police", "enquiries"), let_in("health", "enquiries")
    reference = police.post("/enquiries", WORRY, "k-1").json()["reference"]
    assert [one["reference"] for one in police.get("/enquiries").json()["enquiries"]] == [reference]
    assert health.get("/enquiries").json() == {"enquiries": []}
    sent = police.get(f"/enquiries/{reference}").json()
    assert sent["worry"] == WORRY["worry"] and sent["stage"] == "Received"
    assert ["Child", "Perrin Oldacre"] in sent["people"]
    denied, nothing = health.get(f"/enquiries/{reference}"), health.get("/enquiries/WV-AAAA-AAAA")
    assert denied.status_code == nothing.status_code == 404
    assert denied.content == nothing.content


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"worry": ""}, "worry"),
        ({"worry": "a\x00b"}, "worry"),
        ({"worry": "\ud800"}, "worry"),
        ({"postcode": "nowhere"}, "postcode"),
        ({"concerns": ["weather"]}, "concerns.0"),
        ({"children": [{"born_on": "2999-01-01"}]}, "children.0.born_on"),
        ({"children": [{"christian_name": "Perrin"}]}, "children.0.christian_name"),
        ({"referrer": {"email": "nobody"}}, "referrer.email"),
        ({"thinks_level": 5}, "thinks_level"),
    ],
)
def test_what_is_wrong_is_told_by_its_field_and_nothing_is_kept(let_in, change, field):
    police = let_in("police", "enquiries")
    answer = police.post("/enquiries", WORRY | change, "k-1")
    assert answer.status_code == 422, answer.content
    assert answer.json()["errors"][0]["field"] == field
    assert police.post("/enquiries", WORRY, "k-1").status_code == 201, "a refused key may be used again"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"concerns": ["weather"]}, "There is no such code. /api/v1/openapi.json has them all"),
        ({"kind": "pet"}, "Send one of child, unborn, adult, family"),
        ({"children": [{"born_on": "02/05/2018"}]}, "Send a day like 2018-05-02"),
        ({"children": [{"born_on": 5.5}]}, "Send a day like 2018-05-02"),
    ],
)
def test_what_is_wrong_is_told_in_words_that_a_coordinator_can_read_too(let_in, change, says):
    answer = let_in("police", "enquiries").post("/enquiries", WORRY | change, "k-1")
    assert answer.json()["errors"][0]["says"] == says


def test_a_missing_key_is_told_by_the_name_of_its_header(let_in):
    answer = let_in("police", "enquiries").post("/enquiries", WORRY)
    assert answer.json()["errors"] == [{"field": "Idempotency-Key", "says": "This is missing"}]


def test_somebody_has_to_be_found(let_in):
    answer = let_in("police", "enquiries").post("/enquiries", {"worry": "I heard a scream."}, "k-1")
    assert answer.status_code == 422
    assert "where they can be found" in answer.json()["errors"][0]["says"]


def test_a_mistyped_number_turns_nothing_away(let_in):
    child = WORRY["children"][0] | {"nhs": "943 476 5910"}
    assert let_in("police", "enquiries").post("/enquiries", WORRY | {"children": [child]}, "k").status_code == 201


def test_what_breaks_here_is_said_not_to_be_received(let_in, monkeypatch, settings):
    settings.OPENMASH_HUB_PHONE = "01632 960 100"
    police = let_in("police", "enquiries")
    with monkeypatch.context() as broken:
        broken.setattr("openmash.enquiries.actions.note_step", lambda *_, **__: 1 / 0)
        answer = police.post("/enquiries", WORRY, "k-1")
        broken.setattr("openmash.api.enquiries.submitted_by", lambda *_, **__: 1 / 0)
        read = police.get("/enquiries")
    assert (answer.status_code, Enquiry.objects.exists()) == (500, False)
    says = answer.json()["detail"]
    assert "not received" in says and "01632 960 100" in says and "same Idempotency-Key" in says
    assert read.status_code == 500 and "not received" not in read.json()["detail"], "it handed nothing in"
    assert police.post("/enquiries", WORRY, "k-1").status_code == 201
