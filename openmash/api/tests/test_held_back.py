"""What a system sent and what could not be taken is lost to nobody: it has an owner, its original, and an end."""

import json
import re
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from openmash.agencies.models import Delivery, HeldBack, User
from openmash.agencies.policies import may_open_held
from openmash.api.tasks import take_in_what_is_left
from openmash.api.tests.conftest import WORRY
from openmash.api.tests.test_doors import CASE, an_answer, asked, ready, received, triaged  # noqa: F401 - fixtures
from openmash.audit.actors import PUBLIC
from openmash.audit.binding import bound_to
from openmash.audit.models import LedgerEvent
from openmash.desk.left_over import left_over
from openmash.enquiries.calls import call_forms
from openmash.enquiries.half_filled import half_filled, in_full
from openmash.enquiries.models import Enquiry
from openmash.feeds.actions import agree
from openmash.gathering import actions as gathering

pytestmark = pytest.mark.django_db
WRONG = WORRY | {"postcode": "nowhere", "colour": "blue"}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def held(by=None) -> list[HeldBack]:
    with bound_to(by):
        return list(HeldBack.objects.order_by("pk"))


def lines(hub, who="joanna", now=None):
    kinds = left_over(hub.staff[who], now=now or timezone.now())
    return next(kind.lines for kind in kinds if kind.key == "from_systems")


def sign_in(client, hub, who):
    client.force_login(hub.staff[who], backend=BACKEND)
    return client


def typed_on(page: str) -> QueryDict:
    """What the browser would send of the form of the telephone screen as it stands."""
    sent = QueryDict(mutable=True)
    form = page.split('class="om-call__form"')[1].split("</form>")[0]
    for tag in re.findall(r"<input [^>]*>", form):
        facts = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if facts.get("type") not in ("radio", "checkbox") or " checked" in tag:
            sent.appendlist(facts.get("name", ""), facts.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent.appendlist(name, text.lstrip("\n"))
    for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        sent.appendlist(name, next(iter(re.findall(r'value="([^"]*)" selected', options)), ""))
    return sent


# -- an enquiry that cannot be taken ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "key", "status"),
    [
        (b"{", "k-1", 400),
        (b"\xff\xfe\x00", "k-1", 400),
        (b"[1, 2]", "k-1", 422),
        (json.dumps(WRONG).encode(), "k-1", 422),
        (json.dumps(WORRY).encode(), "", 422),
    ],
)
def test_a_body_that_cannot_become_an_enquiry_is_kept_byte_for_byte(let_in, hub, body, key, status):
    police = let_in("police", "enquiries")
    headers = {"Authorization": f"Bearer {police.issued.shows}", **({"Idempotency-Key": key} if key else {})}
    for _ in range(2):
        answer = police.client.post("/api/v1/enquiries", body, content_type="application/json", headers=headers)
        assert answer.status_code == status
    [row] = held(police.user)
    assert (bytes(row.body), row.key, row.system_id) == (body, key, police.user.pk)
    [line] = lines(hub)
    assert (line.reference, line.who) == ("Records", "Coordinators")
    assert line.what.startswith("An enquiry of Wendmark Constabulary: ")


def test_another_body_under_a_used_key_is_kept(let_in, hub):
    police = let_in("police", "enquiries")
    police.post("/enquiries", WORRY, "k-1")
    assert police.post("/enquiries", WORRY | {"worry": "Another child."}, "k-1").status_code == 409
    [line] = lines(hub)
    assert "used for something else" in line.what
    police.post("/enquiries", WORRY, "k-1")
    assert len(lines(hub)) == 1, "the first body again says nothing of the other"


def test_what_is_no_enquiry_is_told_and_not_kept(let_in):
    police = let_in("police", "notifications")
    assert police.post("/notifications", {"kind": "ViST"}, "n-1").status_code == 422
    assert held(police.user) == []


def test_sent_again_and_right_it_is_no_exception_any_more(let_in, hub):
    police = let_in("police", "enquiries")
    police.post("/enquiries", WRONG, "k-1")
    reference = police.post("/enquiries", WORRY, "k-1").json()["reference"]
    assert lines(hub) == ()
    [row] = held(police.user)
    assert (row.came_to, row.ended_because) == (reference, "Taken when it came again")


