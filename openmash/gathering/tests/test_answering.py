"""What an agency answers, and what follows from it."""

from datetime import timedelta

import pytest
from django.db import connection

from openmash.audit.action import Refused
from openmash.audit.actors import CLOCKWORK
from openmash.audit.binding import bind
from openmash.enquiries import actions as enquiries
from openmash.enquiries.models import Enquiry, Need
from openmash.gathering import actions, late
from openmash.gathering.late import NobodyIsTold
from openmash.gathering.models import Answer, AnswerDraft, RatingAlert, SystemCheck
from openmash.gathering.tests.conftest import LATER, checks, item, known, nothing_known
from openmash.intelligence import actions as intelligence

pytestmark = pytest.mark.django_db


def reply(hub, request, by="lewis", now=LATER, **given):
    return actions.answer(request, by=hub.staff[by], now=now, **given)


@pytest.fixture
def told(monkeypatch):
    """Who was told of late answers, in place of the rooms that are on the list."""
    heard: list[Answer] = []
    monkeypatch.setattr(late, "LATE", [lambda answer, by, now: heard.append(answer)])
    return heard


def decide(hub, enquiry):
    """The enquiry as if it were decided, by the one act that moves it."""
    row = Enquiry.objects.get(pk=enquiry.pk)
    if row.status == "gathering":
        actions.take_to_review(row, by=hub.staff["ruth"], now=LATER, because="It cannot wait.")
    # A real decision is signed later in the journey; the database asks of it only that answers after it are raised.
    return enquiries.advance(row, by=hub.staff["ruth"], now=LATER, move="decide")


class TestNothingKnown:
    def test_it_is_an_answer_that_says_what_was_looked_at(self, hub, asked):
        (police,) = asked("police")
        answer = reply(hub, police, **nothing_known(police))
        assert answer.is_nothing_known
        assert set(SystemCheck.objects.filter(answer=answer).values_list("result", flat=True)) == {"not_known"}
        assert answer.checks.count() == 9
        assert not Need.objects.filter(kind="answer", met_at=None).exists()

    def test_a_fuller_answer_may_follow(self, hub, asked):
        police, _ = asked("police", "health")
        reply(hub, police, **nothing_known(police))
        first = police.answered_at
        reply(hub, police, now=LATER + timedelta(minutes=1), **known(police))
        police.refresh_from_db()
        assert police.answers.count() == 2
        assert police.answered_at == LATER != first


class TestItems:
    def test_they_go_into_the_sealed_room_with_the_answers_mark(self, hub, asked):
        police, _ = asked("police", "health")
        answer = reply(hub, police, **known(police, item("Four calls.", people=(police.people[0],))))
        (read,) = intelligence.read(police.enquiry, by=hub.staff["ruth"])
        assert (read.words, read.answer, read.agency_key, read.people) == (
            "Four calls.",
            answer.token,
            "police",
            (police.people[0],),
        )

    def test_nothing_of_what_it_says_is_in_this_rooms_tables(self, hub, asked):
        (police,) = asked("police")
        reply(hub, police, **known(police, item("CANARY in the items", people=(police.people[0],))))
        with connection.cursor() as cursor:
            for table in ("request", "answer", "systemcheck", "ratingalert", "answerdraft"):
                cursor.execute(f"SELECT string_agg(t::text, ' ') FROM gathering_{table} t")
                assert "CANARY" not in (cursor.fetchone()[0] or "")
            cursor.execute("SELECT string_agg(t::text, ' ') FROM enquiries_step t")
            assert "CANARY" not in cursor.fetchone()[0]


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"items": ()}, "Add what is known"),
            ({"is_nothing_known": True}, "Nothing known has no items"),
            ({"rating": ""}, "your agency’s own rating"),
            ({"rating": "purple"}, "your agency’s own rating"),
            ({"checks": {}}, "each system"),
        ],
    )
    def test_an_answer_that_is_not_complete(self, hub, asked, change, why):
        (police,) = asked("police")
        with pytest.raises(Refused, match=why):
            reply(hub, police, **known(police) | change)
        assert not Answer.objects.exists()

    def test_nothing_known_where_a_system_shows_something(self, hub, asked):
        (police,) = asked("police")
        with pytest.raises(Refused, match="something is known"):
            reply(hub, police, **nothing_known(police) | {"checks": checks(police, "known")})

    def test_an_item_about_somebody_who_is_not_in_the_request(self, hub, asked):
        (police,) = asked("police")
        with pytest.raises(Refused, match="people who are in the request"):
            reply(hub, police, **known(police, item(people=(987654,))))

    def test_another_agency_the_hub_and_a_withdrawn_request(self, hub, asked):
        police, _ = asked("police", "health")
        for other in ("mary", "hannah", "ruth", "alan"):
            with pytest.raises(Refused):
                reply(hub, police, other, **nothing_known(police))
        actions.withdraw(police, by=hub.staff["hannah"], now=LATER, because="x")
        with pytest.raises(Refused, match="withdrawn"):
            reply(hub, police, **nothing_known(police))


