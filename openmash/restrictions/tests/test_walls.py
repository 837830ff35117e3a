"""What is kept from somebody, in PostgreSQL as in Python: every role; named, in conflict, in an emergency, or not."""

from datetime import timedelta
from itertools import product

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from openmash.agencies.roles import ROLES, Permission
from openmash.audit.binding import bound_to
from openmash.enquiries.kept_from import WALL, unhindered
from openmash.enquiries.models import Conflict, Enquiry, Glass, Named, Party, Restriction
from openmash.enquiries.policies import may_know

pytestmark = pytest.mark.django_db
STAFF = {  # one of each role, in Wend Valley
    "siobhan": "professional_referrer",
    "peter": "consultation_adviser",
    "joanna": "coordinator",
    "hannah": "triage_social_worker",
    "ruth": "practice_manager",
    "alan": "police_evaluator",
    "mary": "agency_researcher",
    "marcus": "agency_responder",
    "karen": "agency_lead",
    "amit": "operational_recipient",
    "saul": "analyst",
    "gwen": "governance_lead",
    "priya": "agency_governance_lead",
    "nina": "system_administrator",
    "grace": "triage_social_worker of the other area",
}


@pytest.fixture
def kept(hub, received):
    """`kept(named=(…), conflict=(…), glass=(…))`: a restricted enquiry; `restricted=False`: one that is not."""

    def make(*, named=(), conflict=(), glass=(), restricted=True) -> Enquiry:
        enquiry, by, now = received(), hub.staff["ruth"], timezone.now()
        facts = {"because": "A colleague’s family.", "by": by, "at": now}
        with unhindered():
            if restricted:
                due = now + timedelta(days=90)
                Restriction.objects.create(enquiry=enquiry, category="staff_interest", review_due_at=due, **facts)
            person = enquiry.parties.first().person
            for user in named:
                Named.objects.create(enquiry=enquiry, user=hub.staff[user], by=by, since=now)
            for user in conflict:
                Conflict.objects.create(user=hub.staff[user], person=person, **facts)
            for user in glass:
                said = {"reason": "immediate_risk", "because": "A child is being hurt now.", "at": now}
                until = now + timedelta(minutes=60)
                Glass.objects.create(enquiry=enquiry, user=hub.staff[user], until=until, review_due_at=until, **said)
        return enquiry

    return make


def sees(user, enquiry: Enquiry) -> bool:
    """By SQL alone; and everything that hangs on it with it."""
    with transaction.atomic(), bound_to(user):
        there = {
            Enquiry.objects.filter(pk=enquiry.pk).exists(),
            Party.objects.filter(enquiry=enquiry.pk).exists(),
            enquiry.steps.exists(),
            type(enquiry.referrer).objects.filter(enquiry=enquiry.pk).exists(),
        }
    assert len(there) == 1
    return there.pop()


def test_the_wall_says_what_the_policy_says(hub, kept):
    everybody = set(STAFF)
    assert {hub.staff[name].postings_now[0][0] for name in everybody} == {
        key for key in ROLES if not key.endswith("_system")
    }
    told = {}
    for restricted, named, conflict, glass in product((False, True), repeat=4):
        enquiry = kept(
            restricted=restricted,
            named=everybody if named else (),
            conflict=everybody if conflict else (),
            glass=everybody if glass else (),
        )
        for name in everybody:
            user = hub.staff[name]
            with unhindered():
                says = bool(may_know(user, enquiry))
            assert sees(user, enquiry) == says, (name, restricted, named, conflict, glass)
            told[(name, restricted, named, conflict, glass)] = says
        assert sees(WALL, enquiry)
    for (name, restricted, named, conflict, glass), says in told.items():
        is_lead = bool(hub.staff[name].areas_where(Permission.REVIEW_RESTRICTED))
        assert says == (not conflict and (not restricted or named or glass or is_lead))


def test_who_is_in_conflict_with_whom_is_never_about_oneself(hub, kept):
    kept(conflict=("hannah", "gwen"), restricted=False)
    seen = {}
    for name in ("hannah", "gwen", "ruth", "joanna", "shabana"):
        with transaction.atomic(), bound_to(hub.staff[name]):
            seen[name] = set(Conflict.objects.values_list("user__name", flat=True))
    # Gwen Astley is in conflict with the same person: that others are would tell her who it is.
    both = {"Hannah Brook", "Gwen Astley"}
    assert seen == {"hannah": set(), "gwen": set(), "ruth": both, "joanna": set(), "shabana": {"Gwen Astley"}}


def test_a_conflict_reaches_every_record_of_the_person_and_what_comes_later(hub, kept, received):
    first = kept(conflict=("hannah",), restricted=False)
    later = received()
    assert sees(hub.staff["hannah"], later)
    with unhindered():
        lead, record = first.parties.first().person, later.parties.first().person
        type(record).objects.filter(pk=record.pk).update(lead=lead)
    assert not sees(hub.staff["hannah"], later) and sees(hub.staff["ruth"], later)


def test_every_table_about_an_enquiry_is_behind_the_wall():
    about = {
        model._meta.db_table
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "column", None) and field.related_model is Enquiry
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT polrelid::regclass::text FROM pg_policy WHERE polname LIKE 'kept_from_by_%%' AND NOT polpermissive"
        )
        walled = {table for (table,) in cursor.fetchall()}
    assert about | {"enquiries_enquiry", "oversight_alert"} == walled
