"""A check is logged, answered by two people or refused, and what left the hub is kept with who approved it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from openmash.audit.action import Refused
from openmash.audit.actors import PUBLIC
from openmash.audit.models import LedgerEvent
from openmash.people import actions as people
from openmash.people.given import GivenPerson
from openmash.statutory_checks import actions, queries
from openmash.statutory_checks.models import StatutoryCheck

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("Europe/London"))
ASKED = {
    "requester": "cafcass",
    "organisation": "CAFCASS",
    "email": "checks@cafcass.example",
    "basis": "private_law",
    "given": "Mia",
    "family": "Bell",
}
WORDS = "Mia was on a child in need plan from 2021 to 2022."


@pytest.fixture
def logged(hub):
    def down(**changed):
        return actions.log(hub.areas["wend-valley"], by=hub.staff["joanna"], now=NOON, **{**ASKED, **changed})

    return down


@pytest.fixture
def proposed(hub, logged):
    return actions.propose(logged(), by=hub.staff["joanna"], now=NOON, finding="known_before", answer=WORDS)


def test_it_is_due_after_the_working_days_usual_for_who_asks(logged):
    assert logged().due_at == datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/London"))
    assert logged(requester="police").due_at == NOON + timedelta(days=1)
    agreed = NOON + timedelta(hours=2)
    assert logged(due_at=agreed).due_at == agreed


def test_nobody_approves_the_words_that_they_wrote(hub, logged):
    ruth = hub.staff["ruth"]
    check = actions.propose(logged(), by=ruth, now=NOON, finding="known", answer=WORDS)
    with pytest.raises(Refused, match="Someone else has to approve"):
        actions.approve(check, by=ruth, now=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatutoryCheck.objects.filter(pk=check.pk).update(state="answered", ended_by=ruth, ended_at=NOON)


def test_a_coordinator_writes_and_a_practice_manager_approves(hub, proposed):
    with pytest.raises(Refused):
        actions.approve(proposed, by=hub.staff["hannah"], now=NOON)
    done = actions.approve(proposed, by=hub.staff["ruth"], now=NOON + timedelta(hours=1))
    assert (done.state, done.ended_by, done.answer) == ("answered", hub.staff["ruth"], WORDS)
    for verb, said in ((actions.propose, {"finding": "known", "answer": "More"}), (actions.refuse, {"because": "No"})):
        with pytest.raises(Refused):
            verb(done, by=hub.staff["ruth"], now=NOON, **said)
    assert LedgerEvent.objects.filter(event="check.answered", outcome="allowed").count() == 1


def test_it_is_sent_back_with_the_words_kept(hub, proposed):
    back = actions.send_back(proposed, by=hub.staff["ruth"], now=NOON, because="Say when it ended")
    assert (back.state, back.answer, back.sent_back) == ("open", WORDS, "Say when it ended")
    again = actions.propose(back, by=hub.staff["joanna"], now=NOON, finding="known_before", answer=WORDS + " It ended.")
    assert (again.state, again.sent_back) == ("proposed", "")


def test_it_is_refused_with_a_reason(hub, logged):
    check = actions.refuse(logged(), by=hub.staff["ruth"], now=NOON, because="No order of the court was sent")
    found = queries.view(check, by=hub.staff["joanna"], now=NOON)
    assert (found.ended_by, found.ended_because) == ("Ruth Okafor", "No order of the court was sent")
    with pytest.raises(IntegrityError), transaction.atomic():
        StatutoryCheck.objects.filter(pk=check.pk).update(ended_because="")


def test_without_a_basis_in_words_another_basis_is_none(logged):
    with pytest.raises(IntegrityError), transaction.atomic():
        logged(basis="other")


def test_it_does_not_exist_in_another_area_nor_for_agencies(hub, proposed):
    for who in ("lewis", "gwen", "saul"):
        with pytest.raises(Http404):
            queries.load(proposed.pk, by=hub.staff[who])


def test_volumes_by_who_asks(hub, logged, proposed):
    ruth = hub.staff["ruth"]
    actions.approve(proposed, by=ruth, now=NOON + timedelta(days=30))
    actions.refuse(logged(), by=ruth, now=NOON, because="No basis")
    logged(requester="fostering")
    first, second = queries.volumes(by=ruth, since=NOON - timedelta(days=1))
    assert (first.requester, first.received, first.answered, first.in_time, first.refused) == ("CAFCASS", 2, 1, 0, 1)
    assert (first.share_in_time, second.share_in_time, second.waiting) == ("0%", "None answered", 1)
    assert [line.is_late for line in queries.ended(by=ruth, now=NOON)] == [True, False]


class TestDoors:
    def test_from_the_log_to_the_answer(self, client, hub):
        people.record(hub.areas["wend-valley"], by=PUBLIC, given=GivenPerson("Mia", "Bell"))
        client.force_login(hub.staff["joanna"])
        bad = client.post("/statutory-checks/new/", {"family": "Bell", "basis": "other"}).text
        for says in ("Select who asks", "Enter the address that the answer goes to", "Enter the basis in words"):
            assert says in bad
        past = client.post("/statutory-checks/new/", ASKED | {"due_on": "1990-01-01"})
        assert "The day the answer is due must be today or in the future" in past.text
        place = client.post("/statutory-checks/new/", ASKED).headers["Location"]
        shown = client.get(place).text
        assert "Mia Bell" in shown and "What the hub knows" in shown
        assert LedgerEvent.objects.filter(event="people.looked-up").exists()
        assert "Enter the words that leave the hub" in client.post(place, {"finding": "known"}).text
        client.post(place, {"finding": "known", "answer": WORDS})
        assert client.post(f"{place}approve/").status_code == 404
        client.force_login(hub.staff["ruth"])
        assert "Enter a reason" in client.post(f"{place}send-back/", {"because": " "}).text
        client.post(f"{place}approve/")
        done = client.get(place).text
        assert "The words that left the hub" in done and WORDS in done and "Ruth Okafor approved it" in done
        assert "What the hub knows" not in done
        assert "CAFCASS" in client.get("/statutory-checks/").text

    def test_it_is_not_for_others(self, client, hub, proposed):
        client.force_login(hub.staff["lewis"])
        for path in ("/statutory-checks/", "/statutory-checks/new/", f"/statutory-checks/{proposed.pk}/"):
            assert client.get(path).status_code == 404


def test_the_words_tell_nobody_where_a_protected_person_lives(hub, client, logged):
    home = {"address_lines": "3 Otter Row", "postcode": "WX2 5PD"}
    zora = people.record(hub.areas["wend-valley"], by=PUBLIC, given=GivenPerson(given="Zora", family="Ibbet", **home))
    people.mark(zora, by=hub.staff["joanna"], kind="do_not_disclose", agency=hub.agencies["police"])
    check, words = logged(), "They moved to 3 Otter Row, WX2 5PD."
    with pytest.raises(Refused, match="There is a postcode in this"):
        actions.propose(check, by=hub.staff["joanna"], finding="known", answer=words)
    client.force_login(hub.staff["joanna"])
    page = client.post(f"/statutory-checks/{check.pk}/", {"finding": "known", "answer": words}).content.decode()
    says = "There is an address in this. Nobody may be told where a protected person lives."
    assert says in page and "Zora" not in page
    check.refresh_from_db()
    assert (check.state, check.answer) == ("open", "")
    assert LedgerEvent.objects.filter(event="whereabouts.kept-in", thing_number=check.pk).exists()
