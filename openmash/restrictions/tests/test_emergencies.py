"""An emergency opens one restricted enquiry for an hour, loudly; and says nothing of anything else."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from openmash.agencies.models import Letter
from openmash.audit.action import Refused
from openmash.audit.actors import SETTING_UP
from openmash.audit.models import LedgerEvent
from openmash.enquiries.models import Conflict, Glass
from openmash.feeds import actions as feeds
from openmash.feeds import loading
from openmash.feeds.folder import keep
from openmash.feeds.policies import LOADER
from openmash.feeds.tests.files import comma_file, event, person
from openmash.gathering import actions as gathering
from openmash.gathering.tests.conftest import LATER, asked, item, known, ready, triaged
from openmash.oversight.actions import watch
from openmash.oversight.readings import read_alerts
from openmash.people.matching.linking import link_changed
from openmash.restrictions import actions
from openmash.restrictions.filler import is_filler
from openmash.restrictions.tests.conftest import restricted, signed_in

__all__ = ["asked", "ready", "triaged"]
pytestmark = pytest.mark.django_db
SAID = {"reason": "immediate_risk", "because": "The school rang: her father is at the gate with a knife."}


def opens(client, reference: str):
    return client.post("/emergency/", SAID | {"reference": reference}, follow=True)


def test_it_opens_for_an_hour_and_everybody_is_told_at_once(hub, received):
    enquiry = received()
    restricted(enquiry, hub, "ruth")
    path, hannah = f"/enquiry/{enquiry.reference}/", signed_in(hub.staff["hannah"])
    assert "Open an enquiry in an emergency" in hannah.get("/work/").content.decode()
    assert hannah.get(path).status_code == 404
    page = opens(hannah, f" {enquiry.reference.lower()} ")
    assert page.redirect_chain == [(path, 302)] and "open to you for one hour" in page.content.decode()
    assert "Restricted" in page.content.decode()
    assert signed_in(hub.staff["tomasz"]).get(path).status_code == 404

    letters = Letter.objects.filter(subject__endswith="was opened in an emergency")
    assert set(letters.values_list("to", flat=True)) == {hub.staff[name].email for name in ("ruth", "martin", "gwen")}

    def alerts():
        lines, _ = read_alerts(None, by=hub.staff["gwen"])
        return [line.reference for line in lines if line.name == "Opened in an emergency"]

    assert alerts() == [enquiry.reference]
    watch(hub.areas["wend-valley"], timezone.now(), is_urgent=True)
    assert alerts() == [enquiry.reference]
    line = LedgerEvent.objects.get(event="glass.broken")
    assert (line.enquiry, line.kept) == (enquiry.pk, {"reason": "immediate_risk"})
    hannah.post(f"{path}take/")
    enquiry.refresh_from_db()
    assert enquiry.owner is None

    began = timezone.now() - timedelta(minutes=61)
    Glass.objects.update(at=began, until=began + timedelta(minutes=60))
    assert hannah.get(path).status_code == 404


def test_one_answer_for_what_is_not_there_what_is_open_and_a_conflict(hub, received, monkeypatch):
    met = []  # in earnest the line is written on a connection of its own, and stays when the act is rolled back
    monkeypatch.setattr(actions, "known_to", lambda by, row, may, event: met.append((event, row)))
    open_one, named, conflict, elsewhere = received(), received(), received(), received(area="harrowmouth")
    restricted(named, hub, "hannah")
    restricted(conflict, hub, "ruth")
    restricted(elsewhere, hub, "shabana", by="shabana")
    actions.declare(conflict.parties.get(role="child").person, by=hub.staff["hannah"], because="My niece.")
    hannah = signed_in(hub.staff["hannah"])

    def answer(reference: str) -> str:
        page = opens(hannah, reference)
        assert page.status_code == 200 and not page.redirect_chain
        return re.sub(r'value="[a-zA-Z0-9]{64}"', "", page.content.decode().replace(reference, ""))

    nothing = answer("WV-2222-2222")
    assert "Nothing opens under this reference" in nothing and "her father is at the gate" in nothing
    for enquiry in (open_one, named, conflict, elsewhere):
        assert answer(enquiry.reference) == nothing
    assert not Glass.objects.exists()
    assert LedgerEvent.objects.filter(event="glass.broken", outcome="refused").count() == 5
    assert met == [("conflict.met", conflict)]


@pytest.mark.parametrize(
    "text", ["Short.", "a" * 40, "urgent urgent urgent urgent", "I need to see this please, it is urgent"]
)
def test_filler_is_no_reason(text):
    assert is_filler(text)
    assert not is_filler("Police have the father in custody until five.")


def test_it_is_reviewed_by_somebody_else_and_nobody_goes_on_while_that_is_overdue(hub, received):
    first, second = received(), received()
    for enquiry in (first, second):
        restricted(enquiry, hub, "ruth")
    hannah, gwen = signed_in(hub.staff["hannah"]), signed_in(hub.staff["gwen"])
    opens(hannah, first.reference)
    Glass.objects.update(review_due_at=timezone.now() - timedelta(minutes=1))
    assert "has not been reviewed in time" in opens(hannah, second.reference).content.decode()
    glass = Glass.objects.get()
    page = gwen.get("/emergency/reviews/").content.decode()
    assert "Overdue" in page and "at the gate with a knife" in page
    where = f"/emergency/reviews/{glass.pk}/"
    assert "Select whether it was justified" in gwen.post(where, {"because": ""}).content.decode()
    done = gwen.post(where, {"outcome": "justified", "because": "The school says the same."}, follow=True)
    assert "Justified. Gwen Astley: The school says the same." in done.content.decode()
    assert opens(hannah, second.reference).redirect_chain
    with pytest.raises(Refused, match="reviewed already"):
        actions.review_glass(glass, by=hub.staff["gwen"], outcome="unclear", because="Again.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Glass.objects.filter(outcome="").update(
            outcome="justified", reviewed_because="Mine.", reviewed_at=timezone.now(), reviewed_by=hub.staff["hannah"]
        )


def test_it_is_for_triage_and_practice_managers_alone_and_for_themselves(hub, received):
    enquiry = received()
    restricted(enquiry, hub, "ruth")
    for name in ("joanna", "gwen", "lewis"):
        assert signed_in(hub.staff[name]).get("/emergency/").status_code == 404
    assert signed_in(hub.staff["ruth"]).get("/emergency/reviews/").status_code == 404
    facts = {"reference": enquiry.reference, **SAID}
    with pytest.raises(Refused, match="for themself"):
        actions.break_glass(hub.staff["hannah"], by=hub.staff["ruth"], **facts)
    with pytest.raises(Refused, match="This is done by"):
        actions.break_glass(hub.staff["joanna"], by=hub.staff["joanna"], **facts)


def test_a_fresh_second_factor_comes_first(hub, received, settings):
    enquiry = received()
    restricted(enquiry, hub, "ruth")
    settings.STEP_UP_LASTS = timedelta(0)
    answer = signed_in(hub.staff["hannah"]).post("/emergency/", SAID | {"reference": enquiry.reference})
    assert answer.status_code == 302 and "/account/" in answer["Location"]
    assert not Glass.objects.exists()


class TestSealed:
    """What is sealed opens for the hour of whoever triages, of that one enquiry, on a page of its own."""

    WORDS = {"X": "zq-sealed words", "L": "zq-locked words", "G": "zq-pooled words"}

    @pytest.fixture
    def enquiry(self, hub, asked):
        [request] = asked("police")
        items = [item(words, sensitivity=grade, people=(request.people[0],)) for grade, words in self.WORDS.items()]
        gathering.answer(request, by=hub.staff["lewis"], now=LATER, **known(request, *items))
        request.enquiry.refresh_from_db()
        return request.enquiry

    @pytest.fixture
    def path(self, enquiry):
        return f"/enquiry/{enquiry.reference}/emergency/"

    def seen(self, client, path: str) -> set[str]:
        page = client.post(path)
        return {grade for grade, words in self.WORDS.items() if words in page.content.decode()}

    def test_it_opens_what_is_sealed_and_neither_what_is_locked_nor_anything_elsewhere(self, hub, enquiry, path):
        hannah = signed_in(hub.staff["hannah"])
        assert hannah.get(path).status_code == 404 == hannah.post(path).status_code
        assert opens(hannah, enquiry.reference).redirect_chain
        asks = hannah.get(path).content.decode()
        assert "Show the sealed answers" in asks and "zq-" not in asks
        assert self.seen(hannah, path) == {"X"}
        assert f'{path}"' in hannah.get(f"/enquiry/{enquiry.reference}/").content.decode()
        for area in ("chronology/", "requests/", "record/", "decision/", "release/new/"):
            assert "zq-sealed" not in hannah.get(f"/enquiry/{enquiry.reference}/{area}").content.decode(), area
        line = LedgerEvent.objects.filter(event="intelligence.read", kept__in_emergency=True).get()
        assert (line.actor, line.enquiry) == (hub.staff["hannah"].pk, enquiry.pk)
        assert signed_in(hub.staff["tomasz"]).post(path).status_code == 404
        began = timezone.now() - timedelta(minutes=61)
        Glass.objects.update(at=began, until=began + timedelta(minutes=60))
        assert hannah.post(path).status_code == 404

    def test_the_lead_of_each_agency_that_sealed_something_is_told_at_once_and_of_no_enquiry(self, hub, enquiry):
        opens(signed_in(hub.staff["hannah"]), enquiry.reference)
        letters = Letter.objects.filter(subject="Something that your agency sealed was opened in an emergency")
        assert [one.to for one in letters] == [hub.staff["karen"].email]
        assert enquiry.reference not in letters[0].line + letters[0].about + letters[0].link
        told = Letter.objects.filter(subject__endswith="was opened in an emergency", about=enquiry.reference)
        assert {one.to for one in told} == {hub.staff[name].email for name in ("ruth", "martin", "gwen")}
        glass = Glass.objects.get()
        assert glass.review_due_at == enquiry.area.working_time.add_days(glass.at, 1), "one working day"

    def test_a_lead_who_knows_somebody_in_it_is_not_told(self, hub, enquiry):
        child = enquiry.parties.get(role="child").person
        conflict = {"because": "My niece.", "by": hub.staff["gwen"], "at": timezone.now()}
        Conflict.objects.create(user=hub.staff["karen"], person=child, **conflict)
        opens(signed_in(hub.staff["hannah"]), enquiry.reference)
        assert not Letter.objects.filter(to=hub.staff["karen"].email, about__startswith="Sealed").exists()

    @pytest.fixture
    def listed(self, hub, asked, settings, tmp_path):
        """An enquiry without answers; probation's list knows its child, with an event of each grade."""
        settings.FEEDS_FOLDER = str(tmp_path / "feeds")
        feed = feeds.agree(hub.agencies["probation"], by=SETTING_UP, area=hub.areas["wend-valley"], sends_events=True)
        [request] = asked("police")
        child = {"given": "Mia", "family": "Bell", "sex": "F", "born_on": "2019-04-03", "nhs": "9434765919"}
        home = {"address": "12 Elm Road", "postcode": "WV1 2AB"}
        events = [event("P1", words=f"zq-listed {grade}", sensitivity=grade) for grade in "GSX"]
        for rows in ([person("P1", **child | home)], events):
            with comma_file(tmp_path / "f", *rows).open("rb") as file:
                assert not loading.read(loading.offer(feed, keep(file, "f"), by=LOADER, is_full=False)).refused
        link_changed(now=timezone.now())
        return request.enquiry

    def test_what_an_agencys_list_has_sealed_opens_on_the_same_page_alone(self, hub, listed):
        path, hannah = f"/enquiry/{listed.reference}/emergency/", signed_in(hub.staff["hannah"])
        chronology = f"/enquiry/{listed.reference}/chronology/"
        page = hannah.get(chronology).content.decode()
        assert "zq-listed S" in page and "zq-listed X" not in page
        assert hannah.post(path).status_code == 404
        assert opens(hannah, listed.reference).redirect_chain
        page = hannah.post(path).content.decode()
        assert "zq-listed X" in page and "zq-listed S" not in page and "zq-listed G" not in page
        assert "zq-listed X" not in hannah.get(chronology).content.decode()
        [letter] = Letter.objects.filter(subject="Something that your agency sealed was opened in an emergency")
        assert letter.user.agency.key == "probation" and letter.user.is_posted_as("agency_lead")
        line = LedgerEvent.objects.filter(event="feed.read", kept__in_emergency=True).get()
        assert (line.actor, line.enquiry) == (hub.staff["hannah"].pk, listed.pk)
        assert signed_in(hub.staff["tomasz"]).post(path).status_code == 404
        began = timezone.now() - timedelta(minutes=61)
        Glass.objects.update(at=began, until=began + timedelta(minutes=60))
        assert hannah.post(path).status_code == 404

    def test_a_manager_reads_sealed_events_after_a_fresh_second_factor(self, hub, listed, settings):
        ruth, chronology = signed_in(hub.staff["ruth"]), f"/enquiry/{listed.reference}/chronology/"
        assert "zq-listed X" in ruth.get(chronology).content.decode()
        settings.STEP_UP_LASTS = timedelta(0)
        answer = ruth.get(chronology)
        assert answer.status_code == 302 and "/account/" in answer["Location"]

    def test_what_is_restricted_too_opens_with_it(self, hub, enquiry, path):
        restricted(enquiry, hub, "ruth")
        hannah = signed_in(hub.staff["hannah"])
        assert opens(hannah, enquiry.reference).redirect_chain
        assert self.seen(hannah, path) == {"X"}

    def test_it_opens_nothing_twice_nor_for_whoever_reads_it_anyway_nor_against_a_conflict(self, hub, enquiry, path):
        for name in ("ruth", "hannah"):
            user = signed_in(hub.staff[name])
            assert bool(opens(user, enquiry.reference).redirect_chain) is (name == "hannah")
            assert not opens(user, enquiry.reference).redirect_chain
        assert Glass.objects.count() == 1
        actions.declare(enquiry.parties.get(role="child").person, by=hub.staff["hannah"], because="My niece.")
        assert signed_in(hub.staff["hannah"]).post(path).status_code == 404

    def test_a_fresh_second_factor_comes_before_each_look(self, hub, enquiry, path, settings):
        hannah = signed_in(hub.staff["hannah"])
        opens(hannah, enquiry.reference)
        settings.STEP_UP_LASTS = timedelta(0)
        answer = hannah.post(path)
        assert answer.status_code == 302 and "/account/" in answer["Location"]
