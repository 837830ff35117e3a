"""What was called not safe is said anew with a reason; what was said before stays on record."""

from datetime import date, datetime

import pytest
from django.http import Http404

from openmash.audit.action import Refused, Stale
from openmash.audit.actors import PUBLIC
from openmash.audit.models import LedgerEvent
from openmash.design.moments import LONDON
from openmash.people import actions
from openmash.people.contacting import cautions
from openmash.people.given import GivenPerson
from openmash.people.models import Contact
from openmash.people.portrait import person_view
from openmash.people.safe_contact import contact_line, contact_lines, say_safe

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, 0, tzinfo=LONDON)
WHY = "Ann, by telephone: he left in May and has not got the number."


@pytest.fixture
def add(hub):
    def record(area="wend-valley", **facts):
        told = GivenPerson(given="Ann", family="Bell", source="The school", **facts)
        return actions.record(hub.areas[area], by=PUBLIC, now=NOON, given=told)

    return record


@pytest.fixture
def ann(add):
    return add(telephone="01632 960123", is_safe_to_contact=False)


@pytest.fixture
def say(hub):
    def said(person, says, by="joanna", because=WHY, **more):
        number = more.pop("contact", None) or person.contacts.order_by("id")[0].pk
        return say_safe(person, by=hub.staff[by], now=NOON, contact=number, says=says, because=because, **more)

    return said


def test_what_was_not_safe_is_safe_again_and_the_earlier_word_stays(hub, ann, say):
    ruth = hub.staff["ruth"]
    assert len(cautions([ann.pk], by=ruth)) == 1
    say(ann, "safe")
    assert cautions([ann.pk], by=ruth) == ()
    rows = list(ann.contacts.order_by("id").values_list("is_safe", "until", "source"))
    assert rows == [
        (False, date(2026, 11, 16), "The school"),
        (True, None, f"Joanna Vale: {WHY}"),
    ]
    [change] = person_view(ann.pk, by=ruth).amendments
    assert (change.before, change.after) == ("01632 960123: not safe to use", "01632 960123: safe to use")
    assert (change.source, change.by) == (WHY, "Joanna Vale")
    line = LedgerEvent.objects.get(event="contact.safety-said")
    assert (line.kept["says"], line.kept["because"], line.people) == ("safe", WHY, [ann.pk])


def test_every_record_of_the_person_that_told_it_heeds_it_however_it_is_spelt(hub, ann, add, say):
    again = add(telephone="+44 1632 960123", is_safe_to_contact=False)
    actions.say_same(ann, by=hub.staff["joanna"], other=again)
    ann.refresh_from_db()
    [line] = contact_lines(ann, by=hub.staff["joanna"])
    assert line.says == "unsafe"
    say(ann, "unknown")
    assert cautions([ann.pk], by=hub.staff["ruth"]) == ()
    assert Contact.objects.filter(until=None).count() == 1
    [line] = contact_lines(ann, by=hub.staff["joanna"])
    assert (line.value, line.says) == ("01632 960123", "unknown")


def test_what_is_not_theirs_any_more_is_used_no_more_and_can_be_theirs_again(hub, ann, say):
    say(ann, "gone")
    assert person_view(ann.pk, by=hub.staff["ruth"]).contacts == ()
    [line] = contact_lines(ann, by=hub.staff["ruth"])
    assert line.says == "gone"
    say(ann, "unsafe")
    assert len(cautions([ann.pk], by=hub.staff["ruth"])) == 1


def test_a_later_enquiry_can_call_it_not_safe_anew(hub, ann, add, say):
    say(ann, "safe")
    later = add(telephone="01632 960123", is_safe_to_contact=False)
    actions.say_same(ann, by=hub.staff["joanna"], other=later)
    assert len(cautions([ann.pk], by=hub.staff["ruth"])) == 1


def test_the_second_of_two_is_told_of_the_first(ann, say):
    shown = ann.version
    say(ann, "safe", seen=shown)
    with pytest.raises(Stale):
        say(ann, "gone", seen=shown)
    assert Contact.objects.filter(until=None).get().is_safe is True


def test_it_takes_a_reason_a_known_word_and_a_number_of_theirs(hub, ann, add, say):
    with pytest.raises(Refused, match="Enter how you know"):
        say(ann, "safe", because="  ")
    with pytest.raises(ValueError, match="Nobody says maybe"):
        say(ann, "maybe")
    other = add(telephone="01632 960999")
    with pytest.raises(Http404):
        say(ann, "safe", contact=other.contacts.get().pk)
    assert Contact.objects.filter(is_safe=False, until=None).exists()


@pytest.mark.parametrize("who", ["mary", "lewis", "gwen", "ellen"])
def test_nobody_who_may_not_know_them_says_so(ann, say, who):
    with pytest.raises(Refused):
        say(ann, "safe", by=who)


def test_of_a_protected_person_only_who_may_open_where_they_are(hub, ann, say):
    actions.mark(ann, by=hub.staff["joanna"], now=NOON, kind="do_not_disclose", agency=hub.agencies["police"])
    number = ann.contacts.get().pk
    assert contact_lines(ann, by=hub.staff["ruth"]) == ()
    assert contact_line(ann, number, by=hub.staff["ruth"]).value == "Protected: ask the duty team"
    with pytest.raises(Http404):
        contact_line(ann, number, by=hub.staff["joanna"])
    with pytest.raises(Refused):
        say(ann, "safe")
    say(ann, "safe", by="ruth")
    [change] = person_view(ann.pk, by=hub.staff["ruth"]).amendments
    assert "01632" not in change.before + change.after + change.source
