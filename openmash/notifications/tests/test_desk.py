"""From the file to the enquiry: loaded once, open or not and nothing else, sent without a word keyed, sampled."""

import os
import re
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Q

from openmash.agencies.models import Letter
from openmash.audit.action import Refused
from openmash.audit.actors import SETTING_UP
from openmash.audit.models import LedgerEvent
from openmash.enquiries.models import Enquiry
from openmash.feeds import actions as feeds
from openmash.feeds import loading as load_of_feeds
from openmash.feeds.folder import keep, path_of
from openmash.feeds.models import Feed
from openmash.feeds.policies import LOADER as FEEDS_LOADER
from openmash.feeds.tests.files import workbook
from openmash.notifications import actions, file_queries, loading, queries
from openmash.notifications.codes import RETAINED, WAITING
from openmash.notifications.models import File, Notification, Repair, Source
from openmash.notifications.tasks import drop_folder, watch_notifications
from openmash.people import actions as people
from openmash.people.given import GivenPerson
from openmash.people.matching.linking import link_changed, open_index
from openmash.people.models import IndexEntry

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("Europe/London"))
LATER = NOON.replace(hour=15)
FILE = """Ref,Date,Summary,RAG,Role,Forename,Surname,DOB,Address,Postcode,Logs
V1,2026-11-03,Shouting heard by neighbours,Amber,Child,Mia,Bell,2018-03-01,14 Mill Lane,WX3 4AB,L7; L9
V1,2026-11-03,Shouting heard by neighbours,Amber,Suspect,Dan,Bell,1990-01-02,14 Mill Lane,WX3 4AB,L7; L9
V2,2026-11-04,Door kicked,Green,Child,Mia,Bell,2018-03-01,14 Mill Lane,WX3 4AB,
V3,not a date,Lost child,Red,Child,Tom,Hart,2019-05-05,2 Weir Street,WX1 1AA,
"""


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.FEEDS_FOLDER = tmp_path


@pytest.fixture
def loaded(hub):
    """`loaded()`: the file is offered, mapped as guessed, and read to its end."""

    def load(content=FILE, name="night.csv"):
        data = content.encode() if isinstance(content, str) else content
        kept = keep(BytesIO(data), name)
        by = hub.staff["alan"]
        file = loading.offer(hub.areas["wend-valley"], kept, by=by, source="Nightly", kind="ViST")
        return loading.read(loading.begin(file, by=by, columns=loading.columns_of(file)))

    return load


def one(reference="V1"):
    return Notification.objects.get(reference=reference)


def test_rows_of_one_reference_are_one_notification_and_bad_rows_wait(loaded):
    file = loaded()
    assert (file.state, file.total, file.loaded, file.repeated) == ("done", 4, 2, 0)
    assert [(str(p), p.role) for p in one().subjects.order_by("id")] == [("Mia Bell", "child"), ("Dan Bell", "suspect")]
    assert (one().grade, one().address_lines, one().logs) == ("amber", "14 Mill Lane", "L7; L9")
    row = Repair.objects.get()
    assert row.row == 5 and "Date must be a real date" in row.problems[0] and row.values["Surname"] == "Hart"
    assert not path_of(file.kept_as).exists()


def test_loading_it_twice_adds_nothing(loaded):
    loaded()
    file = loaded()
    assert (file.loaded, file.repeated, Notification.objects.count(), Repair.objects.count()) == (0, 2, 2, 1)


def test_a_changed_notification_is_there_beside_the_earlier_one(loaded):
    loaded()
    loaded(FILE.replace("Door kicked", "Door kicked in"))
    assert [row.is_changed for row in Notification.objects.filter(reference="V2").order_by("id")] == [False, True]


@pytest.fixture
def offered(hub):
    """`offered()`: the file is offered and mapped as guessed, and not read yet."""

    def offer(content=FILE, **columns):
        area, by = hub.areas["wend-valley"], hub.staff["alan"]
        file = loading.offer(area, keep(BytesIO(content.encode()), "night.csv"), by=by, source="Nightly", kind="ViST")
        return loading.begin(file, by=by, columns=loading.columns_of(file) | columns)

    return offer


