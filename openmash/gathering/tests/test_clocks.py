"""When an agency's answer is due, and when it is reminded."""

from datetime import datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from openmash.agencies.models import Agency, Letter
from openmash.gathering import actions, tasks
from openmash.gathering.chasers import Chaser, due_chasers, write_chasers
from openmash.gathering.clocks import due_now, due_of, is_closed_until, request_due, share_used
from openmash.gathering.given import Asked
from openmash.gathering.models import Request
from openmash.gathering.tests.conftest import LATER, nothing_known
from openmash.triage import actions as triage

LONDON = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)
MONDAY_NOON = datetime(2026, 11, 16, 12, tzinfo=LONDON)
FRIDAY_FOUR = datetime(2026, 11, 20, 16, tzinfo=LONDON)
FULL_TIME = Agency(opens=time(9), closes=time(17), weekdays=[0, 1, 2, 3, 4])
TUESDAYS = Agency(opens=time(10), closes=time(15), weekdays=[1])


def about(rating: str, research_due: datetime | None = None) -> SimpleNamespace:
    return SimpleNamespace(rating=rating, research_due_at=research_due)


@pytest.mark.parametrize(
    ("rating", "agency", "asked", "due"),
    [
        ("red", FULL_TIME, FRIDAY_FOUR + timedelta(hours=4), datetime(2026, 11, 20, 22, tzinfo=LONDON)),
        ("red", TUESDAYS, MONDAY_NOON, datetime(2026, 11, 16, 14, tzinfo=LONDON)),
        ("amber", FULL_TIME, MONDAY_NOON, datetime(2026, 11, 16, 16, tzinfo=LONDON)),
        ("amber", FULL_TIME, FRIDAY_FOUR, datetime(2026, 11, 23, 12, tzinfo=LONDON)),
        ("amber", TUESDAYS, MONDAY_NOON, datetime(2026, 11, 17, 14, tzinfo=LONDON)),
        ("green", FULL_TIME, FRIDAY_FOUR, datetime(2026, 11, 24, 16, tzinfo=LONDON)),
        ("green", TUESDAYS, MONDAY_NOON, datetime(2026, 12, 1, 10, tzinfo=LONDON)),
    ],
)
def test_an_agencys_own_time(rating, agency, asked, due):
    assert request_due(about(rating), agency, asked) == due


def test_it_is_never_later_than_the_research_clock_that_still_runs():
    research = MONDAY_NOON + timedelta(hours=1)
    assert request_due(about("amber", research), FULL_TIME, MONDAY_NOON) == research
    assert request_due(about("green", research), TUESDAYS, MONDAY_NOON) == research
    assert is_closed_until(TUESDAYS, MONDAY_NOON, research)
    assert not is_closed_until(FULL_TIME, MONDAY_NOON, research)


def test_once_research_is_overdue_the_agencys_own_time_holds():
    assert request_due(about("amber", MONDAY_NOON - timedelta(hours=1)), FULL_TIME, MONDAY_NOON) > MONDAY_NOON


def test_the_share_used_counts_the_agencys_own_hours_except_at_red():
    due = datetime(2026, 11, 23, 12, tzinfo=LONDON)
    saturday = datetime(2026, 11, 21, 12, tzinfo=LONDON)
    assert share_used(FULL_TIME, "amber", FRIDAY_FOUR, due, saturday) == pytest.approx(0.25)
    assert share_used(FULL_TIME, "red", FRIDAY_FOUR, due, saturday) == pytest.approx(20 / 68)
    assert share_used(FULL_TIME, "amber", FRIDAY_FOUR, due, due) == 1
    assert share_used(TUESDAYS, "amber", MONDAY_NOON, MONDAY_NOON + 2 * HOUR, MONDAY_NOON + HOUR) == 0.5


@pytest.mark.django_db
def test_a_higher_rating_shortens_what_was_asked_before(hub, asked):
    (police,) = asked("police", rating="green")
    before = police.due_at
    triage.rerate(police.enquiry, by=hub.staff["hannah"], now=LATER, rating="red", because="A weapon.")
    row = Request.objects.annotate(due=due_now()).select_related("enquiry").get(pk=police.pk)
    assert row.due == row.enquiry.research_due_at < before
    assert row.due == due_of(row.asked_at, row.due_at, row.enquiry.research_due_at)


