"""The pages of the feeds: for whom they exist, what they say, and that nothing of anybody is on them."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from openmash.feeds import loading, tasks
from openmash.feeds.models import Feed, Load
from openmash.feeds.tests.files import comma_file, person
from openmash.people.matching import again

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def deferred(monkeypatch):
    """What would be left to the worker."""
    numbers = []
    monkeypatch.setattr(tasks.read_file, "defer", lambda *, load: numbers.append(load))
    return numbers


@pytest.fixture
def visit(client, hub):
    def visit(who: str, path: str, data=None, **more):
        client.force_login(hub.staff[who])
        return client.post(path, data, **more) if data is not None else client.get(path)

    return visit


def upload(tmp_path, *rows, name="ours.csv"):
    return SimpleUploadedFile(name, comma_file(tmp_path / "f", *rows).read_bytes())


def send(visit, feed, file, who="karen", **more):
    return visit(who, f"/feeds/{feed.pk}/send/", {"file": file, "mode": "delta", **more})


def test_a_file_is_sent_read_and_reported(visit, feed, tmp_path, deferred):
    answer = send(visit, feed, upload(tmp_path, person("A1"), person("", given="Leo")))
    load = Load.objects.get()
    assert answer.url == f"/feeds/load/{load.pk}/"
    assert deferred == [load.pk]
    waiting = visit("karen", answer.url).content.decode()
    assert 'data-refresh="2"' in waiting and '<meta http-equiv="refresh"' in waiting
    loading.read(load)
    done = visit("karen", answer.url).content.decode()
    assert "data-refresh" not in done and "http-equiv" not in done
    assert "1 new, 0 changed, 0 withdrawn" in done
    assert "“number” is missing" in done
    assert "Mia" not in done and "Bell" not in done


def test_what_was_refused_can_be_taken_along(visit, feed, tmp_path):
    send(visit, feed, upload(tmp_path, person("A1", born_on="31/02/2010"), person("")))
    load = loading.read(Load.objects.get())
    answer = visit("karen", f"/feeds/load/{load.pk}/refused.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["row"], row["refused"]) for row in rows] == [("2", "a value"), ("3", "the whole row")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"mode": "delta"}, "Select a file"),
        ({"mode": ""}, "Select who is in the file"),
        ({"file": SimpleUploadedFile("empty.csv", b""), "mode": "full"}, "The file is empty. Select another"),
        ({"file": SimpleUploadedFile("x.txt", b"hello"), "mode": "full"}, "in none of the formats that we read"),
    ],
)
def test_a_mistake_is_said_beside_its_field(visit, feed, data, says):
    page = visit("karen", f"/feeds/{feed.pk}/send/", data).content.decode()
    assert "There is a problem" in page
    assert page.count(says) == 2
    assert not Load.objects.exists()


def test_a_broken_file_says_that_nothing_was_loaded(visit, feed, tmp_path):
    file = SimpleUploadedFile("ours.csv", comma_file(tmp_path / "f", person("A1")).read_bytes()[:-4])
    answer = send(visit, feed, file)
    loading.read(Load.objects.get())
    page = visit("karen", answer.url).content.decode()
    assert "Nothing of this file was loaded. The file ends in the middle of a row" in page


def test_the_same_file_is_said_to_change_nothing(visit, feed, tmp_path, deferred):
    for _ in range(2):
        answer = send(visit, feed, upload(tmp_path, person("A1")))
        loading.read(Load.objects.get())
    assert "Nothing changes" in visit("karen", answer.url).content.decode()
    assert len(deferred) == 1


@pytest.mark.parametrize("who", ["karen", "nina"])
def test_the_agencys_lead_and_the_system_administrator_see_the_feed(visit, feed, who, tmp_path):
    send(visit, feed, upload(tmp_path, person("A1")), who)
    page = visit(who, "/feeds/").content.decode()
    assert "Wendmark Constabulary, Wend Valley" in page
    assert "ours.csv" in page
    assert ("Agree a feed" in page) == (who == "nina")


def test_the_system_administrator_sees_how_many_records_wait_for_new_rules(visit, feed, tmp_path, monkeypatch):
    send(visit, feed, upload(tmp_path, person("A1"), person("A2")))
    loading.read(Load.objects.get())
    assert "rules" not in visit("nina", "/feeds/").text
    monkeypatch.setattr(again, "KEYS_VERSION", again.KEYS_VERSION + 1)
    assert "2 records are still to be written by the new rules" in visit("nina", "/feeds/").text
    assert "rules" not in visit("karen", "/feeds/").text


def test_another_agencys_lead_is_told_that_there_is_no_such_page(visit, feed, tmp_path):
    send(visit, feed, upload(tmp_path, person("A1")))
    load = Load.objects.get()
    assert "Constabulary" not in visit("anjali", "/feeds/").content.decode()
    for path in (f"/feeds/{feed.pk}/send/", f"/feeds/load/{load.pk}/", f"/feeds/load/{load.pk}/refused.csv"):
        assert visit("anjali", path).status_code == 404


@pytest.mark.parametrize("who", ["ruth", "hannah", "joanna", "lewis", "marcus", "amit", "gwen", "saul"])
def test_for_others_there_are_no_feeds(visit, feed, who):
    for path in ("/feeds/", "/feeds/agree/", f"/feeds/{feed.pk}/send/"):
        assert visit(who, path).status_code == 404


def test_a_feed_is_agreed_by_the_system_administrator(visit, hub):
    answer = visit("nina", "/feeds/agree/", {"agency": "health", "area": "harrowmouth", "sends_events": "on"})
    feed = Feed.objects.get()
    assert answer.url == "/feeds/"
    assert (feed.agency, feed.area, feed.sends_events) == (hub.agencies["health"], hub.areas["harrowmouth"], True)


def test_a_feed_is_ended_after_one_more_question(visit, feed):
    path = f"/feeds/{feed.pk}/end/"
    assert visit("karen", path).status_code == 404
    assert "End the feed of Wendmark Constabulary, Wend Valley?" in visit("nina", path).text
    assert visit("nina", path, {}).url == "/feeds/"
    feed.refresh_from_db()
    assert feed.ended_at is not None


def test_an_agency_that_has_not_signed_cannot_send(visit, feed, tmp_path):
    feed.agency.signatures.update(ended_on="2020-01-01")
    answer = send(visit, feed, upload(tmp_path, person("A1")))
    assert answer.status_code == 403
    assert "has not signed a sharing agreement" in answer.content.decode()
    assert not Load.objects.exists()
