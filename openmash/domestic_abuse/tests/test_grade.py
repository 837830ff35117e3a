"""A grade, its reason, and what changed it (M56); whom it is for."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from openmash.audit.action import Refused
from openmash.audit.actors import PUBLIC
from openmash.domestic_abuse import actions
from openmash.domestic_abuse.models import Grade
from openmash.domestic_abuse.queries import criteria_for, graded, is_domestic_abuse
from openmash.enquiries.actions import receive
from openmash.enquiries.models import Party, Step
from openmash.enquiries.tests.test_actions import NOON, given
from openmash.people import actions as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry(hub):
    fields = {"concerns": ["da_parent"], "told_family": True, "domestic_abuse_score": 8}
    return receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=given(fields=fields), key="abuse")


def grade(enquiry, by, **said):
    return actions.grade(enquiry, by=by, now=NOON, **({"grade": "standard", "because": "An argument"} | said))


def test_a_change_keeps_both_and_says_what_caused_it(hub, enquiry):
    hannah = hub.staff["hannah"]
    grade(enquiry, hannah, score=8, agency=hub.agencies["police"])
    grade(enquiry, hannah, grade="medium", score=8, because="A pattern", caused_by="18 earlier incidents since 2009")
    now, before = graded(enquiry, by=hannah).grades
    assert (now.words, now.before, now.caused_by) == ("Medium", "Standard", "18 earlier incidents since 2009")
    assert (before.words, before.before, before.agency) == ("Standard", "", hub.agencies["police"].name)
    says = list(Step.objects.filter(enquiry=enquiry, what="abuse-graded").order_by("id").values_list("says", flat=True))
    assert says == ["Domestic abuse graded standard", "Domestic abuse graded medium, before that standard"]


def test_the_years_enquiries_about_domestic_abuse_are_shown_and_no_others(hub, enquiry):
    for key, days, fields in (("other", 90, {}), ("long ago", 500, {"concerns": ["da_parent"]})):
        came = NOON - timedelta(days=days)
        told = receive(hub.areas["wend-valley"], by=PUBLIC, now=came, given=given(fields=fields), key=key)
        Party.objects.filter(pk=told.parties.first().pk).update(person=enquiry.parties.first().person)
    hannah = hub.staff["hannah"]
    found = criteria_for(enquiry, graded(enquiry, by=hannah), by=hannah, today=NOON.date()).found
    assert found[2].evidence == "0 incidents in the last 12 months; 1 enquiry about domestic abuse"


def test_a_change_without_what_caused_it_is_refused(hub, enquiry):
    grade(enquiry, hub.staff["hannah"])
    with pytest.raises(Refused, match="what information changed"):
        grade(enquiry, hub.staff["hannah"], grade="high")


def test_judgement_never_lowers_a_score(hub, enquiry):
    with pytest.raises(Refused, match="medium at least"):
        grade(enquiry, hub.staff["hannah"], score=11)
    assert not Grade.objects.exists()


def test_the_database_keeps_the_rules_too(hub, enquiry):
    facts = {"enquiry": enquiry, "agency": hub.agencies["police"], "by": hub.staff["hannah"], "at": NOON}
    for wrong in ({"grade": "mild", "because": "x"}, {"grade": "high", "because": ""},
                  {"grade": "high", "because": "x", "before": "standard"}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Grade.objects.create(**facts, **wrong)


@pytest.mark.parametrize("who", ["joanna", "grace", "karen", "gwen"])
def test_only_the_areas_social_workers_grade(hub, enquiry, who):
    with pytest.raises(Refused):
        grade(enquiry, hub.staff[who])


def test_the_referrers_score_has_a_band_before_anybody_grades(hub, enquiry):
    found = graded(enquiry, by=hub.staff["hannah"])
    assert is_domestic_abuse(enquiry) and (found.given_score, found.given, found.grades) == (8, "Standard", ())


def test_a_marac_within_the_year_is_a_repeat(hub, enquiry):
    hannah, person = hub.staff["hannah"], enquiry.parties.first().person
    people.mark(person, by=hannah, now=NOON, kind="marac", agency=hannah.agency, since=date(2026, 3, 1))
    found = criteria_for(enquiry, graded(enquiry, by=hannah), by=hannah, today=NOON.date())
    assert [one.is_met for one in found.found] == [False, False, False, True]


def test_the_page_keeps_what_was_typed_and_shows_the_criteria(client, hub, enquiry):
    client.force_login(hub.staff["hannah"])
    path = f"/enquiry/{enquiry.reference}/domestic-abuse/"
    page = client.post(path, {"version": enquiry.version, "score": "12", "grade": "standard", "because": "It was loud"})
    assert "medium at least" in page.text and "It was loud" in page.text and "MARAC criteria" in page.text
    said = {"version": enquiry.version, "score": "12", "grade": "medium", "because": "It was loud"}
    assert client.post(path, said | {"aggravating": ["separation"]}).status_code == 302
    overview = client.get(f"/enquiry/{enquiry.reference}/").text
    assert "They have separated, or are about to" in overview


def test_somebody_elses_change_is_shown_and_nothing_is_lost(client, hub, enquiry):
    client.force_login(hub.staff["hannah"])
    path, opened_at = f"/enquiry/{enquiry.reference}/domestic-abuse/", enquiry.version
    grade(enquiry, hub.staff["ruth"])
    page = client.post(path, {"version": opened_at, "grade": "standard", "because": "Mine"})
    assert "Domestic abuse graded standard" in page.text and "Mine" in page.text
    assert Grade.objects.count() == 1


def test_who_may_not_see_the_enquiry_gets_what_does_not_exist(client, hub, enquiry):
    client.force_login(hub.staff["grace"])
    assert client.get(f"/enquiry/{enquiry.reference}/domestic-abuse/").status_code == 404


def told(hub, by, key, **more):
    fields = {"concerns": ["da_parent"], "told_family": True, "abuse_grade": "high", "abuse_because": "He has a knife",
              "abuse_risks": ["strangulation", "separation"]} | more  # fmt: skip
    return receive(hub.areas["wend-valley"], by=by, now=NOON, given=given(fields=fields), key=key)


def test_what_the_referrer_said_begins_the_form_and_is_shown(client, hub):
    enquiry = told(hub, PUBLIC, "told")
    client.force_login(hub.staff["hannah"])
    page = client.get(f"/enquiry/{enquiry.reference}/domestic-abuse/").text
    for chosen in ('value="strangulation" checked', 'value="separation" checked', 'value="high" checked'):
        assert chosen in page
    overview = client.get(f"/enquiry/{enquiry.reference}/").text
    assert "The referrer judges it high" in overview and "Hands around the neck" in overview


def test_the_grade_of_the_agency_that_sends_it_is_the_first_and_nobody_elses_is(hub):
    siobhan = hub.staff["siobhan"]
    assert not told(hub, PUBLIC, "anonymous").abuse_grades.exists()
    assert not told(hub, hub.staff["joanna"], "keyed").abuse_grades.exists()
    assert not told(hub, siobhan, "below", abuse_grade="standard", domestic_abuse_score=15).abuse_grades.exists()
    (row,) = told(hub, siobhan, "own").abuse_grades.all()
    assert (row.grade, row.agency, row.by, row.because) == ("high", siobhan.agency, siobhan, "He has a knife")
    assert row.aggravating == ["strangulation", "separation"]
