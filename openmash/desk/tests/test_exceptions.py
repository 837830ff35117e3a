"""The exceptions: what nobody has, nobody matched, nobody acknowledged, and what could not be delivered (M12)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from openmash.agencies.models import Letter
from openmash.audit.actors import PUBLIC
from openmash.consultations import actions as consultations
from openmash.county.doors import tell_night
from openmash.desk.left_over import left_over
from openmash.desk.tests.families import MIA, MONDAY, ask, rate, receive
from openmash.enquiries import actions as enquiries
from openmash.enquiries.given import GivenEnquiry, GivenReferrer
from openmash.enquiries.models import Enquiry, Party
from openmash.feeds import loading as feed_loading
from openmash.feeds.actions import agree
from openmash.feeds.folder import Kept
from openmash.feeds.models import Load
from openmash.feeds.policies import LOADER as FEEDS
from openmash.gathering import actions as gathering
from openmash.gathering.models import Request
from openmash.notifications import actions as notifications
from openmash.notifications import loading
from openmash.notifications.models import File, Notification, Repair, Source
from openmash.restrictions import actions as restrictions
from openmash.statutory_checks import actions as checks

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=3)


def found(hub, key: str, who="joanna", now=LATER):
    return next(kind for kind in left_over(hub.staff[who], now=now) if kind.key == key).lines


@pytest.fixture
def undelivered(hub) -> Letter:
    """The letter to the referrer, after a day of trying in vain."""
    enquiry = receive(hub, now=timezone.now())
    letter = Letter.objects.get(about=enquiry.reference, to="pat.lomax@wendmark.example")
    letter.given_up_at, letter.tries, letter.last_problem = timezone.now(), 8, "451 Try again later"
    letter.save()
    return letter


def test_a_new_enquiry_is_no_exception_until_its_time_is_over(hub):
    enquiry = receive(hub)
    assert found(hub, "unassigned", now=MONDAY) == ()
    [line] = found(hub, "unassigned")
    assert (line.reference, line.since) == (enquiry.reference, enquiry.due_at)
    enquiries.take(enquiry, by=hub.staff["joanna"], now=MONDAY)
    assert found(hub, "unassigned") == ()


def test_who_is_not_matched_after_screening_is_listed_until_somebody_looked(hub):
    enquiry = rate(hub, receive(hub))
    assert [line.what for line in found(hub, "unmatched")] == ["2 people not looked at for matches"]
    for party in Party.objects.filter(enquiry=enquiry):
        enquiries.settle_party(party, by=hub.staff["joanna"], now=MONDAY)
    assert found(hub, "unmatched") == ()


def test_a_check_whose_time_is_over_is_listed_until_it_is_answered_or_withdrawn(hub):
    enquiry = ask(hub, receive(hub), "police", "health")
    assert found(hub, "unanswered", now=MONDAY) == ()
    lines = found(hub, "unanswered")
    assert {(line.reference, line.who) for line in lines} == {
        (enquiry.reference, hub.agencies[key].name) for key in ("police", "health")
    }
    request = Request.objects.get(agency__key="police")
    gathering.withdraw(request, by=hub.staff["hannah"], now=MONDAY, because="Not needed.")
    assert [line.who for line in found(hub, "unanswered")] == [hub.agencies["health"].name]


def test_what_could_not_be_delivered_is_listed_without_the_address_and_tried_again(hub, client, undelivered):
    client.force_login(hub.staff["joanna"])
    text = client.get("/exceptions/").content.decode()
    assert "E-mail to the referrer could not be delivered" in text and undelivered.about in text
    assert "pat.lomax" not in text
    jobs = ProcrastinateJob.objects.filter(args={"letter": undelivered.pk})
    before = jobs.count()
    client.post(f"/exceptions/try-again/{undelivered.pk}/")
    assert jobs.count() == before + 1
    assert found(hub, "undeliverable", now=timezone.now()) == ()


def test_a_colleagues_letter_tells_of_no_enquiry_that_is_kept(hub, client, undelivered):
    """One to Ruth, who is named on it, for Joanna, who is not; and one that is about no enquiry."""
    enquiry = Enquiry.objects.get(reference=undelivered.about)
    facts = {"to": "ruth@x.example", "user": hub.staff["ruth"], "given_up_at": timezone.now(), "written_at": LATER}
    kept = Letter.objects.create(about=enquiry.reference, key="kept", **facts)
    access = Letter.objects.create(about="Access", key="access", **facts)
    client.force_login(hub.staff["joanna"])
    restrictions.restrict(enquiry, by=hub.staff["ruth"], category="staff_interest", because="Hers.",
                          names=[hub.staff["ruth"]])  # fmt: skip
    page = client.get("/exceptions/").content.decode()
    assert enquiry.reference not in page and f"/exceptions/try-again/{access.pk}/" in page
    for letter, status in ((kept, 404), (undelivered, 404), (access, 302)):
        assert client.post(f"/exceptions/try-again/{letter.pk}/").status_code == status
    client.force_login(hub.staff["ruth"])
    assert f"/exceptions/try-again/{kept.pk}/" in client.get("/exceptions/").content.decode()


def test_what_is_held_as_spam_is_listed_and_let_in(hub, client):
    given = GivenEnquiry(
        worry="Buy now", channel="public_form", source_code="9", referrer=GivenReferrer("anonymous"), is_held=True,
        parties=(MIA,),
    )  # fmt: skip
    enquiries.receive(hub.areas["wend-valley"], by=PUBLIC, now=MONDAY, given=given, key="spam")
    [line] = found(hub, "held")
    client.force_login(hub.staff["joanna"])
    client.post(line.acts[0].url, {"version": line.acts[0].version})
    assert not Enquiry.objects.get(reference=line.reference).is_held
    assert found(hub, "held") == ()


def test_another_areas_exceptions_are_not_there(hub, client, undelivered):
    rate(hub, receive(hub, key="other"))
    assert not any(kind.lines for kind in left_over(hub.staff["ellen"], now=LATER))
    client.force_login(hub.staff["ellen"])
    assert client.post(f"/exceptions/try-again/{undelivered.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["lewis", "karen", "amit", "gwen", "siobhan", "peter"])
def test_it_is_for_the_hub_alone(hub, client, who):
    client.force_login(hub.staff[who])
    assert client.get("/exceptions/").status_code == 404


def test_rows_of_police_files_that_nobody_could_read_are_listed_by_file(hub, settings, tmp_path):
    settings.FEEDS_FOLDER = tmp_path
    tell_night(hub, MONDAY)
    [line] = found(hub, "unread")
    assert line.what == "3 rows of Nightly extract could not be read"
    assert (line.reference, line.who, line.url, line.acts) == ("vist-nightly.csv", "Police evaluators", "", ())
    for row in Repair.objects.all():
        row.ended_at, row.ended_by, row.ended_because = LATER, hub.staff["alan"], "Sent again"
        row.save()
    assert found(hub, "unread") == ()


def test_what_the_police_forwarded_is_listed_until_the_team_acknowledges_it(hub, settings, tmp_path):
    settings.FEEDS_FOLDER = tmp_path
    tell_night(hub, MONDAY)
    row = Notification.objects.get(state="forwarded")
    assert found(hub, "unacknowledged", now=MONDAY) == ()
    [line] = found(hub, "unacknowledged")
    assert (line.what, line.who) == ("Police notification: not acknowledged", "North Wend assessment team")
    assert (line.reference, line.url) == (f"N{row.pk}", ""), "a coordinator does not read notifications"
    assert found(hub, "unacknowledged", who="ruth")[0].url == f"/notifications/{row.pk}/"
    notifications.acknowledge(row, by=hub.staff["amit"], now=LATER)
    assert found(hub, "unacknowledged") == ()


def test_an_enquiry_that_was_promised_and_did_not_come_is_listed_until_nothing_is_waited_for(hub):
    peter = hub.staff["peter"]
    call = consultations.advise(
        hub.areas["wend-valley"], by=peter, now=MONDAY, outline="Bruises", advice="Send the form", level=4,
        agreed="enquiry", is_harm_plain=True,
    )  # fmt: skip
    assert found(hub, "promised", now=MONDAY) == ()
    [line] = found(hub, "promised")
    assert (line.what, line.who) == ("A promised enquiry did not come", "Peter Lund")
    assert (line.reference, line.url) == (f"C{call.pk}", ""), "a coordinator does not read the advice line"
    assert found(hub, "promised", who="ruth")[0].url == f"/consultations/{call.pk}/"
    consultations.close(call, by=peter, now=LATER, because="The family moved away")
    assert found(hub, "promised") == ()


def test_police_files_that_nobody_could_read_are_listed_until_they_are_read_or_put_away(hub, settings, tmp_path):
    settings.FEEDS_FOLDER = tmp_path
    source = Source.objects.create(area=hub.areas["wend-valley"], name="Nightly", kind="ViST")
    file = File.objects.create(source=source, name="night.csv", kept_as="x", at=MONDAY)
    alan = hub.staff["alan"]
    [line] = found(hub, "unread")
    assert line.what == "A file of Nightly waits until somebody says what its headings mean"
    loading.actions.break_off(source.area, by=loading.actions.LOADER, file=file, because="The file is empty.")
    [line] = found(hub, "unread")
    assert (line.what, line.acts) == ("A file of Nightly could not be read: The file is empty.", ())
    loading.actions.put_file_away(file, by=alan)
    assert found(hub, "unread") == ()


def test_a_file_of_whom_an_agency_knows_that_could_not_be_loaded_is_listed_until_the_next_one(hub, settings, tmp_path):
    settings.FEEDS_FOLDER = tmp_path
    feed = agree(hub.agencies["health"], by=hub.staff["nina"], area=hub.areas["wend-valley"], sends_events=False)
    file = feed_loading.refuse(feed, Kept("ours.csv", "x", "y"), "It is no text.", by=FEEDS, is_full=True)
    [line] = found(hub, "unread")
    assert line.what == "Whom Wendmark Community Health knows could not be loaded: It is no text."
    assert (line.reference, line.who, line.url, line.acts) == ("ours.csv", "Wendmark Community Health", "", ())
    Load.objects.create(feed=feed, state=Load.DONE, received_at=file.received_at)
    assert found(hub, "unread") == ()


def test_a_statutory_check_is_listed_when_its_time_is_over(hub):
    joanna = hub.staff["joanna"]
    check = checks.log(
        hub.areas["wend-valley"], by=joanna, now=MONDAY, requester="police", organisation="Wend Police",
        email="checks@police.example", basis="section_47", family="Bell",
    )  # fmt: skip
    assert found(hub, "checks", now=MONDAY) == ()
    [line] = found(hub, "checks")
    assert (line.reference, line.what, line.who) == (f"S{check.pk}", "Wend Police has no answer", "Coordinators")
    check = checks.propose(check, by=joanna, now=MONDAY, finding="not_known", answer="Not known.")
    assert [line.who for line in found(hub, "checks")] == ["Practice managers"]
    checks.approve(check, by=hub.staff["ruth"], now=LATER)
    assert found(hub, "checks") == ()
