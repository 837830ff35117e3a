"""The governance lead's pages: from an alert to its lines and to what it was."""

import pytest
from django.db import transaction
from django.utils import timezone

from openmash.oversight import actions
from openmash.oversight.models import Alert
from openmash.oversight.readings import read_alerts
from openmash.oversight.shelf import Found

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def gwen(client, hub):
    client.force_login(hub.staff["gwen"], backend=BACKEND)
    return client


@pytest.fixture
def alert(hub) -> Alert:
    with transaction.atomic(), actions._watching(hub.areas["wend-valley"]):
        found = Found("1", "Ruth Okafor looked at somebody of the same family name", hub.staff["ruth"].pk, person=7)
        area = hub.areas["wend-valley"]
        return actions.raise_alert(area, by=actions.WATCHING, now=timezone.now(), report="own_name", found=found)


def test_an_alert_leads_to_its_lines_and_is_closed_with_what_it_was(gwen, hub, alert):
    page = gwen.get("/alerts/").content.decode()
    assert "Ruth Okafor looked at somebody" in page and "/ledger/person/7/" in page
    assert "Select what it was" in gwen.post(f"/alerts/{alert.pk}/", {"because": ""}).content.decode()
    answer = gwen.post(f"/alerts/{alert.pk}/", {"outcome": "work", "because": "She was asked to."}, follow=True)
    assert "She was asked to." in answer.content.decode() and "Nothing is open." in answer.content.decode()
    waiting, [closed] = read_alerts(None, by=hub.staff["gwen"])
    assert (waiting, closed.outcome) == ((), "It was part of their work")
    assert "closed this alert already" in gwen.get(f"/alerts/{alert.pk}/").content.decode()


def test_a_reports_numbers_are_changed_with_a_reason(gwen, hub):
    where = "/alerts/reports/wend-valley/surge/"
    assert 'value="5"' in gwen.get(where).content.decode()
    wrong = gwen.post(where, {"viewers": "1", "times": "3", "is_on": "yes", "because": "Fewer."})
    assert "must be a number from 2 to 100" in wrong.content.decode()
    gwen.post(where, {"viewers": "7", "times": "3", "is_on": "yes", "because": "Five is usual here."})
    assert "7 people or more" in gwen.get("/alerts/reports/").content.decode()
    assert gwen.get("/alerts/reports/wend-valley/nothing/").status_code == 404
    assert gwen.get("/alerts/reports/nowhere/surge/").status_code == 404


@pytest.mark.parametrize("path", ["/alerts/", "/alerts/reports/", "/alerts/reports/wend-valley/surge/", "/receipts/"])
def test_for_everybody_else_there_are_no_such_pages(client, hub, path):
    client.force_login(hub.staff["hannah"], backend=BACKEND)
    assert client.get(path).status_code == 404


def test_an_alert_about_the_only_lead_is_the_practice_managers_and_no_line_of_the_ledger_tells_the_lead(client, hub):
    gwen, ruth, area = hub.staff["gwen"], hub.staff["ruth"], hub.areas["wend-valley"]
    with transaction.atomic(), actions._watching(area):
        found = Found("1", "Somebody in WV-ABCD has what Gwen Astley has: the full name", gwen.pk, person=7)
        facts = {"report": "staff_named", "found": found, "now": timezone.now()}
        alert = actions.raise_alert(area, by=actions.WATCHING, **facts)

    def seen_by(user, *paths):
        client.force_login(user, backend=BACKEND)
        return [client.get(path).content.decode() for path in paths]

    paths = ("/alerts/", "/ledger/", "/ledger/?refused=on", f"/ledger/user/{ruth.pk}/")
    page, *ledger = seen_by(gwen, *paths)
    assert "Nothing is open." in page and "Alerts about you in Wend Valley are shown to practice managers" in page
    assert "Ruth Okafor" in page and "Alert raised" not in "".join(ledger)
    client.force_login(gwen, backend=BACKEND)
    assert client.get(f"/alerts/{alert.pk}/").content == client.get("/alerts/999999/").content
    page = seen_by(ruth, "/alerts/")[0]
    assert "has what Gwen Astley has" in page and "/person/7/" in page and "/ledger/" not in page
    answer = client.post(f"/alerts/{alert.pk}/", {"outcome": "spoken_to", "because": "Her niece."}, follow=True)
    assert "Her niece." in answer.content.decode()
    assert "Alert closed" not in "".join(seen_by(gwen, *paths))
    assert Alert.objects.count() == 0 and "Her niece." not in seen_by(gwen, "/alerts/")[0]


def test_what_became_of_other_alerts_is_on_the_ledger(gwen, alert):
    assert "Alert raised" in gwen.get("/ledger/").content.decode()


def test_an_alert_that_is_not_there_looks_like_one_that_is_not_for_them(gwen, alert, client, hub):
    assert gwen.get("/alerts/999999/").status_code == 404
    client.force_login(hub.staff["ruth"], backend=BACKEND)
    assert client.get(f"/alerts/{alert.pk}/").content == client.get("/alerts/999999/").content