def test_a_long_file_is_read_a_slice_at_a_time_and_nothing_twice_whatever_reads_it(offered, monkeypatch):
    monkeypatch.setattr(loading, "AT_ONCE", 1)
    file = offered()
    slices = []
    while file.state == File.LOADING:
        monkeypatch.setattr(loading, "AT_ONCE", 1 + len(slices) % 2)  # as after an update of the application
        file = loading.read(File.objects.select_related("source__area").get(pk=file.pk), within=0)
        slices.append(file.cursor)
    assert slices == [2, 4, 4] and path_of(file.kept_as).exists() is False
    assert (file.total, file.loaded, Notification.objects.count(), Repair.objects.count()) == (4, 2, 2, 1)


def test_two_who_read_one_file_load_it_once(offered, monkeypatch):
    monkeypatch.setattr(loading, "AT_ONCE", 1)
    slow = offered()
    loading.read(File.objects.select_related("source__area").get(pk=slow.pk), within=0)
    assert loading.read(slow, within=0).cursor == 2, "the other has read this already"
    assert Notification.objects.count() == 1


def test_what_headings_mean_is_kept_with_the_file_whatever_is_said_of_the_next(offered):
    file = offered()
    Source.objects.update(columns={"reference": "Logs"})
    assert loading.read(File.objects.select_related("source__area").get(pk=file.pk)).loaded == 2


def test_a_file_that_is_gone_says_so(offered):
    file = offered()
    path_of(file.kept_as).unlink()
    assert loading.read(file).because == "The file is no longer there. Send it again."


def test_a_file_that_breaks_off_in_the_middle_is_refused_where_it_is_sent(client, hub):
    client.force_login(hub.staff["alan"])
    file = BytesIO(FILE.encode() + b'V4,2026-11-03,"a quotation mark')
    file.name = "night.csv"
    page = client.post("/notifications/files/", {"source": "Nightly", "kind": "ViST", "file": file})
    assert "ends in the middle of a row" in page.text and not File.objects.exists()


def test_before_it_is_loaded_rows_far_down_are_shown_with_what_is_wrong(client, hub):
    client.force_login(hub.staff["alan"])
    good = "".join(f"G{n},2026-11-03,W,Red,Child,A,B,2018-03-01,1 Mill Lane,WX3 4AB,\n" for n in range(40))
    file = BytesIO((FILE.splitlines()[0] + "\n" + good + "BAD,never,W,Red,Child,A,B,2018-03-01,,,\n").encode())
    file.name = "night.csv"
    page = client.post("/notifications/files/", {"source": "N", "kind": "ViST", "file": file}, follow=True).text
    assert "1 of 41 rows have to be put right" in page and ">42<" in page and "Date must be a real date" in page
    assert page.count('data-label="Row"') == 11 and ">12<" not in page


def test_rows_that_were_read_wrongly_are_put_away_at_once_and_stay_on_record(client, hub, offered):
    file = loading.read(offered(happened_on="Summary"))
    assert (file.loaded, Repair.objects.filter(ended_at=None).count()) == (0, 4)
    client.force_login(hub.staff["alan"])
    path = f"/notifications/files/{file.pk}/"
    assert "Put all 4 rows away" in client.get(path).text
    assert "4 rows are put away" in client.post(path, {"do": "away"}, follow=True).text
    assert Repair.objects.filter(ended_by=hub.staff["alan"]).count() == 4
    assert loading.read(offered(happened_on="Date")).loaded == 2
    client.force_login(hub.staff["nadia"])
    assert client.post(path, {"do": "away"}).status_code == 404


def test_a_workbook_is_read_like_a_file(loaded, tmp_path):
    path = workbook(tmp_path / "night.xlsx", Sheet=[line.split(",") for line in FILE.splitlines()])
    assert loaded(path.read_bytes(), path.name).loaded == 2
    assert one().happened_on == date(2026, 11, 3)


