"""Before anybody rings or writes: which number is not safe, and who in the household may pose a risk."""

from datetime import date, datetime

import pytest

from openmash.audit.actors import PUBLIC
from openmash.design.moments import LONDON
from openmash.people import actions
from openmash.people.contacting import cautions
from openmash.people.given import GivenPerson
from openmash.people.models import Contact, Marker

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, 0, tzinfo=LONDON)
HOME = {"address_lines": "9 Rope Walk", "postcode": "WX3 7QD"}


@pytest.fixture
def add(hub):
    def record(given, family, area="wend-valley", **facts):
        told = GivenPerson(given=given, family=family, source="Told", **facts)
        return actions.record(hub.areas[area], by=PUBLIC, now=NOON, given=told)

    return record


@pytest.fixture
def mark(hub):
    def put(person, kind):
        return actions.mark(person, by=hub.staff["joanna"], now=NOON, kind=kind, agency=hub.agencies["police"])

    return put


def test_what_was_called_unsafe_is_not_used_and_what_is_safe_is_named(hub, add):
    ann = add("Ann", "Bell", telephone="01632 960123", email="ann@bell.example", is_safe_to_contact=False)
    Contact.objects.create(person=ann, kind="telephone", value="07700 900345", is_safe=True, source="Ann",
                           recorded_at=NOON)  # fmt: skip
    by = hub.staff["hannah"]
    on, at = "Do not ring or text Ann Bell on 01632 960123: it is not safe.", "Do not write to Ann Bell at"
    assert cautions([ann.pk], by=by) == (
        f"{on} Use 07700 900345 instead.",
        f"{at} ann@bell.example: it is not safe.",
    )
    Contact.objects.filter(person=ann, is_safe=False).update(until=date(2026, 11, 17))
    assert cautions([ann.pk], by=by) == ()
    assert cautions([], by=by) == ()


def test_a_protected_persons_number_is_not_shown(hub, add, mark):
    ann = add("Ann", "Bell", telephone="01632 960123", is_safe_to_contact=False)
    mark(ann, "do_not_disclose")
    assert cautions([ann.pk], by=hub.staff["hannah"]) == (
        "Do not ring or text Ann Bell: the number that was given is not safe. Ask the duty team.",
        "Tell nobody where to find Ann Bell, and leave no message that says it.",
    )


def test_whoever_lives_there_and_may_pose_a_risk_is_named_until_it_has_ended(hub, add, mark):
    mia, les, joe = add("Mia", "Bell", **HOME), add("Les", "Pratt", **HOME), add("Joe", "Pratt")
    far = add("Far", "Pratt", area="harrowmouth", **HOME)
    for person in (les, joe):
        mark(person, "risk_adult")
    Marker.objects.create(person=far, kind="risk_adult", agency=hub.agencies["police"], source="x", recorded_at=NOON)
    mark(les, "cp_plan")
    says = "may pose a risk to children. Leave no message and send nothing that they could find."
    by = hub.staff["hannah"]
    assert cautions([mia.pk], by=by) == (f"Les Pratt (lives there) {says}",)
    assert cautions([mia.pk, joe.pk], by=by) == (f"Les Pratt (lives there) and Joe Pratt {says}",)
    Marker.objects.filter(person=les).update(until=date(2026, 11, 17))
    assert cautions([mia.pk], by=by) == ()


def test_with_whom_a_protected_person_lives_is_not_said(hub, add, mark):
    les, zora = add("Les", "Pratt", **HOME), add("Zora", "Ibbet", **HOME)
    mark(zora, "do_not_disclose")
    assert cautions([les.pk], by=hub.staff["hannah"]) == ()