@pytest.mark.django_db
class TestChasers:
    def test_they_come_at_half_nine_tenths_and_the_end_once_each(self, hub, asked):
        (police,) = asked("police")
        moments = [LATER + (police.due_at - LATER) * share for share in (0.49, 0.51, 0.89, 0.91, 1.0, 1.5)]
        written = []
        for moment in moments:
            written.append(write_chasers(moment))
            assert write_chasers(moment) == 0, "the same moment again writes nothing"
        assert written == [0, 1, 0, 1, 1, 0]

    def test_a_worker_that_slept_writes_one_reminder_not_three(self, hub, asked):
        (police,) = asked("police")
        assert due_chasers(police.due_at) == (Chaser(police.pk, 3),)
        write_chasers(police.due_at)
        police.refresh_from_db()
        assert police.chased == 3
        assert due_chasers(police.due_at + timedelta(days=9)) == ()

    def test_they_go_to_the_agencys_people_and_when_late_to_whoever_has_the_enquiry(self, hub, asked):
        (probation,) = asked("probation")
        before = set(Letter.objects.values_list("pk", flat=True))
        write_chasers(LATER + (probation.due_at - LATER) * 0.6)
        half = Letter.objects.exclude(pk__in=before)
        assert {letter.user.name for letter in half} == {"Marcus Dean", "Irene Salt"}
        before |= set(half.values_list("pk", flat=True))
        write_chasers(probation.due_at)
        late = {letter.user.name for letter in Letter.objects.exclude(pk__in=before)}
        assert late == {"Marcus Dean", "Irene Salt", "Joanna Vale", "Dev Rana"}

    def test_a_letter_holds_a_reference_and_a_link_and_nobodys_name(self, hub, asked):
        (police,) = asked("police")
        write_chasers(police.due_at)
        for letter in Letter.objects.filter(about=police.enquiry.reference):
            assert "Bell" not in letter.line + letter.subject + letter.link

    def test_an_answered_or_withdrawn_request_is_not_chased(self, hub, asked):
        police, health, education = asked("police", "health", "education")
        actions.answer(police, by=hub.staff["lewis"], now=LATER, **nothing_known(police))
        actions.withdraw(health, by=hub.staff["hannah"], now=LATER, because="Not needed.")
        assert [chaser.request for chaser in due_chasers(education.due_at)] == [education.pk]

    def test_reminding_by_hand_stands_for_the_next_reminder_of_the_clock(self, hub, asked):
        (police,) = asked("police")
        actions.chase(police, by=hub.staff["joanna"], now=LATER + timedelta(minutes=1))
        assert due_chasers(LATER + (police.due_at - LATER) * 0.6) == ()
        assert due_chasers(LATER + (police.due_at - LATER) * 0.95) == (Chaser(police.pk, 2),)

    @pytest.mark.parametrize(("rating", "waits"), [("red", False), ("amber", True)])
    def test_at_red_no_letter_waits_for_the_digest(self, hub, ready, rating, waits):
        enquiry, marcus = ready(rating), hub.staff["marcus"]
        assert marcus.wants_digest
        wanted = [Asked(hub.agencies["probation"], "It would know.")]
        actions.ask(enquiry, by=hub.staff["hannah"], now=timezone.now(), agencies=wanted)
        assert Letter.objects.get(about=enquiry.reference, to=marcus.email).waits_for_digest is waits

    def test_the_worker_knows_its_work_by_the_clock_and_can_do_it(self, hub, asked):
        (police,) = asked("police")
        assert {"openmash.gathering.tasks.chase_agencies", "openmash.gathering.tasks.sweep_drafts_of_answers"} <= set(
            app.tasks
        )
        tasks.chase_agencies(timestamp=0)
        tasks.sweep_drafts_of_answers(timestamp=0)
        police.refresh_from_db()
        assert police.chased == 3