def test_a_row_is_put_right_by_hand_and_loaded(client, hub, loaded):
    loaded()
    client.force_login(hub.staff["alan"])
    row = Repair.objects.get()
    path = f"/notifications/repairs/{row.pk}/"
    said = {"reference": "V3", "happened_on": "still wrong", "words": "Lost child", "grade": "Red", "role": "Child",
            "given": "Tom", "family": "Hart", "born_on": "2019-05-05", "do": "load"}  # fmt: skip
    page = client.post(path, said)
    assert "Date of the incident must be a real date" in page.text and "Lost child" in page.text
    assert 'href="#id_happened_on"' in page.text, "the field is named, and led to"
    assert client.post(path, said | {"happened_on": "5/11/2026"}).status_code == 302
    assert one("V3").subjects.get().family == "Hart" and file_queries.repairs(by=hub.staff["alan"]) == ()
    loaded()
    assert file_queries.repairs(by=hub.staff["alan"]) == (), "the same file twice changes nothing, also after repair"


def drop(content, source="Nightly"):
    """A file in the drop folder, and what the worker makes of it."""
    folder = drop_folder() / "wend-valley" / source
    folder.mkdir(parents=True)
    (folder / "new.csv").write_text(content)
    os.utime(folder / "new.csv", (1, 1))
    watch_notifications(0)
    assert not list(folder.iterdir())
    return File.objects.get(by=None)


def test_the_drop_folder_is_read_when_the_headings_are_known(hub, loaded):
    loaded()
    assert drop(FILE.replace("V1", "V9")).state == "done"
    assert Notification.objects.filter(reference="V9").count() == 1


def test_a_dropped_file_that_cannot_be_read_is_on_record_until_somebody_puts_it_away(client, hub):
    file = drop("Ref,Ref\n1,2\n")
    assert (file.state, file.because[:23]) == ("broken", "Two columns have the sa")
    client.force_login(hub.staff["alan"])
    assert "Broken" in client.get("/notifications/files/").text
    path = f"/notifications/files/{file.pk}/"
    assert "Two columns have the same heading" in client.get(path).text
    client.force_login(hub.staff["nadia"])
    assert client.post(path, {"do": "away"}).status_code == 404
    client.force_login(hub.staff["alan"])
    assert client.post(path, {"do": "away"}).status_code == 302
    file.refresh_from_db()
    assert file.state == "away" and "Put it away" not in client.get(path).text


def test_a_file_of_a_source_that_nobody_knows_waits_for_its_headings(client, hub):
    file = drop(FILE, "Night shift")
    assert (file.state, str(file.source), Notification.objects.exists()) == ("mapping", "Night shift", False)
    client.force_login(hub.staff["alan"])
    path = f"/notifications/files/{file.pk}/"
    assert "Select the heading for “What happened”" in client.post(path, {"reference": "Ref"}).text
    client.post(path, {"reference": "Ref", "happened_on": "Date", "words": "Summary", "do": "load"})
    loading.read(File.objects.select_related("source__area").get())
    assert Notification.objects.count() == 2


def test_earlier_incidents_are_counted_over_all_years_and_once_a_reference(hub, loaded):
    old = FILE.replace("V2", "V0").replace("2026-11-04", "2011-02-01")
    loaded(old), loaded()
    (line,) = [one for one in queries.queue(by=hub.staff["alan"])[0] if one.reference == "V2"]
    (mia,) = line.people
    assert (mia.incidents, mia.first_year, line.incidents) == (2, 2011, 2)
    (oldest,) = [one for one in queries.queue(by=hub.staff["alan"])[0] if one.reference == "V0"]
    assert oldest.incidents == 0, "what came later is no earlier incident, in whatever order they were sent"


