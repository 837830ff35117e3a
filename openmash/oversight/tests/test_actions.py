"""Alerts are raised once, told once a day, and closed by somebody else with what they were."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from django.http import Http404
from django.utils import timezone

from openmash.agencies.models import Letter, Posting, User
from openmash.agencies.queries import posted
from openmash.audit.action import Refused
from openmash.audit.binding import bound_to
from openmash.audit.models import LedgerEvent
from openmash.enquiries.models import Conflict
from openmash.oversight import actions, readers
from openmash.oversight.models import Alert
from openmash.oversight.policies import may_close, may_read
from openmash.oversight.readings import read_alerts
from openmash.oversight.shelf import Found
from openmash.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def raised(hub):
    """`raised(user="ruth")`: an alert of Wend Valley."""

    def make(area: str = "wend-valley", user: str = "ruth", key: str = "one", person: int = 7) -> Alert:
        found = Found(key, f"{hub.staff[user].name} looked", user=hub.staff[user].pk, person=person)
        with transaction.atomic(), actions._watching(hub.areas[area]):
            return actions.raise_alert(
                hub.areas[area], by=actions.WATCHING, now=timezone.now(), report="own_name", found=found
            )

    return make


@pytest.fixture
def looks_at_night(hub):
    """Ruth looked in the night that is being looked through."""
    now = timezone.localtime().replace(hour=5, minute=0)
    user = hub.staff["ruth"]
    LedgerEvent.objects.create(
        at=now - timedelta(hours=2), event="enquiry.opened", outcome="allowed", actor=user.pk, actor_name=user.name
    )
    return now


def test_watching_raises_what_is_found_once_and_tells_the_lead_once(hub, looks_at_night):
    area, now = hub.areas["wend-valley"], looks_at_night
    assert actions.watch(area, now, is_urgent=False) == 1
    assert actions.watch(area, now + timedelta(minutes=5), is_urgent=False) == 0
    waiting, closed = read_alerts(None, by=hub.staff["gwen"])
    assert [line.name for line in waiting if line.name == "Odd hours"] == ["Odd hours"] and closed == ()
    letters = Letter.objects.filter(user=hub.staff["gwen"], link="/alerts/")
    assert letters.count() == 1
    assert "Ruth" not in letters[0].subject + letters[0].line


def test_a_report_that_is_off_raises_nothing(hub, looks_at_night):
    area = hub.areas["wend-valley"]
    actions.set_report(
        area, by=hub.staff["gwen"], report="odd_hours", numbers={}, is_on=False, because="We work at night."
    )
    assert actions.watch(area, looks_at_night, is_urgent=False) == 0


def test_an_areas_own_numbers_hold_in_that_area(hub):
    area = hub.areas["wend-valley"]
    actions.set_report(area, by=hub.staff["gwen"], report="surge", numbers={"viewers": 9}, is_on=True, because="Ten.")
    assert actions.numbers_of(area)["surge"] == {"viewers": 9, "times": 3}
    assert actions.numbers_of(hub.areas["harrowmouth"])["surge"] == {"viewers": 5, "times": 3}
    with pytest.raises(Refused, match="from 2 to 100"):
        actions.set_report(area, by=hub.staff["gwen"], report="surge", numbers={"viewers": 1}, is_on=True, because="-")
    with pytest.raises(Refused):
        actions.set_report(area, by=hub.staff["ruth"], report="surge", numbers={}, is_on=True, because="-")


def test_an_alert_is_closed_with_what_it_was_and_stays(hub, raised):
    alert, gwen = raised(), hub.staff["gwen"]
    with transaction.atomic(), bound_to(gwen):
        actions.close(alert, by=gwen, outcome="work", because="She was asked to cover.")
    _, [closed] = read_alerts(None, by=gwen)
    assert (closed.outcome, closed.because, closed.closed_by) == (
        "It was part of their work",
        "She was asked to cover.",
        "Gwen Astley",
    )
    line = LedgerEvent.objects.filter(event="alert.closed").latest("id")
    assert (line.kept, line.people) == ({"outcome": "work"}, [7])
    with pytest.raises(Refused, match="closed this alert already"):
        actions.close(alert, by=gwen, outcome="work", because="Again.")


def test_nobody_sees_closes_or_is_written_to_of_an_alert_about_themselves(hub, raised):
    alert, gwen, ruth = raised(user="gwen"), hub.staff["gwen"], hub.staff["ruth"]
    assert read_alerts(None, by=gwen) == ((), ())
    assert not may_read(gwen, alert) and "about you" in may_close(gwen, alert).why
    with pytest.raises(Http404):
        actions.close(alert, by=gwen, outcome="work", because="It was me.")
    assert not in_the_database_closes(gwen, alert)
    assert not Letter.objects.filter(user=gwen, link="/alerts/").exists()
    [[line], _] = read_alerts(None, by=ruth)
    assert (line.number, line.more) == (alert.pk, "/person/7/"), "she does not read the ledger"
    assert Letter.objects.filter(user=ruth, link="/alerts/").count() == 1
    actions.close(alert, by=ruth, outcome="spoken_to", because="She looked at her niece.")
    assert read_alerts(None, by=gwen) == ((), ())
    [_, [line]] = read_alerts(None, by=ruth)
    assert line.closed_by == "Ruth Okafor"


def test_another_lead_comes_before_those_who_stand_in(hub, raised):
    ruth, hannah = hub.staff["ruth"], hub.staff["hannah"]
    Posting.objects.create(user=hannah, role="governance_lead", area=hub.areas["wend-valley"], since=date(2026, 1, 1))
    hannah = User.objects.get(pk=hannah.pk)
    alert = raised(user="gwen")
    assert [line.number for line in read_alerts(None, by=hannah)[0]] == [alert.pk]
    assert read_alerts(None, by=ruth) == ((), ())
    assert set(Letter.objects.filter(link="/alerts/").values_list("user", flat=True)) == {hannah.pk}


def test_where_every_other_lead_is_in_conflict_with_whom_it_shows_it_is_for_those_who_stand_in(hub, raised):
    gwen, ruth = hub.staff["gwen"], hub.staff["ruth"]
    person = Person.objects.create(area=hub.areas["wend-valley"], recorded_at=timezone.now())
    other = Person.objects.create(area=hub.areas["wend-valley"], recorded_at=timezone.now(), lead=person)
    Conflict.objects.create(user=gwen, person=other, because="Her niece.", by=gwen, at=timezone.now())
    alert = raised(user="hannah", person=person.pk)
    assert read_alerts(None, by=gwen) == ((), ())
    assert [line.number for line in read_alerts(None, by=ruth)[0]] == [alert.pk]
    assert set(Letter.objects.filter(link="/alerts/").values_list("user", flat=True)) == {
        user.pk for user in posted("practice_manager", areas=[alert.area_id])
    }


def test_it_is_said_who_reads_alerts_about_a_lead(hub):
    area, gwen = hub.areas["wend-valley"], hub.staff["gwen"]
    managers = tuple(user.name for user in posted("practice_manager", areas=[area.pk]).order_by("name"))
    assert readers.read_instead(area, by=gwen) == (readers.ReadInstead("you", "Wend Valley", (), managers),)
    Posting.objects.create(user=hub.staff["ruth"], role="governance_lead", area=area, since=date(2026, 1, 1))
    ruth = readers.read_instead(area, by=gwen)[1]
    assert (ruth.lead, ruth.leads) == ("Ruth Okafor", ("Gwen Astley",))


def test_a_closed_alert_without_a_reason_is_refused_by_the_database(hub, raised):
    alert, gwen = raised(), hub.staff["gwen"]
    with pytest.raises(IntegrityError), transaction.atomic(), bound_to(gwen):
        Alert.objects.filter(pk=alert.pk).update(outcome="work", closed_by=gwen, closed_at=timezone.now())


def test_who_may_read_and_close_is_the_same_in_the_policy_and_in_the_database(hub, raised):
    """Every member of staff against the alerts of both areas: one about the governance lead, and one closed."""
    made = [raised(area, user, f"{area}-{user}") for area in hub.areas for user in ("ruth", "gwen")]
    closed = raised(user="hannah", key="closed")
    with transaction.atomic(), bound_to(hub.staff["gwen"]):
        made.append(actions.close(closed, by=hub.staff["gwen"], outcome="work", because="She covered."))
    closes = 0
    Posting.objects.create(user=hub.staff["hannah"], role="governance_lead", area=hub.areas["harrowmouth"],
                           since=date(2026, 1, 1))  # fmt: skip
    for user in User.objects.filter(is_system=False):
        with transaction.atomic(), bound_to(user):
            seen = set(Alert.objects.values_list("pk", flat=True))
        assert seen == {alert.pk for alert in made if may_read(user, alert)}, user.name
        for alert in made:
            assert in_the_database_closes(user, alert) == bool(may_close(user, alert)), (user.name, alert.key)
            closes += bool(may_close(user, alert))
    assert closes == 2 + 1 + 2 + 1, "two of Ruth by Gwen, one by Hannah; of Gwen by who stands in here, and by Hannah"


def in_the_database_closes(user: User, alert: Alert) -> bool:
    """Whether the database lets `user` close it, whatever the policy says. It is rolled back."""
    facts = {"outcome": "work", "because": "-", "closed_at": timezone.now(), "closed_by": user}
    done = 0
    try:
        with transaction.atomic(), bound_to(user):
            done = Alert.objects.filter(pk=alert.pk).update(**facts)
            raise Undone
    except (Undone, ProgrammingError, IntegrityError, InternalError):
        return done == 1


class Undone(Exception):
    """So that a trial leaves nothing."""


def test_nobody_bound_sees_no_alert_and_raises_none(hub, raised):
    alert = raised()
    assert not Alert.objects.filter(pk=alert.pk).exists()
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        actions.raise_alert(
            hub.areas["wend-valley"], by=actions.WATCHING, now=timezone.now(), report="surge", found=Found("x", "x")
        )


def test_only_the_system_watches(hub):
    with pytest.raises(Refused):
        actions.raise_alert(
            hub.areas["wend-valley"], by=hub.staff["gwen"], now=timezone.now(), report="surge", found=Found("x", "x")
        )