class TestTheLastAnswer:
    def test_it_takes_the_enquiry_to_the_decision_and_tells_the_practice_managers(self, hub, asked):
        police, health = asked("police", "health")
        reply(hub, police, **nothing_known(police))
        assert Enquiry.objects.get(pk=police.enquiry_id).status == "gathering"
        reply(hub, health, "mary", **nothing_known(health))
        assert Enquiry.objects.get(pk=police.enquiry_id).status == "review"
        need = Need.objects.get(kind="decide")
        assert (need.permission, need.says) == ("decide", "Ready for decision")

    def test_an_answer_in_review_moves_nothing(self, hub, asked):
        (police,) = asked("police")
        reply(hub, police, **nothing_known(police))
        reply(hub, police, **known(police))
        assert Enquiry.objects.get(pk=police.enquiry_id).status == "review"


class TestAHigherRating:
    @pytest.mark.parametrize(
        ("hub_rates", "agency_rates", "alerts"),
        [
            ("green", "amber", True),
            ("green", "red", True),
            ("amber", "red", True),
            ("amber", "amber", False),
            ("amber", "green", False),
            ("red", "red", False),
        ],
    )
    def test_it_alerts_only_when_it_is_higher(self, hub, asked, hub_rates, agency_rates, alerts):
        (police,) = asked("police", rating=hub_rates)
        reply(hub, police, **known(police, rating=agency_rates))
        assert RatingAlert.objects.exists() is alerts
        assert Need.objects.filter(kind="rating_alert", permission="decide").exists() is alerts

    @pytest.fixture
    def alert(self, hub, asked):
        police, _ = asked("police", "health")
        reply(hub, police, **known(police, rating="red"))
        return RatingAlert.objects.get()

    def test_the_practice_manager_confirms(self, hub, alert):
        actions.rerate_on_alert(alert, by=hub.staff["ruth"], now=LATER, rating="red", because="A weapon.")
        alert.enquiry.refresh_from_db()
        assert alert.enquiry.rating == "red"
        assert alert.enquiry.ratings.latest("id").raised_by_agency.key == "police"
        alert.refresh_from_db()
        assert (alert.did, alert.because, alert.by) == ("rerated", "A weapon.", hub.staff["ruth"])
        assert not Need.objects.filter(kind="rating_alert", met_at=None).exists()

    def test_or_declines_with_a_reason(self, hub, alert):
        actions.decline_to_rerate(alert, by=hub.staff["ruth"], now=LATER, because="It is years ago.")
        alert.enquiry.refresh_from_db()
        alert.refresh_from_db()
        assert (alert.enquiry.rating, alert.did, alert.because) == ("amber", "declined", "It is years ago.")
        with pytest.raises(Refused, match="answered already"):
            actions.rerate_on_alert(alert, by=hub.staff["ruth"], now=LATER, rating="red", because="x")

    def test_nobody_else_does(self, hub, alert):
        for other in ("hannah", "joanna", "lewis", "shabana", "gwen"):
            with pytest.raises(Refused):
                actions.decline_to_rerate(alert, by=hub.staff[other], now=LATER, because="x")

    def test_an_enquiry_that_is_as_high_already_is_not_rated_again(self, hub, alert):
        Enquiry.objects.filter(pk=alert.enquiry_id).update(rating="red")
        alert.enquiry.refresh_from_db()
        with pytest.raises(Refused, match="as high already"):
            actions.rerate_on_alert(alert, by=hub.staff["ruth"], now=LATER, rating="red", because="x")