def test_a_matched_person_is_open_or_not_with_team_and_worker_and_nothing_else(hub, loaded, client):
    hannah, area = hub.staff["hannah"], hub.areas["wend-valley"]
    mia = people.record(area, by=hannah, now=NOON, given=GivenPerson("Mia", "Bell", born_on=date(2018, 3, 1),
                        address_lines="14 Mill Lane", postcode="WX3 4AB", telephone="07700 900333"))  # fmt: skip
    people.mark(mia, by=hannah, now=NOON, kind="cp_plan", agency=hannah.agency, team="North", worker="Amit Desai")
    people.mark(mia, by=hannah, now=NOON, kind="risk_adult", agency=hannah.agency)
    loaded()
    client.force_login(hub.staff["alan"])
    page = client.get(f"/notifications/{one().pk}/").text
    assert "Open" in page and "North, Amit Desai" in page
    assert "protection plan" not in page and "risk to children" not in page and "07700 900333" not in page
    assert LedgerEvent.objects.filter(event="notification.opened").exists()


def council_has_open(hub, **more):
    """The council's own list, as its system sends it, and linked as every minute."""
    feed = Feed.objects.filter(agency=hub.agencies["childrens-social-care"]).first() or feeds.agree(
        hub.agencies["childrens-social-care"], by=SETTING_UP, area=hub.areas["wend-valley"], sends_events=False
    )
    row = {"number": "C1", "given": "Mia", "family": "Bell", "born_on": "2018-03-01", "address": "14 Mill Lane",
           "postcode": "WX3 4AB", "case_status": "CPP", "team": "South Wend", "worker": "Jo Marsh"} | more  # fmt: skip
    lines = "".join(f"{','.join(line)}\n" for line in zip(*row.items(), strict=True))
    kept = keep(BytesIO(lines.encode()), "open.csv")
    load_of_feeds.read(load_of_feeds.offer(feed, kept, by=FEEDS_LOADER, is_full=False))
    link_changed(now=NOON)


def mia(hub):
    (line,) = [one for one in queries.queue(by=hub.staff["alan"])[0] if one.reference == "V1"]
    return line.people[0]


def test_whom_the_council_has_open_is_open_though_the_hub_knows_nobody(hub, loaded):
    loaded()
    assert not mia(hub).is_open
    council_has_open(hub)
    assert (mia(hub).is_open, mia(hub).team, mia(hub).worker) == (True, "South Wend", "Jo Marsh")
    council_has_open(hub, case_status="closed")
    assert not mia(hub).is_open


def test_whoever_is_linked_with_a_child_of_the_hub_is_open_under_another_name(hub, loaded):
    child = people.record(hub.areas["wend-valley"], by=hub.staff["hannah"], now=NOON, given=GivenPerson("Mia", "Bell",
                          born_on=date(2018, 3, 1), address_lines="14 Mill Lane", postcode="WX3 4AB"))  # fmt: skip
    council_has_open(hub, given="Amelia", family="Duffy", address="1 Far Road", postcode="WX9 9ZZ")
    loaded()
    assert not mia(hub).is_open
    with open_index():
        IndexEntry.objects.filter(Q(person=child) | Q(record__isnull=False)).update(cluster=1)
    assert mia(hub).worker == "Jo Marsh"


def test_whom_the_council_holds_twice_is_open_when_one_of_the_two_is(hub, loaded):
    loaded()
    council_has_open(hub, number="C0", case_status="closed")
    council_has_open(hub, address="9 Mill Lane")
    assert mia(hub).worker == "Jo Marsh"


def test_somebody_of_the_same_name_in_the_councils_list_is_not_them(hub, loaded):
    loaded()
    council_has_open(hub, born_on="2009-11-20", address="1 Far Road", postcode="WX9 9ZZ")
    assert not mia(hub).is_open


def test_sent_to_the_hub_it_is_an_enquiry_with_nothing_keyed_again(hub, loaded):
    loaded()
    done = actions.send_to_hub(one(), by=hub.staff["alan"], now=NOON, risk="red", because="A child saw it")
    enquiry = Enquiry.objects.get()
    assert done.enquiry == enquiry and enquiry.worry == "Shouting heard by neighbours"
    assert (enquiry.channel, enquiry.source_code, enquiry.owner, bool(enquiry.due_at)) == (
        "police_notification",
        "6",
        None,
        True,
    )
    assert [(p.role, p.person.names.get().family) for p in enquiry.parties.all()] == [
        ("child", "Bell"),
        ("adult", "Bell"),
    ]
    assert "L7; L9" in enquiry.history and enquiry.impact == "A child saw it"
    with pytest.raises(Refused):
        actions.retain(Notification.objects.get(pk=done.pk), by=hub.staff["alan"], now=NOON, risk="red", because="x")