def test_a_coordinator_completes_it_beside_the_original_and_nothing_is_keyed_again(let_in, hub, client):
    police = let_in("police", "enquiries")
    police.post("/enquiries", WRONG, "k-1")
    [line] = lines(hub)
    sign_in(client, hub, "joanna")
    page = client.get(line.acts[0].url).content.decode()
    assert "&#34;colour&#34;: &#34;blue&#34;" in page and "postcode: Enter a full postcode" in page
    typed = typed_on(page)
    assert typed["worry"] == WORRY["worry"] and typed["children-0-given"] == "Perrin"
    assert [typed[f"children-0-born_on-{box}"] for box in ("day", "month", "year")] == ["09", "04", "2017"]
    assert (typed["told_family"], typed["why_not_told"], typed["postcode"]) == ("no", "raises_risk", "nowhere")
    typed["do"] = "send"
    assert "Enter a" in client.post(line.acts[0].url, typed).content.decode(), "the postcode is still wrong"
    typed["postcode"] = "WX1 4QT"
    assert client.post(line.acts[0].url, typed).status_code == 302
    enquiry = Enquiry.objects.get(channel="other_system")
    referrer = enquiry.referrer
    assert (enquiry.source_code, enquiry.keyed_by, enquiry.concerns) == ("6", hub.staff["joanna"], ["physical_adult"])
    assert (referrer.agency.key, referrer.user_id, referrer.name) == ("police", police.user.pk, "Sgt Ines Coyle")
    assert lines(hub) == ()
    assert police.get(f"/enquiries/{enquiry.reference}").json()["worry"] == WORRY["worry"]
    assert client.get(line.acts[0].url).status_code == 302, "Back finds the enquiry"
    assert client.post(line.acts[0].url, typed).status_code == 302
    assert Enquiry.objects.count() == 1
    events = LedgerEvent.objects.filter(actor=hub.staff["joanna"].pk).values_list("event", flat=True)
    assert {"held-back.opened", "held-back.ended"} <= set(events)


def test_it_is_put_away_with_a_reason_and_kept(let_in, hub, client):
    police = let_in("police", "enquiries")
    police.post("/enquiries", WRONG, "k-1")
    [line] = lines(hub)
    sign_in(client, hub, "joanna")
    assert "cut lip" in client.get(line.url).content.decode()
    assert "Enter why it is put away" in client.post(line.url, {"because": ""}).content.decode()
    client.post(line.url, {"because": "A test of their system"})
    assert lines(hub) == ()
    [row] = held(police.user)
    assert (row.ended_by, row.ended_because, json.loads(bytes(row.body))) == (
        hub.staff["joanna"], "A test of their system", WRONG)  # fmt: skip
    assert "A test of their system" in client.get(line.url).content.decode()
    client.post(line.url, {"because": "Again"})
    assert held(police.user)[0].ended_because == "A test of their system"


# -- what was accepted, and cannot be taken when its turn comes ---------------------------------------------------


def test_what_cannot_be_taken_in_its_turn_waits_for_whoever_acts_and_is_tried_again(let_in, hub, settings):
    settings.API_CALLS_A_MINUTE = 0
    council = let_in("childrens-social-care", "cases")
    assert council.post("/cases", {"cases": [CASE]}, "c-1").status_code == 202
    take_in_what_is_left(0)
    [line] = lines(hub)
    assert (line.who, line.acts[0].label) == ("System administrators", "Put away")
    assert line.what.endswith("No feed is agreed with your agency in this area.")
    agree(hub.agencies["childrens-social-care"], by=hub.staff["nina"], area=hub.areas["wend-valley"],
          sends_events=False)  # fmt: skip
    take_in_what_is_left(0)
    settings.API_CALLS_A_MINUTE = 100
    assert council.get("/deliveries/c-1").json()["state"] == "held-back", "once an hour"
    [row] = held(council.user)
    assert row.body is None, "it stays with its delivery"
    with bound_to(council.user):
        HeldBack.objects.update(tried_at=timezone.now() - timedelta(hours=2))
    take_in_what_is_left(0)
    assert council.get("/deliveries/c-1").json()["state"] == "done"
    assert lines(hub) == ()


def test_an_answer_that_cannot_be_taken_is_its_agencys_and_read_by_nobody_here(let_in, hub, client, asked, settings):  # noqa: F811
    settings.API_CALLS_A_MINUTE = 0
    probation = let_in("probation", "requests")
    assert probation.post(f"/requests/{asked.token}/answer", an_answer(asked), "a-1").status_code == 202
    gathering.withdraw(asked, by=hub.staff["hannah"], because="Not needed.")
    take_in_what_is_left(0)
    [line] = lines(hub)
    assert line.who == hub.agencies["probation"].name
    page = sign_in(client, hub, "joanna").get(line.url).content.decode()
    assert "community order" not in page and "its agency’s alone" in page
    assert client.get(f"/telephone/{held(probation.user)[0].call}/").status_code == 404
    client.post(line.url, {"because": "The request was withdrawn"})
    settings.API_CALLS_A_MINUTE = 100
    found = probation.get("/deliveries/a-1").json()
    assert (found["state"], found["because"]) == ("put-away", "The request was withdrawn")
    take_in_what_is_left(0)
    assert lines(hub) == ()


