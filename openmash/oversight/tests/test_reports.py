"""Each report finds what it says, and nothing where there is nothing (security 4.6)."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from openmash.agencies.models import Letter, User
from openmash.audit.action import DEEDS
from openmash.desk.reference import whole_house
from openmash.enquiries.models import Conflict, Enquiry, Party, Step
from openmash.oversight.actions import watch
from openmash.oversight.lines import LOOKS
from openmash.oversight.readings import read_alerts
from openmash.oversight.shelf import REPORTS
from openmash.oversight.tests.conftest import NOON, TODAY
from openmash.people import actions
from openmash.people.facts import Fact
from openmash.people.models import Address, Contact, Name, Person, Residence

pytestmark = pytest.mark.django_db


def one_of(enquiry: Enquiry) -> int:
    return Party.objects.filter(enquiry=enquiry).first().person_id


def called(person: int, given: str, family: str, at: datetime = NOON) -> None:
    Name.objects.create(person_id=person, given=given, family=family, source="A test", recorded_at=at)


def lives_at(person: int, address: Address) -> None:
    Residence.objects.create(person_id=person, address=address, source="A test", recorded_at=NOON)


def test_the_looks_that_are_counted_are_looks():
    whole_house()
    looks = {deed.event for deed in DEEDS.values() if deed.is_reading}
    assert set(LOOKS) <= looks


@pytest.mark.parametrize("report", REPORTS.all(), ids=lambda report: report.key)
def test_a_report_says_its_numbers_and_survives_an_empty_ledger(hub, report, finds):
    assert "{" not in report.sentence({}) and report.sentence({}).endswith(".")
    assert all(number.least <= number.usual <= number.most for number in report.numbers)
    assert report.key == "chain" or finds(report.key, area="harrowmouth") == []


class TestOwnName:
    @pytest.mark.parametrize("family", ["Okafor", "OKÁFOR", "okafor"])
    def test_whoever_opens_an_enquiry_about_their_own_family_name_is_shown(self, received, wrote, finds, hub, family):
        enquiry = received()
        called(one_of(enquiry), "Ada", family)
        wrote("ruth", enquiry=enquiry.pk)
        [found] = finds("own_name")
        assert (found.user, found.person) == (hub.staff["ruth"].pk, one_of(enquiry))
        assert "Ruth Okafor" in found.says and family not in found.says.replace("Ruth Okafor", "")

    def test_a_look_at_the_person_counts_like_one_at_the_enquiry(self, received, wrote, finds):
        person = one_of(received())
        called(person, "Ada", "Okafor")
        wrote("ruth", event="person.looked-at", people=[person])
        assert len(finds("own_name")) == 1

    def test_others_and_refusals_and_other_days_are_not_shown(self, received, wrote, finds):
        enquiry = received()
        called(one_of(enquiry), "Ada", "Okafor")
        wrote("hannah", enquiry=enquiry.pk)
        wrote("ruth", enquiry=enquiry.pk, outcome="refused", reasons="No.")
        wrote("ruth", enquiry=enquiry.pk, at=TODAY - timedelta(minutes=1))
        assert finds("own_name") == []


class TestStaffNamed:
    """Before anybody looks: whom the hub employs, and who is in a new enquiry, may be one person."""

    def reached_at(self, person: int, value: str) -> None:
        kind = "email" if "@" in value else "telephone"
        Contact.objects.create(person_id=person, kind=kind, value=value, source="A test", recorded_at=NOON)

    @pytest.mark.parametrize(("given", "family"), [("Ruth", "Okafor"), ("RUTH Amy", "OKÁFOR")])
    def test_somebody_of_a_colleagues_full_name_is_shown_unlooked_at(self, received, finds, hub, given, family):
        enquiry = received(now=NOON)
        called(one_of(enquiry), given, family)
        [found] = finds("staff_named")
        assert (found.user, found.enquiry, found.person) == (hub.staff["ruth"].pk, enquiry.pk, None)
        assert found.says == f"Somebody in {enquiry.reference} has what Ruth Okafor has: the full name"

    def test_whoever_has_a_colleagues_number_or_address_is_shown_once(self, received, finds, hub):
        ruth = hub.staff["ruth"]
        User.objects.filter(pk=ruth.pk).update(telephone="01632 960 444")
        enquiry = received(now=NOON)
        self.reached_at(one_of(enquiry), "+44 1632 960444")
        self.reached_at(one_of(enquiry), ruth.email.upper())
        [found] = finds("staff_named")
        assert (found.user, found.enquiry) == (ruth.pk, enquiry.pk)
        assert "the telephone number or e-mail address" in found.says

    def test_a_family_name_alone_another_day_another_area_and_who_was_said_already_are_not(self, received, finds, hub):
        enquiry, before = received(now=NOON), received(now=TODAY - timedelta(hours=1))
        called(one_of(enquiry), "Ada", "Okafor")
        called(one_of(before), "Ruth", "Okafor", TODAY - timedelta(hours=1))
        assert finds("staff_named") == []
        called(one_of(enquiry), "Ruth", "Okafor")
        assert finds("staff_named", area="harrowmouth") == []
        assert len(finds("staff_named")) == 1
        facts = {"because": "Herself.", "by": hub.staff["gwen"], "at": NOON}
        Conflict.objects.create(user=hub.staff["ruth"], person_id=one_of(enquiry), **facts)
        assert finds("staff_named") == []

    def amended(self, person: int, hub, *facts: Fact) -> None:
        actions.adopt(Person.objects.get(pk=person), by=hub.staff["hannah"], now=NOON, facts=facts)

    def test_whoever_is_renamed_on_a_later_day_is_shown_on_that_day_once(self, received, finds, hub):
        enquiry = received(now=TODAY - timedelta(days=9))
        assert finds("staff_named") == []
        self.amended(one_of(enquiry), hub, Fact("name", ("Ruth", "Okafor"), "Her mother"))
        [found] = finds("staff_named")
        assert (found.user, found.enquiry) == (hub.staff["ruth"].pk, enquiry.pk)
        Name.objects.filter(given="Ruth", family="Okafor").update(recorded_at=TODAY - timedelta(minutes=1))
        self.amended(one_of(enquiry), hub, Fact("telephone", "01632 960 111", "Her mother"))
        assert finds("staff_named") == [], "what was said yesterday is not said again for another fact"

    def test_a_number_that_is_added_on_a_later_day_is_shown(self, received, finds, hub):
        enquiry = received(now=TODAY - timedelta(days=9))
        self.amended(one_of(enquiry), hub, Fact("email", hub.staff["ruth"].email, "Her mother"))
        assert [found.enquiry for found in finds("staff_named")] == [enquiry.pk]

    def test_whoever_turns_out_to_be_a_colleague_by_another_record_is_shown(self, received, finds, hub):
        """A new name on the first record, or a record with that name joined to the one in the enquiry."""
        enquiry, other, third = (received(now=TODAY - timedelta(days=9)) for _ in range(3))
        ruth = Person.objects.create(area=hub.areas["wend-valley"], recorded_at=TODAY - timedelta(days=90))
        Name.objects.create(person=ruth, given="Ruth", family="Okafor", recorded_at=TODAY - timedelta(days=90))
        said = actions.say_same(Person.objects.get(pk=one_of(enquiry)), by=hub.staff["hannah"], now=NOON, other=ruth)
        assert [found.enquiry for found in finds("staff_named")] == [enquiry.pk]
        actions.undo(said, by=hub.staff["hannah"], now=NOON)
        assert finds("staff_named") == []
        Person.objects.filter(pk=one_of(third)).update(lead=one_of(other))
        self.amended(one_of(other), hub, Fact("name", ("Ruth", "Okafor"), "Her mother"))
        assert [found.enquiry for found in finds("staff_named")] == [other.pk, third.pk]
        facts = {"because": "Herself.", "by": hub.staff["gwen"], "at": NOON}
        Conflict.objects.create(user=hub.staff["ruth"], person_id=one_of(third), **facts)
        assert finds("staff_named") == [], "a conflict with one record is one with the person"

    def test_an_enquiry_that_is_opened_again_is_looked_through_like_a_new_one(self, received, finds, hub):
        enquiry = received(now=TODAY - timedelta(days=9))
        called(one_of(enquiry), "Ruth", "Okafor", TODAY - timedelta(days=9))
        assert finds("staff_named") == []
        facts = {"by_name": "Mary", "version": 9, "says": "Reopened"}
        Step.objects.create(enquiry=enquiry, what="reopen", at=NOON, **facts)
        assert [found.enquiry for found in finds("staff_named")] == [enquiry.pk]

    def test_two_days_are_two_alerts(self, received, hub):
        """One colleague in one enquiry, by two people, on two days: neither is lost, and the watch goes on."""
        now = timezone.now().replace(hour=12)
        enquiry = received(now=now - timedelta(days=1))
        first, second = Party.objects.filter(enquiry=enquiry).values_list("person", flat=True)[:2]
        for person, at in ((first, now - timedelta(days=1)), (second, now)):
            called(person, "Ruth", "Okafor", at)
            watch(hub.areas["wend-valley"], at + timedelta(minutes=1), is_urgent=True)
        lines, _ = read_alerts(None, by=hub.staff["gwen"])
        assert [line.name for line in lines if line.reference == enquiry.reference] == ["A colleague in an enquiry"] * 2

    def test_on_the_day_on_which_a_colleague_begins_every_open_enquiry_is_looked_through(self, received, finds, hub):
        enquiry, closed = (received(now=TODAY - timedelta(days=9)) for _ in range(2))
        for one in (enquiry, closed):
            called(one_of(one), "Ruth", "Okafor", TODAY - timedelta(days=9))
        for status in ("screened", "triaged", "review", "decided"):
            Enquiry.objects.filter(pk=closed.pk).update(status=status, rating="amber")
        Enquiry.objects.filter(pk=closed.pk).update(status="closed", due_at=None, clock="", desk="")
        assert finds("staff_named") == []
        hub.staff["ruth"].postings.update(since=TODAY.date())
        assert [found.enquiry for found in finds("staff_named")] == [enquiry.pk]

    def test_it_is_an_alert_within_the_minute_and_the_colleague_is_told_nothing(self, received, hub):
        now = timezone.now()
        enquiry = received(now=now)
        called(one_of(enquiry), "Ruth", "Okafor")
        # the day before is looked through for ten minutes after midnight
        watch(hub.areas["wend-valley"], now + timedelta(minutes=11), is_urgent=True)
        lines, _ = read_alerts(None, by=hub.staff["gwen"])
        assert [line.name for line in lines if line.reference == enquiry.reference] == ["A colleague in an enquiry"]
        assert not Letter.objects.filter(user=hub.staff["ruth"]).exists()


class TestOwnAddress:
    @pytest.fixture
    def neighbours(self, hub, received):
        """Somebody called Hannah Brook lives with the child of an enquiry."""
        enquiry, other = received(), received()
        home = Address.objects.create(area=hub.areas["wend-valley"], lines="1 Test Street", key="1 test street")
        child, namesake = one_of(enquiry), one_of(other)
        called(namesake, "Hannah", "Brook")
        lives_at(child, home)
        lives_at(namesake, home)
        return enquiry

    def test_whoever_looks_at_people_of_their_own_address_is_shown(self, neighbours, wrote, finds, hub):
        wrote("hannah", enquiry=neighbours.pk)
        assert {found.user for found in finds("own_address")} == {hub.staff["hannah"].pk}

    def test_others_are_not(self, neighbours, wrote, finds):
        wrote("ruth", enquiry=neighbours.pk)
        assert finds("own_address") == []


class TestSurge:
    VIEWERS = ("ruth", "martin", "hannah", "tomasz", "joanna")

    def test_five_viewers_in_a_day_are_shown_and_four_are_not(self, received, wrote, finds, hub):
        enquiry, other = received(), received()
        for name in self.VIEWERS:
            wrote(name, enquiry=enquiry.pk)
        for name in self.VIEWERS[:4] * 3:
            wrote(name, enquiry=other.pk)
        [found] = finds("surge")
        assert found.enquiry == enquiry.pk and enquiry.reference in found.says
        assert set(found.also) == {hub.staff[name].pk for name in self.VIEWERS}, "none of whom is shown it"
        assert len(finds("surge", viewers=4)) == 2

    def test_what_is_usual_here_is_not_shown(self, received, wrote, finds):
        enquiry = received()
        for name in self.VIEWERS:
            wrote(name, enquiry=enquiry.pk)
            wrote(name, enquiry=enquiry.pk, at=NOON - timedelta(days=3))
        assert finds("surge") == []

    def test_it_is_shown_in_its_own_area_alone(self, received, wrote, finds):
        enquiry = received()
        for name in self.VIEWERS:
            wrote(name, enquiry=enquiry.pk)
        assert finds("surge", area="harrowmouth") == []


class TestVolume:
    def many(self, wrote, name, things, at=NOON):
        for number in range(things):
            wrote(name, at=at, enquiry=10_000 + number)

    def test_far_more_than_ones_peers_is_shown(self, wrote, finds, hub):
        for day in range(1, 8):
            self.many(wrote, "martin", 4 + day % 2, NOON - timedelta(days=day))
        self.many(wrote, "ruth", 20)
        [found] = finds("volume", least=10)
        assert found.user == hub.staff["ruth"].pk and "20 enquiries" in found.says

    def test_as_much_as_ones_peers_or_less_than_the_least_is_not(self, wrote, finds):
        self.many(wrote, "martin", 20, NOON - timedelta(days=2))
        self.many(wrote, "martin", 2, NOON - timedelta(days=3))
        self.many(wrote, "ruth", 20)
        assert finds("volume", least=10) == []
        assert finds("volume") == []

    def test_the_same_enquiry_again_is_one(self, wrote, finds):
        for _ in range(20):
            wrote("ruth", enquiry=10_000)
        assert finds("volume", least=10) == []


class TestEnumeration:
    def tries(self, wrote, name, seconds, times=11, event="page.not-found"):
        for turn in range(times):
            at = NOON + timedelta(seconds=turn * seconds)
            wrote(name, at=at, event=event, outcome="refused", reasons="There is nothing.")

    @pytest.mark.parametrize("event", ["page.not-found", "page.opened", "enquiry.looked-up"])
    def test_eleven_in_five_minutes_are_shown(self, wrote, finds, hub, event):
        self.tries(wrote, "mary", 20, event=event)
        [found] = finds("enumeration")
        assert found.user == hub.staff["mary"].pk and "11 things in 5 minutes" in found.says
        assert {area for _, area, _ in hub.staff["mary"].postings_now} == {area.pk for area in hub.areas.values()}
        assert finds("enumeration", area="harrowmouth") == [], "who works in both areas is shown in one"

    def test_ten_or_as_many_over_an_hour_are_not(self, wrote, finds):
        self.tries(wrote, "mary", 20, times=10)
        self.tries(wrote, "ruth", 300)
        self.tries(wrote, "hannah", 20, event="decision.signed")
        assert finds("enumeration") == []

    def test_a_client_that_tries_numbers_is_found_by_what_it_did(self, client, hub, finds):
        from django.utils import timezone

        client.force_login(hub.staff["mary"], backend="allauth.account.auth_backends.AuthenticationBackend")
        for number in range(11):
            assert client.get(f"/request/00000000-0000-4000-8000-{number:012}/").status_code == 404
        now = timezone.localtime()
        from openmash.oversight.shelf import Look

        report = REPORTS.get("enumeration")
        look = Look(hub.areas["wend-valley"], now - timedelta(hours=1), now + timedelta(minutes=1))
        assert [found.user for found in report.find(look, report.usual())] == [hub.staff["mary"].pk]


class TestOddHours:
    def test_the_first_night_is_shown_and_the_day_is_not(self, wrote, finds, hub):
        wrote("ruth", at=TODAY.replace(hour=3), enquiry=1)
        wrote("martin", at=TODAY.replace(hour=22), enquiry=1)
        wrote("hannah", at=TODAY.replace(hour=21, minute=59), enquiry=1)
        wrote("joanna", at=TODAY.replace(hour=6), enquiry=1)
        assert {found.user for found in finds("odd_hours")} == {hub.staff["ruth"].pk, hub.staff["martin"].pk}

    def test_who_works_at_night_is_not_shown(self, wrote, finds):
        wrote("ruth", at=TODAY.replace(hour=3) - timedelta(days=5), enquiry=1)
        wrote("ruth", at=TODAY.replace(hour=3), enquiry=1)
        assert finds("odd_hours") == []


class TestUnowned:
    def test_an_enquiry_of_somebody_who_left_is_shown(self, received, finds, hub):
        enquiry = received()
        assert finds("unowned") == []
        Enquiry.objects.filter(pk=enquiry.pk).update(owner=hub.staff["joanna"])
        assert finds("unowned") == []
        hub.staff["joanna"].is_active = False
        hub.staff["joanna"].save()
        [found] = finds("unowned")
        assert found.enquiry == enquiry.pk and enquiry.reference in found.says

    def test_somebody_who_works_in_another_area_has_left_this_one(self, received, finds, hub):
        enquiry = received()
        Enquiry.objects.filter(pk=enquiry.pk).update(owner=hub.staff["shabana"])
        assert len(finds("unowned")) == 1


class TestChain:
    def test_lines_that_nobody_signs_are_shown(self, hub, finds, settings, tmp_path):
        from django.utils import timezone

        settings.LEDGER_ANCHORS, settings.LEDGER_KEY = str(tmp_path / "checkpoints"), "07" * 32
        later = timezone.now() + timedelta(minutes=30)
        [found] = finds("chain", now=later)
        assert "Nothing of the ledger has been signed" in found.says
        from openmash.audit.actions import checkpoint

        checkpoint()
        assert finds("chain", now=later) == []


def test_whoever_writes_often_where_a_protected_person_is_is_shown(wrote, finds, hub):
    for name, times in (("mary", 4), ("ruth", 3)):
        for turn in range(times):
            at = NOON + timedelta(minutes=turn)
            wrote(name, at=at, event="whereabouts.kept-in", outcome="refused", reasons="There is a postcode in this.")
    assert [found.user for found in finds("guessing")] == [hub.staff["mary"].pk]


class TestApprovals:
    def proposed_and_approved(self, wrote, enquiry, *, after: timedelta, release: int = 1) -> None:
        facts = {"enquiry": enquiry.pk, "thing": "disclosure.release", "thing_number": release}
        wrote("hannah", event="release.proposed", **facts)
        wrote("ruth", event="release.approved", at=NOON + after, **facts)

    @pytest.mark.parametrize(("seconds", "is_found"), [(0, True), (59, True), (60, False)])
    def test_an_approval_within_a_minute_is_shown(self, received, wrote, finds, hub, seconds, is_found):
        enquiry = received()
        self.proposed_and_approved(wrote, enquiry, after=timedelta(seconds=seconds))
        found = finds("hasty")
        assert bool(found) == is_found
        for one in found:
            assert (one.user, one.also, one.enquiry) == (
                hub.staff["ruth"].pk, (hub.staff["hannah"].pk,), enquiry.pk,
            )  # fmt: skip
            assert one.says.endswith(f"{enquiry.reference} {seconds} seconds after it was proposed")

    def test_it_counts_from_the_last_proposal_of_that_release(self, received, wrote, finds):
        enquiry = received()
        facts = {"enquiry": enquiry.pk, "thing": "disclosure.release"}
        wrote("hannah", event="release.proposed", at=TODAY, thing_number=1, **facts)
        wrote("hannah", event="release.proposed", at=NOON, thing_number=2, **facts)
        wrote("ruth", event="release.approved", at=NOON, thing_number=1, **facts)
        assert finds("hasty") == []
        wrote("hannah", event="release.proposed", at=NOON, thing_number=1, **facts)
        wrote("ruth", event="release.approved", at=NOON, thing_number=1, **facts)
        assert len(finds("hasty")) == 1

    def test_two_who_always_approve_one_another_are_shown(self, received, wrote, finds, hub):
        enquiry = received()
        for release in range(3):
            self.proposed_and_approved(wrote, enquiry, after=timedelta(hours=1), release=release)
        assert finds("same_two", times=3) == []
        [found] = finds("same_two", times=2)
        assert (found.user, found.also) == (hub.staff["ruth"].pk, (hub.staff["hannah"].pk,))
        assert found.says.startswith("Ruth Okafor approved 3 releases of ")


class TestSearches:
    @pytest.mark.parametrize(
        ("searches", "opened", "is_found"), [(10, 0, True), (9, 0, False), (10, 2, False), (11, 2, True)]
    )
    def test_whoever_searches_and_opens_nothing_is_shown(
        self, received, wrote, finds, hub, searches, opened, is_found
    ):  # fmt: skip
        for _ in range(searches):
            wrote("ruth", event="search.run")
        for _ in range(opened):
            wrote("ruth", enquiry=received().pk)
        assert [one.user for one in finds("searches", searches=10)] == [hub.staff["ruth"].pk] * is_found