@pytest.mark.parametrize(("rag", "grade"), [("High", "high"), ("Amber", "medium"), ("Standard", "standard")])
def test_domestic_abuse_arrives_as_that_with_the_grade_of_the_police_and_nothing_keyed_again(hub, loaded, rag, grade):
    loaded(f"""Ref,Date,Type,Summary,RAG,Role,Forename,Surname,DOB,Address,Postcode
D1,2026-11-03,Domestic abuse,He blocked the door,{rag},Child,Mia,Bell,2018-03-01,14 Mill Lane,WX3 4AB
D1,2026-11-03,Domestic abuse,He blocked the door,{rag},Victim,Amy,Bell,1991-01-02,14 Mill Lane,WX3 4AB
""")
    actions.send_to_hub(one("D1"), by=hub.staff["alan"], now=NOON, risk="red", because="A child saw it")
    enquiry = Enquiry.objects.get()
    assert (enquiry.concerns, enquiry.abuse_grade) == (["da_parent"], grade)
    (given,) = enquiry.abuse_grades.all()
    assert (given.grade, given.agency, given.by) == (grade, hub.agencies["police"], hub.staff["alan"])
    assert given.because == f"Graded {grade} by the police in notification D1"


def test_what_is_no_domestic_abuse_is_graded_by_nobody(hub, loaded):
    loaded()
    actions.send_to_hub(one(), by=hub.staff["alan"], now=NOON, risk="red", because="A child saw it")
    enquiry = Enquiry.objects.get()
    assert enquiry.concerns == [] and not enquiry.abuse_grades.exists()


def test_forwarded_it_is_acknowledged_by_the_team(client, hub, loaded):
    loaded()
    team = hub.teams["north-wend-assessment"]
    row = actions.forward(one(), by=hub.staff["alan"], now=datetime.now(ZoneInfo("UTC")), risk="amber",
                          because="Open", team=team, worker="Amit Desai")  # fmt: skip
    letter = Letter.objects.get(to=hub.staff["amit"].email, about=f"N{row.pk}")
    assert "Bell" not in letter.line + letter.subject
    client.force_login(hub.staff["amit"])
    assert "V1" in client.get("/notifications/forwarded/").text
    path = f"/notifications/forwarded/{row.pk}/"
    assert "Shouting" in client.get(path).text
    client.post(path)
    row.refresh_from_db()
    assert row.acknowledged_by == hub.staff["amit"]
    client.force_login(hub.staff["wendy"])
    assert client.get(path).status_code == 404


def test_the_police_find_again_what_they_forwarded_and_who_has_it(client, hub, loaded):
    loaded()
    row = actions.forward(one(), by=hub.staff["alan"], now=NOON, risk="amber", because="Open",
                          team=hub.teams["north-wend-assessment"], worker="Amit Desai")  # fmt: skip
    actions.retain(one("V2"), by=hub.staff["alan"], now=LATER, risk="green", because="Nothing new")
    client.force_login(hub.staff["amit"])
    assert "1 notification that the police forwarded is not acknowledged yet" in client.get("/received/").text
    assert [(line.reference, line.acknowledged) for line in queries.evaluated(by=hub.staff["alan"])] == [
        ("V1", ""), ("V2", "")]  # fmt: skip
    actions.acknowledge(row, by=hub.staff["amit"], now=LATER)
    assert "the police forwarded is not" not in client.get("/received/").text
    assert queries.forwarded(by=hub.staff["amit"]).waiting == ()
    last, first = queries.evaluated(by=hub.staff["alan"])
    assert (last.reference, first.where) == ("V2", "North Wend assessment team, Amit Desai")
    client.force_login(hub.staff["alan"])
    assert hub.staff["amit"].name in client.get("/notifications/").text


