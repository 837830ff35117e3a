"""An enquiry is received once, whole, with an owner and a clock from the first second; and moves only as it may."""

from contextlib import nullcontext
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.utils import timezone

from openmash.agencies.models import Letter
from openmash.audit.action import Refused, Stale
from openmash.audit.actors import PUBLIC
from openmash.enquiries import actions
from openmash.enquiries.given import GivenEnquiry, GivenParty, GivenProfessional, GivenReferrer
from openmash.enquiries.models import Enquiry, Need, Party, Step
from openmash.enquiries.queries import needs_of
from openmash.enquiries.workflow import JOURNEY, STATUSES
from openmash.people.given import GivenPerson
from openmash.people.models import Person, Professional, Relationship

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("Europe/London"))


def given(**changed) -> GivenEnquiry:
    facts = {
        "worry": "The baby is alone at night",
        "channel": "professional_form",
        "source_code": "3B",
        "referrer": GivenReferrer(
            "professional", name="Siobhan Daly", email="siobhan@nhs.example", agency_key="health"
        ),
        "parties": (
            GivenParty(GivenPerson(given="Ava", family="Bell", sex="F", born_on=date(2025, 3, 1)), "child"),
            GivenParty(GivenPerson(given="Amara", family="Bell", sex="F"), "adult", relation_to_child="mother"),
        ),
        "professionals": (GivenProfessional("Wend Nursery", "key worker"),),
        "fields": {"concerns": ["neglect"], "told_family": True},
    }
    return GivenEnquiry(**{**facts, **changed})


@pytest.fixture
def enquiry(hub):
    return actions.receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=given(), key="k1")


def test_an_enquiry_is_received_whole(enquiry):
    assert enquiry.reference.startswith("WV-")
    assert (enquiry.status, enquiry.desk, enquiry.clock) == ("received", "screening", "triage")
    assert enquiry.due_at == enquiry.triage_due_at > NOON
    assert Party.objects.filter(enquiry=enquiry).count() == 2
    assert Relationship.objects.get().kind == "mother"
    assert Professional.objects.get().agency == "Wend Nursery"
    assert Step.objects.get(enquiry=enquiry).what == "received"


def test_the_referrer_gets_the_reference_and_nothing_else(enquiry):
    letter = Letter.objects.get(to="siobhan@nhs.example")
    assert enquiry.reference in letter.subject
    assert "Bell" not in letter.line + letter.subject and "baby" not in letter.line


def test_nobody_writes_to_an_address_that_the_enquiry_itself_calls_not_safe(hub):
    ann = GivenPerson(given="Ann", family="Bell", email="Ann@bell.example", is_safe_to_contact=False)
    told = {"parties": (GivenParty(ann, "adult"),), "referrer": GivenReferrer("self", email="ann@bell.example")}
    area = hub.areas["wend-valley"]
    made = actions.receive(area, by=PUBLIC, now=NOON, given=given(**told), key="k8")
    assert not Letter.objects.filter(about=made.reference).exists()
    assert "No e-mail was sent" in Step.objects.get(enquiry=made, what="not-written-to").says
    told["parties"] = (GivenParty(GivenPerson(given="Ann", family="Bell", email="ann@bell.example"), "adult"),)
    later = actions.receive(area, by=PUBLIC, now=NOON, given=given(**told), key="k9")
    assert Letter.objects.filter(about=later.reference).exists(), "whoever tries addresses learns nothing from it"


def test_the_same_key_again_is_the_same_enquiry(hub, enquiry):
    again = actions.receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=given(worry="Changed"), key="k1")
    assert again.pk == enquiry.pk
    assert Enquiry.objects.count() == 1 and Person.objects.count() == 2 and Step.objects.count() == 1


def test_an_urgent_enquiry_needs_triage_within_the_hour(hub):
    actions.receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=given(is_urgent=True), key="k2")
    assert [need.kind for need in needs_of(hub.staff["hannah"], now=NOON)] == ["urgent"]
    assert needs_of(hub.staff["grace"], now=NOON) == ()  # the other area's social worker


