"""What went to MARAC, on which criteria, and what it decided (M91); the two walls around it are equal."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from openmash.audit.action import Refused
from openmash.audit.actors import PUBLIC
from openmash.audit.binding import bound_to
from openmash.domestic_abuse import actions
from openmash.domestic_abuse.forms import MaracForm
from openmash.domestic_abuse.given import GivenAction, GivenMeeting
from openmash.domestic_abuse.models import MaracAction, MaracMeeting, MaracReferral
from openmash.domestic_abuse.policies import may_read_marac, may_record_meeting, may_refer
from openmash.domestic_abuse.queries import criteria_for, graded, marac
from openmash.domestic_abuse.rows import referrals
from openmash.domestic_abuse.tests.walls import NOW, build, lets_in
from openmash.enquiries.actions import receive
from openmash.enquiries.models import Need
from openmash.enquiries.tests.test_actions import NOON, given
from openmash.people.chronology import Look, lines

pytestmark = pytest.mark.django_db
MEETS = NOON.date() + timedelta(days=9)


def received(hub, key, at=NOON):
    fields = {"concerns": ["da_parent"], "told_family": True}
    return receive(hub.areas["wend-valley"], by=PUBLIC, now=at, given=given(fields=fields), key=key)


@pytest.fixture
def enquiry(hub):
    return received(hub, "marac")


def refer(enquiry, by, **said):
    facts = {"criteria": ["visible", "escalation"], "because": "He held her by the neck", "referred_on": NOON.date(),
             "victim_knows": "agrees", "safe_contact": "By text, mornings", "meets_on": MEETS}  # fmt: skip
    return actions.refer_to_marac(enquiry, by=by, now=NOON, **facts | said)


def heard(hub, referral, **said):
    people = list(referral.enquiry.parties.values_list("person", flat=True))
    to_do = [GivenAction("Change the locks", hub.agencies["housing"].pk, "Tenancy team", MEETS + timedelta(days=2))]
    facts = {"met_on": MEETS, "decided": "The IDVA sees her weekly", "told": "Amara, by the IDVA", "people": people,
             "actions": to_do}  # fmt: skip
    return actions.record_marac(
        referral, by=hub.staff["hannah"], now=NOON + timedelta(days=10), given=GivenMeeting(**facts | said)
    )


def test_a_referral_keeps_its_criteria_and_asks_for_the_decision_after_the_meeting(hub, enquiry):
    refer(enquiry, hub.staff["hannah"])
    (line,) = marac(enquiry, by=hub.staff["joanna"]).referrals
    assert (line.is_referred, line.criteria) == (True, ("Visible high risk", "Escalation"))
    assert (line.agency, line.by, line.referred_on) == (hub.staff["hannah"].agency.name, "Hannah Brook", NOON.date())
    need = Need.objects.get(kind="marac", met_at=None)
    assert need.due_at.date() > MEETS and need.path.endswith(f"/marac/{line.number}/")


def test_what_marac_decided_its_actions_and_their_owners_are_on_record(hub, enquiry):
    heard(hub, refer(enquiry, hub.staff["hannah"]))
    (meeting,) = marac(enquiry, by=hub.staff["joanna"]).referrals[0].meetings
    assert (meeting.met_on, meeting.decided, meeting.told) == (MEETS, "The IDVA sees her weekly", "Amara, by the IDVA")
    assert set(meeting.about) == {"Ava Bell", "Amara Bell"}
    assert [(one.what, one.owner) for one in meeting.actions] == [
        ("Change the locks", f"{hub.agencies['housing'].name}, Tenancy team")
    ]
    assert not Need.objects.filter(kind="marac", met_at=None).exists()


def test_a_later_enquiry_is_a_repeat_and_the_one_that_was_heard_is_none(hub, enquiry):
    hannah = hub.staff["hannah"]
    heard(hub, refer(enquiry, hannah))
    later = received(hub, "later", NOON + timedelta(days=60))
    person = enquiry.parties.order_by("order").first().person
    later.parties.filter(order=0).update(person=person)
    today = NOON.date() + timedelta(days=61)
    met = [
        next(one.is_met for one in criteria_for(of, graded(of, by=hannah), by=hannah, today=today).found
             if one.key == "repeat")
        for of in (later, enquiry)
    ]  # fmt: skip
    assert met == [True, False]


def test_both_stand_in_the_chronology_of_its_people_for_the_hub_alone(hub, enquiry):
    heard(hub, refer(enquiry, hub.staff["hannah"]))
    people = frozenset(enquiry.parties.values_list("person", flat=True))
    said = [line.what for line in lines(Look(hub.staff["ruth"], enquiry.pk, people)) if line.kind == "marac"]
    assert said[0].endswith("visible high risk, escalation")
    assert (
        said[1] == f"MARAC met and decided: The IDVA sees her weekly; {hub.agencies['housing'].name}: Change the locks"
    )
    for who in ("lewis", "ellen"):
        assert not [one for one in lines(Look(hub.staff[who], enquiry.pk, people)) if one.kind == "marac"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"criteria": []}, "at least one criterion"),
        ({"criteria": ["mood"]}, "at least one criterion"),
        ({"victim_knows": "objects"}, "without their agreement"),
    ],
)
def test_a_referral_that_says_too_little_is_refused(hub, enquiry, said, why):
    with pytest.raises(Refused, match=why):
        refer(enquiry, hub.staff["hannah"], **said)


def test_not_referring_says_why(hub, enquiry):
    with pytest.raises(Refused, match="why it is not referred"):
        actions.do_not_refer_to_marac(enquiry, by=hub.staff["hannah"], now=NOON, because=" ")
    row = actions.do_not_refer_to_marac(enquiry, by=hub.staff["hannah"], now=NOON, because="No criterion is met")
    assert not may_record_meeting(hub.staff["hannah"], row)


def test_a_meeting_is_about_people_of_the_enquiry_and_asks_agencies_of_the_area(hub, enquiry):
    referral = refer(enquiry, hub.staff["hannah"])
    for said in ({"people": [0]}, {"people": []}, {"actions": [GivenAction("x", 0)]}):
        with pytest.raises(Refused, match="Select"):
            heard(hub, referral, **said)


def test_the_database_keeps_the_rules_too(hub, enquiry):
    hannah = hub.staff["hannah"]
    facts = {"enquiry": enquiry, "agency": hannah.agency, "by": hannah, "at": NOON, "because": "x"}
    sent = {"is_referred": True, "referred_on": NOON.date(), "criteria": ["visible"], "victim_knows": "agrees"}
    for wrong in ({"because": ""}, {"criteria": []}, {"referred_on": None}, {"victim_knows": "objects"}):
        with pytest.raises(IntegrityError), transaction.atomic(), bound_to(hannah):
            MaracReferral.objects.create(**facts | sent | wrong)


def test_the_page_refers_and_the_next_records_what_was_decided(client, hub, enquiry):
    client.force_login(hub.staff["hannah"])
    path = f"/enquiry/{enquiry.reference}/marac/"
    said = {"version": enquiry.version, "goes": "refer", "because": "He has a key"}
    page = client.post(path, said).text
    for says in ("Select at least one criterion", "Select whether the person who is harmed knows", "He has a key"):
        assert says in page
    day = {"referred_on-day": "2", "referred_on-month": "3", "referred_on-year": "2026"}
    said |= day | {"criteria": ["judgement"], "victim_knows": "not_told", "without_agreement_because": "It is not safe"}
    assert client.post(path, said).status_code == 302
    referral = referrals([enquiry.pk], hub.staff["hannah"])[0]
    enquiry.refresh_from_db()
    person = enquiry.parties.first().person_id
    met = {"met_on-day": "9", "met_on-month": "3", "met_on-year": "2026", "version": enquiry.version,
           "actions-number": ["0", "1"], "people": [person], "decided": "Weekly visits", "told": "Not yet"}  # fmt: skip
    page = client.post(f"{path}{referral.pk}/", met | {"actions-0-what": "See her"}).text
    assert "Select who does it" in page and "Weekly visits" in page
    sent = met | {"actions-0-what": "See her", "actions-0-agency": hub.agencies["housing"].pk}
    assert client.post(f"{path}{referral.pk}/", sent).status_code == 302
    overview = client.get(f"/enquiry/{enquiry.reference}/").text
    assert "MARAC met on 9 March 2026" in overview and "See her" in overview and "professional judgement" in overview


def test_who_may_not_see_the_enquiry_gets_what_does_not_exist(client, hub, enquiry):
    referral = refer(enquiry, hub.staff["hannah"])
    client.force_login(hub.staff["grace"])
    assert client.get(f"/enquiry/{enquiry.reference}/marac/").status_code == 404
    assert client.get(f"/enquiry/{enquiry.reference}/marac/{referral.pk}/").status_code == 404
    client.force_login(hub.staff["hannah"])
    assert client.get(f"/enquiry/{enquiry.reference}/marac/{referral.pk + 1}/").status_code == 404


def referral_of(enquiry, by):
    return MaracReferral.objects.create(
        enquiry=enquiry, is_referred=True, criteria=["visible"], because="x", victim_knows="agrees",
        referred_on=date(2026, 3, 2), agency=by.agency, by=by, at=NOW,
    )  # fmt: skip


def meeting_of(referral, by):
    return MaracMeeting.objects.create(
        referral=referral, met_on=NOON.date(), decided="x", told="x", people=[1], by=by, at=NOW
    )


def everything_of(enquiry, by):
    MaracAction.objects.create(meeting=meeting_of(referral_of(enquiry, by), by), agency=by.agency, what="x")


def test_policy_and_database_agree(hub):
    world = build(hub, "child", everything_of)
    with bound_to(hub.staff["ruth"]):
        here = {one.enquiry_id: one for one in MaracReferral.objects.select_related("enquiry")}
    with bound_to(hub.staff["shabana"]):
        all_of_them = here | {one.enquiry_id: one for one in MaracReferral.objects.select_related("enquiry")}
    for by in world.users:
        with transaction.atomic(), bound_to(by):
            seen = set(MaracReferral.objects.values_list("enquiry", flat=True))
            assert seen == set(MaracMeeting.objects.values_list("referral__enquiry", flat=True))
            assert seen == set(MaracAction.objects.values_list("meeting__referral__enquiry", flat=True))
        assert seen == {one.pk for one in world.enquiries if may_read_marac(by, one)}, by.name
        for one in world.enquiries:
            assert lets_in(referral_of, one, by) == bool(may_refer(by, one)), (by.name, one.status)
            row = all_of_them[one.pk]
            may = lets_in(lambda _, by, row=row: meeting_of(row, by), one, by)
            assert may == bool(may_record_meeting(by, row)), (by.name, one.status)
    assert len(all_of_them) == len(world.enquiries)


def test_nobody_bound_sees_anything_and_all_three_tables_are_guarded(hub, enquiry):
    refer(enquiry, hub.staff["hannah"])
    with transaction.atomic(), bound_to(None):
        assert not MaracReferral.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relname LIKE 'domestic_abuse_marac%%'")
        assert len(cursor.fetchall()) == 3


def test_it_is_not_heard_before_it_is_referred():
    said = {"version": 1, "goes": "refer", "criteria": ["visible"], "because": "x", "victim_knows": "agrees",
            "referred_on": "2026-11-16"}  # fmt: skip
    assert MaracForm(said | {"meets_on": "2026-11-16"}).is_valid()
    wrong = MaracForm(said | {"meets_on": "1926-11-16"})
    assert wrong.errors["meets_on"] == ["The day it is heard must not be before the day it was referred"]