def test_what_a_second_is_to_look_at_is_not_listed_for_them_with_what_became_of_it(hub, loaded):
    loaded()
    actions.retain(one(), by=hub.staff["alan"], now=NOON, risk="green", because="Nothing new")
    Notification.objects.filter(pk=one().pk).update(is_sampled=True)
    nadia = hub.staff["nadia"]
    nadia.postings.update(area=hub.areas["wend-valley"])
    assert [line.reference for line in queries.evaluated(by=hub.staff["alan"])] == ["V1"]
    assert queries.evaluated(by=nadia) == ()


def test_whom_it_is_open_to_is_filled_in(client, hub, loaded):
    ruth, area = hub.staff["ruth"], hub.areas["wend-valley"]
    mia = people.record(area, by=ruth, now=NOON, given=GivenPerson("Mia", "Bell", born_on=date(2018, 3, 1),
                        address_lines="14 Mill Lane", postcode="WX3 4AB"))  # fmt: skip
    people.mark(mia, by=ruth, now=NOON, kind="child_in_need", agency=ruth.agency, team="North Wend Assessment Team",
                worker="Amit Desai")  # fmt: skip
    loaded()
    team = hub.teams["north-wend-assessment"]
    assert queries.view(one(), by=hub.staff["alan"]).open_to == (team.pk, "Amit Desai")
    client.force_login(hub.staff["alan"])
    page = client.get(f"/notifications/{one().pk}/").text
    assert f'value="{team.pk}" selected' in page and 'value="Amit Desai"' in page


def test_what_somebody_else_has_evaluated_says_so_above_what_was_typed(client, hub, loaded):
    loaded()
    client.force_login(hub.staff["alan"])
    said = {"risk": "amber", "outcome": "retained", "because": "The child was not there"}
    assert client.post(f"/notifications/{one().pk}/", said).status_code == 302
    assert client.post(f"/notifications/{one().pk}/", said).status_code == 302, "a button pressed twice"
    late = client.post(f"/notifications/{one().pk}/", said | {"outcome": "sent", "because": "She was on the stairs"})
    assert "Somebody has evaluated this already. What you typed is not kept" in late.text
    assert "She was on the stairs" in late.text and one().state == RETAINED and not Enquiry.objects.exists()


def test_without_a_live_signature_nothing_is_forwarded_and_what_was_is_not_read(client, hub, loaded):
    loaded()
    said = {"risk": "amber", "because": "Open", "team": hub.teams["north-wend-assessment"], "worker": "Amit Desai"}
    row = actions.forward(one(), by=hub.staff["alan"], now=NOON, **said)
    hub.agencies["childrens-social-care"].signatures.update(ended_on="2025-01-01")
    client.force_login(hub.staff["amit"])
    assert "V1" not in client.get("/notifications/forwarded/").text
    answer = client.get(f"/notifications/forwarded/{row.pk}/")
    assert answer.status_code == 403 and "Shouting" not in answer.text
    with pytest.raises(Refused, match="has not signed a sharing agreement"):
        actions.forward(Notification.objects.exclude(pk=row.pk).first(), by=hub.staff["alan"], now=NOON, **said)