def test_whoever_has_the_role_no_more_is_written_to_no_more(hub):
    hannah = hub.staff["hannah"]
    first = actions.receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=given(is_urgent=True), key="k3")
    hannah.postings.update(until=timezone.localdate() - timedelta(days=1))
    then = actions.receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=given(is_urgent=True), key="k4")
    assert [one.about for one in Letter.objects.filter(user=hannah)] == [first.reference]
    assert Letter.objects.filter(user__isnull=False, about=then.reference).exists()


@pytest.mark.parametrize("target", STATUSES)
@pytest.mark.parametrize("source", STATUSES)
def test_the_database_refuses_what_the_workflow_refuses(enquiry, source, target):
    """Every pair of statuses: the trigger's table is the workflow's."""
    path = _path_to(source)
    for move in path:
        Enquiry.objects.filter(pk=enquiry.pk).update(**_as(move))
    legal = source == target or (source, target) in JOURNEY.pairs()
    with nullcontext() if legal else pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(**_as(target))


def _as(status: str) -> dict:
    facts = {"status": status, "rating": "amber", "desk": "x", "clock": "triage", "due_at": NOON, "owner": None}
    return facts | ({"desk": "", "clock": "", "due_at": None} if status == "closed" else {})


def _path_to(status: str) -> list[str]:
    paths = {"received": []}
    while status not in paths:
        for source, target in sorted(JOURNEY.pairs()):
            if source in paths and target not in paths:
                paths[target] = [*paths[source], target]
    return paths[status]


def test_a_move_that_the_journey_does_not_know_is_refused_in_words(hub, enquiry):
    with pytest.raises(Refused, match="received"):
        actions.advance(enquiry, by=hub.staff["ruth"], now=NOON, move="close")
    enquiry.refresh_from_db()
    assert enquiry.status == "received"


def test_an_open_enquiry_without_an_owner_or_a_clock_cannot_exist(enquiry):
    for facts in ({"desk": ""}, {"due_at": None}, {"clock": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Enquiry.objects.filter(pk=enquiry.pk).update(**facts)


def test_fast_track_tells_managers_and_police_at_once_and_stops_nothing(hub, enquiry):
    actions.fast_track(enquiry, by=hub.staff["joanna"], now=NOON, because="Bruising to a baby")
    assert [need.kind for need in needs_of(hub.staff["ruth"], now=NOON)] == ["fast_track"]
    assert [need.kind for need in needs_of(hub.staff["lewis"], now=NOON)] == ["fast_track"]
    assert needs_of(hub.staff["mary"], now=NOON) == ()
    enquiry.refresh_from_db()
    assert enquiry.status == "received" and enquiry.fast_track_at == NOON


def test_two_people_on_one_enquiry_the_second_is_shown_the_first(hub, enquiry):
    seen = enquiry.version
    actions.take(enquiry, by=hub.staff["hannah"], now=NOON, seen=seen)
    with pytest.raises(Stale) as stale:
        actions.take(enquiry, by=hub.staff["tomasz"], now=NOON, seen=seen)
    assert stale.value.thing.owner == hub.staff["hannah"]


def test_a_pause_says_why_and_only_one_runs(hub, enquiry):
    actions.pause(enquiry, by=hub.staff["hannah"], now=NOON, because="Waiting for the interpreter")
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.pause(enquiry, by=hub.staff["hannah"], now=NOON, because="Again")
    actions.resume(enquiry, by=hub.staff["hannah"], now=NOON)
    assert not enquiry.pauses.filter(until=None).exists()


def test_steps_cannot_be_changed(enquiry):
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Step.objects.update(says="x")


def test_a_need_is_met_once_for_all(hub, enquiry):
    actions.fast_track(enquiry, by=hub.staff["joanna"], now=NOON, because="x")
    actions.discuss(enquiry, by=hub.staff["ruth"], now=NOON, says="Inspector Holt: joint visit at 2pm")
    assert not Need.objects.filter(met_at=None).exists()