def test_an_enquiry_held_back_in_its_turn_is_completed_once(let_in, hub, client, settings):
    settings.API_CALLS_A_MINUTE = 0
    police = let_in("police", "enquiries")
    police.post("/enquiries", WORRY, "k-1")
    with bound_to(police.user):
        Delivery.objects.update(body=WORRY | {"concerns": ["a concern that was retired"]})
    take_in_what_is_left(0)
    [line] = lines(hub)
    url = line.acts[0].url
    typed = typed_on(sign_in(client, hub, "joanna").get(url).content.decode())
    client.post(url, {**typed.dict(), "concerns": "neglect", "do": "send"})
    enquiry = Enquiry.objects.get(channel="other_system")
    with bound_to(police.user):
        HeldBack.objects.update(tried_at=timezone.now() - timedelta(hours=2))
    take_in_what_is_left(0)
    settings.API_CALLS_A_MINUTE = 100
    found = police.get("/deliveries/k-1").json()
    assert (found["state"], found["answer"]["reference"]) == ("done", enquiry.reference)
    assert Enquiry.objects.filter(channel="other_system").count() == 1


def test_what_waits_for_its_turn_too_long_is_an_exception(let_in, hub, settings):
    settings.API_CALLS_A_MINUTE = 0
    let_in("police", "enquiries").post("/enquiries", WORRY, "k-1")
    assert lines(hub) == ()
    [line] = lines(hub, now=timezone.now() + timedelta(minutes=20))
    assert (line.what, line.who, line.acts) == (
        "1 delivery of Wendmark Constabulary: accepted, and not taken in yet", "System administrators", ())  # fmt: skip
    assert lines(hub, "ellen", now=timezone.now() + timedelta(minutes=20)) == ()


# -- both walls ---------------------------------------------------------------------------------------------------


def test_the_policy_and_the_database_say_the_same_of_who_reads_it(let_in, hub, client):
    police, health = let_in("police", "enquiries"), let_in("health", "enquiries")
    police.post("/enquiries", WRONG, "k-1")
    [row] = held(police.user)
    for name, by in hub.staff.items():
        assert bool(may_open_held(by, row)) == bool(held(by)), name
        answer = sign_in(client, hub, name).get(f"/from-systems/{row.call}/")
        assert (answer.status_code == 200) == bool(held(by)), name
    assert {name for name, by in hub.staff.items() if held(by)} >= {"joanna", "hannah", "ruth"}
    assert held(health.user) == [] and held(PUBLIC) == []


# -- whatever comes -----------------------------------------------------------------------------------------------

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted({*WORRY, "given", "due_on",
        "born_on", "risk_factors", "kind", "thinks_level", "others"})) | st.text(), inner, max_size=6),
    max_leaves=20,
)  # fmt: skip


@pytest.mark.parametrize("sent", ["2018-05-02", "2018-05-02T00:00:00", "02/05/2018", "2.5.2018"])
def test_a_day_as_other_systems_write_it_stands_in_its_three_boxes(hub, sent):
    row = HeldBack(what="enquiry", received_at=timezone.now(), system=hub.staff["alan"])
    typed = half_filled(row, json.dumps({"children": [{"given": "Edie", "born_on": sent}]}).encode())
    parts = [int(typed[f"children-0-born_on-{part}"]) for part in ("day", "month", "year")]
    assert parts == [2, 5, 2018]


@given(body=ANYTHING)
def test_whatever_came_the_form_stands_and_the_original_can_be_read(body):
    raw = json.dumps(body).encode()
    row = HeldBack(what="enquiry", received_at=timezone.now(), system=User.objects.filter(agency__key="police").first())
    forms = call_forms(half_filled(row, raw))
    forms.is_valid()
    assert forms.call.data["source_code"] == "6"
    for values in [*half_filled(row, raw).lists(), ("original", [in_full(raw)])]:
        "".join(values[1]).encode()
        assert "\x00" not in "".join(values[1])
