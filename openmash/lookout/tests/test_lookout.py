"""A family that cannot be found raises an alert wherever it turns up; two hubs that know one person are told so."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from openmash.agencies.models import Letter
from openmash.audit.action import Refused
from openmash.audit.actors import PUBLIC
from openmash.audit.models import LedgerEvent
from openmash.enquiries.actions import receive
from openmash.enquiries.given import GivenParty
from openmash.enquiries.models import Need, Step
from openmash.enquiries.queries import count_needs, needs_of
from openmash.enquiries.tests.test_actions import given
from openmash.lookout import actions
from openmash.lookout.models import Elsewhere, MissingFamily, Sighting
from openmash.lookout.queries import lookout, missing_families, missing_view
from openmash.people.given import GivenPerson
from openmash.people.models import Marker
from openmash.people.ties import markers_by_lead
from openmash.people.whereabouts import protection

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("Europe/London"))
LATER = NOON + timedelta(days=3)
HOME = {"address_lines": "17 Quarry Road", "postcode": "WX2 4TN"}
CALLUM = GivenPerson("Callum", "Rudd", sex="M", born_on=date(2019, 5, 2), **HOME)
LEANNE = GivenPerson("Leanne", "Rudd", sex="F", born_on=date(1996, 2, 27), telephone="07700 900641", **HOME)
STRANGER = GivenPerson("Priya", "Nair", sex="F", born_on=date(2015, 8, 9))


@pytest.fixture
def come(hub):
    """`come("harrowmouth", person, ...)`: an enquiry about these people comes in, and is compared."""

    def arrive(area, *people, now=LATER):
        parties = tuple(GivenParty(person, "child" if place == 0 else "adult") for place, person in enumerate(people))
        key = f"{area}-{now}-{people}"[:64]
        enquiry = receive(hub.areas[area], by=PUBLIC, now=now, given=replace(given(), parties=parties), key=key)
        return actions.compare(enquiry, by=actions.LOOKING, now=now)

    return arrive


@pytest.fixture
def missing(hub, come):
    enquiry = come("wend-valley", CALLUM, LEANNE, now=NOON)
    who = list(enquiry.parties.values_list("person", flat=True))
    return actions.look_for(enquiry, by=hub.staff["hannah"], now=NOON, who=who, because="Nobody at home five times")


def needs(hub, name):
    return [need.says for need in needs_of(hub.staff[name], now=LATER)]


def test_whoever_is_looked_for_carries_it(missing):
    carried = markers_by_lead(missing.people, protection())
    assert all([marker.says for marker in carried[person]] == ["Missing"] for person in missing.people)
    assert Step.objects.filter(enquiry=missing.enquiry, what="missing").exists()


@pytest.mark.parametrize(
    ("seen", "because"),
    [
        (CALLUM, "same first name"),
        (replace(STRANGER, telephone="07700900641"), "same telephone"),
        (replace(STRANGER, **HOME), "same address"),
        (GivenPerson("Calum", "Rud", sex="M", born_on=date(2019, 2, 5), **HOME), "day and month of birth swapped"),
    ],
    ids=["the child", "their telephone", "their address", "misspelt"],
)
@pytest.mark.parametrize("area", ["wend-valley", "harrowmouth"])
def test_a_later_contact_alerts_at_once_in_any_area(hub, missing, come, area, seen, because):
    enquiry = come(area, seen)
    sighting = Sighting.objects.get(missing=missing)
    assert (sighting.enquiry, sighting.area.key) == (enquiry, area)
    assert because in sighting.because.lower()
    assert f"A missing family may have turned up in {sighting.area.name}" in needs(hub, "hannah")
    assert Letter.objects.filter(to=hub.staff["hannah"].email, about=missing.enquiry.reference).exists()


def test_turned_up_twice_in_one_place_it_is_one_line_to_look_at_and_counts_once(hub, missing, come):
    come("harrowmouth", CALLUM)
    come("harrowmouth", replace(STRANGER, telephone="07700900641"), now=LATER + timedelta(hours=1))
    assert Sighting.objects.count() == 2
    assert needs(hub, "hannah").count("A missing family may have turned up in Harrowmouth") == 1
    assert count_needs(hub.staff["hannah"]) == len(needs(hub, "hannah"))


def test_somebody_else_alerts_nobody(missing, come):
    come("harrowmouth", STRANGER)
    assert not Sighting.objects.exists()


def test_the_same_enquiry_is_one_sighting(missing, come):
    enquiry = come("harrowmouth", CALLUM)
    actions.compare(enquiry, by=actions.LOOKING, now=LATER)
    assert Sighting.objects.count() == 1


def test_the_hub_where_they_turned_up_is_told_to_ring_and_nothing_else(hub, missing, come):
    enquiry = come("harrowmouth", replace(STRANGER, telephone="07700900641"))
    (said,) = [says for says in needs(hub, "grace") if "looks for" in says]
    assert hub.areas["wend-valley"].telephone in said and "Rudd" not in said
    assert [other.name for other in lookout(enquiry).hubs] == [hub.areas["wend-valley"].hub_name]
    assert missing_families(by=hub.staff["grace"]) == ()


def test_a_sighting_is_answered_once_and_ends_the_alert(hub, missing, come):
    come("harrowmouth", CALLUM)
    sighting = Sighting.objects.get()
    hannah = hub.staff["hannah"]
    actions.answer_sighting(sighting, by=hannah, now=LATER, is_them=True, words="Their aunt has them. Safe.")
    assert not [says for says in needs(hub, "hannah") if "missing family" in says]
    with pytest.raises(Refused):
        actions.answer_sighting(sighting, by=hannah, now=LATER, is_them=False, words="No")
    (line,) = missing_view(missing, by=hannah).sightings
    assert (line.answer, line.words, line.reference) == ("them", "Their aunt has them. Safe.", "")


def test_nobody_of_another_area_answers(hub, missing, come):
    come("harrowmouth", CALLUM)
    with pytest.raises(Refused):
        actions.answer_sighting(Sighting.objects.get(), by=hub.staff["grace"], now=LATER, is_them=True, words="Yes")


def test_stopping_ends_what_they_carry_and_later_alerts(hub, missing, come):
    actions.stop_looking(missing, by=hub.staff["hannah"], now=LATER, because="Found in Leeds")
    assert not Marker.objects.filter(kind="missing", until=None).exists()
    come("harrowmouth", CALLUM)
    assert not Sighting.objects.exists()


def test_a_family_is_looked_for_once_an_enquiry(hub, missing):
    with pytest.raises(Refused):
        actions.look_for(missing.enquiry, by=hub.staff["hannah"], now=LATER, who=missing.people, because="Again")
    assert MissingFamily.objects.count() == 1


def test_a_coordinator_does_not_look_for_families(hub, come):
    enquiry = come("wend-valley", CALLUM)
    with pytest.raises(Refused):
        actions.look_for(enquiry, by=hub.staff["joanna"], now=NOON, who=[1], because="x")


def test_both_hubs_are_told_when_they_may_know_the_same_person(hub, come):
    here = come("wend-valley", CALLUM, now=NOON)
    there = come("harrowmouth", CALLUM, now=NOON)
    telephones = {area.pk: area.telephone for area in hub.areas.values()}
    for enquiry, other, who in ((there, here, "grace"), (here, there, "hannah")):
        (says,) = [need.says for need in Need.objects.filter(enquiry=enquiry, kind=actions.KNOWN_THERE)]
        assert telephones[other.area_id] in says and "Callum" not in says
        assert says in needs(hub, who)
        assert [line.telephone for line in lookout(enquiry).hubs] == [telephones[other.area_id]]


def test_having_spoken_ends_it(hub, come):
    come("wend-valley", CALLUM, now=NOON)
    there = come("harrowmouth", CALLUM, now=NOON)
    assert lookout(there).is_awaited
    actions.speak(there, by=hub.staff["grace"], now=LATER, words="Hannah: known, closed in May")
    assert not lookout(there).is_awaited
    assert Elsewhere.objects.filter(enquiry=there).exists()


def test_two_people_alike_in_one_area_are_not_elsewhere(come):
    come("wend-valley", CALLUM, now=NOON)
    come("wend-valley", CALLUM, now=LATER)
    assert not Elsewhere.objects.exists()


def test_comparing_is_on_the_ledger(missing, come):
    enquiry = come("harrowmouth", CALLUM)
    assert LedgerEvent.objects.filter(event="enquiry.compared", enquiry=enquiry.pk).exists()
