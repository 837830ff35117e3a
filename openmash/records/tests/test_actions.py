"""Records are held, kept longer and destroyed by two people; the walls in the database say what the policies say."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import timezone

from openmash.agencies.models import Letter
from openmash.audit.action import Refused
from openmash.audit.binding import bound_to
from openmash.enquiries.models import Party
from openmash.people.actions import mark
from openmash.people.models import Person
from openmash.records import actions, queries
from openmash.records.models import Destruction, Hold, Review
from openmash.records.policies import may_be_destroyed, may_read_hold, may_read_review
from openmash.records.readings import read_record, read_shelves
from openmash.records.rules import later

pytestmark = pytest.mark.django_db


def shelves(hub, who="gwen"):
    return read_shelves(None, by=hub.staff[who])


def test_what_is_due_is_proposed_by_one_and_destroyed_by_another(hub, closed):
    gwen, ruth = hub.staff["gwen"], hub.staff["ruth"]
    assert [line.reference for line in shelves(hub).due] == [closed.reference]
    assert [line.reference for line in shelves(hub, "shabana").due] == []
    review = actions.propose(closed, by=gwen, wants="destroy", because="Nothing came of it.")
    letter = Letter.objects.get(user=ruth, link="/records/")
    assert closed.reference not in letter.subject + letter.line
    assert shelves(hub).due == () and [line.reference for line in shelves(hub, "ruth").waiting] == [closed.reference]
    with pytest.raises(Refused, match="Somebody else answers"):
        actions.agree(review, by=gwen)
    for who in ("shabana", "hannah"):
        with pytest.raises(Http404):  # behind the database's wall there is none
            actions.agree(review, by=hub.staff[who])
    with pytest.raises(Refused, match="reviewed already"):
        actions.propose(closed, by=gwen, wants="destroy", because="Again.")
    made = actions.agree(review, by=ruth)
    assert isinstance(made, Destruction) and shelves(hub).destroyed[0].reference == closed.reference
    closed.refresh_from_db()
    with pytest.raises(Refused, match="was destroyed"):
        actions.propose(closed, by=gwen, wants="destroy", because="Again.")
    with pytest.raises(Refused, match="was destroyed"):
        actions.hold_enquiry(closed, by=gwen, kind="court", because="Too late.")


def test_what_two_people_say_it_was_found_to_be_says_until_when_it_is_kept(hub, closed):
    gwen, ruth = hub.staff["gwen"], hub.staff["ruth"]

    def found(finding, born_on=None, agrees=True):
        said = {"wants": "find", "finding": finding, "born_on": born_on, "because": "The designated officer wrote."}
        review = actions.propose(closed, by=gwen, **said)
        actions.agree(review, by=ruth) if agrees else actions.decline(review, by=ruth, because="It was another.")
        record = read_record(closed, by=gwen)
        return record.rule, record.until, record.reviews[0].wants

    before = read_record(closed, by=gwen).until
    with pytest.raises(Refused, match="was born"):
        actions.propose(closed, by=gwen, wants="find", finding="lado_proven", because="It was proven.")
    with pytest.raises(Refused, match="found to be"):
        actions.propose(closed, by=gwen, wants="find", because="It was proven.")
    assert found("lado_proven", date(1971, 5, 2), agrees=False)[1] == before
    rule, until, wants = found("lado_proven", date(1971, 5, 2))
    assert (rule, until) == ("Allegation, substantiated or unsubstantiated", date(2071, 5, 2))
    assert wants == "Say what it was found to be: An allegation, substantiated or unsubstantiated"
    assert shelves(hub).due == ()
    assert found("police_1", date(1999, 1, 1))[1] == date(2099, 1, 1), "the longest holds"
    assert found("police_3")[1] == date(2071, 5, 2), "another group instead, and the allegation as before"
    assert found("lado_unfounded")[:2] == ("Allegation, unfounded", later(closed.closed_at.date(), 10))


def test_whom_mappa_manages_keeps_a_record_until_they_are_a_hundred(hub, closed):
    adult = Person.objects.create(area=closed.area, recorded_at=timezone.now(), born_on=date(1980, 2, 27))
    Party.objects.create(enquiry=closed, person=adult, role="adult")
    before = read_record(closed, by=hub.staff["gwen"]).until
    marker = mark(adult, by=hub.staff["hannah"], kind="mappa", agency=hub.agencies["police"])
    record = read_record(closed, by=hub.staff["gwen"])
    assert marker.pk and before != record.until == date(2080, 2, 27)
    assert record.says == "until whom it is about is 100"


def test_what_is_kept_longer_is_due_again_when_that_is_over(hub, closed):
    gwen, ruth, until = hub.staff["gwen"], hub.staff["ruth"], timezone.localdate() + timedelta(days=400)
    with pytest.raises(Refused, match="later than today"):
        actions.propose(closed, by=gwen, wants="keep", because="A brother.", keep_until=date(2020, 1, 1))
    review = actions.propose(closed, by=gwen, wants="keep", because="A brother.", keep_until=until)
    actions.decline(review, by=ruth, because="He has his own record.")
    with pytest.raises(Refused, match="answered this already"):
        actions.agree(review, by=ruth)
    assert len(shelves(hub).due) == 1
    actions.agree(actions.propose(closed, by=gwen, wants="keep", because="A sister.", keep_until=until), by=ruth)
    assert shelves(hub).due == () and read_record(closed, by=gwen).until == until
    with pytest.raises(Refused, match="time is not over"):
        actions.propose(closed, by=gwen, wants="destroy", because="Now.")
    assert [line.answer for line in read_record(closed, by=gwen).reviews] == [
        "Agreed by Ruth Okafor",
        "Declined by Ruth Okafor: He has his own record.",
    ]


def test_a_hold_beats_what_was_agreed_and_is_lifted_by_somebody_else(hub, closed):
    gwen, ruth = hub.staff["gwen"], hub.staff["ruth"]
    review = actions.propose(closed, by=gwen, wants="destroy", because="Its time is over.")
    hold = actions.hold_enquiry(closed, by=gwen, kind="inquiry", because="The inquiry’s letter of 3 March.")
    with pytest.raises(Refused, match="held record is not destroyed"):
        actions.agree(review, by=ruth)
    with pytest.raises(Refused, match="Somebody else lifts"):
        actions.lift(hold, by=gwen, because="Over.")
    with pytest.raises(Refused, match="information governance lead"):
        actions.hold_enquiry(closed, by=ruth, kind="inquiry", because="Mine.")
    actions.lift(hold, by=ruth, because="The inquiry is over.")
    with pytest.raises(Refused, match="lifted already"):
        actions.lift(hold, by=ruth, because="Again.")
    actions.hold_person(closed.parties.first().person, by=gwen, kind="complaint", because="The ombudsman’s letter.")
    assert not may_be_destroyed(closed) and len(read_record(closed, by=ruth).holds) == 1
    with pytest.raises(Refused, match="held record is not destroyed"):
        actions.agree(review, by=ruth)


def test_a_hold_on_a_person_holds_whichever_of_their_records_an_enquiry_names(hub, told):
    first, second = (one.parties.order_by("order").first().person for one in (told.old, told.later))
    assert first.pk != second.pk and second.lead_id_or_own == first.lead_id_or_own
    actions.hold_person(second, by=hub.staff["gwen"], kind="child_death", because="A review.")
    assert not may_be_destroyed(told.old)


def test_an_area_sets_its_years_within_bounds(hub, closed):
    area = hub.areas["wend-valley"]
    with pytest.raises(Refused, match="from 1 to 6"):
        actions.set_years(area, by=hub.staff["gwen"], rule="contact", years=9, because="Longer.")
    actions.set_years(area, by=hub.staff["gwen"], rule="contact", years=2, because="Our schedule.")
    assert queries.kept_until(closed).until == date(1972, 3, 2)
    with pytest.raises(Refused):
        actions.set_years(area, by=hub.staff["ruth"], rule="contact", years=3, because="Mine.")


def test_the_walls_show_what_the_policies_allow(hub, closed):
    hold = actions.hold_enquiry(closed, by=hub.staff["gwen"], kind="inquiry", because="The inquiry’s letter.")
    review = actions.propose(
        closed, by=hub.staff["gwen"], wants="keep", because="A brother.", keep_until=date(2090, 1, 1)
    )
    for user in hub.staff.values():
        with transaction.atomic(), bound_to(user):
            assert Hold.objects.filter(pk=hold.pk).exists() == bool(may_read_hold(user, hold)), user.name
            assert Review.objects.filter(pk=review.pk).exists() == bool(may_read_review(user, review)), user.name
    gwen, ruth = hub.staff["gwen"], hub.staff["ruth"]
    for by, change in (
        (gwen, lambda: Hold.objects.filter(pk=hold.pk).update(lifted_by=gwen)),
        (ruth, lambda: Hold.objects.filter(pk=hold.pk).update(because="Other.", lifted_by=ruth)),
        (ruth, lambda: Review.objects.filter(pk=review.pk).update(wants="destroy", keep_until=None)),
        (ruth, lambda: Hold.objects.create(
            area=closed.area, enquiry=closed, kind="court", because="Mine.", by=ruth, at=timezone.now())),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), bound_to(by):
            change()


def test_nobody_unknown_is_told_of_a_record(hub, closed):
    assert Person.objects.exists()
    with pytest.raises(Refused):
        read_record(closed, by=hub.staff["hannah"])
    with pytest.raises(Refused):
        read_shelves(None, by=hub.staff["hannah"])