class TestALateAnswer:
    def test_it_is_stored_marked_and_told_of_in_the_same_transaction(self, hub, asked, told):
        (police,) = asked("police")
        decide(hub, police.enquiry)
        answer = reply(hub, police, **known(police, rating="red"))
        assert answer.is_late
        assert told == [answer]
        assert Enquiry.objects.get(pk=police.enquiry_id).status == "decided", "only a person reopens"
        assert not RatingAlert.objects.exists(), "the question is whether the decision stands"

    def test_nothing_is_stored_when_nobody_would_be_told(self, hub, asked, monkeypatch):
        (police,) = asked("police")
        decide(hub, police.enquiry)
        monkeypatch.setattr(late, "LATE", [])
        with pytest.raises(NobodyIsTold):
            reply(hub, police, **known(police))
        assert not Answer.objects.exists()
        police.refresh_from_db()
        assert police.answered_at is None

    def test_an_answer_in_time_is_not_late(self, hub, asked, told):
        (police,) = asked("police")
        assert not reply(hub, police, **known(police)).is_late
        assert told == []

    def test_even_a_closed_enquiry_takes_an_answer_that_was_asked_for(self, hub, asked, told):
        (police,) = asked("police")
        row = decide(hub, police.enquiry)
        enquiries.advance(row, by=hub.staff["ruth"], now=LATER, move="close")
        assert reply(hub, police, **nothing_known(police)).is_late
        assert len(told) == 1
        with pytest.raises(Refused, match="closed"):
            reply(hub, police, **nothing_known(police))

    def test_the_house_has_somebody_on_the_list(self):
        assert [tell.__name__ for tell in late.LATE] == ["raise_late_answer"]


class TestDrafts:
    def test_a_draft_comes_back_to_its_writer_and_goes_when_the_answer_is_sent(self, hub, asked):
        police, _ = asked("police", "health")
        lewis, karen = hub.staff["lewis"], hub.staff["karen"]
        actions.keep_answer_draft(police, by=lewis, now=LATER, typed={"rating": ["red"]})
        actions.keep_answer_draft(police, by=lewis, now=LATER, typed={"rating": ["amber"]})
        assert actions.open_request(police, by=lewis) == {"rating": ["amber"]}
        assert actions.open_request(police, by=karen) == {}
        reply(hub, police, **known(police))
        assert actions.open_request(police, by=lewis) == {}

    def test_the_database_shows_a_draft_to_its_writer_alone(self, hub, asked):
        (police,) = asked("police")
        actions.keep_answer_draft(police, by=hub.staff["lewis"], now=LATER, typed={"words": ["CANARY"]})
        seen = {}
        for name in ("lewis", "karen", "ruth", "nina"):
            bind(hub.staff[name])
            seen[name] = AnswerDraft.objects.count()
        bind(None)
        seen["nobody"] = AnswerDraft.objects.count()
        assert seen == {"lewis": 1, "karen": 0, "ruth": 0, "nina": 0, "nobody": 0}

    def test_old_drafts_are_swept_by_the_clock_alone(self, hub, asked):
        (police,) = asked("police")
        actions.keep_answer_draft(police, by=hub.staff["lewis"], now=LATER, typed={"words": ["x"]})
        with pytest.raises(Refused):
            actions.sweep_answer_drafts(None, by=hub.staff["ruth"], now=LATER)
        assert actions.sweep_answer_drafts(None, by=CLOCKWORK, now=LATER + timedelta(days=6)) == 0
        assert actions.sweep_answer_drafts(None, by=CLOCKWORK, now=LATER + timedelta(days=8)) == 1