def test_retained_ones_are_sampled_for_somebody_else_who_is_not_shown_what_was_made_of_it(client, hub, loaded):
    rows = "".join(f"S{n},2026-11-03,Words {n},Green,Child,A,B{n},2018-03-01,1 Mill Lane,WX3 4AB,\n" for n in range(60))
    loaded(FILE.splitlines()[0] + "\n" + rows)
    alan = hub.staff["alan"]
    for row in Notification.objects.filter(state=WAITING):
        actions.retain(row, by=alan, now=NOON, risk="green", because="No child there")
    sampled = Notification.objects.filter(is_sampled=True)
    assert 1 <= sampled.count() <= 20
    assert queries.to_second(by=alan) == ()
    with pytest.raises(Refused):
        actions.second(sampled.first(), by=alan, now=NOON, outcome=RETAINED, because="x")
    nadia = hub.staff["nadia"]
    nadia.postings.update(area=hub.areas["wend-valley"])
    client.force_login(nadia)
    row = sampled.first()
    assert "No child there" not in client.get(f"/notifications/{row.pk}/").text
    client.post(f"/notifications/{row.pk}/second/", {"outcome": "sent", "because": "I would send it"})
    late = client.post(f"/notifications/{row.pk}/second/", {"outcome": "retained", "because": "Not needed"}).text
    assert "A second evaluator has looked already. What you typed is not kept" in late and "Not needed" in late
    found = queries.agreement(by=alan)
    assert (found.looked, found.agreed, found.share) == (1, 0, 0)


def test_the_queue_has_the_highest_grade_first_and_pages_by_key(hub, loaded, django_assert_max_num_queries):
    rows = "".join(
        f"Q{n},2026-11-03,W,{('Red', 'Green', 'Amber')[n % 3]},Child,A,B{n},2018-03-01,1 Mill Lane,WX3 4AB,\n"
        for n in range(70)
    )
    loaded(FILE.splitlines()[0] + "\n" + rows)
    seen, after, pages = [], "", 0
    while pages == 0 or after:
        with django_assert_max_num_queries(12):
            lines, after = queries.queue(by=hub.staff["alan"], after=after)
        seen += lines
        pages += 1
    assert (pages, len({line.reference for line in seen}), len(seen)) == (3, 70, 70)
    grades = [line.grade for line in seen]
    assert grades == sorted(grades, key=["red", "amber", "green"].index)


def test_the_pages_from_the_file_to_the_outcome(client, hub):
    client.force_login(hub.staff["alan"])
    assert "Choose a file" in client.post("/notifications/files/", {"source": "Nightly", "kind": "ViST"}).text
    file = BytesIO(FILE.encode())
    file.name = "night.csv"
    at = client.post("/notifications/files/", {"source": "Nightly", "kind": "ViST", "file": file}).headers["Location"]
    page = client.get(at).text
    assert "Date must be a real date" in page and "Good" in page
    columns = {"reference": "Ref", "happened_on": "Date", "words": "Summary", "grade": "RAG", "role": "Role",
               "given": "Forename", "family": "Surname", "born_on": "DOB", "address_lines": "Address",
               "postcode": "Postcode", "logs": "Logs"}  # fmt: skip
    twice = client.post(at, columns | {"what": "RAG", "do": "load"}).text
    assert "is chosen twice" in twice
    assert client.post(at, columns | {"do": "load"}).status_code == 302
    loading.read(File.objects.select_related("source__area").get())
    assert Source.objects.get().columns["words"] == "Summary"
    assert "1 row could not be read" in client.get("/notifications/").text
    path = f"/notifications/{one().pk}/"
    wrong = client.post(path, {"risk": "amber", "outcome": "forwarded", "because": "Open to us"}).text
    assert "Select the team" in wrong and "Open to us" in wrong
    assert client.post(path, {"risk": "amber", "outcome": "retained", "because": "Nothing new"}).status_code == 302
    assert one().state == "retained"


@pytest.mark.parametrize(
    ("who", "status"),
    [("alan", 200), ("ruth", 200), ("hannah", 404), ("joanna", 404), ("nadia", 404), ("lewis", 404)],
)
def test_who_sees_a_notification(client, hub, loaded, who, status):
    loaded()
    client.force_login(hub.staff[who])
    assert client.get(f"/notifications/{one().pk}/").status_code == status


@pytest.mark.parametrize(("path", "place"), [("/notifications/", "Notifications"), ("/notifications/files/", "Files")])
def test_the_menu_marks_the_one_place_where_somebody_is(client, hub, path, place):
    client.force_login(hub.staff["alan"])
    marked = re.findall(r'aria-current="page"[^>]*>(?:<strong[^>]*>)?([^<]*)', client.get(path).text)
    assert [one.strip() for one in marked] == [place]
