"""A call is kept, an enquiry is keyed from it without a word twice, and one that does not come is not forgotten."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import Http404
from django.utils import timezone

from openmash.agencies.models import Letter
from openmash.audit.action import Refused
from openmash.audit.actors import PUBLIC
from openmash.consultations import actions, queries
from openmash.consultations.models import Consultation
from openmash.consultations.tasks import look_for_promised_enquiries
from openmash.enquiries.actions import receive
from openmash.enquiries.models import Enquiry, Step
from openmash.enquiries.tests.test_actions import given

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("Europe/London"))
SAID = {
    "outline": "Bruises on two Mondays",
    "advice": "Make an enquiry today",
    "level": 3,
    "agreed": "enquiry",
    "organisation": "Wend Street Nursery",
    "caller": "Ola Pine",
    "telephone": "01632 960 777",
    "child_age": "4",
    "tried": "Spoke to the mother",
}


@pytest.fixture
def advise(hub):
    def taken(now=NOON, **changed):
        return actions.advise(hub.areas["wend-valley"], by=hub.staff["peter"], now=now, **{**SAID, **changed})

    return taken


def arrives(hub, now, **referrer):
    facts = given()
    facts = replace(facts, referrer=replace(facts.referrer, agency_key="", **referrer))
    return receive(hub.areas["wend-valley"], by=PUBLIC, now=now, given=facts, key=f"k{now}"[:60])


def test_a_promised_enquiry_is_due_in_four_hours_when_harm_is_plain(advise):
    assert advise(is_harm_plain=True).due_at == NOON + timedelta(hours=4)
    assert advise().due_at == datetime(2026, 11, 18, 12, tzinfo=ZoneInfo("Europe/London"))
    agreed = NOON + timedelta(hours=1)
    assert advise(due_at=agreed).due_at == agreed


def test_where_no_enquiry_is_promised_nothing_is_waited_for(advise):
    call = advise(agreed="early_help")
    assert (call.state, call.due_at) == ("ended", None)


@pytest.mark.parametrize("who", ["hannah", "joanna", "alan", "gwen"])
def test_only_advisers_advise(hub, who):
    with pytest.raises(Refused):
        actions.advise(hub.areas["wend-valley"], by=hub.staff[who], now=NOON, **SAID)


def test_what_does_not_come_is_told_to_the_adviser_once(hub, advise):
    call = advise(now=NOON - timedelta(days=900))
    Consultation.objects.update(due_at=NOON)
    look_for_promised_enquiries(0)
    look_for_promised_enquiries(0)
    letter = Letter.objects.get(to=hub.staff["peter"].email)
    assert letter.link == f"/consultations/{call.pk}/" and "Bruises" not in letter.line + letter.subject
    assert queries.waiting(by=hub.staff["peter"], now=NOON)[0].is_overdue


@pytest.mark.parametrize("referrer", [{"telephone": "01632960777"}, {"telephone": "+44 1632 960777"}])
def test_a_later_enquiry_from_the_same_telephone_is_matched_back(hub, advise, referrer):
    call = advise()
    enquiry = arrives(hub, NOON + timedelta(hours=2), **referrer)
    call.refresh_from_db()
    assert (call.state, call.enquiry) == ("arrived", enquiry)
    assert Step.objects.filter(enquiry=enquiry, what="consultation-matched").exists()
    assert [line.number for line in queries.of_enquiry(enquiry)] == [call.pk]


def test_one_from_the_same_organisation_is_asked_about(hub, advise):
    call, peter = advise(), hub.staff["peter"]
    enquiry = arrives(hub, NOON + timedelta(hours=2), telephone="", organisation="wend street nursery")
    (possible,) = queries.view(call, by=peter, now=NOON).possible
    assert (possible.reference, possible.children) == (enquiry.reference, 1)
    actions.match(call, by=peter, now=NOON, enquiry=queries.load_possible(call, possible.number))
    assert queries.view(Consultation.objects.get(), by=peter, now=NOON).possible == ()


def test_an_enquiry_from_elsewhere_cannot_be_claimed(hub, advise):
    call = advise()
    other = arrives(hub, NOON + timedelta(hours=2), telephone="", organisation="Another nursery")
    with pytest.raises(Http404):
        queries.load_possible(call, other.pk)


def test_the_call_becomes_an_enquiry_and_nothing_is_keyed_twice(client, hub, advise):
    call = advise(is_harm_plain=True, others="Mother and a baby")
    client.force_login(hub.staff["peter"])
    answer = client.post(f"/consultations/{call.pk}/enquiry/")
    page = client.get(answer.headers["Location"]).text
    for said in ("Bruises on two Mondays", "Spoke to the mother", "Ola Pine", "01632 960 777", "Wend Street Nursery",
                 "Others at home: Mother and a baby"):  # fmt: skip
        assert said in page
    call.refresh_from_db()
    typed = _typed(call.draft)
    more = {"do": "send", "source_code": "2B", "children-0-given": "Mia", "adults-number": "0", "workers-number": "0"}
    client.post(answer.headers["Location"], typed | more)
    enquiry = Enquiry.objects.get()
    call.refresh_from_db()
    assert (enquiry.worry, call.enquiry, call.state) == ("Bruises on two Mondays", enquiry, "arrived")
    assert abs(enquiry.received_at - timezone.now()) < timedelta(minutes=10)


def _typed(token):
    from openmash.enquiries.models import Draft

    return {name: values[0] for name, values in Draft.objects.get(token=token).answers["sent"].items()}


def test_waiting_is_ended_with_a_reason(hub, advise):
    call = advise()
    actions.close(call, by=hub.staff["peter"], now=NOON, because="The family moved away")
    assert queries.waiting(by=hub.staff["peter"], now=NOON) == ()
    with pytest.raises(Refused):
        actions.close(call, by=hub.staff["peter"], now=NOON, because="Again")


def test_advisers_are_shown_side_by_side_and_few_calls_say_nothing(hub, advise):
    for level in (1, 2, 2, 3, 4):
        advise(level=level)
    (peter,) = queries.consistency(by=hub.staff["ruth"], since=NOON - timedelta(days=1))
    assert (peter.calls, peter.mean_level, peter.promised, peter.is_few) == (5, 2.4, 100, False)


@pytest.mark.parametrize(("who", "sees"), [("peter", True), ("ruth", True), ("hannah", False), ("martin", False)])
def test_who_sees_a_call(client, hub, advise, who, sees):
    call = advise()
    client.force_login(hub.staff[who])
    assert (client.get(f"/consultations/{call.pk}/").status_code == 200) == (
        sees or (who == "martin" and _same_area(hub))
    )


def test_a_manager_reads_the_advice_line_and_is_offered_no_call(client, hub, advise):
    advise()
    for who, offered in {"peter": True, "ruth": False}.items():
        client.force_login(hub.staff[who])
        assert ("/consultations/new/" in client.get("/consultations/").content.decode()) == offered, who


def _same_area(hub):
    from openmash.agencies.roles import Permission

    return hub.areas["wend-valley"].pk in hub.staff["martin"].areas_where(Permission.DECIDE)


def test_triage_sees_a_call_once_it_led_to_an_enquiry(client, hub, advise):
    call = advise()
    arrives(hub, NOON + timedelta(hours=1), telephone="01632 960 777")
    client.force_login(hub.staff["hannah"])
    assert client.get(f"/consultations/{call.pk}/").status_code == 200


def test_the_screen_keeps_what_was_typed_and_says_what_is_missing(client, hub):
    client.force_login(hub.staff["peter"])
    page = client.post("/consultations/new/", {"outline": "Bruises", "agreed": "none", "is_harm_plain": "on"}).text
    assert "Enter what you advised" in page and "Select the level of need" in page and "Bruises" in page
    assert "When significant harm is plain, an enquiry is made" in page
    said = {key: str(value) for key, value in SAID.items()}
    assert client.post("/consultations/new/", said).status_code == 302
    assert "Wend Street Nursery" in client.get("/consultations/").text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"child_age": "-4"}, "Enter an age, like 7 or 18 months"),
        ({"due_on-day": "1", "due_on-month": "2", "due_on-year": "1926", "due_time": "5pm"}, "Enter a time to come"),
    ],
)
def test_an_age_or_a_time_that_cannot_be_is_refused_and_what_was_typed_stays(client, hub, wrong, says):
    client.force_login(hub.staff["peter"])
    page = client.post("/consultations/new/", {key: str(value) for key, value in SAID.items()} | wrong)
    assert page.status_code == 200 and says in page.text and "Bruises on two Mondays" in page.text
    assert not Consultation.objects.exists()


def test_a_note_takes_ten_seconds_and_is_found_again(client, hub):
    client.force_login(hub.staff["hannah"])
    path = "/consultations/notes/"
    assert "Enter the gist" in client.post(path, {"whom": "Ward sister"}).text
    wrong = client.post(path, {"whom": "Ward sister", "gist": "Bed 4", "reference": "WV-NOPE-NOPE"})
    assert "no open enquiry with this reference" in wrong.text and "Bed 4" in wrong.text
    assert client.post(path, {"whom": "Ward sister", "gist": "Asked about consent"}).status_code == 302
    assert "Asked about consent" in client.get(f"{path}?q=consent").text
    assert "Asked about consent" not in client.get(f"{path}?q=zebra").text
